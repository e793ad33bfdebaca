/** axe-core with every rule it has, those that are off by default included; what it cannot tell counts as a fault too. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import axe, { type AxeResults, type Result, type RunOptions } from 'axe-core';
import type { Verdict } from './verdict.ts';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** Half the size of `axe.source`, and each page has to parse it. */
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const everyRule: RunOptions = {
  // There is no other stylesheet and no medium to fetch first.
  preload: false,
  rules: Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }])),
};

/** The rules whose answer a colour scheme can change. */
const colourRules: RunOptions = {
  preload: false,
  runOnly: ['color-contrast', 'color-contrast-enhanced', 'link-in-text-block'],
};

const sentence = (said: string, { id, help, nodes }: Result): string =>
  `axe ${said} ${id} (${help}): ${nodes
    .slice(0, 3)
    .map(({ html }) => html.slice(0, 160))
    .join(' | ')}`;

/**
 * axe knows no background of words in a drawing, and says that it cannot tell. They are judged here, more strictly: against the
 * page and every box of their drawing, wherever they stand. Answers with the pairs of colours that contrast less than AAA asks.
 */
const paleWordsInDrawings = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour: string): number => {
      const [red = 0, green = 0, blue = 0] = channels(colour)
        .map((each) => each / 255)
        .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one: string, other: string): number => {
      const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
      return (lighter + 0.05) / (darker + 0.05);
    };
    const pale = new Set<string>();
    for (const drawing of document.querySelectorAll('svg')) {
      const fills = [...drawing.querySelectorAll('rect')].map((each) => getComputedStyle(each).fill);
      const grounds = new Set([getComputedStyle(document.body).backgroundColor, ...fills]);
      for (const words of drawing.querySelectorAll('text, tspan')) {
        const { fill } = getComputedStyle(words);
        for (const ground of grounds) if (contrast(fill, ground) < 7) pale.add(`${fill} on ${ground}`);
      }
    }
    return [...pale];
  });

const isDrawnWord = ({ html }: { readonly html: string }): boolean => /^<t(ext|span)\b/.test(html);

/** Judges the page that is open: every rule as it stands, or only those that depend on colour. */
export async function judgeWithAxe(page: Page, { onlyColours = false } = {}): Promise<Verdict> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const { violations, incomplete, passes } = await page.evaluate(
    async (options): Promise<Pick<AxeResults, 'violations' | 'incomplete' | 'passes'>> => {
      const results = await window.axe.run(document, { ...options, elementRef: false });
      // Only the counts of what passed are needed: whole nodes would be megabytes for each page.
      const passed = results.passes.map((rule) => ({ ...rule, nodes: new Array(rule.nodes.length) }));
      return { violations: results.violations, incomplete: results.incomplete, passes: passed };
    },
    onlyColours ? colourRules : everyRule,
  );
  const untold = incomplete
    .map((rule) =>
      rule.id.startsWith('color-contrast') ? { ...rule, nodes: rule.nodes.filter((node) => !isDrawnWord(node)) } : rule,
    )
    .filter((rule) => rule.nodes.length > 0);
  const nodes = [...violations, ...incomplete, ...passes].reduce((sum, rule) => sum + rule.nodes.length, 0);
  return {
    faults: [
      ...violations.map((rule) => sentence('found', rule)),
      ...(await paleWordsInDrawings(page)).map((pair) => `words in a drawing are too pale: ${pair}`),
      // An experimental rule that cannot tell says no more than that it is experimental.
      ...untold.filter(({ tags }) => !tags.includes('experimental')).map((rule) => sentence('cannot tell', rule)),
    ],
    nodes,
  };
}
