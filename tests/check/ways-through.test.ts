/** Every way through the check, written down in ways-through.txt, so that a change of any is read like law. */
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFlow, choicesOf, type Answer, type Answers } from '../../src/check/check-flow.ts';
import { decide } from '../../src/eligibility/decide.ts';
import type { Facts } from '../../src/eligibility/facts.ts';
import { journey, stepsLeft } from '../../src/flow/journey.ts';
import { outcomes as outcomeWords } from '../../src/library/content.ts';
import { answerOf, day, everyWay, outcomesOf, walkedFor } from './every-way.ts';

const path = new URL('./ways-through.txt', import.meta.url);
const head = `Every way through the check: answers → outcomes, as the law stands on ${day}. Reviewed like law.
What several ways have ahead of them stands once, as a part; a way goes on there, and keeps the outcomes that it has.
Written by: UPDATE_WAYS=1 npx vitest run tests/check

`;

describe('the ways through the check', () => {
  const ways = everyWay();
  const written = head + ways;

  it('are those that were reviewed', () => {
    if (process.env['UPDATE_WAYS'] === '1') writeFileSync(path, written);
    const reviewed = readFileSync(path, 'utf8').split('\n');
    const now = written.split('\n');
    const hint = 'Run UPDATE_WAYS=1 npx vitest run tests/check, and have the change of ways-through.txt reviewed.';
    expect(
      now.filter((line) => !reviewed.includes(line)),
      hint,
    ).toEqual([]);
    expect(now, hint).toEqual(reviewed);
  });

  it('lead only to outcomes that content speaks of in all four variants', () => {
    const named = new Set(ways.match(/(?<=→ .*)[a-z][\w-]*/g));
    for (const word of ['part', 'nothing', 'more']) named.delete(word);
    expect(named.size).toBeGreaterThan(20);
    for (const outcome of named) {
      const words = outcomeWords().get(outcome)?.words;
      expect(words && Object.keys(words), outcome).toEqual(['en', 'en.easy', 'cy', 'cy.easy']);
    }
  });
});

/** Somebody who walks the whole way, choosing by these numbers; in a list they may choose several. */
function walk(numbers: readonly number[]): { answers: Answers; steps: string[] } {
  let answers: Answers = {};
  const steps: string[] = [];
  for (let at = 0; ; at += 1) {
    const { next } = journey(checkFlow, answers);
    if (!next) return { answers, steps };
    const values = choicesOf(next, answers);
    const number = numbers[at] ?? 0;
    const value = values[number % values.length] ?? '';
    const second = values[Math.floor(number / values.length) % values.length] ?? '';
    const both = [value, second].filter((each) => each !== 'none' && each !== 'unsure');
    const isTwo = next.kind === 'list' && next.id !== 'child' && number % 3 === 0 && new Set(both).size === 2;
    answers = { ...answers, [next.id]: isTwo ? both : answerOf(next, value) };
    steps.push(next.id);
  }
}

const anybody = fc.array(fc.nat(10_000), { minLength: 14, maxLength: 14 });
const runs = { numRuns: 1500, seed: 20261122 };

/** What ways-through.txt walks in place of two answers: the one that leads on. */
function walkedForTwo(chosen: readonly string[], isUnder18: boolean): string {
  const first = isUnder18 ? 'carer-assessment' : 'child-protection-parent';
  if (chosen.includes(first)) return first;
  return chosen.find((value) => value !== 'finding-help') ?? 'finding-help';
}

function walkedAnswers(answers: Answers): Answers {
  const isUnder18 = ['under-5', '5-15', '16-17'].includes(String(answers['age']));
  return Object.fromEntries(
    Object.entries(answers).map(([id, answer]): [string, Answer] => {
      const isOne = checkFlow.find((question) => question.id === id)?.kind === 'one';
      if (isOne) return [id, walkedFor(id, String(answer))];
      if (typeof answer === 'string' || answer.length === 0) {
        const value = walkedFor(id, typeof answer === 'string' ? answer : 'none');
        return [id, value === 'unsure' ? value : value === 'none' ? [] : [value]];
      }
      const one = id === 'process' ? walkedForTwo(answer, isUnder18) : (answer[0] ?? '');
      return [id, [walkedFor(id, one)]];
    }),
  );
}

describe('anybody who answers anything', () => {
  it('comes to the end, and never sees a question twice', () => {
    fc.assert(
      fc.property(anybody, (numbers) => {
        const { steps } = walk(numbers);
        expect(steps.length).toBeLessThanOrEqual(checkFlow.length);
        expect(new Set(steps).size).toBe(steps.length);
      }),
      runs,
    );
  });

  it('is told at every question how many are left, and it is true', () => {
    fc.assert(
      fc.property(anybody, (numbers) => {
        const { answers, steps } = walk(numbers);
        const given: Record<string, Answer> = {};
        for (const [at, id] of steps.entries()) {
          const { fewest, most } = stepsLeft(checkFlow, given, id);
          const left = steps.length - at;
          expect(left, `${id} in ${JSON.stringify(answers)}`).toBeGreaterThanOrEqual(fewest);
          expect(left, `${id} in ${JSON.stringify(answers)}`).toBeLessThanOrEqual(most);
          given[id] = answers[id]!;
        }
      }),
      // Counting the steps left walks the rest of the questions at each of them.
      { ...runs, numRuns: 300 },
    );
  });

  it('comes to what ways-through.txt says for answers like theirs', () => {
    fc.assert(
      fc.property(anybody, (numbers) => {
        const { answers } = walk(numbers);
        expect(outcomesOf(answers), JSON.stringify(answers)).toEqual(outcomesOf(walkedAnswers(answers)));
      }),
      runs,
    );
  });

  it('is never left with nothing', () => {
    fc.assert(
      fc.property(anybody, (numbers) => {
        const { answers } = walk(numbers);
        expect(outcomesOf(answers), JSON.stringify(answers)).not.toEqual([]);
      }),
      runs,
    );
  });
});

it('several things that are true of a young person lead to all that each of them leads to', () => {
  const truths = [
    'became-looked-after',
    'looked-after',
    'child-protection',
    'needs-care-and-support',
    'additional-learning-needs',
  ] as const;
  const of = (facts: Facts): string[] => decide(facts, day).findings.map(({ outcome }) => outcome);
  for (const age of ['under-5', '5-15', '16-17'] as const) {
    for (const one of truths) {
      for (const other of truths) {
        const together = of({ danger: 'no', country: 'wales', age, child: [one, other] });
        const each = [one, other].flatMap((truth) => of({ danger: 'no', country: 'wales', age, child: [truth] }));
        // What only speaks where nothing else does is not said beside something else.
        const lost = [...new Set(each)].filter((outcome) => !together.includes(outcome));
        expect(
          lost.filter((outcome) => outcome !== 'c-meic'),
          `${age}: ${one}, ${other}`,
        ).toEqual([]);
      }
    }
  }
});
