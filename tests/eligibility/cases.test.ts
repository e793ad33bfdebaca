/** The worked cases: a situation in a person's words, and exactly the outcomes that it must lead to. */
import { describe, expect, it } from 'vitest';
import { decide, parseFacts } from '../../src/eligibility/decide.ts';
import { cases } from '../support/people.ts';

describe('the worked cases', () => {
  it('are all read', () => {
    expect(cases.length).toBeGreaterThan(60);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });

  it.each(cases)('$id: $situation', (worked) => {
    const parsed = parseFacts(worked.facts);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const outcomes = decide(parsed.facts, '2026-11-22').findings.map(({ outcome }) => outcome as string);
    expect([...outcomes].sort()).toEqual([...worked.expect].sort());
    for (const harmful of worked.never ?? []) expect(outcomes).not.toContain(harmful);
  });
});
