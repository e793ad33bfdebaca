/** What the public internet sends: floods, strangers’ names, robots that look for doors; and what operators ask. */
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { referralsPath } from '#gateway/contract.ts';
import { referFlow } from '#referral/refer-flow.ts';
import { trapField } from '#referral/robot.ts';
import { href, stepHref } from '#site/links.ts';
import { variantKeys } from '#site/variants.ts';
import { judgeHeaders } from '../pages/header-gate.ts';
import { fillReferral } from '../support/journeys.ts';
import { everyWay, mair, marked } from '../support/people.ts';
import { formHeaders, rawRequest, type RawAnswer, type RawRequest } from '../support/raw-request.ts';
import { startSite, type Site } from '../support/site.ts';
import { Visitor } from '../support/visitor.ts';
import { wellKnownPaths } from '../support/well-known-paths.ts';

const publicOrigin = 'https://advocate.example';
const metricsToken = 'a-token-of-the-operators';

let site: Site;
beforeAll(async () => {
  site = await startSite({
    env: {
      NODE_ENV: 'production',
      PUBLIC_ORIGIN: publicOrigin,
      EMBEDDED_GATEWAY: 'on',
      TRUST_PROXY: '127.0.0.1',
      METRICS_PORT: '0',
      METRICS_TOKEN: metricsToken,
    },
  });
});
afterAll(async () => {
  expect(await site.stop()).toBe(0);
});

/** One request as our proxy hands it on, from a client at this address. */
const ask = (
  path: string,
  {
    client = '203.0.113.7',
    port = site.port,
    headers,
    ...rest
  }: RawRequest & { readonly client?: string; readonly port?: number } = {},
): Promise<RawAnswer> =>
  rawRequest(port, path, { ...rest, headers: { host: 'advocate.example', 'x-forwarded-for': client, ...headers } });
const post = (path: string, client: string, cookie = '', body = 'danger=no') =>
  ask(path, { method: 'POST', client, body, headers: { ...formHeaders, cookie } });

const cookieOf = (visitor: Visitor): string =>
  [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
/** Somebody who has filled in the whole form and is about to send it. */
async function aboutToSend(steps: typeof mair = mair): Promise<Visitor> {
  const visitor = new Visitor(site.origin);
  await fillReferral(
    visitor,
    'cy',
    steps,
    referFlow.map(({ id }) => id),
  );
  return visitor;
}

function faultsOf(headers: RawAnswer['headers']): readonly string[] {
  const received = new Headers();
  for (const [name, value] of Object.entries(headers)) received.set(name, String(value));
  const { faults } = judgeHeaders(received);
  return headers['strict-transport-security'] ? faults : [...faults, 'no strict-transport-security'];
}

describe('a flood', () => {
  test('of posts from one network is told to wait, and no other network notices', async () => {
    const address = stepHref('check', 'danger', 'cy.easy');
    let refused: RawAnswer | undefined;
    let taken = 0;
    for (let sent = 0; sent < 600 && !refused; sent += 1) {
      const answer = await post(address, `198.51.100.${sent % 250}`);
      if (answer.status === 429) refused = answer;
      else taken += 1;
    }
    expect(taken).toBeGreaterThanOrEqual(300);
    expect(refused?.headers['retry-after']).toBe('60');
    expect(refused?.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(refused?.headers['cache-control']).toBe('no-store');
    expect(refused?.headers['set-cookie']).toBeUndefined();
    expect(refused?.text).toContain('data-screen="wait-a-minute" data-variant="cy.easy"');
    expect(refused?.text).toMatch(
      /<form method="post"[^>]*><input type="hidden" name="danger" value="no"><button[^>]*>Rhoi cynnig arall arni</,
    );
    expect(refused?.text).toContain(href('contact', 'cy.easy'));
    expect(faultsOf(refused!.headers)).toEqual([]);
    expect((await post(address, '203.0.113.9')).status).toBe(303);
    expect((await ask(href('urgent-help', 'cy'), { client: '198.51.100.1' })).status).toBe(200);
  }, 60_000);

  test('does not hold up a finished referral from the same network, nor leaving', async () => {
    const [visitor, idle] = [await aboutToSend(), new Visitor(site.origin)];
    let status = 0;
    for (let sent = 0; sent < 600 && status !== 429; sent += 1) {
      ({ status } = await post(stepHref('check', 'danger', 'en'), '198.51.101.1'));
    }
    expect(status).toBe(429);
    const sent = await post(href('refer-check', 'cy'), '198.51.101.1', cookieOf(visitor), '');
    expect(sent.status).toBe(303);
    expect(sent.headers.location).toBe(href('refer-sent', 'cy'));
    // Without a draft there is nothing that could be lost.
    const asked = Array.from({ length: 40 }, () => post(href('refer-check', 'cy'), '198.51.101.1', cookieOf(idle), ''));
    expect((await Promise.all(asked)).map((answer) => answer.status)).toContain(429);
    expect((await post('/leave', '198.51.101.1', cookieOf(visitor), '')).status).toBe(303);
  }, 60_000);

  test('of pages of forms, or of questions by programs, is told to wait in its own way', async () => {
    let page: RawAnswer | undefined;
    for (let asked = 0; asked < 900 && page?.status !== 429; asked += 1) {
      page = await ask(stepHref('refer', 'about', 'en'), { client: '198.51.102.1', headers: { accept: 'text/html' } });
    }
    expect(page?.status).toBe(429);
    expect(page?.text).toContain('data-screen="wait-a-minute" data-variant="en"');
    let program: RawAnswer | undefined;
    for (let asked = 0; asked < 500 && program?.status !== 429; asked += 1) {
      const json = { 'content-type': 'application/json' };
      const how = { method: 'POST', client: '198.51.102.1', headers: json, body: '{"facts":{}}' };
      program = await ask('/api/eligibility/v1/decide', how);
    }
    expect(program?.status).toBe(429);
    expect(program?.headers['content-type']).toBe('application/problem+json');
    expect(program?.headers['retry-after']).toBe('60');
  }, 60_000);

  test('of idle connections keeps nobody else out', async () => {
    const idle: Socket[] = [];
    for (let opened = 0; opened < 600; opened += 1) {
      idle.push(connect(site.port, '127.0.0.1').on('error', () => {}));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    const began = performance.now();
    expect((await ask(href('home', 'en'))).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(2000);
    for (const socket of idle) socket.destroy();
  });
});

test('what begins a request and never ends it is answered 408 and closed', async () => {
  const said = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(site.port, '127.0.0.1', () =>
      socket.write('GET /en/ HTTP/1.1\r\nHost: advocate.example\r\nX: '),
    );
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('close', () => resolve(text)).on('error', () => resolve(text));
  });
  expect(said).toMatch(/^HTTP\/1\.1 408 /);
  expect(said).toContain("content-security-policy: default-src 'none'");
}, 30_000);

describe('what looks like a robot', () => {
  test('finds a box that no person sees, on every step, in every variant', async () => {
    for (const variant of variantKeys) {
      const { text } = await ask(stepHref('refer', 'name', variant));
      const box = new RegExp(`<label class="unseen" aria-hidden="true">[^<]+<input[^>]*name="${trapField}"[^>]*>`).exec(
        text,
      );
      expect(box?.[0], variant).toMatch(/tabindex="-1"/i);
      expect(box?.[0]).toContain('autocomplete="off"');
    }
  });

  test('is taken and told the same as everybody, and counted', async () => {
    const trapped = Object.fromEntries(
      Object.entries(everyWay).map(([step, form]) => [step, { ...form, [trapField]: 'Buy' }]),
    ) as typeof mair;
    const visitor = await aboutToSend(trapped);
    const { path, text } = await visitor.post(href('refer-check', 'cy'), {});
    expect(path).toBe(href('refer-sent', 'cy'));
    expect(text).toContain('data-reference');
    const figures = await ask('/metrics', { headers: { authorization: `Bearer ${metricsToken}` } });
    expect(figures.text).toMatch(/^advocate_referrals_suspect_total [1-9]/m);
  });
});

describe('the name of the site', () => {
  test.each(['evil.example', 'advocate.example.evil.example', 'advocate.example:8443', '203.0.113.5', 'x y'])(
    '“%s” is not ours, and is told so',
    async (host) => {
      const answer = await ask(href('home', 'en'), { headers: { host } });
      expect(answer.status).toBe(421);
      expect(answer.text).not.toContain('evil.example');
      expect(faultsOf(answer.headers)).toEqual([]);
    },
  );

  test.each(['advocate.example', 'ADVOCATE.example', 'advocate.example:443'])('“%s” is ours', async (host) => {
    expect((await ask(href('home', 'en'), { headers: { host } })).status).toBe(200);
  });

  test('is not asked of whoever looks whether we live, nor of the Gateway on this machine', async () => {
    for (const path of ['/healthz', '/readyz'])
      expect((await ask(path, { headers: { host: '10.0.0.7:4321' } })).status).toBe(200);
    const gateway = await ask(referralsPath, { method: 'POST', headers: { host: `127.0.0.1:${site.port}` } });
    expect(gateway.status).toBe(401);
    expect((await ask(href('home', 'en'), { headers: { host: `127.0.0.1:${site.port}` } })).status).toBe(200);
  });
});

test.each(wellKnownPaths)('%s is nothing of ours', async (path) => {
  const { status, headers, text } = await ask(path);
  expect(status).toBe(404);
  expect(faultsOf(headers)).toEqual([]);
  expect(text).not.toMatch(/node_modules|\.ts:|index of/i);
});

test.each<[string, string, string, Record<string, string>, string, number]>([
  ['the entrance', 'GET', '/', {}, '', 200],
  ['a built page', 'GET', href('privacy', 'cy'), {}, '', 200],
  ['an address with a slash too many', 'GET', `${href('privacy', 'cy')}/`, {}, '', 301],
  ['a step', 'GET', stepHref('refer', 'name', 'en'), {}, '', 200],
  ['a posted step', 'POST', stepHref('refer', 'name', 'en'), formHeaders, 'name=x', 303],
  ['a code', 'GET', '/1', {}, '', 404],
  ['the rules', 'GET', '/api/eligibility/v1/rules.json', {}, '', 200],
  ['the decision', 'POST', '/api/eligibility/v1/decide', { 'content-type': 'application/json' }, '{"facts":{}}', 200],
  ['a wrong decision', 'POST', '/api/eligibility/v1/decide', { 'content-type': 'application/json' }, '{', 400],
  ['the directory', 'GET', '/api/services/v1/services', {}, '', 200],
  ['the contract', 'GET', '/api/gateway/v1/openapi.json', {}, '', 200],
  ['the embedded Gateway without a token', 'POST', referralsPath, {}, '', 401],
  ['figures without a token', 'GET', '/metrics', {}, '', 401],
  ['figures', 'GET', '/metrics', { authorization: `Bearer ${metricsToken}` }, '', 200],
  ['a sign of life', 'GET', '/healthz', {}, '', 200],
  ['readiness', 'GET', '/readyz', {}, '', 200],
  ['a form of another site', 'POST', '/leave', { 'sec-fetch-site': 'cross-site' }, '', 403],
  ['another method', 'DELETE', '/en/', {}, '', 405],
  ['another type', 'POST', stepHref('refer', 'name', 'en'), { 'sec-fetch-site': 'same-origin' }, 'x', 415],
  ['too much', 'POST', stepHref('refer', 'name', 'en'), formHeaders, 'x'.repeat(300_000), 413],
  ['an expectation', 'GET', '/en/', { expect: 'miracles' }, '', 417],
  ['an address that cannot be read', 'GET', '/%', {}, '', 400],
])('%s (%s %s) answers with the headers that every answer has', async (_what, method, path, headers, body, status) => {
  const answer = await ask(path, { method, headers, body });
  expect(answer.status).toBe(status);
  expect(faultsOf(answer.headers)).toEqual([]);
  const type = answer.headers['content-type'];
  if (type?.startsWith('text/')) expect(type).toContain('charset=utf-8');
  const isPublic = /^(?:\/|\/cy\/hysbysiad.*)$/.test(path);
  if (!isPublic && !path.startsWith('/api/')) expect(answer.headers['cache-control']).toBe('no-store');
});

describe('the operators', () => {
  test('read the figures at their own port, and find nothing else there', async () => {
    const port = Number(/"event":"metrics\.listening","port":(\d+)/.exec(site.logs())?.[1]);
    await ask('/nowhere');
    const figures = await ask('/metrics', { port });
    expect(figures.status).toBe(200);
    expect(figures.headers['content-type']).toContain('version=0.0.4');
    expect(figures.text).toMatch(/^advocate_requests_refused_total\{status="404"\} [1-9]/m);
    expect(figures.text).toMatch(/^advocate_drafts \d/m);
    expect((await ask('/readyz', { port })).status).toBe(200);
    expect((await ask('/en/', { port })).status).toBe(404);
    expect((await ask('/metrics', { port, method: 'POST' })).status).toBe(405);
  });

  test.each(['', 'Bearer', 'Bearer x', `bearer${metricsToken}`, `Basic ${metricsToken}`])(
    'open the figures with their token, not with “%s”',
    async (authorization) => {
      expect((await ask('/metrics', { headers: { authorization } })).status).toBe(401);
    },
  );
});

test('no word of a whole journey, and no address of a client, is in the log', async () => {
  const { filled, marks } = marked(everyWay, 'zzmark');
  const visitor = await aboutToSend(filled);
  await post(stepHref('refer', 'need', 'en'), '203.0.113.77', cookieOf(visitor), 'ownWords=zzcanaryzz');
  await visitor.get(`${stepHref('refer', 'need', 'en')}?zzcanaryzz`);
  await visitor.get('/en/zzcanaryzz');
  await ask('/en/', {
    headers: { 'user-agent': 'zzcanaryzz', host: 'zzcanaryzz.example', referer: 'https://zzcanaryzz/' },
  });
  await visitor.post(href('refer-check', 'en'), {});
  expect(marks.length).toBeGreaterThan(8);
  const log = site.logs();
  for (const word of [...marks, 'zzmark', 'zzcanaryzz', '203.0.113', '198.51.100', 'x'.repeat(50)])
    expect(log).not.toContain(word);
  for (const [, value] of visitor.cookies) expect(log).not.toContain(value);
  // Standard error holds one sentence for whoever starts the site.
  const lines = log
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('EMBEDDED_GATEWAY=on'));
  for (const line of lines) expect(() => JSON.parse(line) as unknown, line).not.toThrow();
  // That the embedded Gateway is on in production is one alarm, and a right one.
  expect(log.replace(/.*"gateway\.embedded-in-production".*/, '')).not.toContain('"level":"alarm"');
});

test('an https site that was not told of its proxy says so, and refuses nobody', async () => {
  const untold = await startSite({ env: { PUBLIC_ORIGIN: publicOrigin } });
  try {
    expect(untold.logs()).toContain('"event":"limits.off"');
    const answers = await Promise.all(
      Array.from({ length: 350 }, (_, at) =>
        ask(`${stepHref('check', 'danger', 'en')}?${at}`, {
          method: 'POST',
          port: untold.port,
          body: 'danger=no',
          headers: formHeaders,
        }),
      ),
    );
    expect(answers.every(({ status }) => status === 303)).toBe(true);
  } finally {
    await untold.stop();
  }
});
