/** From a person’s answers to the Gateway’s message. What no longer applies is left out; the findings are worked out here, never taken from a form. */
import type { Answers } from '#check/check-flow.ts';
import { decide } from '#eligibility/decide.ts';
import type { Values } from '#form/fields.ts';
import { referralV1, type ReferralV1 } from '#gateway/referral-v1.ts';
import type { Variant } from '#site/variants.ts';
import { referPosition, tellsTheNeed } from './refer-answers.ts';
import { isLeftForLater, isShort, type ReferAnswers } from './refer-flow.ts';
import { gatewayTakes } from './who-can-be-referred.ts';

export type MessageProblem = 'incomplete' | 'help-lies-elsewhere' | 'not-the-contract';

interface Source {
  readonly id: string;
  readonly reference: string;
  readonly check: Answers;
  readonly form: ReferAnswers;
  readonly variant: Variant;
  /** ISO time of the press of “send”. */
  readonly submittedAt: string;
}

/** Leaves out the keys that have no value: the contract has no nulls. */
const filled = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

/** The whole message, checked against the contract, or why there is none. */
export function messageOf({
  id,
  reference,
  check,
  form,
  variant,
  submittedAt,
}: Source): { readonly message: ReferralV1 } | { readonly problem: MessageProblem } {
  const { relevant, next, facts } = referPosition(check, form);
  if (!gatewayTakes(facts)) return { problem: 'help-lies-elsewhere' };
  if (next) return { problem: 'incomplete' };
  /** Why a step has no answer. A step that does not apply to the person was not asked either. */
  const unsaid = (step: string) => (isLeftForLater(relevant, step) ? 'left-for-later' : 'not-asked');
  const of = (step: string): Values => (relevant[step] as Values | undefined) ?? {};
  const contact = of('contact-details');
  const ways = of('contact')['ways'] as readonly string[];
  const language = of('language');
  const communication = of('communication');
  const needs = communication['needs'];
  const answering = of('answering');
  const say = of('say');
  const decision = decide(facts, submittedAt.slice(0, 10));
  const agreed = relevant['agreed'];

  const parsed = referralV1.safeParse(
    filled({
      schema: 'referral/v1',
      id,
      reference,
      submittedAt,
      variant,
      asked: isShort(relevant) ? 'short' : 'full',
      about: relevant['about'] ?? unsaid('about'),
      agreed,
      cannotAgreeReason: of('cannot-agree-reason')['reason'],
      referrer:
        relevant['referrer'] &&
        filled({
          name: of('referrer')['yourName'],
          relation: of('referrer')['relation'],
          contact: of('referrer')['yourContact'],
          ...of('staff'),
        }),
      agreement: relevant['agreement'],
      person: filled({
        name: of('name')['name'],
        ageBand: relevant['age'] ?? unsaid('age'),
        council: relevant['council'] ?? unsaid('council'),
        placedBy: facts.placedBy,
      }),
      language: filled({
        spoken: language['spoken'] ?? unsaid('language'),
        otherSpoken: language['spoken'] === 'other' ? language['otherSpoken'] : undefined,
        written: language['written'] ?? unsaid('language'),
      }),
      communication: filled({ needs: needs ?? unsaid('communication'), other: communication['other'] }),
      contact: filled({
        ways,
        phone: contact['phone'],
        email: contact['email'],
        address: contact['address'],
        postcode: contact['postcode'],
        throughSomeone: contact['throughSomeone'],
        safe: filled({
          times: of('times')['times'],
          timesNote: of('times')['timesNote'],
          voicemail: of('voicemail')['voicemail'] === 'yes',
          text: ways.includes('text'),
          whoMayAnswer: answering['whoMayAnswer'],
          whoMayAnswerNames: answering['whoMayAnswer'] === 'some-people' ? answering['whoMayAnswerNames'] : undefined,
          whatToSay: say['whatToSay'],
          whatToSayWords: say['whatToSay'] === 'own-words' ? say['whatToSayWords'] : undefined,
        }),
      }),
      need: filled({
        process: facts.process ?? unsaid('process'),
        barriers: facts.barriers ?? unsaid('barriers'),
        supporter: facts.supporter ?? unsaid('supporter'),
        ownWords: of('need')['ownWords'],
        deadline: of('need')['deadline'],
      }),
      // Where nothing of the need was asked, there is nothing to find: an outcome would read that as “no”.
      findings: tellsTheNeed(facts)
        ? decision.findings.map(({ outcome, force, rule }) => ({ outcome, force, rule }))
        : [],
      ruleset: decision.ruleset,
      permission: 'given',
    }),
  );
  return parsed.success ? { message: parsed.data } : { problem: 'not-the-contract' };
}
