/** Which answers decide whether a question is asked: what is found by asking is what the questions do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerOf, checkFlow, everyChoiceOf, questionOf, type Answer } from '../../src/check/check-flow.ts';
import { anyCouncil, decidingOf, type Need } from '../../src/check/what-decides.ts';
import { councils } from '../../src/eligibility/facts.ts';

const deciding = new Map(checkFlow.map((question) => [question.id, decidingOf(question)]));
const of = (id: string) => deciding.get(id)!;
const earlier = (id: string): string[] => checkFlow.slice(0, checkFlow.indexOf(questionOf(id)!)).map((each) => each.id);

/** Anybody’s answers to some of the questions, whether or not they were asked. */
const anyAnswers = fc
  .tuple(...checkFlow.map((question) => fc.option(fc.constantFrom(...everyChoiceOf(question)), { nil: undefined })))
  .map((choices) =>
    Object.fromEntries(
      choices.flatMap((choice, at): [string, Answer][] =>
        choice === undefined ? [] : [[checkFlow[at]!.id, answerOf(checkFlow[at]!, choice)]],
      ),
    ),
  );
const runs = { numRuns: 3000, seed: 20261123 };

const fits = (answers: Readonly<Record<string, Answer>>, { question, others }: Need): boolean => {
  const answer = answers[question];
  const isCouncil = typeof answer === 'string' && councils.some((code) => code === answer);
  const given = answer === undefined ? null : isCouncil ? anyCouncil : answer;
  return !others.some((choice) => {
    const other = choice === null ? null : answerOf(questionOf(question)!, choice);
    return JSON.stringify(other) === JSON.stringify(given);
  });
};

describe('what decides whether a question is asked', () => {
  it('is only what was answered earlier', () => {
    for (const { id } of checkFlow) {
      expect(
        of(id).decidedBy.filter((each) => !earlier(id).includes(each)),
        id,
      ).toEqual([]);
    }
  });

  it('is all of it: nothing else ever changes it', () => {
    fc.assert(
      fc.property(anyAnswers, anyAnswers, (some, others) => {
        for (const { id, onlyIf, optional } of checkFlow) {
          const decisive = of(id).decidedBy;
          const isDecisive = ([each]: readonly [string, Answer]): boolean => decisive.includes(each);
          const mixed = Object.fromEntries([
            ...Object.entries(others).filter((entry) => !isDecisive(entry)),
            ...Object.entries(some).filter(isDecisive),
          ]);
          expect([onlyIf?.(mixed), onlyIf?.(mixed) && optional?.(mixed)], id).toEqual([
            onlyIf?.(some),
            onlyIf?.(some) && optional?.(some),
          ]);
        }
      }),
      runs,
    );
  });

  it('never lets a question be asked, or offered, where something that it needs is missing', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        for (const { id, onlyIf, optional } of checkFlow) {
          if (onlyIf && !onlyIf(answers)) continue;
          const needs = optional?.(answers) ? of(id).offered : of(id).asked;
          expect(needs, id).toBeDefined();
          for (const need of needs ?? []) expect(fits(answers, need), `${id} needs ${need.question}`).toBe(true);
        }
      }),
      runs,
    );
  });

  it('does not tell one council from another', () => {
    fc.assert(
      fc.property(
        anyAnswers,
        fc.constantFrom(...councils),
        fc.constantFrom('council', 'placedBy'),
        (some, code, id) => {
          const [one, other] = [
            { ...some, [id]: councils[0] },
            { ...some, [id]: code },
          ];
          for (const { onlyIf, optional } of checkFlow) {
            expect(onlyIf?.(one)).toBe(onlyIf?.(other));
            expect(optional?.(one)).toBe(optional?.(other));
          }
        },
      ),
      runs,
    );
  });

  it('is danger alone for the question about a partner or family, and nothing for the first', () => {
    expect(of('danger')).toEqual({ decidedBy: [], asked: [], offered: undefined });
    expect(of('domesticAbuse')).toEqual({
      decidedBy: ['danger'],
      asked: [{ question: 'danger', choices: ['at-risk'], others: ['now', 'suicidal', 'no', 'unsure', null] }],
      offered: undefined,
    });
  });
});
