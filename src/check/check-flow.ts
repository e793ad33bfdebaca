/** The questions of “Do I need an advocate?”, in order, and whom each is for. What the answers mean is the law’s business, not this file’s. */
import { careActProcesses, councils, facts, namedProcesses } from '#eligibility/facts.ts';
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

const isPlacedByWelshCouncil = (a: Answers): boolean => councils.some((code) => code === a['placedBy']);

/** Whoever names a Welsh council lives in Wales; only the others are asked for the country. Not sure is not “no”. */
const livesInWales = (a: Answers): boolean =>
  a['country'] === undefined || a['country'] === 'wales' || a['country'] === 'unsure';

/** The law of Wales speaks where the person lives in Wales, may live there, or was placed elsewhere by a Welsh council. */
const underWelshLaw = (a: Answers): boolean => mayGoOn(a) && (livesInWales(a) || isPlacedByWelshCouncil(a));
const underEnglishLaw = (a: Answers): boolean => mayGoOn(a) && a['country'] === 'england' && !isPlacedByWelshCouncil(a);

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

/** The processes for which the Care Act asks about an advocate (England). */
const inCareActProcess = (a: Answers): boolean => has(a['process'], ...careActProcesses);

/** Somebody else asks for a person who cannot say whether they agree: then what they can decide is the next question. */
const cannotAgree = (a: Answers): boolean => a['agreed'] === 'cannot-agree';

/** Treatment for under-18s that the law treats apart (section 58A) is offered to nobody known to be older. */
const mentalHealthSituations = (a: Answers): readonly string[] => [
  'detained',
  'short-hold',
  'place-of-safety',
  'community-order',
  'guardianship',
  'conditional-discharge',
  'considering-s57',
  ...(a['age'] === '18-24' || a['age'] === '25-or-over' ? [] : ['considering-s58a']),
  'informal',
  'none',
];

/** Decisions in which somebody who could be asked changes what the law says (Mental Capacity Act 2005, ss37 to 39; reviews). */
const decisionsThatTurnOnFamily = [
  'serious-medical-treatment',
  'long-hospital-stay',
  'long-care-home-stay',
  'care-review',
];

/** No decision that the law names an advocate for: what is left is whether the person is free to leave. */
const leadsNowhereYet = (a: Answers): boolean => a['decision'] === 'unsure' || a['decision'] === 'short-care-home-stay';

/*
 * Danger first, the plain things next, what sounds like law last. Whoever has named something that social services do is asked
 * about that and no more: the usual way is 8 questions, and none is longer than 14. What lies beside it (mental health,
 * complaints, capacity) is asked of those who named nothing, and offered to everybody else with the result.
 */
export const checkFlow: readonly Question[] = [
  one('danger', ['now', 'suicidal', 'at-risk', 'no'], { ways: ['now', 'at-risk', 'no'] }),
  one('domesticAbuse', ['yes', 'no'], { onlyIf: (a) => a['danger'] === 'at-risk' }),
  one('about', ['me', 'someone-else'], { onlyIf: mayGoOn, ways: ['me', 'someone-else'] }),
  one('council', councils, { onlyIf: mayGoOn, ways: ['W06000015', 'unsure'] }),
  one('country', ['wales', 'england', 'scotland', 'northern-ireland', 'elsewhere'], {
    onlyIf: (a) => mayGoOn(a) && a['council'] === 'unsure',
    ways: ['wales', 'england', 'scotland'],
  }),
  one('placedBy', councils, {
    onlyIf: (a) => mayGoOn(a) && !livesInWales(a),
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
    ways: ['yes', 'cannot-agree'],
  }),
  // Whoever needs care away from home, or cannot say whether they agree, seldom looks after somebody else.
  one('carer', ['yes', 'no'], { onlyIf: isAdult, optional: (a) => cannotAgree(a) || isPlacedByWelshCouncil(a) }),
  list('process', ['finding-help', ...namedProcesses, 'child-protection-parent'], {
    // A young carer’s assessment gives a child a right too; a child who has that right already need not be asked.
    onlyIf: (a) =>
      isAdult(a) ||
      underEnglishLaw(a) ||
      (underWelshLaw(a) &&
        isUnder18(a) &&
        !has(a['child'], 'looked-after', 'became-looked-after', 'needs-care-and-support')),
    ways: [['assessment'], ['finding-help'], ['child-protection-parent'], []],
  }),
  one('otherTopic', ['yes', 'no'], {
    onlyIf: (a) => isAdult(a) && !inNamedProcess(a) && !has(a['process'], 'child-protection-parent'),
    optional: (a) => cannotAgree(a) && isNothing(a['process']),
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
  one('substantialDifficulty', ['yes', 'no'], {
    onlyIf: (a) => underEnglishLaw(a) && inCareActProcess(a),
    ways: ['yes', 'no'],
  }),
  one('supporter', ['none', 'suitable', 'not-wanted', 'unable', 'implicated', 'paid-only'], {
    onlyIf: (a) =>
      (underEnglishLaw(a) && a['substantialDifficulty'] === 'yes') ||
      (isAdult(a) &&
        inNamedProcess(a) &&
        !has(a['process'], 'child-protection-parent') &&
        Array.isArray(a['barriers']) &&
        a['barriers'].length > 0),
    ways: ['none', 'suitable'],
  }),
  one('exception', ['nhs-placement', 'agreed-disagreement', 'none'], {
    onlyIf: (a) => underEnglishLaw(a) && a['supporter'] === 'suitable',
  }),
  one('mentalHealth', [], {
    onlyIf: mayGoOn,
    options: mentalHealthSituations,
    optional: (a) => (underWelshLaw(a) || underEnglishLaw(a)) && (!isNothing(a['process']) || cannotAgree(a)),
    ways: ['detained', 'none'],
  }),
  one('hospitalCountry', ['wales', 'england', 'scotland', 'northern-ireland', 'elsewhere'], {
    // Outside hospital too: whoever lives in Wales can be under the order of a hospital in England.
    onlyIf: (a) => a['mentalHealth'] !== undefined && a['mentalHealth'] !== 'none',
  }),
  one('complaint', ['nhs', 'social-care', 'none'], {
    onlyIf: (a) => underWelshLaw(a) || underEnglishLaw(a),
    optional: (a) =>
      !isNothing(a['process']) || cannotAgree(a) || (a['mentalHealth'] !== 'none' && a['mentalHealth'] !== undefined),
    ways: ['nhs', 'none'],
  }),
  one('nhsProvider', ['wales', 'england'], { onlyIf: (a) => a['complaint'] === 'nhs' }),
  one('capacity', ['lacks', 'has'], {
    onlyIf: (a) => underWelshLaw(a) && a['age'] !== 'under-5' && a['age'] !== '5-15',
    optional: (a) => !(cannotAgree(a) && isNothing(a['process'])),
    ways: ['lacks', 'has'],
  }),
  one('decision', [...decisionsThatTurnOnFamily, 'safeguarding', 'short-care-home-stay'], {
    onlyIf: (a) => a['capacity'] === 'lacks' || a['capacity'] === 'unsure',
    ways: ['serious-medical-treatment', 'safeguarding', 'unsure'],
  }),
  one('liberty', ['being-assessed', 'no-representative', 'unpaid-representative', 'paid-representative', 'none'], {
    // The safeguards are for adults from 18. Where capacity is not sure, a decision that counts has said all that can be said.
    onlyIf: (a) =>
      a['age'] !== '16-17' && (a['capacity'] === 'lacks' || (a['capacity'] === 'unsure' && leadsNowhereYet(a))),
    optional: (a) => !leadsNowhereYet(a),
    ways: ['being-assessed', 'none'],
  }),
  one('consultable', ['yes', 'no'], {
    onlyIf: (a) =>
      a['capacity'] === 'lacks' &&
      (decisionsThatTurnOnFamily.some((decision) => decision === a['decision']) ||
        a['liberty'] === 'being-assessed' ||
        a['liberty'] === 'no-representative'),
  }),
  one('secondaryMentalHealthCare', ['yes', 'no'], { onlyIf: isAdult, optional: () => true }),
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

/** Every value that the question offers to anybody: what is on offer depends on the age. */
export const everyChoiceOf = (question: Question): readonly string[] => [
  ...new Set([...facts.age.values, 'unsure'].flatMap((age) => choicesOf(question, { age }))),
];

/** The answer that choosing just this value gives. */
export const answerOf = ({ kind }: Question, value: string): Answer => {
  if (kind === 'one' || value === 'unsure') return value;
  return value === 'none' ? [] : [value];
};
