/** The page of an outcome names every law that the check can name with it, and no other. */
import { expect, it } from 'vitest';
import { lawOfOutcome } from '../../src/eligibility/law-of-outcome.ts';
import { outcomeIds } from '../../src/eligibility/outcomes.ts';
import { rulesAsData } from '../../src/eligibility/decide.ts';

it('an outcome’s law is all that its rows cite, once each', () => {
  expect(lawOfOutcome('w-ipa-must')).toEqual(['sswba-2014-part-10-code-para-47', 'sswba-2014-s145']);
  expect(lawOfOutcome('e-care-act-must')).toEqual(['care-act-2014-s67', 'care-act-2014-s68']);
  expect(lawOfOutcome('c-meic')).toEqual([]);
  for (const outcome of outcomeIds) expect(new Set(lawOfOutcome(outcome)).size).toBe(lawOfOutcome(outcome).length);
});

it('every citation that a row can give stands on some outcome’s page', () => {
  const { rules, citations } = rulesAsData();
  const cited = JSON.stringify(rules);
  const shown = new Set<string>(outcomeIds.flatMap(lawOfOutcome));
  for (const id of Object.keys(citations)) expect(shown.has(id), id).toBe(cited.includes(`"${id}"`));
});
