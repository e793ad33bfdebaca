/** What everybody may count on, whatever is known of them: proved on random sets of facts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  citations,
  decide,
  factIds,
  facts,
  forces,
  outcomes,
  parseFacts,
  type FactId,
  type Facts,
  type Finding,
} from '../../src/eligibility/decide.ts';
import { rules } from '../../src/eligibility/rules.ts';
import { calmFacts, factSets } from './random-facts.ts';

const today = '2026-11-22';
const findings = (given: Facts): readonly Finding[] => decide(given, today).findings;

/** Outcomes that no law speaks of: telephone lines, services that are not a legal right, who to ask, and where to go. */
const withoutLaw: readonly string[] = [
  'urgent-999',
  'urgent-mh-111-2',
  'urgent-domestic-abuse',
  'w-cmha',
  'c-meic',
  'e-signpost',
  'x-scotland',
  'x-northern-ireland',
  'x-elsewhere',
  'parent-advocacy',
  'other-help',
  'consent-needed',
  'route-gateway-cav',
  'route-council-wales',
  'route-child-provider',
  'route-imha',
  'route-decision-maker',
];

const seed = 20261122;
const runs = { seed, numRuns: 20_000 };

const without = (given: Facts, fact: FactId): Facts =>
  Object.fromEntries(Object.entries(given).filter(([key]) => key !== fact));

const ruleIds = new Set<string>(rules.map(({ id }) => id));

/** What is wrong with these findings; empty where all is right. Plain comparisons: 100,000 sets of facts are judged. */
function faultsOf(found: readonly Finding[], given: Facts): string[] {
  const faults: string[] = [];
  if (found.length === 0) faults.push('nothing at all');
  if (new Set(found.map(({ outcome }) => outcome)).size !== found.length) faults.push('an outcome twice');
  const order = found.map(({ force }) => forces.indexOf(force));
  if (order.some((place, at) => place < (order[at - 1] ?? 0))) faults.push('a stronger outcome after a weaker one');
  for (const { outcome, force, rule, because, citations: cited } of found) {
    if (force !== outcomes[outcome]) faults.push(`${outcome} has another force`);
    if (!ruleIds.has(rule)) faults.push(`${outcome} names a rule that does not exist`);
    if (new Set(because).size !== because.length) faults.push(`${outcome} names a fact twice`);
    for (const fact of because)
      if (given[fact] === undefined) faults.push(`${outcome} names ${fact}, which nobody gave`);
    if (cited.length > 0 === withoutLaw.includes(outcome)) faults.push(`${outcome} has no law, or one too many`);
    if (new Set(cited.map(({ id }) => id)).size !== cited.length) faults.push(`${outcome} cites a law twice`);
    for (const { id, title, url } of cited) {
      if (citations[id].title !== title || citations[id].url.en !== url) faults.push(`${outcome} cites ${id} wrongly`);
    }
  }
  return faults;
}

describe('any set of facts', () => {
  // The promise is 60 seconds on any machine; the test itself may take longer to say that it was broken.
  it('of 100,000, leads to help in order, each outcome once, with its law, for reasons that were given, and the same again', () => {
    const began = performance.now();
    fc.assert(
      fc.property(factSets, (given) => {
        const before = JSON.stringify(given);
        const found = findings(Object.freeze(given));
        const faults = faultsOf(found, given);
        if (JSON.stringify(findings(given)) !== JSON.stringify(found)) faults.push('another answer the second time');
        if (JSON.stringify(given) !== before) faults.push('asking changed the facts');
        if (faults.length > 0) throw new Error(faults.join('; '));
      }),
      { seed, numRuns: 100_000 },
    );
    expect(performance.now() - began).toBeLessThan(60_000);
  }, 120_000);

  it('is read from JSON as it was written', () => {
    fc.assert(
      fc.property(factSets, (given) => {
        expect(parseFacts(JSON.parse(JSON.stringify(given)))).toEqual({ ok: true, facts: given });
      }),
      { ...runs, numRuns: 2_000 },
    );
  });
});

/**
 * What is said for a reason of its own. Left out: what speaks only where nothing else does (R10), and the way to it (R11):
 * both give way to anything better.
 */
const helpFor = (given: Facts): string[] =>
  findings(given)
    .filter(({ rule }) => !/^R1[01]\./.test(rule))
    .map(({ outcome }) => outcome);

const factsWithUnsure = factIds.filter((fact) => facts[fact].unsure);

describe('“not sure”', () => {
  it('about what was not known takes no help away', () => {
    fc.assert(
      fc.property(factSets, fc.constantFrom(...factsWithUnsure), (given, fact) => {
        const silent = without(given, fact);
        const after = findings({ ...silent, [fact]: 'unsure' }).map(({ outcome }) => outcome as string);
        const lost = helpFor(silent).filter((outcome) => !after.includes(outcome));
        // The exception: R1. Where nothing was said of a hospital, the home speaks for it. Where its country is not sure, Wales
        // helps to find out, and its findings take the place of those of the country where the person lives.
        const elsewhere = ['e-imha', 'e-signpost', 'x-scotland', 'x-northern-ireland', 'x-elsewhere'];
        const isException = fact === 'hospitalCountry' && lost.every((outcome) => elsewhere.includes(outcome));
        if (isException) {
          const inWales = findings({ ...silent, hospitalCountry: 'wales' }).map(({ outcome }) => outcome as string);
          expect(after).toEqual(inWales);
        } else expect(lost, `“not sure” about ${fact}`).toEqual([]);
      }),
      { ...runs, numRuns: 50_000 },
    );
  });

  it('in place of an answer, and no answer at all, still lead to help', () => {
    fc.assert(
      fc.property(factSets, fc.constantFrom(...factIds), (given, fact) => {
        expect(findings(without(given, fact)).length).toBeGreaterThan(0);
        if (facts[fact].unsure) expect(findings({ ...given, [fact]: 'unsure' }).length).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  it('in place of an answer keeps the door to an advocate open', () => {
    const doors: readonly { readonly fact: FactId; readonly to: readonly string[] }[] = [
      { fact: 'supporter', to: ['w-ipa-must', 'w-ipa-ask'] },
      { fact: 'barriers', to: ['w-ipa-must', 'w-ipa-ask'] },
      { fact: 'consultable', to: ['imca-must', 'imca-may', 'imca-dols', 'imca-ask'] },
      { fact: 'capacity', to: ['imca-must', 'imca-may', 'imca-dols', 'imca-ask'] },
      { fact: 'mentalHealth', to: ['w-imha-compulsory', 'w-imha-informal', 'w-imha-ask'] },
      { fact: 'hospitalCountry', to: ['w-imha-compulsory', 'w-imha-informal', 'w-imha-ask'] },
    ];
    fc.assert(
      fc.property(calmFacts, fc.constantFrom(...doors), (given, { fact, to }) => {
        const open = (some: Facts) => findings(some).some(({ outcome }) => to.includes(outcome));
        if (open(given)) expect(open({ ...given, [fact]: 'unsure' })).toBe(true);
      }),
      runs,
    );
  });
});

describe('facts from outside, whatever else is right with them', () => {
  const strangeKey = fc.oneof(
    fc.string().filter((key) => !factIds.some((fact) => fact === key)),
    fc.constantFrom('constructor', 'toString', 'hasOwnProperty', 'Country', 'age ', 'valueOf'),
  );

  it('are refused with the name of a key that is unknown', () => {
    fc.assert(
      fc.property(factSets, strangeKey, fc.jsonValue(), (given, key, value) => {
        const mixed = Object.fromEntries([...Object.entries(given), [key, value]]);
        expect(parseFacts(mixed)).toEqual({ ok: false, errors: [{ fact: key, problem: 'unknown-fact' }] });
      }),
      { ...runs, numRuns: 5_000 },
    );
  });

  it('are refused with the name of a fact whose value is unknown', () => {
    const isKnown = (fact: FactId, value: unknown): boolean => {
      const { kind, values, unsure } = facts[fact] as { kind: string; values: readonly unknown[]; unsure: boolean };
      if (unsure && value === 'unsure') return true;
      return kind === 'one'
        ? values.includes(value)
        : Array.isArray(value) && value.every((each) => values.includes(each));
    };
    const strangeValue = fc.oneof(
      fc.jsonValue(),
      fc.string(),
      fc.array(fc.string()),
      fc.constantFrom('Wales', 'yes ', ''),
    );
    fc.assert(
      fc.property(factSets, fc.constantFrom(...factIds), strangeValue, (given, fact, value) => {
        if (isKnown(fact, value)) return;
        const parsed = parseFacts({ ...given, [fact]: value });
        expect(parsed.ok ? [] : parsed.errors.map((error) => error.fact)).toEqual([fact]);
      }),
      { ...runs, numRuns: 5_000 },
    );
  });

  it('never break it, whatever JSON can say', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        const parsed = parseFacts(input);
        if (!parsed.ok) expect(parsed.errors.length).toBeGreaterThan(0);
      }),
      { ...runs, numRuns: 5_000 },
    );
  });
});
