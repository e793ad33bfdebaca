/** What a result says in words: why each outcome is there, and what could change it, whoever answers and however. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsFromAnswers } from '../../src/check/facts-from-answers.ts';
import { answerOf, checkFlow, choicesOf, questionOf, type Answer, type Answers } from '../../src/check/check-flow.ts';
import { nearOutcomes, type NearOutcome } from '../../src/check/what-if.ts';
import { decide } from '../../src/eligibility/decide.ts';
import { rulesetDay as day } from '../../src/eligibility/rules.ts';
import { journey } from '../../src/flow/journey.ts';
import { stepHref } from '../../src/site/links.ts';
import { variantKeys } from '../../src/site/variants.ts';
import { findingView } from '../../src/views/finding-view.ts';
import { nearViews } from '../../src/views/near-view.ts';
import { anyWalk } from '../check/any-walk.ts';
import { outcomesOf } from '../../src/check/every-way.ts';

const people = fc.sample(anyWalk, { numRuns: 500, seed: 20261123 });

/** Answers after the first of the promised answers was chosen, and “not sure” at every question that this brings up. */
function afterTheChange(answers: Answers, { question, values, isAdded }: NearOutcome, more: Answers = {}): Answers {
  const value = values[0]!;
  const now = answers[question] as readonly string[];
  const changed: Answer = isAdded ? [...now, value] : answerOf(questionOf(question)!, value);
  let after: Answers = { ...answers, [question]: changed };
  for (let { next } = journey(checkFlow, after); next; { next } = journey(checkFlow, after)) {
    after = { ...after, [next.id]: more[next.id] ?? 'unsure' };
  }
  return journey(checkFlow, after).relevant;
}

describe('what could change the result', () => {
  const everything = people.flatMap((answers) => nearOutcomes(answers, day).map((near) => ({ answers, near })));

  it('is about many questions and many outcomes', () => {
    expect(new Set(everything.map(({ near }) => near.question)).size).toBeGreaterThan(8);
    expect(new Set(everything.map(({ near }) => near.outcome)).size).toBeGreaterThan(14);
  });

  it('has words in every variant: whole, without gaps, and the outcome’s own title', () => {
    for (const answers of people) {
      const near = nearOutcomes(answers, day);
      for (const variant of variantKeys) {
        const views = nearViews(near, { answers, variant });
        expect(views.flatMap(({ leads }) => leads).length).toBe(near.length);
        for (const { question, label, now, leads, changeHref } of views) {
          const texts = [label, ...now, ...leads.flatMap(({ title, instead }) => [title, ...instead])];
          for (const text of texts) {
            expect(text).not.toBe('');
            expect(text).not.toContain('{{');
          }
          expect(now.length).toBeGreaterThan(0);
          expect(changeHref).toBe(stepHref('check', question, variant));
          for (const { outcome, instead } of leads) {
            const { values } = near.find((each) => each.outcome === outcome)!;
            expect(instead.length).toBe(values.length > 5 ? 0 : values.length);
          }
        }
      }
    }
  });

  it('names a question once', () => {
    for (const answers of people) {
      const questions = nearViews(nearOutcomes(answers, day), { answers, variant: 'en' }).map(
        ({ question }) => question,
      );
      expect(new Set(questions).size).toBe(questions.length);
    }
  });

  it('is true: the answer leads there, whatever else is then not sure, or somewhere if it turns on where the hospital is', () => {
    for (const { answers, near } of everything) {
      const countries = choicesOf(questionOf('hospitalCountry')!, answers);
      const reached = countries.filter((hospitalCountry) =>
        outcomesOf(afterTheChange(answers, near, { hospitalCountry })).includes(near.outcome),
      );
      expect(reached.length, `${near.outcome} by ${near.question} for ${JSON.stringify(answers)}`).toBeGreaterThan(0);
      if (near.question !== 'mentalHealth') expect(reached).toEqual(countries);
    }
  });
});

describe('why an outcome is there', () => {
  it('is said with at least one answer that can be changed, or it is for everybody', () => {
    for (const answers of people) {
      for (const finding of decide(factsFromAnswers(answers), day).findings) {
        const view = findingView(finding, { answers, variant: 'en', journey: 'check' });
        expect(view.reasons.length, `${finding.rule} ${finding.outcome}`).toBe(finding.because.length);
        expect(view.isForEverybody, finding.outcome).toBe(view.reasons.length === 0);
        for (const { label, values, changeHref } of view.reasons) {
          expect(label).not.toBe('');
          expect(values.length).toBeGreaterThan(0);
          expect(changeHref).toMatch(/^\/en\//);
        }
      }
    }
  });

  it('names only answers that were asked and still count', () => {
    for (const answers of people) {
      const asked = journey(checkFlow, answers).answered.map(({ id }) => id);
      for (const { because } of decide(factsFromAnswers(answers), day).findings) {
        expect(because.filter((fact) => !asked.includes(fact))).toEqual([]);
      }
    }
  });

  it('is that it is for everybody where nothing was answered yet', () => {
    const [finding] = decide({}, day).findings;
    expect(findingView(finding!, { answers: {}, variant: 'cy', journey: 'check' })).toMatchObject({
      outcome: 'w-other-forms',
      isForEverybody: true,
      reasons: [],
    });
  });
});
