/** Walks every way through the questions of the check, and writes them down as few lines as say it all. */
import { decide } from '#eligibility/decide.ts';
import { councils, gatewayCouncils } from '#eligibility/facts.ts';
import { outcomeIds } from '#eligibility/outcomes.ts';
import { rulesetDay } from '#eligibility/rules.ts';
import { journey, stepsLeft } from '#flow/journey.ts';
import { answerOf, checkFlow, choicesOf, type Answers, type Question } from './check-flow.ts';
import { factsFromAnswers } from './facts-from-answers.ts';

const otherCouncils = councils.filter((code) => !gatewayCouncils.some((each) => each === code));

/**
 * Answers that lead to the same wherever they are given: only the first of each row is walked, and another test proves
 * the rest. An answer that stands in no row stands for itself.
 */
export const alike: Readonly<Record<string, readonly (readonly string[])[]>> = {
  danger: [['no', 'unsure']],
  domesticAbuse: [['no', 'unsure']],
  about: [['me', 'unsure']],
  country: [['wales', 'unsure']],
  placedBy: [gatewayCouncils, otherCouncils, ['none', 'unsure']],
  agreed: [
    ['yes', 'unsure'],
    ['not-asked', 'no'],
  ],
  child: [
    ['looked-after', 'needs-care-and-support'],
    ['none', 'unsure'],
  ],
  council: [gatewayCouncils, otherCouncils],
  carer: [['no', 'unsure']],
  process: [
    ['assessment', 'care-plan', 'review', 'safeguarding'],
    // The Care Act (England) does not name these.
    ['leaving-hospital', 'where-to-live', 'provider-failure', 'stepping-down', 'informal-care-change'],
  ],
  otherTopic: [['no', 'unsure']],
  barriers: [['understand', 'remember', 'weigh', 'communicate']],
  supporter: [['none', 'not-wanted', 'unable', 'implicated']],
  mentalHealth: [['detained', 'community-order', 'guardianship', 'conditional-discharge', 'considering-s57']],
  hospitalCountry: [['wales', 'unsure']],
  secondaryMentalHealthCare: [['no', 'unsure']],
  decision: [
    ['serious-medical-treatment', 'long-hospital-stay', 'long-care-home-stay'],
    ['short-care-home-stay', 'unsure'],
  ],
  liberty: [
    ['being-assessed', 'no-representative'],
    ['none', 'unsure'],
  ],
  complaint: [['none', 'unsure']],
  substantialDifficulty: [['no', 'unsure']],
  exception: [
    ['nhs-placement', 'agreed-disagreement'],
    ['none', 'unsure'],
  ],
};

const rowOf = (id: string, value: string): readonly string[] =>
  alike[id]?.find((row) => row.includes(value)) ?? [value];

/** The answer that is walked in place of this one. */
export const walkedFor = (id: string, value: string): string => rowOf(id, value)[0] ?? value;

export const outcomesOf = (answers: Answers): string[] =>
  decide(factsFromAnswers(answers), rulesetDay).findings.map(({ outcome }) => outcome);

/**
 * What is asked after a question that was only offered, with it: one topic. Topics do not touch each other (another test
 * proves it), so each is walked by itself, from the end of every way on which it is offered.
 */
export const followUps: Readonly<Record<string, readonly string[]>> = {
  mentalHealth: ['hospitalCountry'],
  complaint: ['nhsProvider'],
  capacity: ['decision', 'liberty', 'consultable'],
};

/** What lies before somebody: what all ways on from here have in common, and the ways themselves without it. */
interface Rest {
  readonly common: readonly string[];
  readonly ahead: Ahead | Offered | undefined;
  /** How many questions are asked from here on: on the shortest of the ways, and on the longest. */
  readonly fewest: number;
  readonly most: number;
}
interface Ahead {
  readonly question: string;
  readonly ways: readonly { readonly values: readonly string[]; readonly rest: Rest }[];
}
/** The topics that are offered at the end of a way: what each of them adds. */
interface Offered {
  readonly topics: readonly (Ahead | Offered)[];
}

/** Two rests with the same text are the same object: what leads to the same is written once. */
const known = new Map<string, Ahead | Offered>();
const numbers = new Map<Ahead | Offered, number>();

function sameObject<T extends Ahead | Offered>(key: string, made: T): T {
  const found = known.get(key);
  if (found) return found as T;
  known.set(key, made);
  numbers.set(made, numbers.size);
  return made;
}

/** The answer that a list of ways has for a question which is offered, and left alone. */
const leftAlone = 'left alone';

/** Questions that were put to somebody on a way, and could not have changed anything on it. */
export const askedInVain: string[] = [];

/** Where the number of questions left that is shown is not what the ways ahead have. */
export const brokenPromises: string[] = [];

const end = { ahead: undefined, fewest: 0, most: 0 };

/** Joins the ways on from a question that lead to the same, and takes out what all have in common. */
function joined(question: string, each: readonly { value: string; rest: Rest }[], answers: Answers): Rest {
  const groups = new Map<string, { values: string[]; rest: Rest }>();
  for (const { value, rest } of each) {
    const group = groups.get(keyOf(rest));
    if (group) group.values.push(value);
    else groups.set(keyOf(rest), { values: [value], rest });
  }
  const found = [...groups.values()];
  if (found.length < 2) askedInVain.push(`${question} after ${JSON.stringify(answers)}`);
  const [first, ...others] = found;
  const common = (first?.rest.common ?? []).filter((outcome) =>
    others.every(({ rest }) => rest.common.includes(outcome)),
  );
  const ways = found.map(({ values, rest }) => ({
    values,
    rest: { ...rest, common: rest.common.filter((outcome) => !common.includes(outcome)) },
  }));
  const fewest = 1 + Math.min(...each.map(({ rest }) => rest.fewest));
  const most = 1 + Math.max(...each.map(({ rest }) => rest.most));
  const key = `${question} ${ways.map(({ values, rest }) => `${values.join()}:${keyOf(rest)}`).join(' ')}`;
  return { common, ahead: sameObject(key, { question, ways }), fewest, most };
}

/** The choices of a question, one of each row of `alike`. */
export const walkedChoices = (question: Question, answers: Answers): string[] =>
  choicesOf(question, answers).filter((value) => walkedFor(question.id, value) === value);

/**
 * Somebody under the law of Wales who is walked in this person’s place once the age, and whether they agree, are known: one who
 * is not at risk, and asks for herself. The urgent help is added; another test proves that all else is the same. A child under
 * 5 stands for itself: Meic speaks where nothing else does.
 */
export function standIn(answers: Answers): { readonly answers: Answers; readonly urgent: readonly string[] } {
  const itself = { answers, urgent: [] };
  if (answers['age'] === undefined || answers['age'] === 'under-5') return itself;
  const { danger, domesticAbuse, about, agreed, ...others } = answers;
  const isSame = danger === 'no' && (about === 'me' || agreed !== 'yes');
  if (danger === undefined || about === undefined || isSame) return itself;
  const asks = agreed === 'yes' ? { about: 'me' } : { about, ...(agreed !== undefined && { agreed }) };
  const calm: Answers = { danger: 'no', ...asks, ...others };
  const stands = journey(checkFlow, calm);
  if (stands.relevant['age'] === undefined) return itself;
  const atRisk: Answers = { danger, age: answers['age'], ...(domesticAbuse !== undefined && { domesticAbuse }) };
  return { answers: stands.relevant, urgent: outcomesOf(atRisk).filter((outcome) => outcome.startsWith('urgent-')) };
}

const standing = new Map<string, Rest>();

function restFrom(answers: Answers): Rest {
  const { relevant, answered } = journey(checkFlow, answers);
  const last = answered.at(-1)?.id;
  if (last !== 'age' && last !== 'agreed') return restAhead(answers);
  const stands = standIn(relevant);
  const key = JSON.stringify(stands.answers);
  const found = standing.get(key) ?? restAhead(stands.answers);
  standing.set(key, found);
  return { ...found, common: [...stands.urgent, ...found.common] };
}

function restAhead(answers: Answers): Rest {
  const { next, relevant, offered } = journey(checkFlow, answers);
  if (!next) {
    const base = outcomesOf(relevant);
    const topics = offered.map((question) => topicOf(question, relevant, base));
    const key = `offered ${topics.map((topic) => numbers.get(topic)).join(' ')}`;
    return { ...end, common: base, ahead: topics.length === 0 ? undefined : sameObject(key, { topics }) };
  }
  const each = walkedChoices(next, answers).map((value) => ({
    value,
    rest: restFrom({ ...answers, [next.id]: answerOf(next, value) }),
  }));
  const rest = joined(next.id, each, relevant);
  const { fewest, most } = stepsLeft(checkFlow, relevant, next.id);
  if (fewest !== rest.fewest || most !== rest.most) {
    brokenPromises.push(`${next.id} says ${fewest} to ${most}, and it is ${rest.fewest} to ${rest.most}`);
  }
  return rest;
}

/** All that decides what a topic adds, beside the outcomes that are there without it. */
const decideTopics = ['country', 'placedBy', 'age', 'agreed', 'capacity', 'decision', 'consultable'];
const topicsKnown = new Map<string, Ahead | Offered>();

/** As topicFrom, and worked out once for everybody alike; another test proves that it is the same. */
export function topicOf(offered: Question, before: Answers, base: readonly string[]): Ahead | Offered {
  const key = [offered.id, ...base, ...decideTopics.map((id) => `${id}=${String(before[id])}`)].join();
  const found = topicsKnown.get(key) ?? topicFrom(offered, before, base);
  topicsKnown.set(key, found);
  return found;
}

/** The ways through one topic: what each adds to the outcomes that are there without it, or takes the place of. */
export function topicFrom(offered: Question, before: Answers, base: readonly string[]): Ahead | Offered {
  const ofTopic = [offered.id, ...(followUps[offered.id] ?? [])];
  const walk = (question: Question, answers: Answers, isOptional: boolean): Rest => {
    const on = (given: Answers): Rest => {
      const { next, relevant, offered: others } = journey(checkFlow, given);
      const at = ofTopic.indexOf(question.id);
      const more = others.find(({ id }) => ofTopic.indexOf(id) > at);
      if (more && (!next || checkFlow.indexOf(more) < checkFlow.indexOf(next))) return walk(more, given, true);
      if (next) return walk(next, given, false);
      const outcomes = outcomesOf(relevant);
      const lost = base.filter((outcome) => !outcomes.includes(outcome)).map((outcome) => `instead of ${outcome}`);
      return { ...end, common: [...outcomes.filter((outcome) => !base.includes(outcome)), ...lost] };
    };
    const each = walkedChoices(question, answers).map((value) => ({
      value,
      rest: on({ ...answers, [question.id]: answerOf(question, value) }),
    }));
    return joined(question.id, isOptional ? [...each, { value: leftAlone, rest: on(answers) }] : each, answers);
  };
  // Without the way of leaving it alone, nothing is in common to all: a topic that can change nothing stands out.
  const { common, ahead } = walk(offered, before, false);
  if (common.length > 0 || !ahead) throw new Error(`${offered.id} says the same whatever is answered.`);
  return ahead;
}

const keyOf = ({ common, ahead }: Rest): string => `${common.join('+')}>${ahead ? numbers.get(ahead) : 'end'}`;

const inOrder = (outcomes: readonly string[]): string[] =>
  [...outcomes].sort((a, b) => outcomeIds.findIndex((id) => id === a) - outcomeIds.findIndex((id) => id === b));

const nameOf = (id: string, value: string): string => {
  const row = rowOf(id, value);
  if (row === gatewayCouncils) return 'Cardiff or the Vale';
  return row === otherCouncils ? 'another council' : row.join(' or ');
};

const head = `Every way through the check: answers → outcomes, as the law stands on ${rulesetDay}. Reviewed like law.
What several ways have ahead of them stands once, as a part; a way goes on there, and keeps the outcomes that it has.
What is only offered with the result stands as topics: what each adds when it is taken up. Topics do not touch each other.
Written by: npm run --silent check:paths > tests/check/ways-through.txt

`;

/** All ways, one a line; what several ways have ahead of them stands once, as a part of its own. */
export function everyWay(): { readonly listing: string; readonly fewest: number; readonly most: number } {
  const start = restFrom({});
  const timesMet = new Map<Ahead, number>();
  const count = ({ ahead }: Rest): void => {
    if (!ahead || 'topics' in ahead) return;
    timesMet.set(ahead, (timesMet.get(ahead) ?? 0) + 1);
    if (timesMet.get(ahead) === 1) for (const { rest } of ahead.ways) count(rest);
  };
  count(start);
  const parts: Ahead[] = [];
  const offers: Offered[] = [];
  const topics: Ahead[] = [];
  const placeIn = <T>(list: T[], each: T): number => {
    if (!list.includes(each)) list.push(each);
    return list.indexOf(each) + 1;
  };
  const linesOf = (ahead: Ahead, before: string, sofar: readonly string[], isTopic = false): string[] =>
    ahead.ways.flatMap(({ values, rest }) => {
      const answers = `${before}${ahead.question} = ${values.map((value) => nameOf(ahead.question, value)).join(' or ')}`;
      const outcomes = [...sofar, ...rest.common];
      const then: string[] = [];
      if (rest.ahead && 'topics' in rest.ahead) then.push(`offered ${placeIn(offers, rest.ahead)}`);
      else if (rest.ahead && (isTopic || (timesMet.get(rest.ahead) ?? 0) < 2)) {
        return linesOf(rest.ahead, `${answers}; `, outcomes, isTopic);
      } else if (rest.ahead) then.push(`part ${placeIn(parts, rest.ahead)}`);
      return [`${answers} → ${[...inOrder(outcomes), ...then].join(', ') || 'nothing more'}`];
    });
  const written: string[] = [];
  if (start.ahead && !('topics' in start.ahead)) placeIn(parts, start.ahead);
  for (let at = 0; at < parts.length; at += 1) {
    written.push(`part ${at + 1}`, ...linesOf(parts[at]!, '', at === 0 ? start.common : []), '');
  }
  for (const [at, offer] of offers.entries()) {
    const named = offer.topics.map((topic) => {
      if ('topics' in topic) throw new Error('A topic cannot offer topics.');
      return `topic ${placeIn(topics, topic)} (${topic.question})`;
    });
    written.push(`offered ${at + 1}: ${named.join(', ')}`);
  }
  for (const [at, topic] of topics.entries()) written.push('', `topic ${at + 1}`, ...linesOf(topic, '', [], true));
  return { listing: `${head}${written.join('\n').trim()}\n`, fewest: start.fewest, most: start.most };
}
