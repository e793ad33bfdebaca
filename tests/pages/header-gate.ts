/** The headers that every answer must have, and those that none may. */
import { createHash } from 'node:crypto';
import { scriptOf } from './page-scripts.ts';
import type { Verdict } from './verdict.ts';

const exact: Readonly<Record<string, string>> = {
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** What the policy adds for a page that has a script, and no other may have. */
const policiesOfScripts = ["script-src 'self'", "connect-src 'self'"];

const policies = ["default-src 'none'", "img-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"];

/** Headers that tell strangers what the site is made of. */
const telltale = ['x-powered-by', 'server', 'via'];

/**
 * Judges the headers of any answer; with `html`, also that its inline styles are the ones that the policy allows.
 * @param screen the page’s `data-screen`; left out, no script may run
 */
export function judgeHeaders(headers: Headers, html?: string, screen = ''): Verdict {
  const faults: string[] = [];
  for (const [name, value] of Object.entries(exact)) {
    if (headers.get(name) !== value) faults.push(`${name} is “${headers.get(name)}”, not “${value}”`);
  }
  const policy = headers.get('content-security-policy') ?? '';
  const directives = policy.split(';').map((each) => each.trim());
  for (const each of policies) {
    if (!directives.includes(each)) faults.push(`the content security policy lacks “${each}”`);
  }
  const script = scriptOf(screen);
  const allowed = script ? policiesOfScripts : [];
  for (const each of allowed) if (!directives.includes(each)) faults.push(`the script’s policy lacks “${each}”`);
  const others = directives.filter((each) => !allowed.includes(each)).join('; ');
  if (/unsafe-|script-src|connect-src|\*/.test(others)) {
    faults.push(`the content security policy allows too much: ${policy}`);
  }
  if (script?.varies && !/\baccept(?:,|$)/i.test(headers.get('vary') ?? '')) {
    faults.push('a page whose address answers its script too does not say that it varies');
  }
  if (!headers.get('permissions-policy')?.includes('geolocation=()'))
    faults.push('permissions-policy allows geolocation');
  for (const name of telltale) if (headers.has(name)) faults.push(`${name} tells: ${headers.get(name)}`);
  if (html !== undefined) {
    const type = headers.get('content-type');
    if (type !== 'text/html; charset=utf-8') faults.push(`content-type is “${type}”`);
    for (const [, style = ''] of html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/g)) {
      const hash = createHash('sha256').update(style).digest('base64');
      if (!policy.includes(`'sha256-${hash}'`)) faults.push('the policy does not know the page’s inline style');
    }
    if (/\sstyle="/.test(html)) faults.push('a style attribute, which the policy blocks');
  }
  return { faults, nodes: [...headers].length };
}
