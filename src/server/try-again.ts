/** The button that sends what somebody typed once more: nothing typed then depends on what their browser keeps. */
import { escaped } from './escaped.ts';

/**
 * A built page with a button before its last section, that asks again for the address that was asked for.
 * @param posted the form that was posted there; undefined: nothing was
 */
export function withTryAgain(page: string, { posted, label }: { posted: string | undefined; label: string }): string {
  const fields = [...new URLSearchParams(posted)].map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const form = [
    `<form method="${posted === undefined ? 'get' : 'post'}" autocomplete="off">`,
    ...fields,
    `<button type="submit" class="button">${escaped(label)}</button></form>`,
  ].join('');
  const at = page.lastIndexOf('<h2', page.indexOf('</main>'));
  return page.slice(0, at) + form + page.slice(at);
}
