/** The rules as a lawyer reads them: nothing left out, and nothing that the rules do not say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerOf, checkFlow, everyChoiceOf } from '../../src/check/check-flow.ts';
import { decide, factIds, outcomeIds, parseFacts, type Facts, type OutcomeId } from '../../src/eligibility/decide.ts';
import { ruleGroups, rules, rulesetDay } from '../../src/eligibility/rules.ts';
import { workedCases } from '../../src/library/worked-cases.ts';
import { caseMap, readBy, ruleMap } from '../../src/views/rule-map.ts';

const maps = { en: ruleMap('en'), cy: ruleMap('cy') };
const rowsOf = (variant: 'en' | 'cy') => maps[variant].flatMap(({ rows }) => rows);

describe('the rules', () => {
  it('are all there, in the order in which they are read, each under its number', () => {
    for (const variant of ['en', 'cy'] as const) {
      expect(rowsOf(variant).map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
      expect(maps[variant].map(({ id }) => id)).toEqual(Object.keys(ruleGroups));
    }
  });

  it('give every outcome that there is', () => {
    const given = new Set(maps.en.flatMap(({ outcomes }) => outcomes.map(({ id }) => id)));
    expect([...given].sort()).toEqual([...outcomeIds].sort());
  });

  it('say what they say in both languages, each in its own', () => {
    for (const { id, says } of rules) {
      expect(says.en, id).not.toBe(says.cy);
      for (const text of [says.en, says.cy]) expect(text, id).toMatch(/^\p{Lu}.*\.$/u);
    }
  });

  it('name a law for everything that they give, or the reason why there is none', () => {
    for (const { id, gives } of rowsOf('cy')) {
      for (const { outcome, laws, withoutLaw } of gives) {
        expect(laws.length > 0, `${id} ${outcome}`).toBe(withoutLaw === undefined);
      }
    }
  });

  it('name the answer that a law depends on', () => {
    const laws = rowsOf('en').find(({ id }) => id === 'R4.1')?.gives[0]?.laws;
    expect(laws?.map(({ onlyIf }) => onlyIf)).toEqual([
      expect.stringMatching(/^What is happening: “.*an assessment.*” or “.*carer’s assessment.*” or .* or “.*review/),
      expect.stringContaining('checking that I am safe'),
    ]);
  });

  it('say on a Welsh page which laws have no Welsh text', () => {
    const laws = rowsOf('cy').flatMap(({ gives }) => gives.flatMap((given) => given.laws));
    expect(laws.find(({ url }) => url.includes('ukpga/2005/9'))?.isInLanguage).toBe(false);
    expect(laws.find(({ url }) => url.includes('anaw/2014/4'))?.isInLanguage).toBe(true);
    expect(rowsOf('en').every(({ gives }) => gives.every((given) => given.laws.every((law) => law.isInLanguage)))).toBe(
      true,
    );
  });
});

describe('what a row reads', () => {
  const choices = checkFlow.map((question) =>
    fc.option(
      fc.constantFrom(...everyChoiceOf(question)).map((choice) => answerOf(question, choice)),
      {
        nil: undefined,
      },
    ),
  );
  const anyFacts = fc
    .tuple(...choices)
    .map((values) => Object.fromEntries(values.map((value, at) => [checkFlow[at]!.id, value])) as Facts);
  const anyFound = fc.subarray([...outcomeIds] as OutcomeId[]).map((ids) => new Set(ids));
  const reads = new Map(rules.map((rule) => [rule.id, readBy(rule)]));

  it('is all that can change whether it fits', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, anyFound, anyFound, (some, others, found, otherFound) => {
        for (const rule of rules) {
          const read = reads.get(rule.id)!;
          const mixed = Object.fromEntries(
            factIds.map((fact) => [fact, (read.facts.includes(fact) ? some : others)[fact]]),
          ) as Facts;
          expect(rule.when(mixed, read.found ? found : otherFound), rule.id).toBe(rule.when(some, found));
        }
      }),
      { numRuns: 2000, seed: 20261123 },
    );
  });

  it('goes beyond the reasons that it names, and says so: R8.4 is for adults only', () => {
    expect(rowsOf('en').find(({ id }) => id === 'R8.4')).toMatchObject({
      because: [['process'], ['barriers'], ['supporter']],
      alsoReads: ['Age', 'What is true for you'],
      readsFound: false,
    });
    expect(rowsOf('en').find(({ id }) => id === 'R10.2')?.readsFound).toBe(true);
  });
});

describe('the worked cases', () => {
  it('stand at exactly the rows that their decisions name', () => {
    for (const { id, facts } of workedCases()) {
      const parsed = parseFacts(facts);
      if (!parsed.ok) throw new Error(id);
      const named = new Set(decide(parsed.facts, rulesetDay).findings.map(({ rule }) => rule));
      const shown = rowsOf('en').filter(({ cases }) => cases.includes(id));
      expect(shown.map((row) => row.id).sort(), id).toEqual([...named].sort());
    }
  });

  it('are all listed, in the words in which they are kept', () => {
    expect(caseMap('cy').map(({ id, situation }) => ({ id, situation }))).toEqual(
      workedCases().map(({ id, situation }) => ({ id, situation })),
    );
  });
});
