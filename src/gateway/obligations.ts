/** What a referral obliges the Gateway to, as codes that a machine can keep to: worked out from the message, and from nothing else. */
import type { ReferralV1 } from './referral-v1.ts';
import { saidOf } from './unsaid.ts';

export const obligationCodes = [
  'speak-welsh',
  'write-welsh',
  'active-offer-welsh',
  'no-voice-calls',
  'no-voicemail',
  'speak-only-to-person',
  'speak-only-to-named',
  'say-nothing-to-others',
  'say-agreed-words',
  'write-nothing-about-why',
  'use-code-word',
  'keep-to-times',
  'bsl-interpreter',
  'interpreter',
  'lip-speaker',
  'deafblind-interpreter',
  'hearing-loop',
  'text-relay',
  'easy-read',
  'large-print',
  'audio',
  'braille',
  'more-time',
  'someone-with-me',
  'step-free',
] as const;

export type Obligation = (typeof obligationCodes)[number];

/** What obligations are worked out from. */
export type Obliging = Pick<ReferralV1, 'variant' | 'language' | 'communication' | 'contact'>;

type Need = Exclude<ReferralV1['communication']['needs'], string>[number];

/** A need in the person’s own words obliges too, but no code can say to what. */
const ofNeed = (need: Need): readonly Obligation[] =>
  need === 'other' ? [] : [need === 'bsl' ? 'bsl-interpreter' : need];

/**
 * Who has not said which language, or was not asked, is offered Welsh, and so is who came in Welsh. Somebody who came in English and chose
 * English, or another language, was offered Welsh and said no.
 */
function isOfferedWelsh({ language: { spoken, written }, variant }: Obliging): boolean {
  const hasChosenWelsh = spoken === 'cy' && written === 'cy';
  const leavesItOpen = [spoken, written].some((each) => (saidOf(each) ?? 'no-preference') === 'no-preference');
  return !hasChosenWelsh && (leavesItOpen || variant.startsWith('cy'));
}

/** The obligations of a message, in the order of `obligationCodes`. What was not asked obliges to the more careful thing. */
export function obligationsOf(message: Obliging): Obligation[] {
  const { language, communication, contact } = message;
  const { ways, safe } = contact;
  const isCalled = ways.includes('call');
  const isWrittenTo = ways.some((way) => way === 'text' || way === 'email' || way === 'letter');
  const whoMayAnswer = saidOf(safe.whoMayAnswer) ?? 'only-me';
  const saysNothing = (saidOf(safe.whatToSay) ?? 'say-nothing') === 'say-nothing';
  const isAnyTime = safe.times.every((time) => time === 'any') && !safe.neverTimes && safe.timesNote === undefined;
  const holds: Partial<Record<Obligation, boolean>> = {
    'speak-welsh': language.spoken === 'cy',
    'write-welsh': language.written === 'cy',
    'active-offer-welsh': isOfferedWelsh(message),
    'no-voice-calls': !isCalled,
    'no-voicemail': isCalled && safe.voicemail !== true,
    'speak-only-to-person': isCalled && whoMayAnswer === 'only-me',
    'speak-only-to-named': whoMayAnswer === 'some-people',
    'say-nothing-to-others': isCalled && whoMayAnswer !== 'anyone' && saysNothing,
    'say-agreed-words': safe.whatToSay === 'own-words',
    'write-nothing-about-why': isWrittenTo && safe.writing !== 'openly',
    'use-code-word': safe.codeWord !== undefined,
    'keep-to-times': !isAnyTime,
    interpreter: language.spoken === 'other',
  };
  const ofNeeds = (saidOf(communication.needs) ?? []).flatMap(ofNeed);
  return obligationCodes.filter((code) => (holds[code] ?? false) || ofNeeds.includes(code));
}
