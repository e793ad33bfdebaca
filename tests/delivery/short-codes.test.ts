/** A number that somebody was told, typed, or scanned: what the real site answers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { titleOf } from '#library/content.ts';
import { codes, sayableCode } from '#site/codes.ts';
import { codeHref, href, qrHref, sheetHref } from '#site/links.ts';
import { routeIds, variantsOf, type RouteId } from '#site/routes.ts';
import { isEasyRead, variantKeys, variants } from '#site/variants.ts';
import { words } from '#site/words.ts';
import { startSite, type Site } from '../support/site.ts';

let site: Site;
const origin = 'https://advocate.example';

beforeAll(async () => {
  site = await startSite({ env: { PUBLIC_ORIGIN: origin } });
});
afterAll(async () => {
  await site.stop();
});

const ask = (path: string, acceptLanguage = ''): Promise<Response> =>
  fetch(`${site.origin}${path}`, { redirect: 'manual', headers: { 'accept-language': acceptLanguage } });

const routesWithCode = routeIds.filter((id) => variantKeys.some((variant) => sayableCode(id, variant)));
/** What Astro writes for signs that mean something in HTML. */
const inHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

describe('a code', () => {
  test('with three digits opens its page in its variant, whatever the browser asks for, and says its own number', async () => {
    expect(routesWithCode.length).toBe(Object.values(codes).filter((route) => route !== 'retired').length);
    for (const route of routesWithCode) {
      for (const variant of variantsOf(route)) {
        const answer = await ask(codeHref(route, variant), 'fr, cy;q=0.1');
        expect(answer.status).toBe(302);
        expect(answer.headers.get('location')).toBe(href(route, variant));
        expect(answer.headers.get('cache-control')).toBe('no-store');
        const page = await (await ask(href(route, variant))).text();
        expect(page).toContain(`data-screen="${route}" data-variant="${variant}"`);
        expect(page).toContain(words(variant, 'site')('pageCode', { code: sayableCode(route, variant) ?? '' }));
        expect(page).toContain(`${origin}${codeHref(route, variant)}`);
      }
    }
  });

  test.each([
    ['', 'en'],
    ['cy', 'cy'],
    ['en-GB;q=0.8, cy-GB;q=0.9', 'cy'],
    ['cy;q=0.2, en', 'en'],
  ] as const)('with two digits opens the language that the browser asks for (%s)', async (wanted, language) => {
    for (const [code, route] of Object.entries(codes)) {
      const answer = await ask(`/${code}`, wanted);
      expect(answer.status).toBe(302);
      expect(answer.headers.get('location')).toBe(href(route as RouteId, language));
      expect(answer.headers.get('vary')?.toLowerCase()).toContain('accept-language');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('sets no cookie, and is one with or without a slash behind it', async () => {
    expect((await ask('/24')).headers.getSetCookie()).toEqual([]);
    expect((await ask('/324/')).headers.get('location')).toBe(href('your-rights', 'cy'));
  });
});

describe('a number that no page has', () => {
  test.each(['7', '0', '024', '25', '11', '524', '99999', '9'.repeat(300)])(
    '%s says so in both languages, and offers the likest pages',
    async (digits) => {
      const answer = await ask(`/${digits}`, 'cy');
      const html = await answer.text();
      expect(answer.status).toBe(404);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(html).toContain('data-screen="page-not-found"');
      const shown = digits.length > 8 ? `${digits.slice(0, 8)}…` : digits;
      for (const variant of ['cy', 'en'] as const) {
        expect(html).toContain(words(variant, 'site')('codeMissing', { code: shown }));
        expect(html).toContain(words(variant, 'site')('codeNearest'));
        expect(html).toContain(`href="${href('urgent-help', variant)}"`);
      }
      if (digits === '024' || digits === '25') expect(html).toContain(inHtml(`24: ${titleOf('your-rights', 'en')}`));
    },
  );

  test('says so in the variant that its first digit names', async () => {
    for (const [digits, variant] of [
      ['125', 'en'],
      ['225', 'en.easy'],
      ['325', 'cy'],
      ['425', 'cy.easy'],
    ] as const) {
      const answer = await ask(`/${digits}`, 'fr');
      const html = await answer.text();
      expect(answer.status).toBe(404);
      expect(html).toContain(`data-screen="page-not-found" data-variant="${variant}"`);
      expect(html).toContain(words(variant, 'site')('codeMissing', { code: digits }));
      expect(html).toContain(`href="${href('your-rights', variant)}"`);
      expect(html).toContain(inHtml(`${sayableCode('your-rights', variant)}: ${titleOf('your-rights', variant)}`));
    }
  });

  test('for easy read of a staff page offers what easy read has', async () => {
    const answer = await ask('/228');
    expect(answer.status).toBe(404);
    const html = await answer.text();
    expect(html).not.toContain('228:');
    expect(html).toContain(`href="${href('accessibility', 'en.easy')}"`);
  });

  test.each([
    '/24x',
    '/2%34x',
    '/1e2',
    '/0x18',
    '/-24',
    '/+24',
    '/2.4',
    '/٢٤',
    '/24/25',
    '/24/print',
    '/24/qr.svg',
    '/325/print',
    '/325/qr.svg',
    '/1x4/print',
    '/1x4/qr.svg',
    '/228/print',
    '/324/print/x',
    '/%00',
    '/24%00',
  ])('or that is no number: %s is an address that does not exist', async (path) => {
    const answer = await ask(path);
    expect([400, 404]).toContain(answer.status);
    expect(await answer.text()).not.toMatch(/undefined|Error|at file:/);
  });

  test('takes no post, and shows nothing of what follows a question mark', async () => {
    const posted = await fetch(`${site.origin}/24`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(posted.status).toBe(403);
    expect(await (await ask('/25?<b>qzx')).text()).not.toContain('qzx');
  });
});

describe('the sheet to print', () => {
  test('has the page’s title, its address and code, a QR code and a line for a telephone number, in every variant', async () => {
    for (const route of ['your-rights', 'outcome-w-ipa-must', 'for-staff'] as const) {
      for (const variant of variantsOf(route)) {
        const answer = await ask(sheetHref(route, variant));
        const html = await answer.text();
        expect(answer.status).toBe(200);
        expect(html).toContain(`data-screen="print-sheet" data-variant="${variant}"`);
        expect(html).toContain(inHtml(titleOf(route, variant)));
        expect(html).toContain(`${origin.replace('https://', '')}${codeHref(route, variant)}`);
        expect(html).toContain(`src="${qrHref(route, variant)}"`);
        expect(html).toContain('class="to-fill-in"');
        expect(html).not.toContain('public-origin.invalid');
      }
    }
  });

  test('exists for every page and variant, and its QR code too', async () => {
    for (const route of routesWithCode) {
      for (const variant of variantsOf(route)) {
        expect((await ask(sheetHref(route, variant))).status).toBe(200);
        const qr = await ask(qrHref(route, variant));
        expect(qr.headers.get('content-type')).toBe('image/svg+xml');
        expect(qr.status).toBe(200);
      }
    }
  });

  test('holds nothing that a visitor has answered', async () => {
    const answer = await fetch(`${site.origin}/140/print`, { headers: { cookie: 'a=qzx; b=qzx; __Host-a=qzx' } });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await answer.text()).not.toContain('qzx');
  });
});

describe('the page of an outcome', () => {
  test('says in every variant that it was given, that nothing was asked, and where the questions are', async () => {
    for (const variant of variantKeys) {
      const say = words(variant, 'site');
      const html = await (await ask(href('outcome-w-ipa-must', variant))).text();
      for (const key of ['givenTo', 'givenNoAnswers', 'givenQuestions']) expect(html).toContain(say(key));
      expect(html).toContain(`href="${href('check', variant)}"`);
      expect(html).toContain('data-outcome="w-ipa-must"');
      expect(html).toContain('<h1 id="o-w-ipa-must">');
      expect(html).toContain('legislation.gov.uk');
      expect(html.includes('/pictures/')).toBe(isEasyRead(variant));
      expect(html).toContain(`<html lang="${variants[variant].language}">`);
    }
  });
});
