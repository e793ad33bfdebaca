/** What no form of ours sends: each gets a clear page with a way on, the right status, and nobody’s answers are lost by it. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkFlow } from '#check/check-flow.ts';
import { referFlow } from '#referral/refer-flow.ts';
import { allAddresses, href, stepHref } from '#site/links.ts';
import { variantKeys, type Variant } from '#site/variants.ts';
import { fillReferral } from '../support/journeys.ts';
import { mair } from '../support/people.ts';
import { formHeaders, rawRequest, type RawAnswer, type RawRequest } from '../support/raw-request.ts';
import { startSite, type Site } from '../support/site.ts';
import { Visitor } from '../support/visitor.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
}, 30_000);
afterAll(async () => {
  expect(await site.stop()).toBe(0);
});

const ask = (method: string, path: string, rest: Omit<RawRequest, 'method'> = {}): Promise<RawAnswer> =>
  rawRequest(site.port, path, { ...rest, method });

/** A page that a person can read and go on from: in their variant, with a link, and without the machine’s insides. */
function isAClearPage({ status, headers, text }: RawAnswer, expected: number, variant?: Variant): void {
  expect(status).toBe(expected);
  expect(headers['content-type']).toMatch(/^text\/html/);
  if (variant) expect(/data-variant="([^"]*)"/.exec(text)?.[1]).toBe(variant);
  const main = text.slice(text.indexOf('<main'), text.indexOf('</main>'));
  expect(main).toMatch(/<a [^>]*href="/);
  expect(text).not.toMatch(/\bat .+\.(ts|mjs|astro):\d+|node_modules|Error:\s|stack/);
}

const cookieOf = (visitor: Visitor): Record<string, string> => ({
  cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
});

/** A visitor half way through the form and the check, whose answers must outlive whatever follows. */
async function halfWay(variant: Variant = 'en'): Promise<Visitor> {
  const visitor = new Visitor(site.origin);
  await visitor.post(stepHref('check', 'danger', variant), { danger: 'no' });
  await fillReferral(visitor, variant, mair, ['about', 'age', 'name']);
  return visitor;
}

async function stillHolds(visitor: Visitor, variant: Variant = 'en'): Promise<void> {
  const form = await visitor.get(stepHref('refer', 'name', variant));
  expect(form.text.includes('value="Mair Llŷr-Ŵyn"'), 'the form still holds what was typed').toBe(true);
  const { text } = await visitor.get(stepHref('check', 'danger', variant));
  expect(/<input[^>]*value="no"[^>]*checked/.test(text), 'the check still holds what was chosen').toBe(true);
}

describe('an answer that the question does not offer', () => {
  test.each(variantKeys)(
    'is asked again, in words, in every question (%s)',
    async (variant) => {
      const visitor = await halfWay(variant);
      for (const { id } of checkFlow) {
        for (const value of ['', 'maybe', '__proto__', 'constructor', 'W06000007', '\u0000', 'x'.repeat(5000)]) {
          const answer = await visitor.post(stepHref('check', id, variant), { [id]: value });
          expect(answer.status).toBe(200);
          expect(answer.path).toBe(`${stepHref('check', id, variant)}#errors`);
          expect(answer.text).toContain('id="errors"');
          expect(answer.text).toContain(`data-variant="${variant}"`);
        }
      }
      for (const { id, fields } of referFlow) {
        if (fields && id !== 'communication' && id !== 'need' && id !== 'contact-details') {
          const answer = await visitor.post(stepHref('refer', id, variant), { nothing: 'x' });
          expect(answer.path).toBe(`${stepHref('refer', id, variant)}#errors`);
        }
      }
      await stillHolds(visitor, variant);
    },
    60_000,
  );

  test('does not cost the answers before it when the language is switched at the same time', async () => {
    const visitor = await halfWay();
    await visitor.post(stepHref('check', 'about', 'en'), { about: 'x'.repeat(3000), switch: 'cy' });
    await visitor.post(stepHref('check', 'process', 'en'), {
      process: Array.from({ length: 60 }, (_, at) => `value-${at}`),
      switch: 'cy.easy',
    });
    await stillHolds(visitor);
  });
});

describe('strange words in a box', () => {
  const strange: readonly (readonly [string, string, string])[] = [
    ['a NUL byte', 'Ma\u0000ir', 'Mair'],
    ['marks that turn text round', 'Mair \u202Eriam\u202C \u2066x\u2069', 'Mair riam x'],
    ['letters from right to left', 'مريم', 'مريم'],
    ['a Welsh letter in two parts', 'W\u0302yn', 'Ŵyn'],
    ['half of a pair', 'Mair\uD83D', 'Mair\uFFFD'],
    ['markup', '<script>alert(1)</script>"\'&', '<script>alert(1)</script>"\'&'],
    ['new lines in a line', 'Mair\r\nSet-Cookie: x=y', 'Mair Set-Cookie: x=y'],
  ];
  test.each(strange)('%s is kept as far as it is words, and shown as text', async (_what, typed, kept) => {
    const visitor = await halfWay();
    const { status, path } = await visitor.post(stepHref('refer', 'name', 'en'), { name: typed });
    expect(status).toBe(200);
    expect(path).not.toContain('#errors');
    const { text, headers } = await visitor.get(stepHref('refer', 'name', 'en'));
    const value = /<input[^>"]*(?:"[^"]*"[^>"]*)*name="name"(?:[^>"]*"[^"]*")*[^>"]*>/.exec(text)?.[0] ?? '';
    const shown = kept.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    expect(value.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'")).toContain(
      `value="${shown}"`,
    );
    expect(text).not.toContain('<script>alert');
    expect(headers.get('set-cookie') ?? '').not.toContain('x=y');
  });

  test('a thousand emoji are too long for a name and welcome in one’s own words, and nothing of them is lost', async () => {
    const emoji = '🙂'.repeat(1000);
    const visitor = await halfWay();
    const refused = await visitor.post(stepHref('refer', 'name', 'en'), { name: emoji });
    expect(refused.text).toContain('id="errors"');
    expect(refused.text).toContain(emoji);
    const accepted = await visitor.post(stepHref('refer', 'need', 'en'), { ownWords: emoji });
    expect(accepted.path).not.toContain('#errors');
    expect((await visitor.get(stepHref('refer', 'need', 'en'))).text).toContain(emoji);
  });
});

describe('fields that no form of ours has', () => {
  test.each(['__proto__=x', '__proto__[a]=b', 'constructor=x', 'toString=x', 'hasOwnProperty=1', 'switch=xx', 'a[]=1'])(
    '%s changes nothing',
    async (field) => {
      const visitor = await halfWay();
      for (const [address, rest] of [
        [stepHref('check', 'danger', 'en'), 'danger=no'],
        [stepHref('refer', 'name', 'en'), 'name=Mair+Ll%C5%B7r-%C5%B4yn'],
      ] as const) {
        const { status } = await ask('POST', address, {
          headers: { ...formHeaders, ...cookieOf(visitor) },
          body: `${field}&${rest}&${field}`,
        });
        expect(status).toBe(303);
      }
      await stillHolds(visitor);
      expect(({} as Record<string, unknown>)['a']).toBeUndefined();
    },
  );

  test('a field given twice counts once', async () => {
    const visitor = await halfWay();
    const answer = await visitor.post(stepHref('check', 'about', 'en'), { about: ['me', 'someone-else'] });
    expect(answer.status).toBe(200);
    const again = await visitor.post(stepHref('check', 'barriers', 'en'), { barriers: ['weigh', 'weigh', 'weigh'] });
    expect(again.path).not.toContain('#errors');
    await stillHolds(visitor);
  });

  test('broken percent-encoding in a form is read as far as it can be', async () => {
    const visitor = await halfWay();
    const { status } = await ask('POST', stepHref('refer', 'need', 'en'), {
      headers: { ...formHeaders, ...cookieOf(visitor) },
      body: 'ownWords=100%+sure%ZZ%E0%A4&=&&%=%',
    });
    expect(status).toBe(303);
    expect((await visitor.get(stepHref('refer', 'need', 'en'))).text).toContain('100% sure%ZZ');
  });
});

describe('cookies that are not ours', () => {
  test.each([
    ['empty', 'a=; b='],
    ['words', 'a=hello; b=hello'],
    ['a token of another key', `a=eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.BBBB.CCCC; b=${'A'.repeat(86)}`],
    ['much too long', `a=${'x'.repeat(6000)}; b=${'y'.repeat(6000)}`],
    ['strange signs', 'a=%00%ff; b=%; c; =d; __proto__=x'],
  ])('%s: a page without answers, and the form can be used', async (_what, cookie) => {
    for (const { path, kind, variant } of allAddresses().filter((each) => each.variant === 'cy')) {
      if (!['check', 'outcome', 'refer'].includes(kind)) continue;
      const answer = await ask('GET', path, { headers: { cookie } });
      isAClearPage(answer, 200, variant);
      expect(answer.text).not.toContain(' checked');
    }
    const post = (cookies: string) =>
      ask('POST', stepHref('refer', 'name', 'cy'), { headers: { ...formHeaders, cookie: cookies }, body: 'name=Mair' });
    let posted = await post(cookie);
    if (/b=[\w-]{86}$/.test(cookie)) {
      // It could be one of ours, whose draft is over: that is said first, and what was typed waits on the page.
      isAClearPage(posted, 200, 'cy');
      expect(posted.text).toContain('value="Mair"');
      posted = await post(posted.headers['set-cookie']![0]!.split(';')[0]!);
    }
    expect(posted.status).toBe(303);
    expect(posted.headers.location).not.toContain('#errors');
  });

  test('one of ours with a single sign changed opens nothing, and the right one still opens everything', async () => {
    const visitor = await halfWay();
    for (const [name, value] of visitor.cookies) {
      for (const at of [0, Math.floor(value.length / 2), value.length - 2]) {
        const changed = `${value.slice(0, at)}${value[at] === 'A' ? 'B' : 'A'}${value.slice(at + 1)}`;
        const others = [...visitor.cookies].filter(([other]) => other !== name).map(([o, v]) => `${o}=${v}`);
        const cookie = [`${name}=${changed}`, ...others].join('; ');
        for (const address of [
          stepHref('refer', 'name', 'en'),
          href('refer-check', 'en'),
          href('check-result', 'en'),
        ]) {
          isAClearPage(await ask('GET', address, { headers: { cookie } }), 200, 'en');
        }
      }
    }
    await stillHolds(visitor);
  });

  test('somebody whose draft is over is told so, and can begin again', async () => {
    const visitor = new Visitor(site.origin);
    const cookie = `b=${Buffer.alloc(64, 7).toString('base64url')}`;
    const { text } = await ask('GET', stepHref('refer', 'name', 'en'), { headers: { cookie } });
    expect(text).toContain('Your answers were kept for 24 hours and are now deleted');
    const sent = await ask('POST', href('refer-check', 'en'), { headers: { ...formHeaders, cookie } });
    isAClearPage(sent, 200, 'en');
    expect(visitor.cookies.size).toBe(0);
  });
});

describe('a form from somewhere else', () => {
  const foreign: readonly (readonly [string, Record<string, string>])[] = [
    ['another site, says the browser', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour’s host, says the browser', { 'sec-fetch-site': 'same-site' }],
    ['the address bar, says the browser', { 'sec-fetch-site': 'none' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin at all', { origin: 'null' }],
    ['an origin that is none', { origin: 'a b c' }],
    ['a page of another site', { referer: 'https://evil.example/form' }],
  ];
  test.each(foreign)('%s: is not taken, and costs nothing', async (_what, headers) => {
    const visitor = await halfWay('cy.easy');
    for (const address of [
      stepHref('check', 'danger', 'cy.easy'),
      stepHref('refer', 'name', 'cy.easy'),
      href('refer-check', 'cy.easy'),
    ]) {
      const answer = await ask('POST', address, {
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...cookieOf(visitor), ...headers },
        body: 'danger=now&name=Mallory',
      });
      isAClearPage(answer, 403, 'cy.easy');
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    const leave = await ask('POST', '/leave', { headers: { ...cookieOf(visitor), ...headers } });
    isAClearPage(leave, 403);
    await stillHolds(visitor, 'cy.easy');
  });
});

describe('too much, or in another form', () => {
  test.each([270_000, 400_000, 3_000_000])(
    'a form of %d bytes is answered with a page that says so',
    async (length) => {
      const visitor = await halfWay('en.easy');
      const answer = await ask('POST', stepHref('refer', 'need', 'en.easy'), {
        headers: { ...formHeaders, ...cookieOf(visitor), 'content-length': String(length) },
        body: `ownWords=${'x'.repeat(length - 9)}`,
      });
      isAClearPage(answer, 413, 'en.easy');
      await stillHolds(visitor, 'en.easy');
    },
  );

  test('the longest text of any script is taken, and a longer one comes back whole, to be made shorter', async () => {
    const visitor = await halfWay('en');
    const need = stepHref('refer', 'need', 'en');
    expect((await visitor.post(need, { ownWords: '語'.repeat(5000) })).path).not.toBe(`${need}#errors`);
    const tooLong = '語'.repeat(9000);
    const answer = await visitor.post(need, { ownWords: tooLong });
    expect(answer.path).toBe(`${need}#errors`);
    expect(answer.text).toContain(tooLong);
    expect(answer.text).toContain('5,000');
    expect(answer.text).toContain('9,000');
  });

  test('a form that does not say how long it is is read no further than it may be', async () => {
    const answer = await ask('POST', stepHref('refer', 'need', 'cy'), {
      headers: { ...formHeaders, 'transfer-encoding': 'chunked' },
      body: `ownWords=${'x'.repeat(300_000)}`,
    });
    isAClearPage(answer, 413, 'cy');
  });

  test.each(['text/plain', 'application/json', 'multipart/form-data; boundary=x', 'application/xml', 'nonsense', ''])(
    'a form sent as “%s” is not taken',
    async (type) => {
      const visitor = await halfWay('cy');
      const answer = await ask('POST', stepHref('refer', 'name', 'cy'), {
        headers: { 'sec-fetch-site': 'same-origin', ...(type && { 'content-type': type }), ...cookieOf(visitor) },
        body: 'name=Mallory',
      });
      isAClearPage(answer, 415, 'cy');
      await stillHolds(visitor, 'cy');
    },
  );

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s is not allowed anywhere',
    async (method) => {
      for (const variant of variantKeys) {
        const answer = await ask(method, stepHref('check', 'danger', variant), { headers: { 'x-told': 'qzx' } });
        isAClearPage(answer, 405, variant);
        expect(answer.headers.allow).toBe('GET, HEAD, POST');
        expect(answer.text).not.toContain('qzx');
      }
    },
  );

  test('a page that has no form takes none, and says so', async () => {
    const answer = await ask('POST', href('contact', 'cy.easy'), { headers: formHeaders, body: 'x=1' });
    expect([404, 405]).toContain(answer.status);
    isAClearPage(answer, answer.status, 'cy.easy');
  });
});

describe('addresses', () => {
  test.each([
    ['/en/%', 400],
    ['/cy/%E0%A4%A', 400],
    ['/en/easy-read/%00', 400],
    ['/cy/hawdd-ei-ddeall/%ff', 400],
    ['/en/do-i-need-an-advocate/..%2f..%2fetc%2fpasswd', 404],
    ['/en/../../etc/passwd', 404],
    ['/en/do-i-need-an-advocate/__proto__', 404],
    ['/en/do-i-need-an-advocate/constructor', 404],
    ['/cy/gofyn-am-eiriolwr/toString', 404],
    ['/en/<script>', 404],
    ['/en/easy-read/nowhere?x=<script>alert(1)</script>', 404],
    [`/cy/${'a'.repeat(4000)}`, 404],
  ])('%s is answered with a clear page', async (path, status) => {
    const answer = await ask('GET', path.replaceAll('<', '%3C').replaceAll('>', '%3E'));
    const variant = (['cy.easy', 'en.easy', 'cy', 'en'] as const).find((key) => path.startsWith(href('home', key)));
    isAClearPage(answer, status, path.includes('..') ? undefined : variant);
    expect(answer.text).not.toContain('alert(1)');
  });

  test('a request that is no HTTP ends without harm', async () => {
    const said = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(site.port, '127.0.0.1', () => socket.end('GET / HTTP/9.9\r\nHost: [\r\n\u0000\r\n\r\n'));
      socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      socket.on('close', () => resolve(text));
      socket.on('error', () => resolve(text));
    });
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
    expect((await ask('GET', '/healthz')).status).toBe(200);
  });

  test('a HEAD asks for the same as a GET, without its text', async () => {
    for (const path of ['/', href('home', 'cy'), stepHref('check', 'danger', 'en'), stepHref('refer', 'about', 'cy')]) {
      const answer = await ask('HEAD', path);
      expect(answer.status).toBe(200);
      expect(answer.text).toBe('');
    }
  });
});

test('after all this the site is alive, ready, and has written no alarm', async () => {
  expect(await (await fetch(`${site.origin}/healthz`)).json()).toEqual({ status: 'alive' });
  expect(await (await fetch(`${site.origin}/readyz`)).json()).toMatchObject({ status: 'ready', waiting: 0, parked: 0 });
  expect(site.logs()).not.toContain('"level":"alarm"');
  expect(site.logs()).not.toMatch(/^\s+at /m);
});
