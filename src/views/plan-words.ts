/** The safe-contact plan in whole sentences: to the person before they send it, and to the team that must keep to it. */
import type { Obligation } from '#gateway/obligations.ts';
import type { ReferralV1 } from '#gateway/referral-v1.ts';
import { saidOf } from '#gateway/unsaid.ts';
import type { Language, Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';

/** The part of a message that the sentences are made of. */
export interface Plan {
  readonly needs: readonly string[];
  readonly contact: ReferralV1['contact'];
}

/** The steps of the form that the plan is asked in. */
export const planSteps = ['contact', 'times', 'voicemail', 'answering', 'say', 'writing', 'code-word'] as const;
export type PlanStep = (typeof planSteps)[number];

interface Said {
  /** The step that asks it. */
  readonly step: PlanStep;
  readonly key: string;
  /** What the person wrote themselves: it stands after the sentence’s colon. */
  readonly written?: string | undefined;
}

const said = (isSo: boolean, step: PlanStep, key: string, written?: string): Said[] =>
  isSo ? [{ step, key, ...(written !== undefined && { written }) }] : [];

function ofWays({ needs, contact: { ways, safe } }: Plan): Said[] {
  const [call, text] = [ways.includes('call'), ways.includes('text')];
  return [
    ...said(call, 'contact', needs.includes('text-relay') ? 'plan.callByRelay' : 'plan.call'),
    ...said(text, 'contact', 'plan.text'),
    ...said(ways.includes('email'), 'contact', 'plan.email'),
    ...said(ways.includes('letter'), 'contact', 'plan.letter'),
    ...said(ways.includes('video-call'), 'contact', 'plan.videoCall'),
    ...said(ways.includes('through-someone'), 'contact', 'plan.throughSomeone'),
    ...said(text && !call && safe.voice, 'contact', 'plan.textOnly'),
    ...said(!safe.voice, 'contact', 'plan.neverCall'),
    ...said(true, 'contact', 'plan.noOtherWay'),
  ];
}

const safeTimes = {
  any: 'plan.safeAny',
  morning: 'plan.safeMorning',
  afternoon: 'plan.safeAfternoon',
  evening: 'plan.safeEvening',
  weekend: 'plan.safeWeekend',
} as const;

const neverSafeTimes = {
  morning: 'plan.neverMorning',
  afternoon: 'plan.neverAfternoon',
  evening: 'plan.neverEvening',
  weekend: 'plan.neverWeekend',
} as const;

function ofTimes({ contact: { safe } }: Plan): Said[] {
  const never = (safe.neverTimes ?? []).map((time) => neverSafeTimes[time]);
  // “Any time” would be too much beside a time that is never safe: then what is left is said last.
  const isAllButNever = safe.times.includes('any') && never.length > 0;
  const keys = isAllButNever
    ? [...never, 'plan.safeOtherwise']
    : [...safe.times.map((time) => safeTimes[time]), ...never];
  return [
    ...keys.flatMap((key) => said(true, 'times', key)),
    ...said(safe.timesNote !== undefined, 'times', 'plan.timesNote', safe.timesNote),
  ];
}

/** What was not asked is said as the more careful thing, as it is in the obligations. */
function ofCalls({ contact: { ways, safe } }: Plan): Said[] {
  if (!ways.includes('call')) return [];
  const whoMayAnswer = saidOf(safe.whoMayAnswer) ?? 'only-me';
  const whatToSay = saidOf(safe.whatToSay) ?? 'say-nothing';
  const who = { 'only-me': 'plan.onlyPerson', 'some-people': 'plan.onlyNamed', anyone: 'plan.anyone' }[whoMayAnswer];
  const what = { 'say-who': 'plan.sayWho', 'say-nothing': 'plan.sayNothing', 'own-words': 'plan.sayWords' }[whatToSay];
  return [
    ...said(true, 'voicemail', safe.voicemail === true ? 'plan.voicemail' : 'plan.noVoicemail'),
    ...said(true, 'answering', who, safe.whoMayAnswerNames),
    ...said(whoMayAnswer !== 'anyone', 'say', what, safe.whatToSayWords),
  ];
}

function ofWriting({ contact: { ways, safe } }: Plan): Said[] {
  const isWrittenTo = ways.some((way) => way === 'text' || way === 'email' || way === 'letter');
  const hasWord = safe.codeWord !== undefined;
  return [
    ...said(isWrittenTo, 'writing', safe.writing === 'openly' ? 'plan.writeOpenly' : 'plan.writeNothing'),
    ...said(true, 'code-word', hasWord ? 'plan.codeWord' : 'plan.noCodeWord', safe.codeWord),
  ];
}

export interface PlanSentence {
  readonly step: PlanStep;
  /** One line; in easy read a sentence each. What the person wrote stands after the colon. */
  readonly words: string;
}

/** The plan in words, in the order in which the form asks it. */
export function planSentences(
  plan: Plan,
  { variant, isForSomeoneElse }: { readonly variant: Variant; readonly isForSomeoneElse: boolean },
): PlanSentence[] {
  const say = words(variant, 'refer');
  const context: Readonly<Record<string, string>> = isForSomeoneElse ? { context: 'other' } : {};
  const all = [...ofWays(plan), ...ofTimes(plan), ...ofCalls(plan), ...ofWriting(plan)];
  return all.flatMap(({ step, key, written }) => {
    const lines = say(key, context).split('\n');
    const whole = lines.with(-1, [lines.at(-1), written].filter((each) => each !== undefined).join(' '));
    return whole.map((line) => ({ step, words: line }));
  });
}

/**
 * The sentences by the step whose answer they show. What the plan says without having asked stands with the ways of contact:
 * nobody sends a plan that they have not read. A code word is there only where it was asked for.
 */
export function planRows(
  plan: Plan,
  {
    asked,
    ...wording
  }: { readonly asked: readonly string[]; readonly variant: Variant; readonly isForSomeoneElse: boolean },
): ReadonlyMap<string, readonly string[]> {
  const rows = new Map<string, string[]>();
  for (const { step, words: text } of planSentences(plan, wording)) {
    if (step === 'code-word' && !asked.includes(step)) continue;
    const row = asked.includes(step) ? step : 'contact';
    rows.set(row, [...(rows.get(row) ?? []), text]);
  }
  return rows;
}

const obligationKeys: Readonly<Record<Obligation, string>> = {
  'speak-welsh': 'obligations.speak-welsh',
  'write-welsh': 'obligations.write-welsh',
  'active-offer-welsh': 'obligations.active-offer-welsh',
  'no-voice-calls': 'obligations.no-voice-calls',
  'no-voicemail': 'obligations.no-voicemail',
  'speak-only-to-person': 'obligations.speak-only-to-person',
  'speak-only-to-named': 'obligations.speak-only-to-named',
  'say-nothing-to-others': 'obligations.say-nothing-to-others',
  'say-agreed-words': 'obligations.say-agreed-words',
  'write-nothing-about-why': 'obligations.write-nothing-about-why',
  'use-code-word': 'obligations.use-code-word',
  'keep-to-times': 'obligations.keep-to-times',
  'bsl-interpreter': 'obligations.bsl-interpreter',
  interpreter: 'obligations.interpreter',
  'lip-speaker': 'obligations.lip-speaker',
  'deafblind-interpreter': 'obligations.deafblind-interpreter',
  'hearing-loop': 'obligations.hearing-loop',
  'text-relay': 'obligations.text-relay',
  'easy-read': 'obligations.easy-read',
  'large-print': 'obligations.large-print',
  audio: 'obligations.audio',
  braille: 'obligations.braille',
  'more-time': 'obligations.more-time',
  'someone-with-me': 'obligations.someone-with-me',
  'step-free': 'obligations.step-free',
};

/** What an obligation asks of the team that receives the referral. */
export const obligationWords = (code: Obligation, language: Language): string =>
  words(language, 'staff')(obligationKeys[code]);
