/** A question as a form: its one field, and the answer that a posted value means. */
import type { Field, Values } from '#form/fields.ts';
import { choicesOf, type Answer, type Answers, type Question } from './check-flow.ts';

/** The field of a question, for a person with these answers. */
export function fieldOf(question: Question, answers: Answers): Field {
  const values = choicesOf(question, answers);
  return question.kind === 'one'
    ? { id: question.id, kind: 'one', values, required: true }
    : { id: question.id, kind: 'many', values, alone: ['none', 'unsure'], required: true };
}

/** The answer that parsed values give: `none` becomes the empty list, `unsure` stands for itself. */
export function answerFromValues(question: Question, values: Values): Answer {
  const value = values[question.id] ?? '';
  if (question.kind === 'one' || typeof value === 'string') return value;
  if (value.includes('unsure')) return 'unsure';
  return value.filter((each) => each !== 'none');
}

/** The values to tick for an answer given before; the reverse of answerFromValues. */
export function valuesFromAnswer(question: Question, answer: Answer | undefined): Values {
  if (answer === undefined) return {};
  if (question.kind === 'one') return { [question.id]: answer };
  if (answer === 'unsure') return { [question.id]: ['unsure'] };
  return { [question.id]: answer.length === 0 ? ['none'] : answer };
}
