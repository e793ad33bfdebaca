/** The check as a service for other programs: the worked cases exactly, and answers that help to mend a wrong request. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cases } from '../support/people.ts';
import { startSite, type Site } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
}, 30_000);
afterAll(() => site.stop());

const address = '/api/eligibility/v1/decide';

const post = (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  fetch(site.origin + address, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

interface Decision {
  readonly ruleset: string;
  readonly findings: readonly {
    readonly outcome: string;
    readonly rule: string;
    readonly because: readonly string[];
    readonly citations: readonly { readonly title: Record<string, string>; readonly url: string }[];
  }[];
}

describe('a worked case', () => {
  test.each(cases)('$id leads to exactly its outcomes', async ({ facts, expect: expected, never = [] }) => {
    const response = await post({ facts, on: '2026-11-22' });
    expect(response.status).toBe(200);
    const { findings, ruleset } = (await response.json()) as Decision;
    expect(ruleset).toBeTruthy();
    expect(findings.map(({ outcome }) => outcome).sort()).toEqual([...expected].sort());
    for (const harmful of never) expect(findings.map(({ outcome }) => outcome)).not.toContain(harmful);
    for (const { rule, because, citations } of findings) {
      expect(rule).toMatch(/^R\d/);
      for (const fact of because) expect(Object.keys(facts)).toContain(fact);
      for (const { title, url } of citations) {
        expect(Object.keys(title).sort()).toEqual(['cy', 'en']);
        expect(url).toMatch(/^https:\/\//);
      }
    }
  });
});

test('nothing at all is known: there is still help', async () => {
  for (const body of [{}, { facts: {} }]) {
    const response = await post(body);
    expect(response.status).toBe(200);
    expect(((await response.json()) as Decision).findings.length).toBeGreaterThan(0);
  }
});

test('facts in an address are not answered: only POST is', async () => {
  for (const method of ['GET', 'HEAD']) {
    const response = await fetch(`${site.origin}${address}?facts=%7B%7D`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  }
});

describe('a request that cannot be understood', () => {
  test.each([
    [{ facts: { shoeSize: '42' } }, 'shoeSize'],
    [{ facts: { age: 'very old' } }, 'age'],
    [{ facts: { process: 'assessment' } }, 'process'],
    [{ facts: { council: 'W06000007' } }, 'council'],
    [{ facts: { constructor: 'x' } }, 'constructor'],
    ['{"facts":{"__proto__":{"age":"5-15"}}}', '__proto__'],
    [{ fact: {} }, 'fact'],
    [{ facts: {}, on: 'yesterday' }, 'on'],
    [{ facts: {}, on: '2026-02-30' }, 'on'],
    [{ facts: [] }, 'facts'],
    ['[]', 'object'],
    ['null', 'object'],
    ['{"facts":', 'JSON'],
    ['', 'JSON'],
  ])('%j is answered with 400 and the name of what was wrong', async (body, name) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const problem = (await response.json()) as { status: number; detail: string };
    expect(problem.status).toBe(400);
    expect(problem.detail).toContain(name);
  });

  test.each([
    ['PUT', address, 405],
    ['DELETE', address, 405],
    ['GET', '/api/eligibility/v1/nowhere', 404],
    ['POST', '/api/eligibility/v1/nowhere', 404],
    ['GET', '/api/%E0%A4%A', 400],
  ])('%s %s is answered with problem details', async (method, path, status) => {
    const response = await fetch(site.origin + path, { method, ...(method !== 'GET' && { body: '{}' }) });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({ status });
  });

  test('more than 64 KB is too long', async () => {
    const response = await post(`{"facts":{}, "on":"${'x'.repeat(70_000)}"}`);
    expect(response.status).toBe(413);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });
});

test('no fact is in the log', async () => {
  await post({ facts: { age: '5-15', danger: 'suicidal' } });
  for (const word of ['5-15', 'suicidal', 'shoeSize', 'very old']) expect(site.logs()).not.toContain(word);
});
