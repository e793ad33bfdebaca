/** html-validate’s three rule sets over a page as it is sent. */
import { HtmlValidate } from 'html-validate';
import type { Verdict } from './verdict.ts';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  rules: {},
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
