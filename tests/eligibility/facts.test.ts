/** What the eligibility logic takes from outside, and what it refuses by name. */
import { describe, expect, it } from 'vitest';
import { councils, factIds, facts, parseFacts, type Facts } from '../../src/eligibility/facts.ts';

describe('facts from outside', () => {
  it('are taken when every key and value is known', () => {
    const given = { country: 'wales', council: 'W06000015', process: ['review'], barriers: 'unsure', child: [] };
    expect(parseFacts(given)).toEqual({ ok: true, facts: given });
  });

  it('may be none at all', () => {
    expect(parseFacts({})).toEqual({ ok: true, facts: {} });
    expect(parseFacts({ country: undefined })).toStrictEqual({ ok: true, facts: {} });
  });

  it('are refused by name when the key is unknown', () => {
    expect(parseFacts({ agee: '5-15' })).toEqual({ ok: false, errors: [{ fact: 'agee', problem: 'unknown-fact' }] });
  });

  it('are refused by name and value when the value is unknown', () => {
    expect(parseFacts({ country: 'cymru', age: 15, danger: null, carer: true })).toEqual({
      ok: false,
      errors: [
        { fact: 'country', problem: 'unknown-value', value: 'cymru' },
        { fact: 'age', problem: 'unknown-value', value: 15 },
        { fact: 'danger', problem: 'unknown-value', value: null },
        { fact: 'carer', problem: 'unknown-value', value: true },
      ],
    });
  });

  it('are all reported at once, not one at a time', () => {
    const parsed = parseFacts({ one: 1, two: 2, country: 'france' });
    expect(parsed.ok ? [] : parsed.errors.map(({ fact }) => fact)).toEqual(['one', 'two', 'country']);
  });

  it('say which entry of a list is unknown', () => {
    expect(parseFacts({ process: ['review', 'moving'] })).toEqual({
      ok: false,
      errors: [{ fact: 'process', problem: 'unknown-value', value: 'moving' }],
    });
  });

  it('know “unsure” in place of a list, never inside one', () => {
    expect(parseFacts({ process: 'unsure' }).ok).toBe(true);
    expect(parseFacts({ process: ['review', 'unsure'] }).ok).toBe(false);
  });

  it('need a list where a list is due, and a single value where a single one is', () => {
    expect(parseFacts({ process: 'review', country: ['wales'] })).toEqual({
      ok: false,
      errors: [
        { fact: 'process', problem: 'not-a-list', value: 'review' },
        { fact: 'country', problem: 'not-one-value' },
      ],
    });
  });

  it('count a value that is given twice once', () => {
    expect(parseFacts({ barriers: ['weigh', 'understand', 'weigh'] })).toEqual({
      ok: true,
      facts: { barriers: ['weigh', 'understand'] },
    });
  });

  it.each([null, undefined, 'facts', 7, true, [], [{}]])('are refused when they are %j', (input) => {
    expect(parseFacts(input)).toEqual({ ok: false, errors: [{ fact: null, problem: 'not-an-object' }] });
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'treat %s as the unknown fact that it is',
    (key) => {
      const parsed = parseFacts(JSON.parse(`{"${key}": {"danger": "now"}}`));
      expect(parsed).toEqual({ ok: false, errors: [{ fact: key, problem: 'unknown-fact' }] });
      expect(({} as Record<string, unknown>)['danger']).toBeUndefined();
    },
  );

  it('take “unsure” exactly where the table allows it', () => {
    for (const fact of factIds) {
      expect(parseFacts({ [fact]: 'unsure' }).ok, fact).toBe(facts[fact].unsure);
    }
  });

  it('take every value of the table, and the empty list', () => {
    for (const fact of factIds) {
      for (const value of facts[fact].values) {
        expect(parseFacts({ [fact]: facts[fact].kind === 'list' ? [value] : value }).ok, `${fact} ${value}`).toBe(true);
      }
      expect(parseFacts({ [fact]: [] }).ok, fact).toBe(facts[fact].kind === 'list');
    }
  });
});

describe('the table of facts', () => {
  it('has the 22 Welsh councils', () => {
    expect(new Set(councils).size).toBe(22);
    for (const council of councils) expect(council).toMatch(/^W060000(0[1-9]|1\d|2[0-4])$/);
    expect(councils).not.toContain('W06000007');
    expect(councils).not.toContain('W06000017');
  });

  it('does not let a misspelt value or key compile', () => {
    // @ts-expect-error: a value that no fact has
    const misspeltValue: Facts = { country: 'whales' };
    // @ts-expect-error: a key that is no fact
    const misspeltKey: Facts = { contry: 'wales' };
    // @ts-expect-error: a fact that has no “unsure”
    const noUnsure: Facts = { danger: 'unsure' };
    for (const wrong of [misspeltValue, misspeltKey, noUnsure]) expect(parseFacts(wrong).ok).toBe(false);
  });
});
