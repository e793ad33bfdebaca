/** The questions of “Do I need an advocate?”, in order, and whom each is for. What the answers mean is the law’s business, not this file’s. */
import { councils, namedProcesses } from '#eligibility/facts.ts';
import type { Step } from '#flow/journey.ts';

/** An answer as the visitor gave it: one value, a list (empty: none of these), or `unsure`. */
export type Answer = string | readonly string[];
export type Answers = { readonly [question: string]: Answer };

export interface Question extends Step<Answers> {
  /** `one`: choose one. `list`: choose all that fit, or none of these. */
  readonly kind: 'one' | 'list';
  /** The values on offer to a person with these answers; `none` and `unsure` come after them. */
  readonly options: (answers: Answers) => readonly string[];
  readonly hasNone: boolean;
}

const one = (id: string, options: readonly string[], rest: Partial<Question> = {}): Question => ({
  id,
  kind: 'one',
  options: () => options,
  hasNone: false,
  ...rest,
});

const list = (id: string, options: readonly string[], rest: Partial<Question> = {}): Question => ({
  id,
  kind: 'list',
  options: () => options,
  hasNone: true,
  ...rest,
});

const has = (answer: Answer | undefined, ...values: readonly string[]): boolean =>
  Array.isArray(answer) && values.some((value) => answer.includes(value));

/** Danger now, or thoughts of suicide: help comes first and nothing else is asked. */
const mayGoOn = (a: Answers): boolean => a['danger'] !== 'now' && a['danger'] !== 'suicidal';

/** The law of Wales speaks where the person lives in Wales, may live there, or was placed elsewhere by a Welsh council. */
const underWelshLaw = (a: Answers): boolean =>
  mayGoOn(a) &&
  (a['country'] === undefined ||
    a['country'] === 'wales' ||
    a['country'] === 'unsure' ||
    councils.some((code) => code === a['placedBy']));

const isUnder18 = (a: Answers): boolean => ['under-5', '5-15', '16-17'].includes(String(a['age']));
const isCareLeaver = (a: Answers): boolean =>
  has(a['child'], 'care-leaver') && (a['age'] === '16-17' || a['age'] === '18-24');

/** Adults in the sense of the rules: anyone not known to be under 18 or a care leaver. */
const isAdult = (a: Answers): boolean => underWelshLaw(a) && !isUnder18(a) && !isCareLeaver(a);

const inNamedProcess = (a: Answers): boolean => has(a['process'], ...namedProcesses);
const isNothing = (answer: Answer | undefined): boolean => Array.isArray(answer) && answer.length === 0;

/** Which situations a child of this age can be in: nobody of 6 has left care, and nobody of 20 becomes looked after. */
function childSituations(a: Answers): readonly string[] {
  const looked = ['became-looked-after', 'looked-after', 'child-protection', 'needs-care-and-support'];
  if (a['age'] === '18-24') return ['care-leaver', 'additional-learning-needs'];
  if (a['age'] === '16-17') return [...looked, 'care-leaver', 'additional-learning-needs'];
  return [...looked, 'additional-learning-needs'];
}

export const checkFlow: readonly Question[] = [
  one('danger', ['now', 'suicidal', 'at-risk', 'no'], { ways: ['now', 'at-risk', 'no'] }),
  one('domesticAbuse', ['yes', 'no'], { onlyIf: (a) => a['danger'] === 'at-risk' }),
  one('about', ['me', 'someone-else'], { onlyIf: mayGoOn, ways: ['me', 'someone-else'] }),
  one('country', ['wales', 'england', 'scotland', 'northern-ireland', 'elsewhere'], {
    onlyIf: mayGoOn,
    ways: ['wales', 'england'],
  }),
  one('placedBy', councils, {
    onlyIf: (a) => mayGoOn(a) && a['country'] !== 'wales' && a['country'] !== 'unsure',
    hasNone: true,
    ways: ['W06000015', 'none'],
  }),
  one('age', ['under-5', '5-15', '16-17', '18-24', '25-or-over'], {
    // Wherever a person at risk lives, a child and an adult are kept safe by different people.
    onlyIf: (a) => underWelshLaw(a) || (mayGoOn(a) && a['danger'] === 'at-risk'),
    ways: ['5-15', '16-17', '18-24', '25-or-over'],
  }),
  list('child', [], {
    onlyIf: (a) => underWelshLaw(a) && (isUnder18(a) || a['age'] === '18-24'),
    options: childSituations,
    ways: [['care-leaver'], ['looked-after'], []],
  }),
  one('agreed', ['yes', 'not-asked', 'no', 'cannot-agree'], {
    onlyIf: (a) => isAdult(a) && a['about'] === 'someone-else',
    ways: ['yes', 'no'],
  }),
  one('council', councils, {
    onlyIf: (a) =>
      isAdult(a) &&
      !councils.some((code) => code === a['placedBy']) &&
      a['agreed'] !== 'not-asked' &&
      a['agreed'] !== 'no',
  }),
  one('carer', ['yes', 'no'], { onlyIf: isAdult }),
  list('process', ['finding-help', ...namedProcesses, 'child-protection-parent'], {
    // A young carer’s assessment gives a child a right too; a child who has that right already need not be asked.
    onlyIf: (a) =>
      isAdult(a) ||
      (underWelshLaw(a) &&
        isUnder18(a) &&
        !has(a['child'], 'looked-after', 'became-looked-after', 'needs-care-and-support')),
    ways: [['assessment'], ['finding-help'], ['child-protection-parent'], []],
  }),
  one('otherTopic', ['yes', 'no'], {
    onlyIf: (a) => isAdult(a) && !inNamedProcess(a) && !has(a['process'], 'child-protection-parent'),
    ways: ['yes', 'no'],
  }),
  list('barriers', ['understand', 'remember', 'weigh', 'communicate'], {
    onlyIf: (a) =>
      isAdult(a) &&
      !isNothing(a['process']) &&
      !has(a['process'], 'child-protection-parent') &&
      (inNamedProcess(a) || a['otherTopic'] !== 'yes'),
    ways: [['understand'], []],
  }),
  one('supporter', ['none', 'suitable', 'not-wanted', 'unable', 'implicated', 'paid-only'], {
    onlyIf: (a) =>
      isAdult(a) &&
      inNamedProcess(a) &&
      !has(a['process'], 'child-protection-parent') &&
      Array.isArray(a['barriers']) &&
      a['barriers'].length > 0,
  }),
];

export type QuestionId = (typeof checkFlow)[number]['id'];

/** The question with this id; undefined if there is none. */
export const questionOf = (id: string): Question | undefined => checkFlow.find((question) => question.id === id);

/** All the values that a form may post for this question, in the order shown: the options, then `none`, then `unsure`. */
export const choicesOf = (question: Question, answers: Answers): readonly string[] => [
  ...question.options(answers),
  ...(question.hasNone ? ['none'] : []),
  'unsure',
];
