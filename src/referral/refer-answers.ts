/** The answers of a referral as they stand: the check’s and the form’s own, without what no longer applies or fits. */
import { questionOf, type Answers } from '#check/check-flow.ts';
import { factsFromAnswers } from '#check/facts-from-answers.ts';
import type { Facts } from '#eligibility/facts.ts';
import { journey, type Journey } from '#flow/journey.ts';
import { parseFields, type Values } from '#form/fields.ts';
import { factAnswers, referFlow, referStepOf, type ReferAnswers, type ReferStep } from './refer-flow.ts';

export interface ReferPosition extends Journey<ReferAnswers, ReferStep> {
  /** All that the rules may know of the person. */
  readonly facts: Facts;
}

/** What the check knows and this form does not ask: danger, country, carer … */
export const givenByCheck = (check: Answers): Answers =>
  Object.fromEntries(Object.entries(check).filter(([id]) => questionOf(id) && !referStepOf(id)));

/**
 * Works out where a referral stands. An answer given in the form counts before the check’s; a step whose answer no longer
 * fits its fields (a way of contact was added, and its number is not known yet) counts as not answered.
 */
export function referPosition(check: Answers, form: ReferAnswers): ReferPosition {
  const given = givenByCheck(check);
  const answers: Record<string, ReferAnswers[string]> = {};
  for (const step of referFlow) {
    const answer = form[step.id] ?? (step.question ? check[step.id] : undefined);
    if (answer === undefined) continue;
    if (!step.fields) {
      answers[step.id] = answer;
      continue;
    }
    const { values, errors } = parseFields(step.fields({ ...given, ...answers }), answer as Values);
    if (Object.keys(errors).length === 0) answers[step.id] = values;
  }
  const position = journey(referFlow, answers as ReferAnswers, given);
  return { ...position, facts: factsFromAnswers(factAnswers(position.relevant)) };
}
