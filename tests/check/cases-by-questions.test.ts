/** The lawyers’ worked cases, answered question by question: they end at the very outcomes that the law names. */
import { describe, expect, it } from 'vitest';
import { answerOf, checkFlow, choicesOf, type Answers } from '../../src/check/check-flow.ts';
import { outcomesOf, walkedChoices } from '../../src/check/every-way.ts';
import { councils } from '../../src/eligibility/facts.ts';
import { journey } from '../../src/flow/journey.ts';
import { answersOfCase, ledToMore, outcomesByQuestions } from '../support/case-answers.ts';
import { caseOf, cases } from '../support/people.ts';

/**
 * Facts of a case that nobody is asked on its way, and why the case ends at the same outcomes all the same.
 * The country is such a fact wherever the council is named: the council says it.
 */
const notAskedOf: Readonly<Record<string, readonly string[]>> = {
  // Danger now, or thoughts of suicide: help comes first, and nothing else is asked.
  W31: ['country', 'council', 'about', 'age', 'process', 'barriers', 'supporter'],
  W33: ['country', 'council', 'about', 'age', 'process', 'barriers', 'supporter'],
  // Nobody is asked who could help with what is not hard, or not known to be hard.
  W07: ['supporter'],
  W08: ['supporter'],
  W26: ['supporter'],
  X04: ['supporter'],
  // The duty follows from what social services do: with none of that, neither is asked.
  W17: ['barriers', 'supporter'],
  W27: ['barriers', 'supporter'],
  // Finding out about help gives no duty, whoever could help.
  W10: ['supporter'],
  W40: ['supporter'],
  // Whoever could be asked, a stay of under 8 weeks gives no duty to instruct an IMCA, and in safeguarding there may be one.
  P03: ['consultable'],
  P06: ['consultable'],
  // The law of England speaks of one thing only: whether it is very hard to take part.
  E01: ['age', 'barriers'],
  E02: ['age', 'barriers'],
  E04: ['age', 'barriers'],
  E06: ['age', 'barriers'],
  // Outside Wales help is the same at every age, unless somebody is at risk.
  M10: ['age'],
  E09: ['age'],
  X01: ['age'],
};

describe('the worked cases, answered question by question', () => {
  it.each(cases)('$id: $situation', (worked) => {
    const answers = answersOfCase(worked);
    expect(journey(checkFlow, answers).next).toBeUndefined();
    expect(outcomesOf(answers).sort()).toEqual(outcomesByQuestions(worked));
  });

  it.each(cases)('$id: every fact of it is asked or offered, or there is a reason why not', (worked) => {
    const answers = answersOfCase(worked);
    const isImplied = (fact: string): boolean =>
      fact === 'country' && councils.some((code) => code === answers['council']);
    const left = Object.keys(worked.facts).filter((fact) => answers[fact] === undefined && !isImplied(fact));
    const reasons = notAskedOf[worked.id] ?? [];
    expect(left.sort()).toEqual([...reasons].sort());
    for (const [fact, value] of Object.entries(worked.facts)) {
      if (answers[fact] !== undefined) expect(answers[fact], fact).toEqual(value);
    }
  });

  it.each(ledToMore)(
    '%s, which is silent about social services, ends so whatever is answered to what it does not say',
    (id) => {
      const worked = caseOf(id);
      expect(worked.facts).not.toHaveProperty('process');
      const ends: string[][] = [];
      const walk = (answers: Answers): void => {
        const { next, offered, relevant } = journey(checkFlow, answers);
        const question = next ?? offered.find((each) => worked.facts[each.id] !== undefined);
        if (!question) {
          ends.push(outcomesOf(relevant));
          return;
        }
        const said = worked.facts[question.id];
        if (said !== undefined) return walk({ ...answers, [question.id]: said });
        for (const value of walkedChoices(question, answers)) {
          walk({ ...answers, [question.id]: answerOf(question, value) });
        }
      };
      walk({});
      expect(ends.length).toBeGreaterThan(0);
      // Whatever is answered about social services adds something.
      const exact = [...worked.expect].sort().join();
      expect(ends.filter((outcomes) => outcomes.sort().join() === exact)).toEqual([]);
    },
  );
});

describe('the usual way', () => {
  it('of an adult has 8 questions: that of the case W01', () => {
    const asked = Object.keys(answersOfCase(caseOf('W01')));
    expect(asked).toEqual(['danger', 'about', 'council', 'age', 'carer', 'process', 'barriers', 'supporter']);
  });

  // content/pages/check says this to everybody who begins.
  it('of an adult in Wales has 6 to 9 questions, and one more for a complaint about the NHS', () => {
    const lengths = new Set<number>();
    const walk = (answers: Answers, sofar: number): void => {
      const { next } = journey(checkFlow, answers);
      if (!next) {
        if (answers['complaint'] === 'nhs') expect(sofar).toBe(10);
        else lengths.add(sofar);
        return;
      }
      const usual: Answers = { danger: 'no', about: 'me', council: 'W06000015', age: '25-or-over' };
      const given = usual[next.id];
      for (const value of given === undefined ? choicesOf(next, answers) : [String(given)]) {
        walk({ ...answers, [next.id]: answerOf(next, value) }, sofar + 1);
      }
    };
    walk({}, 0);
    expect([...lengths].sort()).toEqual([6, 7, 8, 9]);
  });
});
