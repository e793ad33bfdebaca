/** The safe-contact plan that a person’s answers make: for the message, and to be shown back before it is sent. */
import type { Values } from '#form/fields.ts';
import type { ReferralV1 } from '#gateway/referral-v1.ts';
import { filled } from './filled.ts';
import { whyUnsaid, type ReferAnswers } from './refer-flow.ts';

type Contact = ReferralV1['contact'];

const chosen = (values: Values, field: string): readonly string[] =>
  (values[field] as readonly string[] | undefined) ?? [];

/** What helps the person to take part, as far as they have said. */
export const needsOf = (relevant: ReferAnswers): readonly string[] =>
  chosen((relevant['communication'] as Values | undefined) ?? {}, 'needs');

/**
 * The `contact` of the message. `relevant` are answers that their steps’ fields have accepted. What does not apply to the
 * ways is left out; what applies and has no answer says why, and is never a “no”.
 */
export function contactPlanOf(relevant: ReferAnswers): Contact {
  const of = (step: string): Values => (relevant[step] as Values | undefined) ?? {};
  const details = of('contact-details');
  const answering = of('answering');
  const say = of('say');
  const codeWord = of('code-word');
  const ways = chosen(of('contact'), 'ways');
  const neverTimes = chosen(of('times'), 'neverTimes');
  const isCalled = ways.includes('call');
  const isWrittenTo = ways.some((way) => way === 'text' || way === 'email' || way === 'letter');
  const where = (applies: boolean, step: string, answer: unknown): unknown =>
    applies ? (answer ?? whyUnsaid(relevant, step)) : undefined;
  const mayLeaveMessage = of('voicemail')['voicemail'];
  const { phone, textNumber, videoCall, email, address, postcode, throughSomeone } = details;
  return filled({
    ways,
    phone,
    textOnly: textNumber === undefined ? undefined : { number: textNumber, voice: false },
    videoCall,
    email,
    address,
    postcode,
    throughSomeone,
    safe: filled({
      voice: !chosen(of('contact'), 'neverWays').includes('call'),
      times: chosen(of('times'), 'times'),
      neverTimes: neverTimes.length > 0 ? neverTimes : undefined,
      timesNote: of('times')['timesNote'],
      text: ways.includes('text'),
      voicemail: where(isCalled, 'voicemail', mayLeaveMessage && mayLeaveMessage === 'yes'),
      whoMayAnswer: where(isCalled, 'answering', answering['whoMayAnswer']),
      whoMayAnswerNames: answering['whoMayAnswer'] === 'some-people' ? answering['whoMayAnswerNames'] : undefined,
      whatToSay: where(isCalled && answering['whoMayAnswer'] !== 'anyone', 'say', say['whatToSay']),
      whatToSayWords: say['whatToSay'] === 'own-words' ? say['whatToSayWords'] : undefined,
      writing: where(isWrittenTo, 'writing', of('writing')['writing']),
      codeWord: codeWord['wantsCodeWord'] === 'yes' ? codeWord['codeWord'] : undefined,
    }),
    // The values are the contract’s own codes: refer-flow takes them from there.
  }) as Contact;
}
