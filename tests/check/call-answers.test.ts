/** The check on a call: whatever staff put down, in any order, the caller’s answers mean what they mean in the check itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callFrom } from '../../src/check/call-answers.ts';
import { answerOf, checkFlow, choicesOf, everyChoiceOf, type Answers } from '../../src/check/check-flow.ts';
import { outcomesOf, walkedFor } from '../../src/check/every-way.ts';
import { valuesFromAnswer } from '../../src/check/question-form.ts';
import { rulesetDay as day } from '../../src/eligibility/rules.ts';
import { journey } from '../../src/flow/journey.ts';
import { walksToEveryOutcome } from '../support/journeys.ts';

type Posted = readonly (readonly [string, string])[];

const postedFrom = (answers: Answers): [string, string][] =>
  checkFlow.flatMap((question) =>
    [valuesFromAnswer(question, answers[question.id])[question.id] ?? []]
      .flat()
      .map((value): [string, string] => [question.id, value]),
  );

const call = (posted: Posted) => callFrom(new URLSearchParams(posted.map(([id, value]) => [id, value])));
const statusOf = (posted: Posted, id: string) => call(posted).questions.find(({ question }) => question.id === id)!;

describe('the answers of a call', () => {
  it('lead to the same outcomes as the check, on every way through it', () => {
    let ways = 0;
    const walk = (answers: Answers): void => {
      const { next, relevant } = journey(checkFlow, answers);
      if (next) {
        for (const value of choicesOf(next, relevant)) {
          if (walkedFor(next.id, value) === value) walk({ ...answers, [next.id]: answerOf(next, value) });
        }
        return;
      }
      ways += 1;
      const { answers: counted } = call(postedFrom(answers));
      if (JSON.stringify(counted) !== JSON.stringify(relevant)) expect(counted).toEqual(relevant);
    };
    walk({});
    expect(ways).toBeGreaterThan(1000);
  });

  it('lead to every outcome that the check leads to', () => {
    for (const { answers, outcomes } of walksToEveryOutcome(day)) {
      expect(outcomesOf(call(postedFrom(answers)).answers)).toEqual(outcomes);
    }
  });

  it('count in whichever order the questions were answered', () => {
    const posted = postedFrom({ danger: 'no', about: 'me', council: 'W06000015', age: '25-or-over', carer: 'no' });
    expect(call([...posted].reverse())).toEqual(call(posted));
  });

  it('count past a question that nobody has asked, and leave that one out', () => {
    const { answers } = call([
      ['danger', 'no'],
      ['process', 'assessment'],
    ]);
    expect(answers).toEqual({ danger: 'no', process: ['assessment'] });
  });

  it('do not count where the question is not for the caller, and stay chosen', () => {
    const posted: Posted = [
      ['danger', 'now'],
      ['process', 'assessment'],
      ['age', '16-17'],
    ];
    expect(call(posted).answers).toEqual({ danger: 'now' });
    expect(statusOf(posted, 'process')).toMatchObject({ status: 'not-needed', chosen: ['assessment'] });
  });

  it('stay chosen when a change of age takes them off the list, and wait to be looked at', () => {
    const posted: Posted = [
      ['danger', 'no'],
      ['age', '5-15'],
      ['child', 'care-leaver'],
    ];
    expect(call(posted).answers).toEqual({ danger: 'no', age: '5-15' });
    expect(statusOf(posted, 'child')).toMatchObject({ problem: 'not-an-option', chosen: ['care-leaver'] });
    expect(statusOf(posted, 'child').choices).toContain('care-leaver');
  });

  it('that contradict each other do not count, and stay chosen', () => {
    const seen = statusOf(
      [
        ['danger', 'no'],
        ['process', 'none'],
        ['process', 'review'],
      ],
      'process',
    );
    expect(seen).toMatchObject({ problem: 'conflict', chosen: ['none', 'review'] });
  });

  it('are none for what no question offers', () => {
    const strange: Posted = [
      ['danger', 'maybe'],
      ['__proto__', 'now'],
      ['constructor', 'x'],
      ['shoeSize', '42'],
      ['barriers', 'x'.repeat(60_000)],
    ];
    const { answers, questions } = call(strange);
    expect(answers).toEqual({});
    expect(Object.getPrototypeOf(answers)).toBe(Object.prototype);
    expect(questions.flatMap(({ chosen }) => chosen)).toEqual([]);
    expect(questions.filter(({ problem }) => problem).map(({ question }) => question.id)).toEqual([
      'danger',
      'barriers',
    ]);
  });
});

describe('where each question stands', () => {
  it('begins with the first to ask, and nothing ruled out', () => {
    const statuses = call([]).questions.map(({ status }) => status);
    expect(statuses[0]).toBe('now');
    expect(new Set(statuses.slice(1))).toEqual(new Set(['later']));
  });

  it('ends with nothing more to ask once somebody is in danger', () => {
    const statuses = call([['danger', 'now']]).questions.map(({ status }) => status);
    expect(statuses[0]).toBe('answered');
    expect(new Set(statuses.slice(1))).toEqual(new Set(['not-needed']));
  });

  it('goes on with the question that the check would ask, and never with two', () => {
    for (const { answers } of walksToEveryOutcome(day)) {
      const posted = postedFrom(answers);
      for (let count = 0; count <= posted.length; count += 1) {
        const { questions, answers: counted } = call(posted.slice(0, count));
        const now = questions.filter(({ status }) => status === 'now').map(({ question }) => question.id);
        expect(now).toEqual([journey(checkFlow, counted).next?.id ?? []].flat());
      }
    }
  });
});

const pairs = checkFlow.flatMap((question) => [
  ...everyChoiceOf(question).map((value): [string, string] => [question.id, value]),
  [question.id, ''] as [string, string],
]);
const anyPosted = fc.array(
  fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...pairs) }, fc.tuple(fc.string(), fc.string())),
  { maxLength: 60 },
);

it('any answers, in any order, are read without an error, and what counts is what the check would count', () => {
  fc.assert(
    fc.property(anyPosted, (posted) => {
      const { answers, questions } = call(posted);
      expect(questions).toHaveLength(checkFlow.length);
      expect(outcomesOf(answers).length).toBeGreaterThan(0);
      // Whoever goes through the check with these answers is told nothing that the call does not tell.
      expect(answers).toMatchObject(journey(checkFlow, answers).relevant);
      expect(call(postedFrom(answers)).answers).toEqual(answers);
    }),
    { numRuns: 3000 },
  );
});
