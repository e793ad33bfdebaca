/** From a person’s answers to the Gateway’s message. What no longer applies is left out; the findings are worked out here, never taken from a form. */
import type { Answers } from '#check/check-flow.ts';
import { decide } from '#eligibility/decide.ts';
import type { Values } from '#form/fields.ts';
import { obligationsOf, type Obliging } from '#gateway/obligations.ts';
import { referralV1, type ReferralV1 } from '#gateway/referral-v1.ts';
import type { Variant } from '#site/variants.ts';
import { contactPlanOf } from './contact-plan.ts';
import { filled } from './filled.ts';
import { referPosition, tellsTheNeed } from './refer-answers.ts';
import { isShort, whyUnsaid, type ReferAnswers } from './refer-flow.ts';
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
  /** Whoever sent this looks like a robot. */
  readonly suspect?: boolean;
}

/** The obligations are worked out from what was said, as the Gateway works them out again. */
function withObligations(said: Record<string, unknown>): Record<string, unknown> {
  const message = filled(said);
  // Whether it has the contract’s shape is for the contract to say, with everything else.
  return { ...message, obligations: obligationsOf(message as unknown as Obliging) };
}

/** The whole message, checked against the contract, or why there is none. */
export function messageOf({
  id,
  reference,
  check,
  form,
  variant,
  submittedAt,
  suspect = false,
}: Source): { readonly message: ReferralV1 } | { readonly problem: MessageProblem } {
  const { relevant, next, facts } = referPosition(check, form);
  if (!gatewayTakes(facts)) return { problem: 'help-lies-elsewhere' };
  if (next) return { problem: 'incomplete' };
  const unsaid = (step: string) => whyUnsaid(relevant, step);
  const of = (step: string): Values => (relevant[step] as Values | undefined) ?? {};
  const language = of('language');
  const communication = of('communication');
  const needs = communication['needs'];
  const decision = decide(facts, submittedAt.slice(0, 10));
  const agreed = relevant['agreed'];

  const parsed = referralV1.safeParse(
    withObligations({
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
      contact: contactPlanOf(relevant),
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
      suspect: suspect ? true : undefined,
    }),
  );
  return parsed.success ? { message: parsed.data } : { problem: 'not-the-contract' };
}
