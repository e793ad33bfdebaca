/** A person’s answers shown back to them in words: in the check’s result, and before a referral is sent. */
import type { Answer } from '#check/check-flow.ts';
import type { Values } from '#form/fields.ts';
import type { ReferAnswers, ReferStep } from '#referral/refer-flow.ts';
import type { Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';

interface Wording {
  readonly variant: Variant;
  readonly isForSomeoneElse: boolean;
}

const contextOf = ({ isForSomeoneElse }: Wording): Readonly<Record<string, string>> =>
  isForSomeoneElse ? { context: 'other' } : {};

/** The short name of a question: “What is happening”. */
export const questionLabel = (id: string, wording: Wording): string =>
  words(wording.variant, 'check')(`questions.${id}.label`, contextOf(wording));

/** The options that an answer chose, each in its own words. */
export function answerWords(id: string, answer: Answer, wording: Wording): string[] {
  const say = words(wording.variant, 'check');
  const values = typeof answer === 'string' ? [answer] : answer.length === 0 ? ['none'] : answer;
  return values.map((value) => say(`questions.${id}.options.${value}`, contextOf(wording)));
}

export interface AnswerRow {
  readonly label: string;
  /** One line a value; empty where nothing was written or chosen. */
  readonly values: readonly string[];
}

/** What a step of the referral was answered with: one row for a question, a row a field for the others. */
export function stepAnswerRows(step: ReferStep, answers: ReferAnswers, wording: Wording): AnswerRow[] {
  const answer = answers[step.id]!;
  if (step.question) {
    return [{ label: questionLabel(step.id, wording), values: answerWords(step.id, answer as Answer, wording) }];
  }
  const say = words(wording.variant, 'refer');
  const context = contextOf(wording);
  const values = answer as Values;
  return (step.fields?.(answers) ?? []).flatMap((field) => {
    const value = values[field.id];
    if (value === undefined) return [];
    const key = `steps.${step.id}.fields.${field.id}`;
    // What somebody wrote is shown as it is, and never looked up.
    const spoken = (each: string): string => ('values' in field ? say(`${key}.options.${each}`, context) : each);
    return { label: say(`${key}.label`, context), values: [value].flat().map(spoken) };
  });
}
