/** Random facts about a person: every fact absent, any of its values or “not sure”, and lists of any values in any order. */
import fc from 'fast-check';
import { factIds, facts, type FactId, type Facts } from '../../src/eligibility/facts.ts';

const answersOf = (fact: FactId): fc.Arbitrary<unknown> => {
  const { kind, values, unsure } = facts[fact];
  const known: fc.Arbitrary<unknown> =
    kind === 'list' ? fc.shuffledSubarray([...values] as string[]) : fc.constantFrom(...(values as readonly string[]));
  return unsure ? fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: fc.constant('unsure') }) : known;
};

export const anyFacts = fc.record(Object.fromEntries(factIds.map((fact) => [fact, answersOf(fact)])), {
  requiredKeys: [],
}) as fc.Arbitrary<Facts>;

/** Danger ends the rules: of sets without it more reach the later rows. */
export const calmFacts = anyFacts.map(({ danger: _danger, ...rest }): Facts => rest);

/** A home outside Wales ends them too. */
export const calmFactsInWales = calmFacts.map(({ country: _country, ...rest }): Facts => rest);

export const factSets = fc.oneof(anyFacts, calmFacts, calmFactsInWales);
