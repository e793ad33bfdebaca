/** A whole referral, as the Gateway gets it, of a person who does not exist. */
import { randomUUID } from 'node:crypto';
import { obligationsOf } from '#gateway/obligations.ts';
import type { ReferralV1 } from '#gateway/referral-v1.ts';

export function mairsReferral(changes: Partial<ReferralV1> = {}): ReferralV1 {
  const said: Omit<ReferralV1, 'obligations'> = {
    schema: 'referral/v1',
    id: randomUUID(),
    reference: '7KQ-M4T-9XW',
    submittedAt: '2026-11-23T12:00:00Z',
    variant: 'cy.easy',
    asked: 'full',
    about: 'me',
    person: { name: 'Mair Llŷr', ageBand: '25-or-over', council: 'W06000015' },
    language: { spoken: 'cy', written: 'no-preference' },
    communication: { needs: ['easy-read', 'more-time'] },
    contact: {
      ways: ['call'],
      phone: '029 2000 0000',
      safe: {
        voice: true,
        times: ['morning'],
        voicemail: false,
        text: false,
        whoMayAnswer: 'only-me',
        whatToSay: 'say-nothing',
      },
    },
    need: {
      process: ['review'],
      barriers: 'unsure',
      supporter: 'not-asked',
      ownWords: 'Dw i ddim yn deall y llythyr.',
    },
    findings: [{ outcome: 'w-ipa-must', force: 'must', rule: 'R8.4' }],
    ruleset: '2026-11-01',
    permission: 'given',
    ...changes,
  };
  return { ...said, obligations: changes.obligations ?? obligationsOf(said) };
}
