/** Who used this device must not find out: leaving clears everything, and no word that was typed is anywhere it should not be. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { neutralPage } from '#server/headers.ts';
import { cookieWasSet } from '#site/cookies.ts';
import { allAddresses, stepHref } from '#site/links.ts';
import {
  continueButton,
  outcomesShown,
  press,
  send,
  skipForm,
  startForm,
  walkCheck,
  walkForm,
} from '../support/check-path.ts';
import { caseOf, everyStep, mair, marked } from '../support/people.ts';
import { startSite } from '../support/site.ts';
import { expect, test as base } from '../support/site-test.ts';

interface Outside {
  readonly proxy: { readonly server: string; readonly bypass: string };
  /** Every host beyond this machine that the browser asked for. */
  readonly asked: readonly string[];
}

/** Stands where the internet would be: notes what is asked for, and lets nothing out. */
const test = base.extend<{ outside: Outside }>({
  outside: async ({}, use) => {
    const asked: string[] = [];
    const wall: Server = createServer((request, response) => {
      asked.push(new URL(request.url ?? '', 'http://unknown').host);
      response.writeHead(502).end();
    });
    wall.on('connect', (request, socket) => {
      asked.push((request.url ?? '').replace(/:443$/, ''));
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => wall.listen(0, '127.0.0.1', resolve));
    const { port } = wall.address() as AddressInfo;
    await use({ proxy: { server: `http://127.0.0.1:${port}`, bypass: '127.0.0.1' }, asked });
    wall.closeAllConnections();
    wall.close();
  },
  proxy: async ({ outside }, use) => use({ ...outside.proxy }),
});

/** Chromium itself asks here which kinds of fields a form may have; no page of ours does, and no answer goes there. */
const chromiumsOwn = 'content-autofill.googleapis.com';

/** What a browser keeps of us besides cookies. */
const storages = (page: Page): Promise<string> =>
  page.evaluate(async () =>
    JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      await indexedDB.databases(),
      window.name,
      history.state as unknown,
    ]),
  );

/** Presses “leave this site” and waits until the browser is away; returns what the neutral page was told of where from. */
async function leave(page: Page): Promise<string | undefined> {
  const { origin } = new URL(page.url());
  const leaving = page.waitForRequest((request) => request.url() === neutralPage);
  await page.locator('[data-exit]').click();
  const { referer } = (await leaving).headers();
  // The wall answers with an error, which ends waiting for an address; what counts is that ours is no longer shown.
  await expect.poll(() => new URL(page.url()).origin).not.toBe(origin);
  return referer;
}

async function cookiesAreModest(context: BrowserContext, origin: string): Promise<void> {
  const cookies = await context.cookies();
  expect(cookies.length).toBeLessThanOrEqual(2);
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({
      httpOnly: true,
      sameSite: 'Lax',
      expires: -1,
      path: '/',
      domain: new URL(origin).hostname,
    });
  }
}

/** The files under a folder that hold one of these words, in whatever of the usual codings. */
function filesWith(folder: string, marks: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path);
      return marks.some((mark) =>
        (['utf8', 'utf16le'] as const).some((coding) => bytes.includes(Buffer.from(mark, coding))),
      );
    });
}

for (const how of ['in the middle of a question', 'in the middle of the form'] as const) {
  test(`“leave this site” ${how} takes away cookies and answers, and shows a neutral page`, async ({
    page,
    context,
    language,
    outside,
  }) => {
    const address = how.endsWith('question')
      ? stepHref('check', 'about', language)
      : stepHref('refer', 'name', language);
    if (how.endsWith('question')) {
      await page.goto(stepHref('check', 'danger', language));
      await page.locator('input[value="no"]').check();
      await press(page, continueButton(page));
      await page.locator('input[value="me"]').check();
      await press(page, continueButton(page));
      await page.goto(address);
      await expect(page.locator('input:checked')).toHaveCount(1);
    } else {
      await skipForm(page, language, mair, 'council');
      await page.goto(address);
      await expect(page.locator('input[name="name"]')).toHaveValue('Mair Llŷr-Ŵyn');
    }
    const held = await context.cookies();
    expect(held.length).toBeGreaterThan(0);

    const referer = await leave(page);
    expect(referer, 'the neutral page is not told what was left').toBeUndefined();
    expect(outside.asked).toContain(new URL(neutralPage).host);
    expect(await context.cookies()).toEqual([]);

    // Back, and an old tab with its old cookie: nothing of it opens any more.
    await page.goto(address);
    await expect(page.locator('input:checked')).toHaveCount(0);
    for (const box of await page.locator('main input[type="text"]').all()) await expect(box).toHaveValue('');
    if (how.endsWith('form')) {
      await context.addCookies(held);
      await page.goto(address);
      await expect(page.locator('input[name="name"]')).toHaveValue('');
    }
  });
}

test('Back after “leave this site” shows a form without answers', async ({ page, language }) => {
  await skipForm(page, language, mair, 'council');
  await page.goto(stepHref('refer', 'name', language));
  await expect(page.locator('input[name="name"]')).toHaveValue('Mair Llŷr-Ŵyn');
  await leave(page);
  await page.goBack();
  await expect(page.locator('input[name="name"]')).toHaveValue('');
});

test('no answer and no typed word is in an address, a title, a log, a browser’s storage or a file', async ({
  browser,
  contextOptions,
  language,
  javaScriptEnabled,
  outside,
}) => {
  test.setTimeout(90_000);
  const site = await startSite();
  const context = await browser.newContext({
    ...contextOptions,
    javaScriptEnabled,
    baseURL: site.origin,
    proxy: { ...outside.proxy },
  });
  try {
    const page = await context.newPage();
    const requested: string[] = [];
    const titles: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    const noteTitle = (): void =>
      void page.title().then(
        (title) => titles.push(title),
        () => {},
      );
    page.on('domcontentloaded', noteTitle);
    // A question that moves along loads nothing, and has its own address and title.
    page.on('framenavigated', noteTitle);

    const { filled, marks } = marked(everyStep, 'qzx');
    expect(marks.length).toBeGreaterThan(10);
    await walkCheck(page, language, { ...caseOf('W05').facts, council: 'unsure' });
    expect(await outcomesShown(page)).toContain('w-ipa-must');
    await cookiesAreModest(context, site.origin);
    await startForm(page, language);
    // A word that is refused waits on the form, and must be as safe as one that is accepted.
    await walkForm(page, { ...filled, council: { council: 'W06000015' } }, 'contact-details');
    await page.locator('[name="email"]').fill('qzxrefused');
    await press(page, continueButton(page));
    await expect(page.locator('#errors')).toBeVisible();
    expect(filesWith(site.dataDir, [...marks, 'qzxrefused'])).toEqual([]);
    await walkForm(page, filled);
    expect(await storages(page)).toBe('[[],[],[],"",null]');
    const reference = await send(page);
    await expect.poll(() => site.logs(), { timeout: 15_000 }).toContain('"event":"outbox.delivered"');
    await cookiesAreModest(context, site.origin);
    expect(await storages(page)).toBe('[[],[],[],"",null]');

    const all = [...marks, 'qzxrefused'];
    for (const mark of all) {
      expect(requested.filter((url) => url.toLowerCase().includes(mark))).toEqual([]);
      expect(titles.filter((title) => title.toLowerCase().includes(mark))).toEqual([]);
      expect(site.logs().toLowerCase()).not.toContain(mark);
    }
    expect(filesWith(site.dataDir, all), 'nothing of it can be read on the disk').toEqual([]);
    expect(site.logs()).not.toContain(reference);
    // No address holds an answer: each page is one of the addresses that everybody shares, with nothing after it.
    const known = new Set(allAddresses().map(({ path }) => path));
    for (const url of requested) {
      const { origin, pathname, search } = new URL(url);
      expect(origin, 'nobody else is asked for anything').toBe(site.origin);
      // The one thing that may follow says that a cookie was set, and is the same for everybody.
      expect(['', cookieWasSet]).toContain(search);
      if (!/\.\w+$/.test(pathname)) expect(known).toContain(pathname);
    }
    expect(outside.asked.filter((host) => host !== chromiumsOwn)).toEqual([]);
  } finally {
    await context.close();
    await site.stop();
  }
});
