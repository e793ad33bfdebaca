/** The answers of a referral as they stand: the check’s and the form’s own, without what no longer applies or fits. */
import { checkFlow, type Answer, type Answers } from '#check/check-flow.ts';
import { factsFromAnswers } from '#check/facts-from-answers.ts';
import type { Facts } from '#eligibility/facts.ts';
import { journey, type Journey } from '#flow/journey.ts';
import { parseFields, type Values } from '#form/fields.ts';
import { factAnswers, leftForLater, referFlow, referStepOf, type ReferAnswers, type ReferStep } from './refer-flow.ts';

export interface ReferPosition extends Journey<ReferAnswers, ReferStep> {
  /** All that the rules may know of the person. */
  readonly facts: Facts;
}

/** The answers whose questions apply, gaps or no gaps. */
function applying(answers: Answers): Answers {
  const known: Record<string, Answer> = {};
  for (const { id, onlyIf } of checkFlow) {
    const answer = answers[id];
    if (answer !== undefined && (!onlyIf || onlyIf(known))) known[id] = answer;
  }
  return known;
}

/**
 * What the check knows and this form does not ask: danger, country, carer … An answer whose question no longer applies does
 * not count: a country outside Wales, say, for somebody who has since named a council of Wales, in the check or in the form.
 */
export function givenByCheck(check: Answers, form: ReferAnswers): Answers {
  const known = applying({ ...check, ...factAnswers(form) });
  return Object.fromEntries(Object.entries(known).filter(([id]) => !referStepOf(id)));
}

/**
 * Works out where a referral stands. An answer given in the form counts before the check’s; a step whose answer no longer
 * fits its fields (a way of contact was added, and its number is not known yet) counts as not answered.
 */
export function referPosition(check: Answers, form: ReferAnswers): ReferPosition {
  const later = form[leftForLater];
  const given: ReferAnswers = { ...givenByCheck(check, form), ...(later !== undefined && { [leftForLater]: later }) };
  const answers: Record<string, ReferAnswers[string]> = {};
  for (const step of referFlow) {
    const answer = step.shared?.from(form) ?? form[step.id] ?? (step.question ? check[step.id] : undefined);
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

const whoAndWhere: readonly string[] = ['about', 'agreed', 'age', 'council'];

/** Whether anything is known of what the person needs. The rules would take who and where somebody is for all there is. */
export const tellsTheNeed = (facts: Facts): boolean => Object.keys(facts).some((fact) => !whoAndWhere.includes(fact));

/**
 * All that is known of the person, whichever of the two asked: the form’s answers first, and the check’s for what the form
 * has not come to. Nobody who stops half way is told less than the check has told them.
 */
export function factsKnown(check: Answers, relevant: ReferAnswers): Facts {
  return factsFromAnswers(applying({ ...check, ...factAnswers(relevant) }));
}
