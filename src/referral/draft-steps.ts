/** What posting a step does to a draft. Nothing typed is ever dropped: what is not accepted waits on the form. */
import type { Answers } from '#check/check-flow.ts';
import { answerFromValues, fieldOf, valuesFromAnswer } from '#check/question-form.ts';
import { parseFields, typedIn, type Field, type FieldErrors, type Values } from '#form/fields.ts';
import type { Draft } from './drafts.server.ts';
import { factAnswers, leftForLater, type ReferAnswers, type ReferStep } from './refer-flow.ts';
import { referPosition } from './refer-answers.ts';

/**
 * The answers that a step’s fields depend on: what applies so far, and otherwise what the draft and the check know. A step
 * that is opened out of turn then still has its fields, and posting it takes nothing away.
 */
const knownFor = (check: Answers, draft: Draft): ReferAnswers => ({
  ...check,
  ...(draft.answers as ReferAnswers),
  ...referPosition(check, draft.answers).relevant,
});

/** The fields of a step for this person. */
export function fieldsOf(step: ReferStep, check: Answers, draft: Draft): readonly Field[] {
  const known = knownFor(check, draft);
  return step.question ? [fieldOf(step.question, factAnswers(known))] : (step.fields?.(known) ?? []);
}

/** What a step’s form shows: what is filled in, and what is wrong with it. */
export function formOfStep(
  step: ReferStep,
  check: Answers,
  draft: Draft,
): { readonly typed: Values; readonly errors: FieldErrors } {
  if (draft.pending?.step === step.id) {
    const { typed, refused } = draft.pending;
    return { typed, errors: refused ? parseFields(fieldsOf(step, check, draft), typed).errors : {} };
  }
  const answers = draft.answers as ReferAnswers;
  const answer = step.shared?.from(answers) ?? answers[step.id] ?? (step.question ? check[step.id] : undefined);
  if (!step.question) return { typed: (answer as Values | undefined) ?? {}, errors: {} };
  return { typed: valuesFromAnswer(step.question, answer as Answers[string] | undefined), errors: {} };
}

/** The name of the button that leaves a step for later. */
export const laterButton = 'later';

const isBlank = (typed: Values): boolean => Object.values(typed).every((value) => value.length === 0);

/** The answers without this step’s, marked as left for later. Words that are half written stay on its form. */
function withStepLeft(step: ReferStep, answers: ReferAnswers, typed: Values): ReferAnswers {
  const { [step.id]: _left, ...others } = answers;
  const before = ((answers[leftForLater] as Values | undefined)?.['steps'] ?? []) as readonly string[];
  return {
    ...others,
    ...(!step.question && !isBlank(typed) && { [step.id]: typed }),
    [leftForLater]: { steps: [...new Set([...before, step.id])] },
  };
}

/** The draft after a step was posted, and whether its answer was accepted. */
export function withPostedStep(
  step: ReferStep,
  check: Answers,
  draft: Draft,
  posted: URLSearchParams,
): { readonly draft: Draft; readonly accepted: boolean } {
  const fields = fieldsOf(step, check, draft);
  const typed = typedIn(fields, posted) as Record<string, string | string[]>;
  const { values, errors } = parseFields(fields, typed);
  const answers = draft.answers as ReferAnswers;
  const accepted = (now: ReferAnswers): { readonly draft: Draft; readonly accepted: true } => {
    const { pending: _accepted, ...rest } = draft;
    return { draft: { ...rest, answers: now as Draft['answers'] }, accepted: true };
  };
  const hasErrors = Object.keys(errors).length > 0;
  if (step.mayWait && posted.has(laterButton) && (hasErrors || isBlank(typed))) {
    return accepted(withStepLeft(step, answers, typed));
  }
  if (hasErrors) {
    return { draft: { ...draft, pending: { step: step.id, typed, refused: true } }, accepted: false };
  }
  if (step.shared) return accepted({ ...answers, ...step.shared.to(values, answers) });
  return accepted({ ...answers, [step.id]: step.question ? answerFromValues(step.question, values) : values });
}

/** The draft after the switch of language or format was pressed in a form: what is typed is kept, and not yet judged. */
export function withSwitchedStep(step: ReferStep, check: Answers, draft: Draft, posted: URLSearchParams): Draft {
  const typed = typedIn(fieldsOf(step, check, draft), posted) as Record<string, string | string[]>;
  const refused = draft.pending?.step === step.id && draft.pending.refused;
  return { ...draft, pending: { step: step.id, typed, refused } };
}
