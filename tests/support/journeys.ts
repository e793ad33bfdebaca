/** Leads a visitor through the check and the form by posting them, and knows answers that between them show every outcome. */
import { checkFlow, choicesOf, type Answer as CheckAnswer, type Answers } from '#check/check-flow.ts';
import { factsFromAnswers } from '#check/facts-from-answers.ts';
import { decide, type OutcomeId } from '#eligibility/decide.ts';
import { journey } from '#flow/journey.ts';
import { stepHref } from '#site/links.ts';
import type { Variant } from '#site/variants.ts';
import { cases } from './people.ts';
import type { Answer, Form, Visitor } from './visitor.ts';

/** One way through the whole check, and what it leads to. */
export interface Walk {
  readonly answers: Answers;
  readonly outcomes: readonly OutcomeId[];
}

/** Numbers from 0 up to 1 that are the same in every run. */
function steadyNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const walksTried = 6000;

/**
 * A way through the check to its end. Somebody of whom something is known answers that, is not sure of all else that is asked,
 * and takes up nothing else that is offered with the result; anybody else answers by chance, and takes up about half.
 */
function walkOf(known: Answers | undefined, chance: () => number): Answers {
  const leftAlone = new Set<string>();
  let answers: Answers = {};
  for (;;) {
    const { next, offered, relevant } = journey(checkFlow, answers);
    const question = next ?? offered.find(({ id }) => !leftAlone.has(id));
    if (!question) return relevant;
    const said = known?.[question.id];
    if (!next && said === undefined && (known || chance() < 0.5)) {
      leftAlone.add(question.id);
      continue;
    }
    if (known) {
      answers = { ...answers, [question.id]: said ?? 'unsure' };
      continue;
    }
    const choices = choicesOf(question, relevant);
    const chosen = choices[Math.floor(chance() * choices.length)]!;
    const isAlone = question.kind === 'one' || chosen === 'unsure';
    answers = { ...answers, [question.id]: isAlone ? chosen : chosen === 'none' ? [] : [chosen] };
  }
}

/** The worked cases, and then anybody by chance, the same in every run. */
function* walksFrom(on: string): Generator<Walk> {
  const chance = steadyNumbers(20_261_122);
  for (let tried = 0; tried < walksTried; tried += 1) {
    const answers = walkOf(cases[tried]?.facts, chance);
    const outcomes = decide(factsFromAnswers(answers), on).findings.map((finding) => finding.outcome);
    yield { answers, outcomes };
  }
}

/** Walks to as many different sets of outcomes as are met by chance, the first that is met for each; at most `most`. */
export function walksToSetsOfOutcomes(on: string, most: number): readonly Walk[] {
  const walks = new Map<string, Walk>();
  for (const walk of walksFrom(on)) {
    if (walks.size === most) break;
    const set = walk.outcomes.join();
    if (!walks.has(set)) walks.set(set, walk);
  }
  return [...walks.values()];
}

/**
 * Walks that between them show every outcome that the check can reach; found anew from the rules as they are. The worked
 * cases go first: what is rare would otherwise hardly be met by chance.
 */
export function walksToEveryOutcome(on: string): readonly Walk[] {
  const seen = new Set<OutcomeId>();
  const walks: Walk[] = [];
  for (const walk of walksFrom(on)) {
    if (walk.outcomes.every((outcome) => seen.has(outcome))) continue;
    for (const outcome of walk.outcomes) seen.add(outcome);
    walks.push(walk);
  }
  return walks.reduceRight<Walk[]>((kept, walk, at) => {
    // A walk whose outcomes others show as well costs four page loads and shows nothing new.
    const others = [...walks.slice(0, at), ...kept];
    const isNeeded = walk.outcomes.some((outcome) => !others.some((other) => other.outcomes.includes(outcome)));
    return isNeeded ? [walk, ...kept] : kept;
  }, []);
}

/** A check’s answer as its form posts it. */
export function formOfAnswer(question: string, answer: CheckAnswer): Form {
  return { [question]: typeof answer === 'string' ? answer : answer.length === 0 ? ['none'] : answer };
}

/** All answers of the check as the call page posts them. */
export const callForm = (answers: Answers): Form =>
  Object.assign({}, ...Object.entries(answers).map(([question, answer]) => formOfAnswer(question, answer))) as Form;

/** Posts these answers of the check, one page after the other; the last answer is what the visitor then sees. */
export async function answerCheck(visitor: Visitor, variant: Variant, answers: Answers): Promise<Answer> {
  let seen: Answer | undefined;
  for (const { id } of checkFlow) {
    const answer = answers[id];
    if (answer !== undefined) seen = await visitor.post(stepHref('check', id, variant), formOfAnswer(id, answer));
  }
  if (!seen) throw new Error('No question of the check was answered.');
  return seen;
}

/** Somebody who asks for an advocate for herself: every step of the form that she meets, with everything filled in. */
export const wholeReferral: Readonly<Record<string, Form>> = {
  about: { about: 'me' },
  age: { age: '25-or-over' },
  name: { name: 'Siân Ŵyn-Ellis' },
  council: { council: 'W06000015' },
  language: { spoken: 'cy', written: 'en' },
  communication: { needs: ['bsl', 'easy-read', 'other'], other: 'Write before you ring' },
  contact: { ways: ['call', 'text', 'email', 'letter', 'video-call', 'through-someone'] },
  'contact-details': {
    phone: '029 2000 0000',
    email: 'sian@example.org',
    address: '1 Heol y Bont\nCaerdydd',
    postcode: 'CF10 1AA',
    videoCall: 'Send a link by email',
    throughSomeone: 'My sister, on Tuesdays',
  },
  times: { times: ['morning', 'weekend'], timesNote: 'Not on Mondays' },
  voicemail: { voicemail: 'no' },
  answering: { whoMayAnswer: 'some-people', whoMayAnswerNames: 'Mair' },
  say: { whatToSay: 'own-words', whatToSayWords: 'Say that it is about the garden' },
  writing: { writing: 'say-nothing' },
  'code-word': { wantsCodeWord: 'yes', codeWord: 'plum tree' },
  process: { process: ['assessment', 'review'] },
  barriers: { barriers: ['understand', 'communicate'] },
  supporter: { supporter: 'none' },
  need: { ownWords: 'I have an assessment and I do not know what to say.', deadline: 'Friday' },
  permission: { permission: ['given'] },
};

/** Somebody who just wants to be contacted: the two pages of the short way. */
export const shortReferral: Readonly<Record<string, Form>> = {
  'contact-me': { name: 'Siân', way: 'call', detail: '029 2000 0000' },
  'contact-me-when': { times: ['any'], voicemail: 'yes' },
};

/** A professional who asks for somebody who cannot agree: the steps that a person who asks for herself never meets. */
export const wholeReferralForSomeoneElse: Readonly<Record<string, Form>> = {
  ...wholeReferral,
  about: { about: 'someone-else' },
  agreed: { agreed: 'cannot-agree' },
  'cannot-agree-reason': { reason: 'He has dementia and does not follow the question.' },
  referrer: { yourName: 'Gwen Prys', relation: 'professional', yourContact: '029 2000 0001' },
  staff: { role: 'other', roleWords: 'Chaplain', organisation: 'Example Hospital' },
};

/** Posts these steps in the order of `steps`; the last answer is what the visitor then sees. */
export async function fillReferral(
  visitor: Visitor,
  variant: Variant,
  forms: Readonly<Record<string, Form>>,
  steps: readonly string[],
): Promise<Answer> {
  let seen: Answer | undefined;
  for (const step of steps) {
    const form = forms[step];
    if (form) seen = await visitor.post(stepHref('refer', step, variant), form);
  }
  if (!seen) throw new Error('No step of the form was filled in.');
  return seen;
}
