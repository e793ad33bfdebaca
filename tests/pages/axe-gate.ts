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
  const nodes = [...violations, ...incomplete, ...passes].reduce((sum, rule) => sum + rule.nodes.length, 0);
  return {
    faults: [
      ...violations.map((rule) => sentence('found', rule)),
      // An experimental rule that cannot tell says no more than that it is experimental.
      ...incomplete.filter(({ tags }) => !tags.includes('experimental')).map((rule) => sentence('cannot tell', rule)),
    ],
    nodes,
  };
}
