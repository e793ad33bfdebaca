/** A visitor’s answers so far, sealed in one strictly necessary cookie that ends with the browser’s session. */
import { z } from 'zod';
import { open, seal } from '#seal/seal.server.ts';
import type { KeyRing } from '#seal/key-ring.server.ts';
import { parseFields, typedIn, type Field, type FieldErrors, type Values } from '#form/fields.ts';
import { checkFlow, questionOf, type Answer, type Answers, type Question } from './check-flow.ts';
import { answerFromValues, fieldOf, valuesFromAnswer } from './question-form.ts';

/** What is on a question’s form but is not an answer yet: chosen before a change of language, or refused. */
interface Pending {
  readonly question: string;
  readonly typed: Values;
  readonly refused: boolean;
}

export interface CheckState {
  readonly answers: Answers;
  readonly pending?: Pending | undefined;
}

const purpose = 'check answers';
/** Twenty-four hours: nobody is hurried, and a forgotten session does not last. */
const answersLastMs = 24 * 60 * 60 * 1000;

const value = z.union([z.string().max(40), z.array(z.string().max(40)).max(40)]);
const stateShape = z.strictObject({
  answers: z.record(z.string(), value),
  pending: z
    .strictObject({ question: z.string(), typed: z.record(z.string(), value), refused: z.boolean() })
    .optional(),
});

/** Answers that today’s questions would accept; anything else (an older version’s, say) is asked again. */
function acceptable(answers: Answers): Answers {
  const kept: Record<string, Answer> = {};
  for (const question of checkFlow) {
    const answer = answers[question.id];
    if (answer === undefined) continue;
    const { errors } = parseFields([fieldOf(question, answers)], valuesFromAnswer(question, answer));
    if (Object.keys(errors).length === 0) kept[question.id] = answer;
  }
  return kept;
}

/** The state in this cookie; an empty one if there is none, it was changed, or it has expired. `now` in ms since 1970. */
export function openCheck(ring: KeyRing, cookie: string | undefined, now: number): CheckState {
  const parsed = stateShape.safeParse(cookie && open(ring, { purpose, now }, cookie));
  return parsed.success ? { ...parsed.data, answers: acceptable(parsed.data.answers) } : { answers: {} };
}

/** The cookie for this state. `now` in ms since 1970. */
export const sealCheck = (ring: KeyRing, state: CheckState, now: number): string =>
  seal(ring, { purpose, expiresAt: now + answersLastMs }, state);

/** What a question’s form shows: what is chosen, and what is wrong with it. */
export function formOf(state: CheckState, question: Question): { typed: Values; errors: FieldErrors } {
  if (state.pending?.question !== question.id) {
    return { typed: valuesFromAnswer(question, state.answers[question.id]), errors: {} };
  }
  const { typed, refused } = state.pending;
  return { typed, errors: refused ? parseFields([fieldOf(question, state.answers)], typed).errors : {} };
}

/** A value that the question does not offer was not chosen on our page: nothing of it is kept. */
const offered = (field: Field, typed: Values): Values =>
  Object.values(parseFields([field], typed).errors).includes('not-an-option') ? {} : typed;

/** The state after a form was posted, and whether its answer was accepted. */
export function withPosted(
  state: CheckState,
  id: string,
  posted: URLSearchParams,
): { readonly state: CheckState; readonly accepted: boolean } {
  const question = questionOf(id);
  if (!question) return { state, accepted: false };
  const field = fieldOf(question, state.answers);
  const typed = typedIn([field], posted);
  const { values, errors } = parseFields([field], typed);
  if (Object.keys(errors).length > 0) {
    return {
      state: { answers: state.answers, pending: { question: id, typed: offered(field, typed), refused: true } },
      accepted: false,
    };
  }
  // A new age, say, may leave an answer that its question no longer offers: that one is asked again.
  return {
    state: { answers: acceptable({ ...state.answers, [id]: answerFromValues(question, values) }) },
    accepted: true,
  };
}

/** The state after the switch of language or format was pressed in a form: what is chosen is kept, and not yet judged. */
export function withSwitched(state: CheckState, id: string, posted: URLSearchParams): CheckState {
  const question = questionOf(id);
  if (!question) return state;
  const field = fieldOf(question, state.answers);
  const typed = offered(field, typedIn([field], posted));
  const refused = state.pending?.question === id && state.pending.refused;
  return { answers: state.answers, pending: { question: id, typed, refused } };
}
