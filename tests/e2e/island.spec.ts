/** The check where scripts run: questions follow each other without loading a page, and whatever goes wrong nothing is lost. */
import type { Page, Request, Route } from '@playwright/test';
import type { Answers } from '#check/check-flow.ts';
import { cookieWasSet } from '#site/cookies.ts';
import { href, stepHref } from '#site/links.ts';
import { inOtherFormat, inOtherLanguage, type Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import {
  answer,
  continueButton,
  fillIn,
  goBack,
  goForward,
  heldIn,
  outcomesShown,
  press,
  stepShown,
  switchTo,
  walkCheck,
} from '../support/check-path.ts';
import { formOfAnswer } from '../support/journeys.ts';
import { caseOf, everyQuestion } from '../support/people.ts';
import { expect, test } from '../support/site-test.ts';

test.skip(({ javaScriptEnabled }) => !javaScriptEnabled, 'Without scripts there is no island: see check.spec.ts.');
test.describe.configure({ timeout: 120_000 });

const sorted = (list: readonly string[]): string[] => [...list].sort();

const script = '**/_astro/*.js';

/** Notes what the browser asks for, by what asks. */
function requestsOf(page: Page): {
  readonly of: (type: string) => Request[];
  readonly paths: (type: string) => string[];
} {
  const all: Request[] = [];
  page.on('request', (request) => all.push(request));
  const of = (type: string) => all.filter((request) => request.resourceType() === type);
  return { of, paths: (type) => of(type).map((request) => new URL(request.url()).pathname) };
}

const given = (step: string, answers: Answers) => formOfAnswer(step, answers[step] ?? 'unsure');

/** Answers the questions from the one shown, until one of `until` is shown or none is asked any more. */
async function walkOn(page: Page, answers: Answers, until?: string): Promise<string[]> {
  const asked: string[] = [];
  for (let step = await stepShown(page); step !== undefined && step !== until; step = await stepShown(page)) {
    asked.push(step);
    await answer(page, given(step, answers));
  }
  return asked;
}

/** Opens the check and answers it up to the question `until`. */
async function openCheck(page: Page, variant: Variant, answers: Answers = {}, until?: string): Promise<string[]> {
  await page.goto(stepHref('check', 'danger', variant));
  return until === undefined ? [] : walkOn(page, answers, until);
}

const { facts, expect: expected } = caseOf('W01');

async function endsAtTheResult(page: Page): Promise<void> {
  await walkOn(page, facts);
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'check-result');
  expect(sorted(await outcomesShown(page))).toEqual(sorted(expected));
}

/** The page as a person meets it, in one form for what the server wrote and what the island built. */
const pageSeen = (page: Page): Promise<object> =>
  page.evaluate(() => {
    const written = (node: Node): string => {
      if (node instanceof Text) return node.data.trim();
      if (!(node instanceof Element)) return '';
      const attributes = new Map([...node.attributes].map(({ name, value }) => [name, value]));
      // What is chosen is a property first, and a heading takes focus only where the island put it there.
      attributes.delete('checked');
      if (node instanceof HTMLInputElement && node.checked) attributes.set('checked', '');
      if (node.localName === 'h1') attributes.delete('tabindex');
      const said = [...attributes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ` ${name}="${value}"`);
      return `<${node.localName}${said.join('')}>${[...node.childNodes].map(written).join('')}</${node.localName}>`;
    };
    return { title: document.title, address: location.href, body: written(document.body) };
  });

test('from the first question to the result no page is loaded, and a question costs less than 2,000 bytes', async ({
  page,
  language,
}) => {
  const requests = requestsOf(page);
  const asked = await walkCheck(page, language, facts);
  expect(sorted(await outcomesShown(page))).toEqual(sorted(expected));
  expect(asked.length).toBeGreaterThan(5);
  expect(requests.paths('document')).toEqual([
    href('check', language),
    stepHref('check', 'danger', language),
    href('check-result', language),
  ]);
  expect(requests.of('script')).toHaveLength(1);
  const sizes: number[] = [];
  for (const request of requests.of('fetch').filter((each) => each.method() === 'GET')) {
    const { responseBodySize, responseHeadersSize } = await request.sizes();
    sizes.push(responseBodySize + responseHeadersSize);
  }
  expect(sizes).toHaveLength(asked.length - 1);
  expect(Math.max(...sizes)).toBeLessThan(2000);
});

for (const format of ['standard', 'easy'] as const) {
  test(`each question in ${format} is exactly the page that loading it gives, with and without its errors`, async ({
    page,
    language,
  }) => {
    await page.goto(stepHref('check', 'danger', format === 'easy' ? inOtherFormat(language) : language));
    let steps = 0;
    for (let step = await stepShown(page); step !== undefined; step = await stepShown(page)) {
      for (const isRefused of [false, true]) {
        if (isRefused) await press(page, continueButton(page));
        const moved = await pageSeen(page);
        await page.reload();
        expect(await pageSeen(page), `${step} ${isRefused ? 'refused' : 'asked'}`).toEqual(moved);
      }
      await answer(page, given(step, everyQuestion));
      steps += 1;
    }
    expect(steps).toBeGreaterThan(10);
  });
}

test('after each step reading begins at the question, at the top, under its own title', async ({ page, language }) => {
  await openCheck(page, language);
  const site = words(language, 'site');
  for (let steps = 0; steps < 5; steps += 1) {
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await answer(page, given((await stepShown(page))!, facts));
    const heading = page.locator('h1');
    await expect(heading).toBeFocused();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    expect(await page.title()).toBe(`${await heading.textContent()} – ${site('name')}`);
    expect(await page.locator('main').getAttribute('data-screen')).toBe(`check-${await stepShown(page)}`);
  }
});

test('by keyboard alone, Enter on an answer goes on', async ({ page, language }) => {
  await openCheck(page, language);
  const requests = requestsOf(page);
  await page.locator('input[value="no"]').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(page.locator('form[data-question="about"]')).toBeVisible();
  await expect(page.locator('h1')).toBeFocused();
  expect(requests.of('document')).toEqual([]);
});

test('a refused answer puts the summary in focus and is no step of its own for Back', async ({ page, language }) => {
  await openCheck(page, language, facts, 'about');
  const before = await page.evaluate(() => history.length);
  for (let times = 0; times < 2; times += 1) {
    await press(page, continueButton(page));
    await expect(page.locator('#errors')).toBeFocused();
    await expect(page.locator('#errors')).toBeInViewport();
    expect(await page.title()).toMatch(new RegExp(`^${words(language, 'site')('errorPrefix')} `));
    expect(new URL(page.url()).hash).toBe('#errors');
  }
  expect(await page.evaluate(() => history.length)).toBe(before);
  await answer(page, { about: 'me' });
  await expect(page.locator('#errors')).toHaveCount(0);
  expect(new URL(page.url()).hash).toBe('');
  await goBack(page);
  expect(await stepShown(page)).toBe('about');
  await expect(page.locator('#errors')).toHaveCount(0);
  await goBack(page);
  expect(await stepShown(page)).toBe('danger');
});

test('Back and Forward lead through the questions and out of the result, with what was answered', async ({
  page,
  language,
}) => {
  const asked = await openCheck(page, language, facts, 'none of them');
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'check-result');
  const site = words(language, 'site');
  for (const step of [...asked].reverse()) {
    await goBack(page);
    expect(await stepShown(page)).toBe(step);
    expect(new URL(page.url()).pathname).toBe(stepHref('check', step, language));
    expect(await page.title()).toBe(`${await page.locator('h1').textContent()} – ${site('name')}`);
    expect(await heldIn(page)).toEqual(
      Object.fromEntries(Object.entries(given(step, facts)).map(([name, value]) => [name, [value].flat()])),
    );
  }
  for (const step of asked.slice(1)) {
    await goForward(page);
    expect(await stepShown(page)).toBe(step);
  }
  await goForward(page);
  expect(sorted(await outcomesShown(page))).toEqual(sorted(expected));
  await goBack(page);
  await press(page, continueButton(page));
  expect(sorted(await outcomesShown(page))).toEqual(sorted(expected));
});

test('Back and Forward pressed faster than the site answers end at the question of the address', async ({
  page,
  language,
}) => {
  await openCheck(page, language, facts, 'age');
  const waiting: Route[] = [];
  await page.route('**', (route) => {
    if (route.request().resourceType() !== 'fetch') return route.continue();
    waiting.push(route);
    return undefined;
  });
  const address = new URL(page.url()).pathname;
  await page.evaluate(() => history.back());
  await expect.poll(() => waiting.length).toBe(1);
  await page.evaluate(() => history.back());
  await expect.poll(() => waiting.length).toBe(2);
  await page.evaluate(() => history.go(2));
  await expect.poll(() => new URL(page.url()).pathname).toBe(address);
  await page.unroute('**');
  for (const route of waiting) await route.continue().catch(() => {});
  expect(await stepShown(page)).toBe('age');
  await endsAtTheResult(page);
});

test('a second press while the site answers, and the second of a double click, count once', async ({
  page,
  language,
}) => {
  await openCheck(page, language);
  const requests = requestsOf(page);
  const posts = () => requests.of('fetch').filter((each) => each.method() === 'POST').length;
  await fillIn(page, { danger: 'no' });
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**', async (route) => {
    await released;
    await route.continue();
  });
  await continueButton(page).click();
  await continueButton(page).click();
  await expect(page.locator('form[aria-busy=true]')).toHaveCount(1);
  expect(posts()).toBe(1);
  release();
  await expect(page.locator('form[data-question="about"]')).toBeVisible();
  await page.unroute('**');
  expect(posts()).toBe(1);

  await fillIn(page, { about: 'me' });
  await continueButton(page).dblclick({ delay: 200 });
  await expect(page.locator('form[data-question="council"]')).toBeVisible();
  await expect(page.locator('#errors')).toHaveCount(0);
  expect(posts()).toBe(2);
  expect(requests.of('document')).toEqual([]);
});

const faults: Readonly<Record<string, (route: Route) => Promise<void>>> = {
  'an error of the server': (route) => route.fulfill({ status: 500, contentType: 'text/html', body: '<h1>500</h1>' }),
  'an error in JSON': (route) => route.fulfill({ status: 503, json: { error: 'busy' } }),
  'a page instead of a view': (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><h1>Hi</h1>' }),
  'half an answer': (route) => route.fulfill({ contentType: 'application/json', body: '{"screen":"check-a","pa' }),
  'another JSON': (route) => route.fulfill({ json: { screen: 'check-about', title: 'x', page: { action: '/' } } }),
  'no JSON object': (route) => route.fulfill({ json: null }),
  'a cut connection': (route) => route.abort('connectionreset'),
  silence: () => new Promise(() => {}),
};

for (const [what, fail] of Object.entries(faults)) {
  test(`where the island gets ${what}, the browser goes on by itself, and the check ends as it should`, async ({
    page,
    language,
  }) => {
    await openCheck(page, language, facts, 'council');
    const requests = requestsOf(page);
    let failed = 0;
    const isTheIslands = (url: URL) => url.pathname === stepHref('check', 'council', language);
    await page.route(isTheIslands, async (route) => {
      if (route.request().resourceType() !== 'fetch') return route.continue();
      failed += 1;
      return fail(route);
    });
    await answer(page, given('council', facts));
    expect(failed).toBe(1);
    expect(requests.of('document').map((each) => each.method())).toContain('POST');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await endsAtTheResult(page);
  });
}

test('where Back meets a fault, the browser loads the question by itself', async ({ page, language }) => {
  await openCheck(page, language, facts, 'age');
  await page.route('**', (route) =>
    route.request().resourceType() === 'fetch' ? route.fulfill({ status: 500 }) : route.continue(),
  );
  await goBack(page);
  expect(await stepShown(page)).toBe('council');
  await page.unrouteAll();
  await endsAtTheResult(page);
});

test('an answer that was kept while its way back was lost is kept once', async ({ page, language }) => {
  await openCheck(page, language, facts, 'council');
  await page.route('**', async (route) => {
    if (route.request().method() !== 'GET' || route.request().resourceType() !== 'fetch') return route.continue();
    return route.abort();
  });
  await answer(page, given('council', facts));
  await page.unrouteAll();
  expect(await stepShown(page)).not.toBe('council');
  await endsAtTheResult(page);
});

test('offline half-way, nothing that was answered before is lost', async ({ page, context, language }) => {
  await openCheck(page, language, facts, 'age');
  const address = page.url();
  await context.setOffline(true);
  await fillIn(page, given('age', facts));
  await continueButton(page).click();
  await expect
    .poll(() => page.evaluate(() => document.querySelector('form')?.id ?? 'none').catch(() => 'none'))
    .toBe('none');
  await context.setOffline(false);
  await page.goto(address);
  expect(await stepShown(page)).toBe('age');
  await endsAtTheResult(page);
});

test('where the script does not come, the check is plain pages', async ({ page, language }) => {
  await page.route(script, (route) => route.abort());
  const requests = requestsOf(page);
  await walkCheck(page, language, facts);
  expect(sorted(await outcomesShown(page))).toEqual(sorted(expected));
  expect(requests.of('fetch')).toEqual([]);
});

test('where the script comes late, what was pressed before goes on by itself', async ({ page, language }) => {
  const late: Route[] = [];
  await page.route(script, (route) => void late.push(route));
  await page.goto(stepHref('check', 'danger', language), { waitUntil: 'commit' });
  await page.locator('input[value="no"]').check();
  await continueButton(page).click();
  await expect(page.locator('form[data-question="about"]')).toBeVisible();
  await page.unroute(script);
  for (const route of late) await route.continue().catch(() => {});
  await page.waitForLoadState('load');
  await endsAtTheResult(page);
});

test('where scripts stop half-way, the question on the page is a plain form', async ({ page, context, language }) => {
  await openCheck(page, language, facts, 'council');
  const requests = requestsOf(page);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setScriptExecutionDisabled', { value: true });
  await endsAtTheResult(page);
  expect(requests.of('fetch')).toEqual([]);
  expect(requests.of('document').length).toBeGreaterThan(3);
});

test('where the script is gone after loading again, Back never puts an answer to the wrong question', async ({
  page,
  language,
}) => {
  await openCheck(page, language, facts, 'age');
  await page.route(script, (route) => route.abort());
  await page.reload();
  await page.goBack({ waitUntil: 'commit' });
  await page.waitForLoadState('domcontentloaded');
  await endsAtTheResult(page);
});

test('nothing is kept in the browser at any question', async ({ page, context, language }) => {
  await openCheck(page, language);
  for (let step = await stepShown(page); step !== undefined; step = await stepShown(page)) {
    await press(page, continueButton(page));
    await answer(page, given(step, facts));
    const kept = await page.evaluate(async () =>
      JSON.stringify([
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        await indexedDB.databases(),
        await caches.keys(),
        (await navigator.serviceWorker.getRegistrations()).length,
        document.cookie,
        window.name,
        history.state as unknown,
      ]),
    );
    expect(kept, step).toBe('[[],[],[],[],0,"","",null]');
    expect(['', cookieWasSet]).toContain(new URL(page.url()).search);
    expect(await context.cookies()).toHaveLength(1);
  }
});

test('a switch in the middle keeps what is chosen and not yet sent, and the check goes on in the new language', async ({
  page,
  language,
}) => {
  await openCheck(page, language, facts, 'process');
  await fillIn(page, given('process', facts));
  const held = await heldIn(page);
  for (const to of [inOtherLanguage(language), inOtherFormat(inOtherLanguage(language))]) {
    await switchTo(page, to);
    expect(await stepShown(page)).toBe('process');
    expect(await heldIn(page)).toEqual(held);
  }
  await endsAtTheResult(page);
  await expect(page.locator('main')).toHaveAttribute('data-variant', inOtherFormat(inOtherLanguage(language)));
});

test('loading again in the middle shows the same question, and Back the one before', async ({ page, language }) => {
  await openCheck(page, language, facts, 'age');
  await page.reload();
  expect(await stepShown(page)).toBe('age');
  await goBack(page);
  expect(await stepShown(page)).toBe('council');
  await endsAtTheResult(page);
});

test('a browser that opens a question never gets what is meant for the island', async ({ request, language }) => {
  const address = stepHref('check', 'danger', language);
  for (const accept of ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html, application/json', '*/*']) {
    const response = await request.get(address, { headers: { accept } });
    expect(response.headers()['content-type']).toBe('text/html; charset=utf-8');
    expect(response.headers()['vary']?.toLowerCase()).toMatch(/\baccept(,|$)/);
    expect(response.headers()['cache-control']).toBe('no-store');
  }
  const view = await request.get(address + cookieWasSet, { headers: { accept: 'application/json' } });
  expect(view.headers()['content-type']).toBe('application/json');
  expect(view.headers()['vary']?.toLowerCase()).toMatch(/\baccept(,|$)/);
  expect(view.headers()['cache-control']).toBe('no-store');
  expect(view.headers()['content-security-policy']).not.toContain('script-src');
  const { page: props } = (await view.json()) as { page: { action: string; notice?: { words: string } } };
  expect(props.action).toBe(address);
  // Whoever comes here after a first post, and has no cookie, is told so by the island too.
  expect(props.notice?.words).toBe(words(language, 'site')('noCookie'));
});
