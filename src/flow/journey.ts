/** How steps follow each other: the position is worked out from the answers, and never stored. */

/** A step asks one thing. Its id is also the key of its answer. */
export interface Step<Answers> {
  readonly id: string;
  /** Left out: the step is for everybody. It may look only at answers of earlier steps. */
  readonly onlyIf?: (answers: Answers) => boolean;
  /**
   * Where this is true the step is not asked, only offered: it counts if it is answered, and nobody has to.
   * It may look only at answers of earlier steps.
   */
  readonly optional?: (answers: Answers) => boolean;
  /** Answers that between them take every way on from here; a step that steers nothing later needs none. */
  readonly ways?: readonly unknown[];
}

export interface Journey<Answers, S extends Step<Answers>> {
  /** The answers that still count: what no longer applies is left out. */
  readonly relevant: Answers;
  /** The steps that those answers belong to, in order. */
  readonly answered: readonly S[];
  /** Steps that could still be answered and need not be. */
  readonly offered: readonly S[];
  /** The first step that has no answer yet; undefined at the end. */
  readonly next: S | undefined;
}

/**
 * Walks the steps in order, keeps the answers that apply, and stops at the first step without one.
 * An ordered list cannot loop, so every journey ends. `given` holds what is known without having been asked here.
 */
export function journey<Answers extends object, S extends Step<Answers>>(
  steps: readonly S[],
  answers: Answers,
  given: object = {},
): Journey<Answers, S> {
  const relevant: Record<string, unknown> = { ...given };
  const answered: S[] = [];
  const offered: S[] = [];
  for (const step of steps) {
    if (step.onlyIf && !step.onlyIf(relevant as Answers)) continue;
    if (!Object.hasOwn(answers, step.id)) {
      if (!step.optional?.(relevant as Answers))
        return { relevant: relevant as Answers, answered, offered, next: step };
      offered.push(step);
      continue;
    }
    relevant[step.id] = (answers as Record<string, unknown>)[step.id];
    answered.push(step);
  }
  return { relevant: relevant as Answers, answered, offered, next: undefined };
}

/** The step that comes before this one for a person with these answers; undefined if it is the first. */
export function stepBefore<Answers extends object, S extends Step<Answers>>(
  steps: readonly S[],
  answers: Answers,
  id: string,
  given: object = {},
): S | undefined {
  const relevant: Record<string, unknown> = { ...given };
  let before: S | undefined;
  for (const step of steps) {
    if (step.id === id) return before;
    if (step.onlyIf && !step.onlyIf(relevant as Answers)) continue;
    if (Object.hasOwn(answers, step.id)) relevant[step.id] = (answers as Record<string, unknown>)[step.id];
    else if (step.optional?.(relevant as Answers)) continue;
    before = step;
  }
  return before;
}

interface StepsLeft {
  readonly fewest: number;
  readonly most: number;
}

/**
 * What was counted from the first steps on: thousands of ways lead on from there, and few answers to there, so that a page
 * costs nothing to count. Later it is the other way about, and nothing is remembered.
 */
const countedBefore = new WeakMap<object, Map<string, StepsLeft>>();
const mostAnswersRemembered = 3;

/**
 * How many steps from this one to the end, this one counted: the fewest and the most that any answers could give. Whoever
 * takes up a step that was only offered has been through the others: those with an answer are not asked again.
 */
export function stepsLeft<Answers extends object, S extends Step<Answers>>(
  steps: readonly S[],
  answers: Answers,
  id: string,
): StepsLeft {
  const from = steps.findIndex((step) => step.id === id);
  const known: Record<string, unknown> = {};
  for (const step of steps.slice(0, from)) {
    if (step.onlyIf && !step.onlyIf(known as Answers)) continue;
    if (Object.hasOwn(answers, step.id)) known[step.id] = (answers as Record<string, unknown>)[step.id];
  }
  const isOffered = steps[from]?.optional?.(known as Answers) ?? false;
  const count = (at: number, sofar: Record<string, unknown>): StepsLeft => {
    const step = steps[at];
    if (!step) return { fewest: 0, most: 0 };
    if (at !== from) {
      if (step.onlyIf && !step.onlyIf(sofar as Answers)) return count(at + 1, sofar);
      if (isOffered && Object.hasOwn(answers, step.id)) {
        return count(at + 1, { ...sofar, [step.id]: (answers as Record<string, unknown>)[step.id] });
      }
      if (step.optional?.(sofar as Answers)) return count(at + 1, sofar);
    }
    const ways = step.ways ?? [undefined];
    const ends = ways.map((way) => count(at + 1, way === undefined ? sofar : { ...sofar, [step.id]: way }));
    return {
      fewest: 1 + Math.min(...ends.map((end) => end.fewest)),
      most: 1 + Math.max(...ends.map((end) => end.most)),
    };
  };
  if (isOffered || Object.keys(known).length > mostAnswersRemembered) return count(from, known);
  const counted = countedBefore.get(steps) ?? new Map<string, StepsLeft>();
  countedBefore.set(steps, counted);
  const key = JSON.stringify([id, known]);
  const left = counted.get(key) ?? count(from, known);
  counted.set(key, left);
  return left;
}
