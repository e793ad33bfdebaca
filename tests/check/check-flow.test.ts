/** The questions of the check ask what the law can use, in its own values, and tell it no more than was said. */
import { describe, expect, it } from 'vitest';
import { checkFlow, choicesOf, questionOf, type Answers } from '../../src/check/check-flow.ts';
import { factsFromAnswers } from '../../src/check/facts-from-answers.ts';
import { answerFromValues, fieldOf, valuesFromAnswer } from '../../src/check/question-form.ts';
import { factIds, facts, parseFacts } from '../../src/eligibility/facts.ts';
import { parseFields } from '../../src/form/fields.ts';

const ages = [...facts.age.values, 'unsure'];
const offeredBy = (id: string): string[] => {
  const question = questionOf(id);
  return [...new Set(ages.flatMap((age) => question?.options({ age }) ?? []))].sort();
};

describe('the questions', () => {
  it('ask every fact of the law, each once', () => {
    expect(checkFlow.map(({ id }) => id).sort()).toEqual([...factIds].sort());
  });

  it.each(checkFlow.map(({ id }) => id))('offer exactly the values of the fact “%s”', (id) => {
    const fact = facts[id as keyof typeof facts];
    expect(offeredBy(id)).toEqual([...fact.values].sort());
    expect(questionOf(id)?.kind).toBe(fact.kind);
  });

  it('offer “not sure” last, every time', () => {
    for (const question of checkFlow) {
      for (const age of ages) expect(choicesOf(question, { age }).at(-1), question.id).toBe('unsure');
    }
  });

  it('offer “none of these” wherever several can be chosen', () => {
    for (const question of checkFlow.filter(({ kind }) => kind === 'list')) {
      expect(choicesOf(question, { age: '16-17' }), question.id).toContain('none');
    }
  });

  it('offer a young person only what somebody of that age can be', () => {
    const of = (age: string) => questionOf('child')?.options({ age });
    expect(of('5-15')).not.toContain('care-leaver');
    expect(of('16-17')).toContain('care-leaver');
    expect(of('18-24')).toEqual(['care-leaver', 'additional-learning-needs']);
  });

  it('speak of treatment for under-18s only to those who may be under 18', () => {
    const of = (age: string) => questionOf('mentalHealth')?.options({ age });
    for (const age of ['5-15', '16-17', 'unsure']) expect(of(age), age).toContain('considering-s58a');
    for (const age of ['18-24', '25-or-over']) expect(of(age), age).not.toContain('considering-s58a');
  });

  it('know no id that they do not ask', () => {
    expect(questionOf('constructor')).toBeUndefined();
    expect(questionOf('shoe')).toBeUndefined();
  });
});

describe('the facts that answers give', () => {
  it('are the answers themselves', () => {
    const answers: Answers = { about: 'me', country: 'wales', process: ['review'], barriers: [] };
    expect(factsFromAnswers(answers)).toEqual(answers);
  });

  it('say “unsure” only where the law knows it, and otherwise nothing', () => {
    for (const { id } of checkFlow) {
      const given = factsFromAnswers({ [id]: 'unsure' });
      expect(given, id).toEqual(facts[id as keyof typeof facts].unsure ? { [id]: 'unsure' } : {});
    }
  });

  it('never turn “not sure” into a value', () => {
    const unsure = Object.fromEntries(checkFlow.map(({ id }) => [id, 'unsure']));
    for (const value of Object.values(factsFromAnswers(unsure))) expect(value).toBe('unsure');
  });

  it('say nothing of a placing council where no Welsh council arranged the care', () => {
    expect(factsFromAnswers({ placedBy: 'none' })).toEqual({});
    expect(factsFromAnswers({ placedBy: 'W06000015' })).toEqual({ placedBy: 'W06000015' });
  });

  it('keep “none” where it is a fact: nobody who could help, no hospital, no complaint', () => {
    for (const id of ['supporter', 'mentalHealth', 'complaint', 'liberty', 'exception'] as const) {
      expect(facts[id].values).toContain('none');
      const question = questionOf(id)!;
      expect(
        choicesOf(question, {}).filter((value) => value === 'none'),
        id,
      ).toHaveLength(1);
      expect(answerFromValues(question, { [id]: 'none' })).toBe('none');
      expect(factsFromAnswers({ [id]: 'none' })).toEqual({ [id]: 'none' });
    }
  });

  it('do not say the country of somebody who was asked only for the council', () => {
    expect(factsFromAnswers({ council: 'W06000015' })).toEqual({ council: 'W06000015' });
  });

  it('are always facts that the law can read, whatever is offered and chosen', () => {
    for (const question of checkFlow) {
      for (const age of ages) {
        for (const value of choicesOf(question, { age })) {
          const values = { [question.id]: question.kind === 'one' ? value : [value] };
          const given = factsFromAnswers({ [question.id]: answerFromValues(question, values) });
          expect(parseFacts(given).ok, `${question.id} ${value}`).toBe(true);
        }
      }
    }
  });
});

describe('a question as a form', () => {
  it('shows again what was answered, for every answer', () => {
    for (const question of checkFlow) {
      for (const value of choicesOf(question, { age: '16-17' })) {
        const typed = { [question.id]: question.kind === 'one' ? value : [value] };
        const { values, errors } = parseFields([fieldOf(question, { age: '16-17' })], typed);
        expect(errors, `${question.id} ${value}`).toEqual({});
        expect(valuesFromAnswer(question, answerFromValues(question, values)), question.id).toEqual(typed);
      }
    }
  });

  it('shows nothing chosen before there is an answer', () => {
    for (const question of checkFlow) expect(valuesFromAnswer(question, undefined)).toEqual({});
  });

  it('does not take “none of these” or “not sure” together with something', () => {
    for (const question of checkFlow.filter(({ kind }) => kind === 'list')) {
      const field = fieldOf(question, { age: '16-17' });
      const [first = ''] = choicesOf(question, { age: '16-17' });
      for (const alone of ['none', 'unsure']) {
        expect(parseFields([field], { [question.id]: [first, alone] }).errors).toEqual({ [question.id]: 'conflict' });
      }
    }
  });
});
