/** What a referral obliges the Gateway to: each code has its reason in the answers, and no other. */
import { describe, expect, it } from 'vitest';
import { communicationNeeds, referralV1, type ReferralV1 } from '../../src/gateway/referral-v1.ts';
import { obligationCodes, obligationsOf, type Obliging } from '../../src/gateway/obligations.ts';
import { mairsReferral } from '../support/referral.ts';

type Contact = ReferralV1['contact'];

/** Reached by letter, at any time, in English, and needs nothing: obliges to as little as anything can. */
const plain: Obliging = {
  variant: 'en',
  language: { spoken: 'en', written: 'en' },
  communication: { needs: [] },
  contact: {
    ways: ['letter'],
    address: 'Y Bwthyn',
    safe: { voice: true, times: ['any'], text: false, writing: 'openly' },
  },
};
const contactOf = (changes: Partial<Contact>, safe: Partial<Contact['safe']> = {}): Obliging => ({
  ...plain,
  contact: { ...plain.contact, ...changes, safe: { ...plain.contact.safe, ...safe } },
});
const calledWith = (safe: Partial<Contact['safe']>): Obliging =>
  contactOf(
    { ways: ['call'], address: undefined, phone: '029 2018 0000' },
    { writing: undefined, voicemail: true, whoMayAnswer: 'only-me', whatToSay: 'say-who', ...safe },
  );

const cases: readonly [string, Obliging, readonly string[]][] = [
  ['a letter at any time', plain, ['no-voice-calls']],
  ['no voice calls at all', contactOf({}, { voice: false }), ['no-voice-calls']],
  ['a call, said openly', calledWith({}), ['speak-only-to-person']],
  ['a call, with no voice message', calledWith({ voicemail: false }), ['no-voicemail', 'speak-only-to-person']],
  [
    'a call, with words to say',
    calledWith({ whatToSay: 'own-words', whatToSayWords: 'Helo' }),
    ['speak-only-to-person', 'say-agreed-words'],
  ],
  [
    'a call, with nothing to say to others',
    calledWith({ whoMayAnswer: 'some-people', whoMayAnswerNames: 'Siân', whatToSay: 'say-nothing' }),
    ['speak-only-to-named', 'say-nothing-to-others'],
  ],
  ['a call that anyone may answer', calledWith({ whoMayAnswer: 'anyone', whatToSay: undefined }), []],
  [
    'a call about which nothing more was asked',
    calledWith({ voicemail: 'not-asked', whoMayAnswer: 'not-asked', whatToSay: 'not-asked' }),
    ['no-voicemail', 'speak-only-to-person', 'say-nothing-to-others'],
  ],
  [
    'a letter that must say nothing',
    contactOf({}, { writing: 'say-nothing' }),
    ['no-voice-calls', 'write-nothing-about-why'],
  ],
  [
    'a letter about which nothing was asked',
    contactOf({}, { writing: 'left-for-later' }),
    ['no-voice-calls', 'write-nothing-about-why'],
  ],
  ['a code word', contactOf({}, { codeWord: 'enfys' }), ['no-voice-calls', 'use-code-word']],
  ['a time', contactOf({}, { times: ['evening'] }), ['no-voice-calls', 'keep-to-times']],
  ['a time that is never safe', contactOf({}, { neverTimes: ['evening'] }), ['no-voice-calls', 'keep-to-times']],
  ['a word about the times', contactOf({}, { timesNote: 'Not on Mondays' }), ['no-voice-calls', 'keep-to-times']],
  [
    'Welsh',
    { ...plain, language: { spoken: 'cy', written: 'cy' }, variant: 'cy' },
    ['speak-welsh', 'write-welsh', 'no-voice-calls'],
  ],
  [
    'Welsh to speak and English to read',
    { ...plain, language: { spoken: 'cy', written: 'en' } },
    ['speak-welsh', 'no-voice-calls'],
  ],
  [
    'either language',
    { ...plain, language: { spoken: 'no-preference', written: 'en' } },
    ['active-offer-welsh', 'no-voice-calls'],
  ],
  [
    'whichever language, which was not asked',
    { ...plain, language: { spoken: 'not-asked', written: 'not-asked' } },
    ['active-offer-welsh', 'no-voice-calls'],
  ],
  [
    'whatever would help, which was left for later',
    { ...plain, communication: { needs: 'left-for-later' } },
    ['no-voice-calls'],
  ],
  ['English, on a Welsh page', { ...plain, variant: 'cy.easy' }, ['active-offer-welsh', 'no-voice-calls']],
  [
    'another language',
    { ...plain, language: { spoken: 'other', otherSpoken: 'Polish', written: 'en' } },
    ['no-voice-calls', 'interpreter'],
  ],
];

describe('obligations', () => {
  it.each(cases)('of %s', (_, message, codes) => {
    expect(obligationsOf(message)).toEqual(codes);
  });

  it('come from each need that has a code, and from no words of the person’s own', () => {
    for (const need of communicationNeeds) {
      const codes = obligationsOf({ ...plain, communication: { needs: [need] } });
      const own = need === 'other' ? [] : [need === 'bsl' ? 'bsl-interpreter' : need];
      expect(codes, need).toEqual(['no-voice-calls', ...own]);
    }
  });

  it('have no code that nothing leads to', () => {
    const all = [
      ...cases.map(([, message]) => message),
      { ...plain, communication: { needs: [...communicationNeeds] } },
    ];
    expect(new Set(all.flatMap(obligationsOf))).toEqual(new Set(obligationCodes));
  });

  it('make each of these a message that the contract takes', () => {
    for (const [name, message] of cases) {
      // JSON leaves out what is undefined, as the site does.
      const said = JSON.parse(JSON.stringify(mairsReferral(message))) as unknown;
      expect(referralV1.safeParse(said).error?.issues, name).toBeUndefined();
    }
  });
});
