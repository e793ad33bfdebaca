/** Behind a proxy that ends TLS: visitors see https, the process sees http, and everything works for them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { href, stepHref } from '#site/links.ts';
import { referFlow } from '#referral/refer-flow.ts';
import { fillReferral } from '../support/journeys.ts';
import { mair } from '../support/people.ts';
import { startSite, type Site } from '../support/site.ts';
import { Visitor } from '../support/visitor.ts';

const publicOrigin = 'https://advocate.example';

let site: Site;
beforeAll(async () => {
  site = await startSite({ env: { PUBLIC_ORIGIN: publicOrigin } });
}, 30_000);
afterAll(() => site.stop());

const post = (path: string, body: string, headers: Record<string, string>): Promise<Response> =>
  fetch(site.origin + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });

describe('a form of our own', () => {
  test.each([
    ['with the origin that visitors see', { origin: publicOrigin }],
    ['from a browser that says where it comes from', { 'sec-fetch-site': 'same-origin' }],
    ['with both', { origin: publicOrigin, 'sec-fetch-site': 'same-origin', 'x-forwarded-proto': 'https' }],
    ['from an old browser that names only its page', { referer: `${publicOrigin}/en/ask-for-an-advocate/name` }],
  ])('%s is taken, and its cookie is bound to this host and to TLS', async (_what, headers) => {
    for (const [address, body] of [
      [stepHref('check', 'danger', 'en'), 'danger=no'],
      [stepHref('refer', 'name', 'cy'), 'name=Mair'],
    ] as const) {
      const response = await post(address, body, headers);
      expect(response.status).toBe(303);
      expect(response.headers.get('location')).toMatch(/^\/(en|cy)\//);
      const [cookie, ...others] = response.headers.getSetCookie();
      expect(others).toEqual([]);
      expect(cookie).toMatch(/^__Host-[ab]=[^;]+;/);
      const attributes = cookie!
        .split(';')
        .slice(1)
        .map((each) => each.trim().toLowerCase());
      expect(attributes.sort()).toEqual(['httponly', 'path=/', 'samesite=lax', 'secure']);
    }
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['the origin without TLS', { origin: 'http://advocate.example' }],
    ['another site', { origin: publicOrigin, 'sec-fetch-site': 'cross-site' }],
  ])('from %s is not taken', async (_what, headers) => {
    const response = await post(stepHref('refer', 'name', 'cy'), 'name=Mair', headers);
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});

test('a whole referral is sent, and leaving takes the cookies away', async () => {
  const visitor = new Visitor(site.origin);
  await visitor.post(stepHref('check', 'danger', 'cy'), { danger: 'no' });
  await fillReferral(
    visitor,
    'cy',
    mair,
    referFlow.map(({ id }) => id),
  );
  expect([...visitor.cookies.keys()].sort()).toEqual(['__Host-a', '__Host-b']);
  const { text, path } = await visitor.post(href('refer-check', 'cy'), {});
  expect(path).toBe(href('refer-sent', 'cy'));
  expect(text).toContain('data-reference');
  const left = await visitor.post('/leave', {});
  expect(left.status).toBe(303);
  for (const cookie of left.setCookies) {
    expect(cookie).toMatch(/^__Host-[ab]=;/);
    expect(cookie).toMatch(/; Secure/);
    expect(cookie).toMatch(/; Max-Age=0/);
  }
  expect(visitor.cookies.size).toBe(0);
});

test('pages name themselves by the address that visitors see, and ask browsers to stay with TLS', async () => {
  const response = await fetch(`${site.origin}${href('home', 'cy')}`);
  const text = await response.text();
  expect(text).toContain(`href="${publicOrigin}${href('home', 'cy')}"`);
  expect(text).not.toContain(site.origin);
  expect(response.headers.get('strict-transport-security')).toContain('max-age=');
});
