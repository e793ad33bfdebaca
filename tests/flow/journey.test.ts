/** How steps follow each other, on tiny invented flows. */
import { describe, expect, it } from 'vitest';
import { journey, stepBefore, stepsLeft, type Step } from '../../src/flow/journey.ts';

type Answers = Readonly<Record<string, string>>;

/** Tea or coffee; milk for tea only; sugar for those who take milk; a name for everybody. */
const flow: readonly Step<Answers>[] = [
  { id: 'drink', ways: ['tea', 'coffee'] },
  { id: 'milk', onlyIf: (a) => a['drink'] === 'tea', ways: ['yes', 'no'] },
  { id: 'sugar', onlyIf: (a) => a['milk'] === 'yes' },
  { id: 'name' },
];

const ids = (steps: readonly Step<Answers>[]): string[] => steps.map(({ id }) => id);

describe('a journey', () => {
  it('begins at its first step', () => {
    const { relevant, answered, next } = journey(flow, {});
    expect({ relevant, answered, next: next?.id }).toEqual({ relevant: {}, answered: [], next: 'drink' });
  });

  it('leaves out a step that is not for this person', () => {
    expect(journey(flow, { drink: 'coffee' }).next?.id).toBe('name');
  });

  it('asks a step that is for this person', () => {
    expect(journey(flow, { drink: 'tea' }).next?.id).toBe('milk');
    expect(journey(flow, { drink: 'tea', milk: 'yes' }).next?.id).toBe('sugar');
  });

  it('ends when every step for this person has an answer', () => {
    const { answered, next } = journey(flow, { drink: 'tea', milk: 'no', name: 'Mair' });
    expect(next).toBeUndefined();
    expect(ids(answered)).toEqual(['drink', 'milk', 'name']);
  });

  it('goes back to the first gap, and counts nothing after it', () => {
    const { relevant, next } = journey(flow, { milk: 'yes', name: 'Mair' });
    expect(relevant).toEqual({});
    expect(next?.id).toBe('drink');
  });

  it('drops an answer that no longer applies, and all that hung on it', () => {
    const before = { drink: 'tea', milk: 'yes', sugar: '2', name: 'Mair' } as Answers;
    expect(journey(flow, before).relevant).toEqual(before);
    const after = { ...before, drink: 'coffee' } as Answers;
    expect(journey(flow, after).relevant).toEqual({ drink: 'coffee', name: 'Mair' });
  });

  it('takes a dropped answer up again when it applies again', () => {
    const answers = { drink: 'coffee', milk: 'yes', sugar: '2', name: 'Mair' } as Answers;
    expect(journey(flow, { ...answers, drink: 'tea' }).relevant).toEqual({ ...answers, drink: 'tea' });
  });

  it('asks the one new question that a changed answer brings', () => {
    expect(journey(flow, { drink: 'tea', name: 'Mair' }).next?.id).toBe('milk');
  });

  it('leaves out answers that belong to no step', () => {
    expect(journey(flow, { drink: 'coffee', name: 'Mair', shoe: '42' }).relevant).not.toHaveProperty('shoe');
  });

  it('knows what is given without asking it', () => {
    const { relevant, next } = journey(flow.slice(1), {}, { drink: 'tea' });
    expect(relevant).toEqual({ drink: 'tea' });
    expect(next?.id).toBe('milk');
  });

  it('does not take an inherited name for an answer', () => {
    const odd: readonly Step<Answers>[] = [{ id: 'constructor' }, { id: 'toString' }];
    expect(journey(odd, {}).next?.id).toBe('constructor');
  });

  it('without steps is at its end', () => {
    expect(journey([], {})).toEqual({ relevant: {}, answered: [], offered: [], next: undefined });
  });
});

/** Cake is offered with coffee, and asked with tea; cream only for cake; a name for everybody. */
const withOffers: readonly Step<Answers>[] = [
  { id: 'drink', ways: ['tea', 'coffee'] },
  { id: 'cake', optional: (a) => a['drink'] === 'coffee', ways: ['yes', 'no'] },
  { id: 'cream', onlyIf: (a) => a['cake'] === 'yes' },
  { id: 'name' },
];

describe('a step that is only offered', () => {
  it('is not asked, and stands beside the end', () => {
    const { next, offered } = journey(withOffers, { drink: 'coffee' });
    expect(next?.id).toBe('name');
    expect(ids(offered)).toEqual(['cake']);
    expect(journey(withOffers, { drink: 'coffee', name: 'Mair' }).next).toBeUndefined();
  });

  it('is asked of those for whom it is not optional', () => {
    const { next, offered } = journey(withOffers, { drink: 'tea' });
    expect(next?.id).toBe('cake');
    expect(offered).toEqual([]);
  });

  it('counts once it is answered, and brings what follows on it', () => {
    const answers = { drink: 'coffee', cake: 'yes', name: 'Mair' } as Answers;
    const { relevant, next, offered } = journey(withOffers, answers);
    expect(relevant).toEqual({ drink: 'coffee', cake: 'yes' });
    expect(next?.id).toBe('cream');
    expect(offered).toEqual([]);
    expect(journey(withOffers, { ...answers, cream: 'no' }).next).toBeUndefined();
  });

  it('keeps its answer when it is asked after all', () => {
    expect(journey(withOffers, { drink: 'tea', cake: 'no', name: 'Mair' }).next).toBeUndefined();
  });

  it('is not before another step, unless it was answered', () => {
    expect(stepBefore(withOffers, { drink: 'coffee' }, 'name')?.id).toBe('drink');
    expect(stepBefore(withOffers, { drink: 'coffee', cake: 'no' }, 'name')?.id).toBe('cake');
    expect(stepBefore(withOffers, { drink: 'tea' }, 'name')?.id).toBe('cake');
  });

  it('is not among the steps left', () => {
    expect(stepsLeft(withOffers, {}, 'drink')).toEqual({ fewest: 2, most: 4 });
    expect(stepsLeft(withOffers, { drink: 'coffee' }, 'name')).toEqual({ fewest: 1, most: 1 });
  });

  it('counts itself and what it may bring when it is taken up; what is answered is not asked again', () => {
    expect(stepsLeft(withOffers, { drink: 'coffee', name: 'Mair' }, 'cake')).toEqual({ fewest: 1, most: 2 });
    expect(stepsLeft(withOffers, { drink: 'coffee' }, 'cake')).toEqual({ fewest: 2, most: 3 });
    expect(stepsLeft(withOffers, { drink: 'tea', name: 'Mair' }, 'cake')).toEqual({ fewest: 2, most: 3 });
  });
});

describe('the step before', () => {
  it('is the one that this person saw', () => {
    expect(stepBefore(flow, { drink: 'coffee' }, 'name')?.id).toBe('drink');
    expect(stepBefore(flow, { drink: 'tea', milk: 'no' }, 'name')?.id).toBe('milk');
    expect(stepBefore(flow, { drink: 'tea', milk: 'yes' }, 'name')?.id).toBe('sugar');
  });

  it('is none for the first step', () => {
    expect(stepBefore(flow, {}, 'drink')).toBeUndefined();
  });

  it('is none for a step that does not exist and a flow that is empty', () => {
    expect(stepBefore(flow.slice(0, 0), {}, 'nothing')).toBeUndefined();
  });

  it('heeds what is given', () => {
    expect(stepBefore(flow.slice(1), {}, 'name', { drink: 'tea' })?.id).toBe('milk');
    expect(stepBefore(flow.slice(1), {}, 'name', { drink: 'coffee' })).toBeUndefined();
  });
});

describe('the number of steps left', () => {
  it('is a range as long as answers still decide it', () => {
    expect(stepsLeft(flow, {}, 'drink')).toEqual({ fewest: 2, most: 4 });
  });

  it('narrows with each answer', () => {
    expect(stepsLeft(flow, { drink: 'tea' }, 'milk')).toEqual({ fewest: 2, most: 3 });
    expect(stepsLeft(flow, { drink: 'tea', milk: 'yes' }, 'sugar')).toEqual({ fewest: 2, most: 2 });
  });

  it('is one at the last step', () => {
    expect(stepsLeft(flow, { drink: 'coffee' }, 'name')).toEqual({ fewest: 1, most: 1 });
  });

  it('does not count on an answer that may be changed now', () => {
    expect(stepsLeft(flow, { drink: 'coffee', name: 'Mair' }, 'drink')).toEqual({ fewest: 2, most: 4 });
  });

  it('does not count on what was answered further on', () => {
    expect(stepsLeft(flow, { drink: 'tea', milk: 'yes' }, 'drink')).toEqual({ fewest: 2, most: 4 });
  });

  it('heeds earlier answers that apply, and none that does not', () => {
    const sugarLast: readonly Step<Answers>[] = [flow[0]!, flow[1]!, flow[3]!, flow[2]!];
    expect(stepsLeft(sugarLast, { drink: 'tea', milk: 'yes' }, 'name')).toEqual({ fewest: 2, most: 2 });
    expect(stepsLeft(sugarLast, { drink: 'coffee', milk: 'yes' }, 'name')).toEqual({ fewest: 1, most: 1 });
  });

  it('from a step that does not exist is none', () => {
    expect(stepsLeft(flow, {}, 'nothing')).toEqual({ fewest: 0, most: 0 });
  });

  it('heeds what was said before a step that is taken up, over those that are not asked again', () => {
    const biscuitLast: readonly Step<Answers>[] = [
      ...withOffers,
      { id: 'biscuit', onlyIf: (a) => a['drink'] === 'coffee' },
    ];
    expect(stepsLeft(biscuitLast, { drink: 'coffee', name: 'Mair' }, 'cake')).toEqual({ fewest: 2, most: 3 });
  });

  it('holds for every way through', () => {
    const walk = (answers: Answers): number => {
      const { next } = journey(flow, answers);
      if (!next) return 0;
      const { fewest, most } = stepsLeft(flow, answers, next.id);
      const lengths = ((next.ways ?? ['any']) as readonly string[]).map(
        (way) => 1 + walk({ ...answers, [next.id]: way }),
      );
      expect(Math.min(...lengths)).toBe(fewest);
      expect(Math.max(...lengths)).toBe(most);
      return Math.max(...lengths);
    };
    expect(walk({})).toBe(4);
  });
});
