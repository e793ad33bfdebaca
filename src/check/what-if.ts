/** Which single answer, if it were another, would bring help that the result does not have: the near outcomes. */
import { decide } from '#eligibility/decide.ts';
import { forces, outcomes, type OutcomeId } from '#eligibility/outcomes.ts';
import type { Day } from '#eligibility/in-force.ts';
import { journey } from '#flow/journey.ts';
import { checkFlow, choicesOf, type Answer, type Answers, type Question } from './check-flow.ts';
import { factsFromAnswers } from './facts-from-answers.ts';

/** Help that is strong enough to be worth a second look at an answer. */
const strong = ['must', 'right', 'consider'] as const;
export type NearForce = (typeof strong)[number];

export interface NearOutcome {
  readonly outcome: OutcomeId;
  readonly force: NearForce;
  readonly question: string;
  /** Each of these alone leads there: options of the question, `none` or `unsure`, in the order of the page. */
  readonly values: readonly string[];
  /** Whether a value is chosen beside those that the answer has (only of a list), or takes the answer’s place. */
  readonly isAdded: boolean;
}

/**
 * Answers that people misjudge, or that change with time. Age, home, danger and who the advocate is for are what they are:
 * nobody is asked to look at those again.
 */
const canBeLookedAtAgain: ReadonlySet<string> = new Set([
  'agreed',
  'carer',
  'process',
  'otherTopic',
  'barriers',
  'supporter',
  'mentalHealth',
  'capacity',
  'decision',
  'liberty',
  'consultable',
  'complaint',
  'child',
  'substantialDifficulty',
  'exception',
  'secondaryMentalHealthCare',
]);

/** More than these nobody reads through. */
const mostOutcomes = 4;

interface Change {
  readonly value: string;
  readonly isAdded: boolean;
  readonly answer: Answer;
}

/** Every other answer that is one press away: another value instead, or in a list one more. Nothing true is taken away from a list. */
function changesOf(question: Question, answers: Answers): Change[] {
  const now = answers[question.id]!;
  return choicesOf(question, answers).flatMap((value): Change[] => {
    if (question.kind === 'one' || value === 'unsure') {
      return value === now ? [] : [{ value, isAdded: false, answer: value }];
    }
    const chosen = typeof now === 'string' ? [] : now;
    if (value === 'none') return now === 'unsure' || chosen.length > 0 ? [{ value, isAdded: false, answer: [] }] : [];
    return chosen.includes(value) ? [] : [{ value, isAdded: chosen.length > 0, answer: [...chosen, value] }];
  });
}

const outcomesOf = (answers: Answers, on: Day): OutcomeId[] =>
  decide(factsFromAnswers(journey(checkFlow, answers).relevant), on).findings.map(({ outcome }) => outcome);

const strengthOf = (outcome: OutcomeId): number => forces.indexOf(outcomes[outcome]);
const isStrong = (outcome: OutcomeId): boolean => strong.some((force) => force === outcomes[outcome]);

interface Way extends NearOutcome {
  /** How many of today’s outcomes this way gives up. */
  readonly lost: number;
  /** Where the question stands in the flow. */
  readonly at: number;
}

/**
 * The near outcomes, strongest force first, at most `most`. A change counts if it brings a duty, a right or a question to ask that is
 * stronger than anything it takes away: what would only be swapped is not help that is missing. Questions that the change brings up
 * are taken as not answered yet, and such an outcome may still depend on them.
 *
 * An outcome stands once, with the question that gives up least for it; among equals with the one that has most answers which lead
 * there, then with the one asked last. Each question has a turn with its strongest outcome before any has a second one.
 * @param answers those that count (`relevant` of the journey)
 */
export function nearOutcomes(answers: Answers, on: Day, most = mostOutcomes): NearOutcome[] {
  const today = outcomesOf(answers, on);
  const ways = checkFlow.flatMap((question, at): Way[] =>
    canBeLookedAtAgain.has(question.id) && answers[question.id] !== undefined
      ? waysThrough(question, at, { answers, today, on })
      : [],
  );
  const nearest = new Map<OutcomeId, Way>();
  for (const way of ways.sort(nearestFirst)) {
    if (!nearest.has(way.outcome)) nearest.set(way.outcome, way);
  }
  const byStrength = [...nearest.values()].sort(strongestFirst);
  const turns = new Map<string, number>();
  const withTurns = byStrength.map((way) => {
    const turn = turns.get(way.question) ?? 0;
    turns.set(way.question, turn + 1);
    return { way, turn };
  });
  return withTurns
    .sort((a, b) => a.turn - b.turn)
    .slice(0, most)
    .map(({ way }) => way)
    .sort(strongestFirst)
    .map(({ outcome, force, question, values, isAdded }) => ({ outcome, force, question, values, isAdded }));
}

const nearestFirst = (a: Way, b: Way): number => a.lost - b.lost || b.values.length - a.values.length || b.at - a.at;

const strongestFirst = (a: Way, b: Way): number =>
  strengthOf(a.outcome) - strengthOf(b.outcome) || a.lost - b.lost || a.at - b.at;

/** The outcomes that this question’s other answers bring, each with the values that do. */
function waysThrough(
  question: Question,
  at: number,
  { answers, today, on }: { answers: Answers; today: readonly OutcomeId[]; on: Day },
): Way[] {
  const ways = new Map<string, Way>();
  for (const { value, isAdded, answer } of changesOf(question, answers)) {
    const then = outcomesOf({ ...answers, [question.id]: answer }, on);
    const lost = today.filter((outcome) => !then.includes(outcome));
    for (const outcome of then) {
      if (today.includes(outcome) || !isStrong(outcome)) continue;
      if (lost.some((each) => strengthOf(each) <= strengthOf(outcome))) continue;
      const key = `${outcome} ${String(isAdded)}`;
      const found = ways.get(key);
      ways.set(key, {
        outcome,
        force: outcomes[outcome] as NearForce,
        question: question.id,
        values: [...(found?.values ?? []), value],
        isAdded,
        lost: Math.min(found?.lost ?? Infinity, lost.length),
        at,
      });
    }
  }
  return [...ways.values()];
}
