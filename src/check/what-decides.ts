/** Which earlier answers decide whether a question is asked: found by asking its conditions, never written beside them. */
import { councils } from '#eligibility/facts.ts';
import { waysOf } from '#flow/turns-on.ts';
import { answerOf, checkFlow, everyChoiceOf, questionOf, type Answers, type Question } from './check-flow.ts';

/** Asked on the way; offered with the result, and nobody has to answer; or neither. */
export type Standing = 'asked' | 'offered' | 'left out';

/** A choice of a question, or `null` where the question was not answered. */
export type Choice = string | null;

/** One answer without which the question would not stand so. */
export interface Need {
  readonly question: string;
  /** The choices with which it can stand so, and all the others. */
  readonly choices: readonly Choice[];
  readonly others: readonly Choice[];
}

export interface Deciding {
  /** The earlier questions whose answers decide, in order. */
  readonly decidedBy: readonly string[];
  /** What must be so for the question to be asked, and to be offered; undefined where it never is. Empty: it always is. */
  readonly asked: readonly Need[] | undefined;
  readonly offered: readonly Need[] | undefined;
}

const standingOf = ({ onlyIf, optional }: Question, answers: Answers): Standing => {
  if (onlyIf && !onlyIf(answers)) return 'left out';
  return optional?.(answers) ? 'offered' : 'asked';
};

/** The questions do not tell one council from another (a test proves it): this one stands for all of them. */
export const anyCouncil: string = councils[0];

/** Whether this is a council that another stands for. */
export const isOtherCouncil = (choice: string): boolean =>
  choice !== anyCouncil && councils.some((code) => code === choice);

const choicesWithNone = (id: string): Choice[] => {
  const question = questionOf(id);
  if (!question) throw new Error(`A condition reads “${id}”, which is no question.`);
  return [...everyChoiceOf(question).filter((choice) => !isOtherCouncil(choice)), null];
};

const valueOf = (id: string, choice: Choice): unknown =>
  choice === null ? undefined : answerOf(questionOf(id) as Question, choice);

/** What decides whether this question is asked, offered or left out. */
export function decidingOf(question: Question): Deciding {
  // One object a choice, so that what a way has read can be told by identity, lists too.
  const values = new Map<string, ReadonlyMap<unknown, Choice>>();
  const valuesOf = (id: string): readonly unknown[] => {
    const known = values.get(id) ?? new Map(choicesWithNone(id).map((choice) => [valueOf(id, choice), choice]));
    values.set(id, known);
    return [...known.keys()];
  };
  const ways = waysOf((answers) => standingOf(question, answers as Answers), valuesOf);
  const read = new Set(ways.flatMap((way) => [...way.read.keys()]));
  const decidedBy = checkFlow.map(({ id }) => id).filter((id) => read.has(id));

  const needsFor = (standing: Standing): Need[] | undefined => {
    const found = ways.filter(({ result }) => result === standing);
    if (found.length === 0) return undefined;
    return decidedBy.flatMap((id) => {
      const each = [...(values.get(id) ?? [])];
      const canBe = (value: unknown): boolean => found.some((way) => !way.read.has(id) || way.read.get(id) === value);
      const choices = each.filter(([value]) => canBe(value)).map(([, choice]) => choice);
      const others = each.filter(([value]) => !canBe(value)).map(([, choice]) => choice);
      return others.length === 0 ? [] : [{ question: id, choices, others }];
    });
  };
  return { decidedBy, asked: needsFor('asked'), offered: needsFor('offered') };
}
