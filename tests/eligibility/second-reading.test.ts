/** Two readings of one specification: the rows of the law, and a plain function, say the same of everybody. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from '../../src/eligibility/decide.ts';
import { cases } from '../support/people.ts';
import { factSets } from './random-facts.ts';
import { secondReading } from './second-reading.ts';

it('the specification read a second time names the same outcomes for any facts', () => {
  fc.assert(
    fc.property(factSets, (given) => {
      const outcomes = decide(given, '2026-11-22').findings.map(({ outcome }) => outcome as string);
      const again = secondReading(given);
      if (outcomes.length !== again.size || outcomes.some((outcome) => !again.has(outcome))) {
        expect(outcomes.sort()).toEqual([...again].sort());
      }
    }),
    { seed: 20261122, numRuns: 12_000 },
  );
});

it.each(cases)('$id: the second reading names exactly the outcomes of the case', ({ facts, expect: expected }) => {
  expect([...secondReading(facts)].sort()).toEqual([...expected].sort());
});
