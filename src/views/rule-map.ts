/** The rules as a map shows them: each row with what it reads and gives, its law, and the worked cases that it decides. */
import { answerOf, everyChoiceOf, questionOf } from '#check/check-flow.ts';
import { citations, type CitationId } from '#eligibility/citations.ts';
import {
  decide,
  outcomes as forceOf,
  parseFacts,
  type FactId,
  type Force,
  type OutcomeId,
} from '#eligibility/decide.ts';
import { ruleGroups, rules, rulesetDay, type Law, type Rule } from '#eligibility/rules.ts';
import { waysOf } from '#flow/turns-on.ts';
import { titleOf } from '#library/content.ts';
import { workedCases } from '#library/worked-cases.ts';
import { longDate } from '#site/dates.ts';
import { routeOfOutcome } from '#site/routes.ts';
import { variants, type Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import type { MapCase, MapGiven, MapLaw, MapOutcome, MapRow, MapRule } from '#ui/map/map.ts';
import { answerWords, questionLabel } from './answer-words.ts';

const forceKeys: Readonly<Record<Force, string>> = {
  urgent: 'force.urgent',
  must: 'force.must',
  right: 'force.right',
  consider: 'force.consider',
  may: 'force.may',
  info: 'force.info',
  signpost: 'force.signpost',
  route: 'force.route',
};

/** Why an outcome names no law. An outcome that is not here must name one. */
const withoutLaw: Readonly<Partial<Record<OutcomeId, string>>> = {
  'urgent-999': 'withoutLaw.line',
  'urgent-mh-111-2': 'withoutLaw.line',
  'urgent-domestic-abuse': 'withoutLaw.line',
  'c-meic': 'withoutLaw.line',
  'w-cmha': 'withoutLaw.service',
  'parent-advocacy': 'withoutLaw.service',
  'other-help': 'withoutLaw.service',
  'e-signpost': 'withoutLaw.elsewhere',
  'x-scotland': 'withoutLaw.elsewhere',
  'x-northern-ireland': 'withoutLaw.elsewhere',
  'x-elsewhere': 'withoutLaw.elsewhere',
  'consent-needed': 'withoutLaw.person',
  'route-gateway-cav': 'withoutLaw.route',
  'route-council-wales': 'withoutLaw.route',
  'route-child-provider': 'withoutLaw.route',
  'route-imha': 'withoutLaw.route',
  'route-decision-maker': 'withoutLaw.route',
};

const numberOf = (id: string): string => id.slice(0, id.indexOf('.'));

/** Every worked case with the findings of its decision. */
const decidedCases = () =>
  workedCases().map((worked) => {
    const parsed = parseFacts(worked.facts);
    if (!parsed.ok) throw new Error(`The worked case ${worked.id} has unknown facts: ${JSON.stringify(parsed.errors)}`);
    return { ...worked, findings: decide(parsed.facts, rulesetDay).findings };
  });

/** What a condition asks of the outcomes of the rows above: whether there are any, or whether a certain one is there. */
const howMany = 'found.size';
const isFound = (outcome: string): string => `found.${outcome}`;
const asksFound = (id: string): boolean => id.startsWith('found.');

/** The facts that a row’s condition reads, and whether it reads the outcomes of the rows above. */
export function readBy(rule: Rule): { readonly facts: readonly FactId[]; readonly found: boolean } {
  const valuesOf = (id: string): readonly unknown[] => {
    if (id === howMany) return [0, 1];
    if (asksFound(id)) return [false, true];
    const question = questionOf(id);
    if (!question) throw new Error(`${rule.id} reads “${id}”, which nobody is asked.`);
    return [undefined, ...everyChoiceOf(question).map((choice) => answerOf(question, choice))];
  };
  const ways = waysOf((known) => {
    const found = {
      has: (outcome: string) => known[isFound(outcome)] === true,
      get size() {
        return known[howMany] as number;
      },
    };
    return rule.when(known, found as ReadonlySet<OutcomeId>);
  }, valuesOf);
  const ids = [...new Set(ways.flatMap(({ read }) => [...read.keys()]))];
  return { facts: ids.filter((id) => !asksFound(id)) as FactId[], found: ids.some(asksFound) };
}

/** Every rule, in the order in which they are read. */
export function ruleMap(variant: Variant): MapRule[] {
  const { language } = variants[variant];
  const say = words(variant, 'map');
  const wording = { variant, isForSomeoneElse: false };
  const label = (fact: string): string => questionLabel(fact, wording);
  const cases = decidedCases();

  const lawOf = (id: CitationId, onlyIf?: string): MapLaw => ({
    title: citations[id].title[language],
    url: citations[id].url[language],
    isInLanguage: citations[id].textIn.includes(language),
    onlyIf,
  });
  const lawsOf = (law: Law): MapLaw[] => {
    if (typeof law === 'string') return [lawOf(law)];
    const ids = [...new Set(Object.values(law.law).flat())];
    return ids.map((id) => {
      const answers = Object.entries(law.law).filter(([, each]) => each.includes(id));
      const named = answers.map(([value]) => `“${answerWords(law.by, value, wording).join()}”`);
      return lawOf(id, `${label(law.by)}: ${named.join(` ${say('rules.or')} `)}`);
    });
  };
  const givenOf = ({ outcome, law }: Rule['gives'][number]): MapGiven => {
    const laws = law.flatMap(lawsOf);
    const reason = withoutLaw[outcome];
    if (laws.length === 0 && reason === undefined) throw new Error(`“${outcome}” names no law, and no reason why not.`);
    return { outcome, laws, withoutLaw: laws.length === 0 && reason !== undefined ? say(reason) : undefined };
  };
  const rowOf = (rule: Rule): MapRow => {
    const { facts, found } = readBy(rule);
    const named: readonly FactId[] = rule.because.flat();
    const dateOf = (day: string | null | undefined): string | null => (day ? longDate(day, variant) : null);
    return {
      id: rule.id,
      says: rule.says[language],
      because: rule.because.map((entry) => [entry].flat()),
      alsoReads: facts.filter((fact) => !named.includes(fact)).map(label),
      readsFound: found,
      gives: rule.gives.map(givenOf),
      from: dateOf(rule.from),
      until: dateOf(rule.until),
      firstThatFits: rule.firstThatFits ?? false,
      stop: rule.stop ?? false,
      cases: cases.filter(({ findings }) => findings.some(({ rule: named }) => named === rule.id)).map(({ id }) => id),
    };
  };
  const outcomeOf = (id: OutcomeId): MapOutcome => {
    const force = forceOf[id];
    return {
      id,
      title: titleOf(routeOfOutcome(id), variant),
      force: say(forceKeys[force]),
      isStrong: ['urgent', 'must', 'right'].includes(force),
    };
  };
  return Object.entries(ruleGroups).map(([id, title]) => {
    const rows = rules.filter((rule) => numberOf(rule.id) === id);
    const facts = [...new Set(rows.flatMap(({ because }) => because.flat()))];
    const given = [...new Set(rows.flatMap(({ gives }) => gives.map(({ outcome }) => outcome)))];
    return {
      id,
      title: title[language],
      facts: facts.map((fact) => ({ id: fact, label: label(fact) })),
      rows: rows.map(rowOf),
      outcomes: given.map(outcomeOf),
    };
  });
}

/** Every worked case, in the order in which they are kept. */
export const caseMap = (variant: Variant): MapCase[] =>
  decidedCases().map(({ id, situation, findings }) => ({
    id,
    situation,
    rows: [...new Set(findings.map(({ rule }) => rule))],
    outcomes: findings.map(({ outcome }) => titleOf(routeOfOutcome(outcome), variant)),
  }));
