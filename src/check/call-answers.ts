/** A caller’s answers as a member of staff has put them down, in any order: which of them count, and where each question stands. */
import { parseFields, typedIn, type FieldErrorCode } from '#form/fields.ts';
import { journey } from '#flow/journey.ts';
import { checkFlow, choicesOf, everyChoiceOf, type Answer, type Answers, type Question } from './check-flow.ts';
import { answerFromValues, fieldOf } from './question-form.ts';

/** `now`: the first question that the check would ask. `later`: it may come, or nobody has to ask it. */
export type CallStatus = 'now' | 'answered' | 'later' | 'not-needed';

export interface CallQuestion {
  readonly question: Question;
  readonly status: CallStatus;
  /** The values to choose from: those on offer after the answers that count, and whatever is chosen already. */
  readonly choices: readonly string[];
  readonly chosen: readonly string[];
  /** What keeps the chosen values from counting, where the question is for this caller. */
  readonly problem?: FieldErrorCode;
}

export interface Call {
  /** The answers that count. */
  readonly answers: Answers;
  /** Every question of the check, in its order. */
  readonly questions: readonly CallQuestion[];
}

/** What is not offered to anybody is not ours. */
const known = new Map(checkFlow.map((question) => [question.id, everyChoiceOf(question)]));

/**
 * Reads the posted form of the whole check. Nothing that a question offers to anybody is forgotten: an answer that does not
 * count now stays chosen, and counts as soon as its question is for this caller. Never throws; what no question offers is not kept.
 */
export function callFrom(posted: URLSearchParams): Call {
  const answers: Record<string, Answer> = {};
  const read = checkFlow.map((question): Read => {
    const field = fieldOf(question, answers);
    const typed = typedIn([field], posted)[question.id] ?? '';
    const given = (typeof typed === 'string' ? [typed] : typed).filter((value) => value !== '');
    const chosen = given.filter((value) => known.get(question.id)?.includes(value));
    const choices = choicesOf(question, answers);
    const seen = {
      question,
      chosen,
      choices: [...choices, ...chosen.filter((value) => !choices.includes(value))],
      applies: !question.onlyIf || question.onlyIf(answers),
    };
    if (!seen.applies || given.length === 0) return seen;
    const { values, errors } = parseFields([field], { [question.id]: typed });
    const problem = errors[question.id];
    if (problem !== undefined) return { ...seen, problem };
    answers[question.id] = answerFromValues(question, values);
    return seen;
  });
  const { next } = journey(checkFlow, answers);
  const nextAt = next ? checkFlow.indexOf(next) : checkFlow.length;
  const statusOf = ({ question, applies }: Read, at: number): CallStatus => {
    if (Object.hasOwn(answers, question.id)) return 'answered';
    if (at === nextAt) return 'now';
    // Beyond the first gap nothing is settled: what fills it can bring a question or take it away.
    return applies || at > nextAt ? 'later' : 'not-needed';
  };
  return {
    answers,
    questions: read.map((each, at) => {
      const { applies: _, ...seen } = each;
      return { ...seen, status: statusOf(each, at) };
    }),
  };
}

interface Read extends Omit<CallQuestion, 'status'> {
  /** Whether the question is for a caller with the answers before it. */
  readonly applies: boolean;
}
