/** The page that a lawyer signs, as it is sent: every question, row, outcome and line of it is in the drawings and in the words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkFlow } from '#check/check-flow.ts';
import { decidingOf } from '#check/what-decides.ts';
import { outcomeIds } from '#eligibility/decide.ts';
import { ruleGroups, rules, ruleset } from '#eligibility/rules.ts';
import { workedCases } from '#library/worked-cases.ts';
import { href } from '#site/links.ts';
import { startSite, type Site } from '../support/site.ts';

let site: Site;
const pages = new Map<'en' | 'cy', string>();

beforeAll(async () => {
  site = await startSite();
  for (const variant of ['en', 'cy'] as const) {
    const response = await fetch(`${site.origin}${href('for-staff-rules', variant)}`);
    expect(response.status).toBe(200);
    pages.set(variant, await response.text());
  }
});
afterAll(async () => {
  await site.stop();
});

const drawingsIn = (html: string): ReadonlyMap<string, string> =>
  new Map([...html.matchAll(/<svg\b[^>]*data-map="([^"]+)"[\s\S]*?<\/svg>/g)].map(([svg, id = '']) => [id, svg]));
const wordsIn = (html: string): string => html.replace(/<svg\b[\s\S]*?<\/svg>/g, '');
const marks = (html: string, mark: string): string[] =>
  [...html.matchAll(new RegExp(`data-${mark}="([^"]*)"`, 'g'))].map(([, value = '']) => value);
const sorted = (list: readonly string[]): string[] => [...list].sort();
const numberOf = (id: string): string => id.slice(0, id.indexOf('.'));

describe.each(['en', 'cy'] as const)('the page of the rules in %s', (variant) => {
  it('draws and lists every question, with exactly the lines from those that decide', () => {
    const html = pages.get(variant)!;
    const drawing = drawingsIn(html).get('questions')!;
    const ids = checkFlow.map(({ id }) => id);
    expect(marks(drawing, 'question')).toEqual(ids);
    expect(marks(wordsIn(html), 'question')).toEqual(ids);
    const edges = checkFlow.flatMap((question) =>
      decidingOf(question).decidedBy.map((from) => `${from} ${question.id}`),
    );
    expect(sorted(marks(drawing, 'edge'))).toEqual(sorted(edges));
    expect(marks(wordsIn(html), 'decided-by')).toEqual(
      checkFlow.map((question) => decidingOf(question).decidedBy.join(' ')).filter((list) => list !== ''),
    );
  });

  it('draws every rule, with exactly the lines from what is read to what is given', () => {
    const drawings = drawingsIn(pages.get(variant)!);
    expect([...drawings.keys()]).toEqual(['questions', ...Object.keys(ruleGroups)]);
    for (const group of Object.keys(ruleGroups)) {
      const drawing = drawings.get(group)!;
      const rows = rules.filter(({ id }) => numberOf(id) === group);
      expect(marks(drawing, 'row')).toEqual(rows.map(({ id }) => id));
      expect(sorted(marks(drawing, 'fact'))).toEqual(sorted([...new Set(rows.flatMap((row) => row.because.flat()))]));
      const edges = rows.flatMap(({ id, because, gives }) => [
        ...because.flat().map((fact) => `${fact} ${id}`),
        ...gives.map(({ outcome }) => `${id} ${outcome}`),
      ]);
      expect(sorted(marks(drawing, 'edge'))).toEqual(sorted(edges));
      expect(drawing.match(/data-stop/g)?.length ?? 0).toBe(rows.filter(({ stop }) => stop).length);
      const chosen = rows.filter(({ firstThatFits }) => firstThatFits).map(({ id }) => id);
      expect(marks(drawing, 'otherwise')).toEqual(chosen.slice(1).map((id, at) => `${chosen[at]} ${id}`));
    }
    const given = [...drawings.values()].flatMap((drawing) => marks(drawing, 'given'));
    expect(sorted([...new Set(given)])).toEqual(sorted(outcomeIds));
  });

  it('says every row in words: what it says, what it reads, and what it gives', () => {
    const words = wordsIn(pages.get(variant)!);
    const sections = [...words.matchAll(/<section\b[^>]*data-rule="([^"]+)"[\s\S]*?<\/section>/g)];
    expect(sections.map(([, id]) => id)).toEqual(rules.map(({ id }) => id));
    for (const [at, [section]] of sections.entries()) {
      const rule = rules[at]!;
      expect(section).toContain(`<p>${rule.says[variant]}</p>`);
      expect(marks(section, 'because')).toEqual(rule.because.map((entry) => [entry].flat().join(' ')));
      expect(marks(section, 'gives')).toEqual(rule.gives.map(({ outcome }) => outcome));
    }
  });

  it('lists every worked case, and leads to it and back', () => {
    const html = pages.get(variant)!;
    expect(marks(html, 'case')).toEqual(workedCases().map(({ id }) => id));
    const ids = new Set([...html.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id));
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
    expect(targets.filter((target) => !ids.has(target))).toEqual([]);
    expect(targets.length).toBeGreaterThan(250);
  });

  it('names the version of the rules, and has places to sign', () => {
    const html = pages.get(variant)!;
    expect(html).toContain(`<dd>${ruleset}</dd>`);
    expect(html.match(/<section class="sign"/g)?.length).toBe(2);
  });
});
