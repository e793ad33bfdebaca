/** html-validate’s three rule sets over a page as it is sent. */
import { HtmlValidate } from 'html-validate';
import type { Verdict } from './verdict.ts';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  rules: {
    // Preact closes void elements and Astro does not; a browser reads both the same.
    'void-style': 'off',
    // Tick boxes of one question share its name: that is how HTML posts a list.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit'] }],
    // The error summary stands above the h1 (the pattern of GOV.UK); that there is one h1 is the shape gate’s to see.
    'heading-level': ['error', { minInitialRank: 'h2' }],
    // A question’s page is called by its whole question: people with many tabs, and screen readers, need all of it.
    'long-title': 'off',
    // At 320 px and twice the size of text a number that must not break would be wider than the page.
    'tel-non-breaking': 'off',
    // A script that comes from our own server is as sure as the page that names it.
    'require-sri': ['error', { target: 'crossorigin' }],
    // Headings’ ids are made of their words, and HTML allows a digit first.
    'valid-id': ['error', { relaxed: true }],
  },
});

/** Judges a page’s HTML. */
export async function judgeHtml(html: string): Promise<Verdict> {
  const { results } = await validator.validateString(html);
  const faults = results.flatMap(({ messages }) =>
    messages.map(
      ({ ruleId, message, line, column, selector }) => `${ruleId} at ${line}:${column} (${selector ?? ''}): ${message}`,
    ),
  );
  return { faults, nodes: html.match(/<[a-z]/g)?.length ?? 0 };
}
