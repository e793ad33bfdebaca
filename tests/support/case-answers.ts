/** A worked case as answers: what somebody of whom the case speaks says to each question, and where that ends. */
import { checkFlow, type Answer, type Answers } from '#check/check-flow.ts';
import { journey } from '#flow/journey.ts';
import type { Case } from './people.ts';

/**
 * Cases that are silent about social services. Any adult under the law of Wales is asked, and every answer adds something to
 * the outcomes of the case. “None of these” adds the least: other forms of advocacy, and who arranges them.
 */
export const ledToMore: readonly string[] = [
  'M01',
  'M02',
  'M06',
  'M07',
  'M12',
  'P01',
  'P04',
  'P08',
  'P09',
  'L01',
  'L02',
  'C08',
];

/** What somebody answers of whom the case says nothing. */
const unsaid: Answers = {
  danger: 'no',
  domesticAbuse: 'no',
  about: 'me',
  council: 'unsure',
  country: 'unsure',
  placedBy: 'none',
  agreed: 'yes',
  carer: 'no',
  child: [],
  process: [],
  otherTopic: 'no',
  barriers: [],
  substantialDifficulty: 'unsure',
  supporter: 'none',
  exception: 'none',
  mentalHealth: 'none',
  hospitalCountry: 'unsure',
  complaint: 'none',
  nhsProvider: 'unsure',
  capacity: 'has',
  decision: 'unsure',
  liberty: 'none',
  consultable: 'unsure',
};

/**
 * What somebody of this case answers to this question.
 * @throws an Error if neither the case nor anything else says it
 */
export function answerInCase({ id, facts }: Case, question: string): Answer {
  const answer = facts[question] ?? unsaid[question];
  if (answer === undefined) throw new Error(`Nothing is said of ${question}, which ${id} is asked.`);
  return answer;
}

/** Answers what is asked, and of what is offered only what the case speaks of, or what must be answered to come to that. */
export function answersOfCase(worked: Case): Answers {
  let answers: Answers = {};
  for (;;) {
    const { next, offered, relevant } = journey(checkFlow, answers);
    const question = next ?? offered.find(({ id }) => worked.facts[id] !== undefined);
    if (!question) return relevant;
    answers = { ...answers, [question.id]: answerInCase(worked, question.id) };
  }
}

/** Where these answers end, sorted: exactly what the case expects, and no more unless the case stands in `ledToMore`. */
export const outcomesByQuestions = ({ id, expect }: Case): string[] =>
  [...expect, ...(ledToMore.includes(id) ? ['route-gateway-cav', 'w-other-forms'] : [])].sort();
