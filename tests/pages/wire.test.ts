/** Every page as it comes over the wire: its status, its headers, its cookies, its HTML and its weight. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allAddresses, href } from '#site/links.ts';
import { variants } from '#site/variants.ts';
import { startSite, type Site } from '../support/site.ts';
import { allStates } from '../support/states.ts';
import { formBody, Visitor } from '../support/visitor.ts';
import { judgeHeaders } from './header-gate.ts';
import { judgeHtml } from './html-gate.ts';
import type { Verdict } from './verdict.ts';
import { judgeWeight, mostMedianBytes, weigh } from './weight-gate.ts';
import { floors, type Examined } from './floors.ts';

let site: Site;
const examined = new Map<string, Examined>();

beforeAll(async () => {
  site = await startSite();
});
afterAll(async () => {
  await site.stop();
});

function judged(gate: string, { faults, nodes }: Verdict): void {
  const { pages = 0, nodes: before = 0 } = examined.get(gate) ?? {};
  examined.set(gate, { pages: pages + 1, nodes: before + nodes });
  expect.soft(faults, gate).toEqual([]);
}

for (const state of allStates()) {
  test(`${state.name} arrives light and valid`, async () => {
    const visitor = new Visitor(site.origin);
    const { path, status, headers, text, posted, setCookies } = await state.reach(visitor);
    expect(status, path).toBe(state.status);
    judged('headers', judgeHeaders(headers, text, state.screen));
    judged('html-validate', await judgeHtml(text));
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const asked = { cookie, posted: posted && formBody(posted), screen: state.screen };
    judged('budget', await judgeWeight(new URL(path, site.origin), text, asked));
    if (state.isBare) expect.soft(setCookies, 'looking sets no cookie').toEqual([]);
    for (const each of setCookies) expect.soft(each).toMatch(/; Path=\/; HttpOnly; SameSite=Lax($|; )/i);
  });
}

test('half of the standard content pages come in 6,000 bytes or fewer', async () => {
  const paths = allAddresses()
    .filter(({ kind, variant }) => kind === 'content' && variant && variants[variant].format === 'standard')
    .map(({ path }) => path);
  const weights = await Promise.all(paths.map((path) => weigh(new URL(path, site.origin))));
  const sorted = weights.map(({ bytes }) => bytes).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  process.stdout.write(
    `budget: median ${median}, most ${sorted.at(-1)} bytes over ${sorted.length} standard content pages\n`,
  );
  expect(sorted.length).toBeGreaterThanOrEqual(20);
  expect(median).toBeLessThanOrEqual(mostMedianBytes);
});

const otherAnswers: readonly {
  readonly what: string;
  readonly path: string;
  readonly request?: RequestInit;
  readonly status: number;
}[] = [
  { what: 'a picture', path: '/pictures/advocate.svg', status: 200 },
  { what: 'the icon', path: '/favicon.svg', status: 200 },
  { what: 'the sign of life', path: '/healthz', status: 200 },
  { what: 'the rules as data', path: '/api/eligibility/v1/rules.json', status: 200 },
  { what: 'an unknown address', path: '/nowhere', status: 404 },
  { what: 'an address that cannot be read', path: '/%E0%A4%A', status: 400 },
  { what: 'a method that no page has', path: '/en/', request: { method: 'DELETE' }, status: 405 },
  {
    what: 'a form from another site',
    path: '/leave',
    request: { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } },
    status: 403,
  },
  {
    what: 'a form of another type',
    path: href('refer-check', 'en'),
    request: { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
    status: 415,
  },
  { what: 'leaving the site', path: '/leave', request: { method: 'POST', redirect: 'manual' }, status: 303 },
];

for (const { what, path, request, status } of otherAnswers) {
  test(`${what} answers ${status} with the headers that every answer has`, async () => {
    const response = await fetch(`${site.origin}${path}`, request);
    expect(response.status).toBe(status);
    judged('headers', judgeHeaders(response.headers));
    if (status >= 400) expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });
}

for (const gate of ['headers', 'html-validate', 'budget'] as const) {
  test(`the gate “${gate}” has looked at every page`, () => {
    const { pages, nodes } = examined.get(gate) ?? { pages: 0, nodes: 0 };
    process.stdout.write(`examined: ${gate}: ${pages} pages, ${nodes} nodes\n`);
    expect(pages).toBeGreaterThanOrEqual(floors[gate].pages);
    expect(nodes).toBeGreaterThanOrEqual(floors[gate].nodes);
  });
}
