/** The lawyers’ worked cases, answered question by question: they end at the very outcomes that the law names. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkFlow, questionOf, type Answer, type Answers } from '../../src/check/check-flow.ts';
import { journey } from '../../src/flow/journey.ts';
import { outcomesOf } from './every-way.ts';

interface Case {
  readonly id: string;
  readonly situation: string;
  readonly facts: Readonly<Record<string, Answer>>;
  readonly expect: readonly string[];
}

const cases = parse(readFileSync(new URL('../eligibility/cases.yaml', import.meta.url), 'utf8')) as readonly Case[];

/** Facts that only staff or a lawyer could ask for; the site asks nobody about them, and its pages speak of them instead. */
const notAsked: Readonly<Record<string, string>> = {
  mentalHealth: 'the check asks nobody about the Mental Health Act',
  hospitalCountry: 'the check asks nobody about a hospital',
  secondaryMentalHealthCare: 'the check asks nobody about mental health care',
  capacity: 'the check asks nobody about mental capacity',
  decision: 'the check asks nobody about a decision under the Mental Capacity Act',
  consultable: 'the check asks nobody about a decision under the Mental Capacity Act',
  liberty: 'the check asks nobody about deprivation of liberty',
  complaint: 'the check asks nobody about a complaint',
  substantialDifficulty: 'the check does not ask for the words of the English Care Act',
  exception: 'the check does not ask for the words of the English Care Act',
};

/** Cases that say less than somebody who answers the questions: they are led to more, never to less. */
const ledToMore: Readonly<Record<string, readonly string[]>> = {
  // The case is silent about social services. Whoever answers is asked, and says “none of these”: then other forms fit too.
  C08: ['route-council-wales', 'route-gateway-cav', 'w-other-forms'],
};

const isAskable = ({ facts }: Case): boolean => Object.keys(facts).every((fact) => questionOf(fact));

/** What somebody answers of whom the case says nothing. */
const unsaid: Answers = {
  danger: 'no',
  domesticAbuse: 'no',
  about: 'me',
  placedBy: 'none',
  agreed: 'yes',
  council: 'unsure',
  carer: 'no',
  child: [],
  process: [],
  otherTopic: 'no',
  barriers: [],
  supporter: 'none',
};

const answersOf = ({ facts }: Case): Answers => journey(checkFlow, { ...unsaid, ...facts }).relevant;

describe('the worked cases, answered question by question', () => {
  it.each(cases.filter(isAskable))('$id: $situation', (worked) => {
    const answers = answersOf(worked);
    expect(journey(checkFlow, answers).next).toBeUndefined();
    const more = ledToMore[worked.id] ?? [];
    expect(outcomesOf(answers)).toEqual(expect.arrayContaining([...worked.expect]));
    expect(
      outcomesOf(answers)
        .filter((outcome) => !more.includes(outcome))
        .sort(),
    ).toEqual([...worked.expect].sort());
  });

  it('leave out only those with a fact that nobody is asked', () => {
    for (const { id, facts } of cases.filter((each) => !isAskable(each))) {
      for (const fact of Object.keys(facts).filter((each) => !questionOf(each))) {
        expect(notAsked[fact], `${id} has the fact “${fact}”`).toBeDefined();
      }
    }
    const given = new Set(cases.flatMap(({ facts }) => Object.keys(facts)));
    expect(Object.keys(notAsked).filter((fact) => !given.has(fact))).toEqual([]);
  });
});
