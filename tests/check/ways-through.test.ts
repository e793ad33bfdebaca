/** Every way through the check, written down in ways-through.txt, so that a change of any is read like law. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answerOf,
  checkFlow,
  choicesOf,
  type Answer,
  type Answers,
  type Question,
} from '../../src/check/check-flow.ts';
import { withPosted } from '../../src/check/answers-cookie.server.ts';
import { factsFromAnswers } from '../../src/check/facts-from-answers.ts';
import { valuesFromAnswer } from '../../src/check/question-form.ts';
import { decide, outcomeIds } from '../../src/eligibility/decide.ts';
import type { Facts } from '../../src/eligibility/facts.ts';
import { rulesetDay } from '../../src/eligibility/rules.ts';
import { journey, stepsLeft } from '../../src/flow/journey.ts';
import { outcomes as outcomeWords } from '../../src/library/content.ts';
import { walksToEveryOutcome } from '../support/journeys.ts';
import {
  askedInVain,
  brokenPromises,
  everyWay,
  followUps,
  outcomesOf,
  standIn,
  topicFrom,
  topicOf,
  walkedFor,
} from '../../src/check/every-way.ts';

const path = new URL('./ways-through.txt', import.meta.url);
describe('the ways through the check', () => {
  const { listing, fewest, most } = everyWay();

  it('are those that were reviewed', () => {
    const reviewed = readFileSync(path, 'utf8').split('\n');
    const now = listing.split('\n');
    const hint =
      'Run npm run --silent check:paths > tests/check/ways-through.txt, and have the change of that file reviewed.';
    expect(
      now.filter((line) => !reviewed.includes(line)),
      hint,
    ).toEqual([]);
    expect(now, hint).toEqual(reviewed);
  });

  const named = outcomeIds.filter((id) => new RegExp(`(?:→|,) ${id}(?:,|$)`, 'm').test(listing));

  it('lead to every outcome that there is', () => {
    expect(outcomeIds.filter((id) => !named.includes(id))).toEqual([]);
  });

  it('are shown to every gate of the pages, between them every outcome', () => {
    const shown = new Set(walksToEveryOutcome(rulesetDay).flatMap(({ outcomes }) => outcomes));
    expect(outcomeIds.filter((id) => !shown.has(id))).toEqual([]);
  });

  it('are never longer than 14 questions, and shortest for somebody in danger', () => {
    expect({ fewest, most }).toEqual({ fewest: 1, most: 14 });
  });

  it('have no question whose answer cannot change what somebody is told', () => {
    expect(askedInVain).toEqual([]);
  });

  it('are as long as every question on them says', () => {
    expect(brokenPromises).toEqual([]);
  });

  it('lead only to outcomes that content speaks of in all four variants', () => {
    expect(named.length).toBeGreaterThan(30);
    for (const outcome of named) {
      const words = outcomeWords().get(outcome)?.words;
      expect(words && Object.keys(words), outcome).toEqual(['en', 'en.easy', 'cy', 'cy.easy']);
    }
  });
});

const end = (answers: Answers): Answers => journey(checkFlow, answers).relevant;
const sorted = (list: readonly string[]): string[] => [...new Set(list)].sort();

interface Walk {
  /** What was asked, answered. */
  readonly asked: Answers;
  readonly steps: readonly string[];
  /** The same, and some of what was offered with the result. */
  readonly all: Answers;
}

/** Somebody who walks the whole way, choosing by these numbers, and then takes up some of what is offered; in a list they may choose several. */
function walk(numbers: readonly number[]): Walk {
  let at = 0;
  const chosen = (question: Question, answers: Answers): Answer => {
    const values = choicesOf(question, answers);
    const number = numbers[at++] ?? 0;
    const value = values[number % values.length] ?? '';
    const second = values[Math.floor(number / values.length) % values.length] ?? '';
    const both = [value, second].filter((each) => each !== 'none' && each !== 'unsure');
    const isTwo = question.kind === 'list' && question.id !== 'child' && number % 3 === 0 && new Set(both).size === 2;
    // A council is one of 22: without this, hardly anybody would live outside Wales.
    if (question.id === 'council' && number % 2 === 0) return 'unsure';
    if (question.id === 'placedBy' && number % 2 === 0) return 'none';
    return isTwo ? values.filter((each) => both.includes(each)) : answerOf(question, value);
  };
  let answers: Answers = {};
  const steps: string[] = [];
  for (let { next } = journey(checkFlow, answers); next; { next } = journey(checkFlow, answers)) {
    answers = { ...answers, [next.id]: chosen(next, answers) };
    steps.push(next.id);
  }
  const asked = answers;
  const seen = new Set<string>();
  for (;;) {
    const { next, offered } = journey(checkFlow, answers);
    const question = next ?? offered.find(({ id }) => !seen.has(id));
    if (!question) break;
    seen.add(question.id);
    if (next || (numbers[at++] ?? 0) % 3 > 0) answers = { ...answers, [question.id]: chosen(question, answers) };
  }
  return { asked, steps, all: end(answers) };
}

const anybody = fc.array(fc.nat(10_000), { minLength: 36, maxLength: 36 });
const runs = { numRuns: 1500, seed: 20261122 };

/** What ways-through.txt walks in place of two answers: the one that leads on. */
function walkedForTwo(chosen: readonly string[], answers: Answers): string {
  const isUnder18 = ['under-5', '5-15', '16-17'].includes(String(answers['age']));
  const first = isUnder18 ? ['carer-assessment'] : ['child-protection-parent'];
  const inCareAct = ['assessment', 'carer-assessment', 'care-plan', 'review', 'safeguarding'];
  const isEngland = answers['country'] === 'england' && (answers['placedBy'] ?? 'none') === 'none';
  const leading = chosen.find((value) => (isEngland ? inCareAct : first).includes(value));
  return leading ?? chosen.find((value) => value !== 'finding-help') ?? 'finding-help';
}

function walkedAnswers(answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([id, answer]): [string, Answer] => {
      const isOne = checkFlow.find((question) => question.id === id)?.kind === 'one';
      if (isOne) return [id, walkedFor(id, String(answer))];
      if (typeof answer === 'string' || answer.length === 0) {
        const value = walkedFor(id, typeof answer === 'string' ? answer : 'none');
        return [id, value === 'unsure' ? value : value === 'none' ? [] : [value]];
      }
      const one = id === 'process' ? walkedForTwo(answer, answers) : (answer[0] ?? '');
      return [id, [walkedFor(id, one)]];
    }),
  );
}

/** What is said for a reason of its own; not what speaks only where nothing else does (R10). */
const saidFor = (answers: Answers): string[] =>
  decide(factsFromAnswers(answers), rulesetDay)
    .findings.filter(({ rule }) => !rule.startsWith('R10.'))
    .map(({ outcome }) => outcome);

/** All that was answered but these topics: the asked questions, and one topic with what follows on it. */
function withOnly(topic: string, { asked, all }: Walk): Answers {
  const kept = Object.entries(all).filter(
    ([id]) => Object.hasOwn(asked, id) || id === topic || followUps[topic]?.includes(id),
  );
  return end(Object.fromEntries(kept));
}

describe('anybody who answers anything', () => {
  it('comes to the end, and never sees a question twice', () => {
    fc.assert(
      fc.property(anybody, (numbers) => {
        const { steps, all } = walk(numbers);
        expect(steps.length).toBeLessThanOrEqual(14);
        expect(new Set(steps).size).toBe(steps.length);
        expect(journey(checkFlow, all).next).toBeUndefined();
      }),
      runs,
    );
  });

  it('is told at every question how many are left, and it is true', () => {
    fc.assert(
      fc.property(anybody, (numbers) => {
        const { asked, steps } = walk(numbers);
        const given: Record<string, Answer> = {};
        for (const [at, id] of steps.entries()) {
          const { fewest, most } = stepsLeft(checkFlow, given, id);
          const left = steps.length - at;
          expect(left, `${id} in ${JSON.stringify(asked)}`).toBeGreaterThanOrEqual(fewest);
          expect(left, `${id} in ${JSON.stringify(asked)}`).toBeLessThanOrEqual(most);
          given[id] = asked[id]!;
        }
      }),
      // Counting the steps left walks the rest of the questions at each of them.
      { ...runs, numRuns: 200 },
    );
  });

  it('is told so at a question that was offered, too: the others are not asked again', () => {
    fc.assert(
      fc.property(anybody, fc.nat(100), (numbers, which) => {
        const { asked } = walk(numbers);
        const { offered } = journey(checkFlow, asked);
        if (offered.length === 0) return;
        const { id } = offered[which % offered.length]!;
        const { fewest, most } = stepsLeft(checkFlow, asked, id);
        let given = asked;
        let left = 0;
        let question: Question | undefined = offered[which % offered.length];
        for (; question; question = journey(checkFlow, given).next) {
          const values = choicesOf(question, given);
          given = { ...given, [question.id]: answerOf(question, values[(numbers[left] ?? 0) % values.length] ?? '') };
          left += 1;
        }
        expect(left, `${id} after ${JSON.stringify(asked)}`).toBeGreaterThanOrEqual(fewest);
        expect(left, `${id} after ${JSON.stringify(asked)}`).toBeLessThanOrEqual(most);
      }),
      runs,
    );
  });

  it('comes to what ways-through.txt says for answers like theirs', () => {
    fc.assert(
      fc.property(anybody, (numbers) => {
        const { all } = walk(numbers);
        const like = walkedAnswers(all);
        expect(outcomesOf(all), JSON.stringify(all)).toEqual(outcomesOf(like));
        const { answers: inPlace, urgent } = standIn(like);
        expect(sorted(outcomesOf(all)), JSON.stringify(all)).toEqual(sorted([...urgent, ...outcomesOf(inPlace)]));
      }),
      runs,
    );
  });

  it('comes, with several things that were offered, to all that each of them adds', () => {
    fc.assert(
      fc.property(anybody, (numbers) => {
        const walked = walk(numbers);
        const { offered } = journey(checkFlow, walked.asked);
        const base = outcomesOf(walked.asked);
        const each = offered.map(({ id }) => withOnly(id, walked));
        expect(sorted(saidFor(walked.all)), JSON.stringify(walked.all)).toEqual(
          sorted([...saidFor(walked.asked), ...each.flatMap(saidFor)]),
        );
        for (const question of offered.slice(0, 2)) {
          expect(topicOf(question, walked.asked, base)).toBe(topicFrom(question, walked.asked, base));
        }
      }),
      { ...runs, numRuns: 500 },
    );
  });

  it('is never left with nothing', () => {
    fc.assert(
      fc.property(anybody, (numbers) => {
        const { all } = walk(numbers);
        expect(outcomesOf(all), JSON.stringify(all)).not.toEqual([]);
      }),
      runs,
    );
  });

  it('keeps all help when the next answer, or one to what is offered, is “not sure”', () => {
    fc.assert(
      fc.property(anybody, fc.nat(100), (numbers, which) => {
        const { all, steps } = walk(numbers);
        const sofar = end(Object.fromEntries(steps.slice(0, which % (steps.length + 1)).map((id) => [id, all[id]!])));
        for (const before of [sofar, all]) {
          const { next, offered } = journey(checkFlow, before);
          for (const { id } of next ? [next] : offered) {
            let given: Answers = { ...before, [id]: 'unsure' };
            // What follows on something that was offered is answered too, or what comes after it would not count yet.
            for (let on = journey(checkFlow, given).next; on && !next; on = journey(checkFlow, given).next) {
              given = { ...given, [on.id]: 'unsure' };
            }
            const after = outcomesOf(end(given));
            const lost = saidFor(before).filter((outcome) => !after.includes(outcome));
            // Where the country of the hospital is not sure, Wales helps to find out (R1): its advocates take the place.
            if (id === 'hospitalCountry' && after.includes('route-imha')) continue;
            expect(lost, `${id} after ${JSON.stringify(before)}`).toEqual([]);
          }
        }
      }),
      runs,
    );
  });

  it('who changes an answer comes to where they would be if they had given it in the first place', () => {
    fc.assert(
      fc.property(anybody, fc.nat(100), fc.nat(100), (numbers, which, what) => {
        const { all } = walk(numbers);
        const answered = checkFlow.filter(({ id }) => Object.hasOwn(all, id));
        const question = answered[which % answered.length]!;
        const post = (answers: Answers, asked: Question, answer: Answer): Answers => {
          const body = new URLSearchParams();
          for (const value of [valuesFromAnswer(asked, answer)[asked.id]!].flat()) body.append(asked.id, value);
          const { state, accepted } = withPosted({ answers }, asked.id, body);
          expect(accepted, `${asked.id} ${JSON.stringify(answer)}`).toBe(true);
          return state.answers;
        };
        const pick = (asked: Question, answers: Answers, number: number): Answer => {
          const values = choicesOf(asked, answers);
          return answerOf(asked, values[number % values.length] ?? '');
        };
        let changed = post(all, question, pick(question, all, what));
        for (let { next } = journey(checkFlow, changed); next; { next } = journey(checkFlow, changed)) {
          changed = post(changed, next, pick(next, changed, numbers[checkFlow.indexOf(next)] ?? 0));
        }
        const last = end(changed);

        let straight: Answers = {};
        for (const asked of checkFlow) {
          const { next, offered } = journey(checkFlow, straight);
          if (next !== asked && !offered.includes(asked)) continue;
          if (next === asked) expect(last, `${asked.id} was never asked`).toHaveProperty(asked.id);
          if (last[asked.id] !== undefined) straight = post(straight, asked, last[asked.id]!);
        }
        expect(straight).toEqual(last);
        expect(journey(checkFlow, straight).next).toBeUndefined();
        expect(outcomesOf(straight)).toEqual(outcomesOf(last));
      }),
      runs,
    );
  });

  it('lives in Wales, for the law, where a council of Wales was named: saying so again would change nothing', () => {
    fc.assert(
      fc.property(anybody, (numbers) => {
        const facts = factsFromAnswers(walk(numbers).all);
        if (facts.council === undefined || facts.council === 'unsure') return;
        expect(facts.country).toBeUndefined();
        expect(decide({ ...facts, country: 'wales' }, rulesetDay)).toEqual(decide(facts, rulesetDay));
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
  const of = (facts: Facts): string[] => decide(facts, rulesetDay).findings.map(({ outcome }) => outcome);
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
