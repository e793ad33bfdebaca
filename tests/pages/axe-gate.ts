/** axe-core with every rule it has, those that are off by default included; what it cannot tell counts as a fault too. */
import type { Page } from '@playwright/test';
import axe, { type AxeResults, type Result, type RunOptions } from 'axe-core';
import type { Verdict } from './verdict.ts';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const everyRule: RunOptions = {
  rules: Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }])),
};

/** The rules whose answer a colour scheme can change. */
const colourRules: RunOptions = { runOnly: ['color-contrast', 'color-contrast-enhanced', 'link-in-text-block'] };

const sentence = (said: string, { id, help, nodes }: Result): string =>
  `axe ${said} ${id} (${help}): ${nodes
    .slice(0, 3)
    .map(({ html }) => html.slice(0, 160))
    .join(' | ')}`;

/** Judges the page that is open: every rule as it stands, or only those that depend on colour. */
export async function judgeWithAxe(page: Page, { onlyColours = false } = {}): Promise<Verdict> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
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
      ...incomplete.map((rule) => sentence('cannot tell', rule)),
    ],
    nodes,
  };
}
