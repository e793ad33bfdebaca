/** Facts in, findings out: which kinds of advocacy a person may use, and why. */
import { citations, type Citation, type CitationId } from './citations.ts';
import { facts as factTable, type FactId, type Facts } from './facts.ts';
import { inForce, type Day } from './in-force.ts';
import { forces, outcomeIds, outcomes, type Force, type OutcomeId } from './outcomes.ts';
import { rules, ruleset, type Because, type Given, type Law, type Rule } from './rules.ts';

export {
  councils,
  factIds,
  facts,
  gatewayCouncils,
  parseFacts,
  type Council,
  type FactError,
  type FactId,
  type Facts,
  type ParsedFacts,
} from './facts.ts';
export { citations, citationIds, type Citation, type CitationId } from './citations.ts';
export { forces, outcomeIds, outcomes, type Force, type OutcomeId } from './outcomes.ts';
export { isDay, type Day } from './in-force.ts';
export { ruleset } from './rules.ts';

/** A law as a finding carries it. `url` is the address for English readers; `citations[id].url.cy` is the one for Welsh readers. */
export type FindingCitation = { readonly id: CitationId; readonly title: Citation['title']; readonly url: string };

export type Finding = {
  readonly outcome: OutcomeId;
  readonly force: Force;
  /** The row that gave it, such as `R8.4`. */
  readonly rule: string;
  /** The facts that made the row fit; only facts that were given. Empty where nothing that was said led here. */
  readonly because: readonly FactId[];
  readonly citations: readonly FindingCitation[];
};

export type Decision = { readonly ruleset: string; readonly findings: readonly Finding[] };

/**
 * What these facts lead to on this day. Never empty, never throws; the same facts and day give the same answer.
 * Findings come strongest first, and each outcome once: where two rows give the same one, the first explains it.
 */
export const decide = (facts: Facts, on: Day): Decision => ({ ruleset, findings: findingsOf(rules, facts, on) });

/** `decide` with other rows: for asking what a change to the law would do before it is made. */
export function findingsOf(rows: readonly Rule[], facts: Facts, on: Day): Finding[] {
  const findings = new Map<OutcomeId, Finding>();
  const found = new Set<OutcomeId>();
  const chosen = new Set<string>();
  for (const rule of rows) {
    const choice = rule.firstThatFits === true ? numberOf(rule) : undefined;
    if (choice !== undefined && chosen.has(choice)) continue;
    if (!inForce({ from: rule.from ?? null, until: rule.until ?? null }, on)) continue;
    if (!rule.when(facts, found)) continue;
    if (choice !== undefined) chosen.add(choice);
    for (const given of rule.gives) {
      if (!findings.has(given.outcome)) findings.set(given.outcome, finding(rule, given, facts));
      found.add(given.outcome);
    }
    if (rule.stop === true) break;
  }
  return [...findings.values()].sort((a, b) => forces.indexOf(a.force) - forces.indexOf(b.force));
}

/** The part of a row's id before the dot: `R8` of `R8.4`. */
const numberOf = (rule: Rule): string => rule.id.slice(0, rule.id.indexOf('.'));

const finding = (rule: Rule, { outcome, law }: Given, facts: Facts): Finding => ({
  outcome,
  force: outcomes[outcome],
  rule: rule.id,
  because: givenFacts(rule.because, facts),
  citations: [...new Set(law.flatMap((entry) => citedBy(entry, facts)))].map((id) => ({
    id,
    title: citations[id].title,
    url: citations[id].url.en,
  })),
});

const givenFacts = (because: Because, facts: Facts): FactId[] =>
  because.flatMap((entry) => {
    if (typeof entry === 'string') return facts[entry] === undefined ? [] : [entry];
    return entry.filter((fact) => facts[fact] !== undefined).slice(0, 1);
  });

function citedBy(law: Law, facts: Facts): readonly CitationId[] {
  if (typeof law === 'string') return [law];
  const answer = facts[law.by];
  if (answer === undefined) return [];
  const values: readonly string[] = typeof answer === 'string' ? [answer] : answer;
  return values.flatMap((value) => law.law[value] ?? []);
}

/** The whole ruleset as plain data, for `rules.json`: a row's condition is given in words. Dates are days, `null` is open. */
export const rulesAsData = () => ({
  ruleset,
  facts: factTable,
  forces,
  outcomes: outcomeIds.map((id) => ({ id, force: outcomes[id] })),
  citations,
  rules: rules.map((rule) => ({
    id: rule.id,
    says: rule.says,
    because: rule.because,
    gives: rule.gives,
    firstThatFits: rule.firstThatFits ?? false,
    stop: rule.stop ?? false,
    from: rule.from ?? null,
    until: rule.until ?? null,
  })),
});
