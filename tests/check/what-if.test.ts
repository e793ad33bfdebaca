/** What could change the result: the same as trying every other single answer, on every way through and in every worked case. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { answerOf, checkFlow, choicesOf, type Answer, type Answers } from '../../src/check/check-flow.ts';
import { nearOutcomes, type NearOutcome } from '../../src/check/what-if.ts';
import { forces, outcomes, type OutcomeId } from '../../src/eligibility/outcomes.ts';
import { rulesetDay as day } from '../../src/eligibility/rules.ts';
import { journey } from '../../src/flow/journey.ts';
import { anyWalk } from './any-walk.ts';
import { outcomesOf, walkedFor } from '../../src/check/every-way.ts';

const cases = parse(readFileSync(new URL('../../src/eligibility/cases.yaml', import.meta.url), 'utf8')) as readonly {
  readonly id: string;
  readonly facts: Answers;
}[];

/** What nobody is asked to look at again: it is what it is. */
const fixed = [
  'danger',
  'domesticAbuse',
  'about',
  'council',
  'country',
  'placedBy',
  'age',
  'hospitalCountry',
  'nhsProvider',
];

const outcomesAfter = (answers: Answers): string[] => outcomesOf(journey(checkFlow, answers).relevant);
const rank = (outcome: string): number => forces.indexOf(outcomes[outcome as OutcomeId]);

/** Every other single answer, tried one by one: the outcomes that are worth a second look, each with the presses that lead there. */
function tried(answers: Answers): Map<string, Set<string>> {
  const today = outcomesAfter(answers);
  const found = new Map<string, Set<string>>();
  for (const question of checkFlow.filter(({ id }) => !fixed.includes(id) && Object.hasOwn(answers, id))) {
    for (const value of choicesOf(question, answers)) {
      const now = answers[question.id]!;
      const isBeside = Array.isArray(now) && now.length > 0 && value !== 'none' && value !== 'unsure';
      if (isBeside && now.includes(value)) continue;
      const answer = isBeside ? [...(now as readonly string[]), value] : answerOf(question, value);
      if (JSON.stringify(answer) === JSON.stringify(now)) continue;
      const then = outcomesAfter({ ...answers, [question.id]: answer });
      const lost = today.filter((each) => !then.includes(each)).map(rank);
      for (const outcome of then) {
        const isNew =
          !today.includes(outcome) && ['must', 'right', 'consider'].includes(outcomes[outcome as OutcomeId]);
        if (!isNew || lost.some((each) => each <= rank(outcome))) continue;
        found.set(outcome, (found.get(outcome) ?? new Set()).add(`${question.id} ${isBeside ? '+' : '='} ${value}`));
      }
    }
  }
  return found;
}

const pressesOf = ({ question, isAdded, values }: NearOutcome): string[] =>
  values.map((value) => `${question} ${isAdded ? '+' : '='} ${value}`);

/** Whether the near outcomes of these answers are those that were found by trying, each with all that one question can do. */
function expectTheSame(answers: Answers): number {
  const all = tried(answers);
  const near = nearOutcomes(answers, day, Infinity);
  expect(near.map(({ outcome }) => outcome as string).sort()).toEqual([...all.keys()].sort());
  for (const each of near) {
    const start = `${each.question} ${each.isAdded ? '+' : '='} `;
    const presses = [...all.get(each.outcome)!].filter((press) => press.startsWith(start));
    expect(pressesOf(each)).toEqual(presses);
    expect(each.force).toBe(outcomes[each.outcome]);
  }
  const shown = nearOutcomes(answers, day);
  expect(shown.length).toBe(Math.min(4, all.size));
  expect(shown.map(({ force }) => forces.indexOf(force))).toEqual(
    shown.map(({ force }) => forces.indexOf(force)).sort((a, b) => a - b),
  );
  const strongest = near[0];
  if (strongest) expect(shown[0]).toEqual(strongest);
  for (const each of shown) expect(near).toContainEqual(each);
  return all.size;
}

describe('what could change the result', () => {
  it('is what every other single answer would bring, on every way through', { timeout: 120_000 }, () => {
    // Other councils, countries and dangers lead the same ways; anybody at all is asked in the next test.
    const walked: Readonly<Record<string, readonly string[]>> = { danger: ['no'], country: ['england', 'scotland'] };
    let ends = 0;
    let near = 0;
    const walk = (answers: Answers): void => {
      const { next } = journey(checkFlow, answers);
      if (!next) {
        ends += 1;
        near += expectTheSame(answers);
        return;
      }
      for (const value of choicesOf(next, answers)) {
        if (walkedFor(next.id, value) !== value || walked[next.id]?.includes(value) === false) continue;
        if (next.id === 'council' && value !== 'W06000014' && (value !== 'unsure' || answers['about'] !== 'me'))
          continue;
        walk({ ...answers, [next.id]: answerOf(next, value) });
      }
    };
    walk({});
    expect(ends).toBeGreaterThan(5000);
    expect(near).toBeGreaterThan(ends);
  });

  it('is that for anybody who answers by chance, and takes up some of what is offered', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyWalk, (answers) => {
        expectTheSame(answers);
      }),
      { numRuns: 2000, seed: 20261123 },
    );
  });

  it.each(cases)('is that in the case $id', ({ facts }) => {
    let answers: Answers = {};
    for (;;) {
      const { next, offered, relevant } = journey(checkFlow, answers);
      const question = next ?? offered.find(({ id }) => Object.hasOwn(facts, id));
      if (!question) {
        expectTheSame(relevant);
        return;
      }
      answers = { ...answers, [question.id]: facts[question.id] ?? 'unsure' };
    }
  });

  const worried: Answers = {
    danger: 'no',
    about: 'me',
    council: 'W06000015',
    age: '25-or-over',
    carer: 'no',
    process: ['assessment'],
    barriers: ['understand'],
    supporter: 'suitable',
  };

  it('tells somebody with a friend to support them that “not sure” would be heard too', () => {
    expect(nearOutcomes(worried, day)).toEqual([
      {
        outcome: 'w-ipa-must',
        force: 'must',
        question: 'supporter',
        values: ['none', 'not-wanted', 'unable', 'implicated'],
        isAdded: false,
      },
      { outcome: 'carer-own-right', force: 'right', question: 'carer', values: ['yes'], isAdded: false },
      {
        outcome: 'w-ipa-ask',
        force: 'consider',
        question: 'supporter',
        values: ['paid-only', 'unsure'],
        isAdded: false,
      },
    ]);
  });

  it('never offers what is weaker than the right that it would take away', () => {
    const right = { ...worried, supporter: 'none', carer: 'yes' };
    expect(nearOutcomes(right, day)).toEqual([]);
  });

  it('adds to what a young person chose, and takes nothing true away', () => {
    const child: Answers = {
      ...{ danger: 'no', about: 'me', council: 'W06000015', age: '5-15' },
      child: ['additional-learning-needs'],
      process: [],
      mentalHealth: 'none',
      complaint: 'none',
    };
    expect(nearOutcomes(child, day)).toContainEqual({
      outcome: 'c-active-offer',
      force: 'right',
      question: 'child',
      values: ['became-looked-after', 'child-protection'],
      isAdded: true,
    });
  });

  it('has nothing to say where only urgent help counts', () => {
    for (const danger of ['now', 'suicidal']) expect(nearOutcomes({ danger }, day)).toEqual([]);
  });

  it('gives every question a turn before any has a second one', () => {
    const nothing: Answers = {
      ...{ danger: 'no', about: 'me', council: 'W06000015', age: '25-or-over', carer: 'no' },
      process: [] as Answer,
      otherTopic: 'no',
      mentalHealth: 'none',
      complaint: 'none',
    };
    expect(nearOutcomes(nothing, day).map(({ question }) => question)).toEqual([
      'carer',
      'mentalHealth',
      'complaint',
      'process',
    ]);
    expect(nearOutcomes(nothing, day, Infinity).length).toBeGreaterThan(4);
  });
});
