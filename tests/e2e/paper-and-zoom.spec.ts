/** On paper, on a narrow telephone and with large text: everything is there, and nobody has to scroll sideways. */
import type { Page } from '@playwright/test';
import { stepHref } from '#site/links.ts';
import { inOtherFormat } from '#site/variants.ts';
import { continueButton, fillIn, press, referenceShown, send, skipCheck, skipForm } from '../support/check-path.ts';
import { caseOf, everyWay, mair } from '../support/people.ts';
import { expect, test } from '../support/site-test.ts';

test('the confirmation prints with its reference, without the site’s menus', async ({ page, language }) => {
  await skipForm(page, language, mair);
  const reference = await send(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('output[data-reference]')).toBeVisible();
  expect(await referenceShown(page)).toBe(reference);
  await expect(page.locator('h1')).toBeVisible();
  const { color, background } = await page.locator('output[data-reference]').evaluate((output) => {
    const style = getComputedStyle(output);
    return { color: style.color, background: getComputedStyle(document.body).backgroundColor };
  });
  expect(color).not.toBe(background);
  await expect(page.locator('[data-exit]')).toBeHidden();
});

/** Every element that sticks out at the side, in a word that helps to find it. */
const sticksOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((each) => each.getBoundingClientRect().right > root.clientWidth + 1)
      .map((each) => `${each.tagName.toLowerCase()}.${each.className} ${each.textContent.trim().slice(0, 40)}`);
  });

const largeText = (page: Page): Promise<void> =>
  page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });

// With scripts the standard pages, without them easy read: no page has a script, so that it makes no difference.
test('at 320 pixels and with text twice as large nothing needs sideways scrolling', async ({
  page,
  language,
  javaScriptEnabled,
}) => {
  test.setTimeout(60_000);
  const variant = javaScriptEnabled ? language : inOtherFormat(language);
  const fits = async (what: string): Promise<void> => {
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await sticksOut(page), `${what} at 320 pixels`).toEqual([]);
    await largeText(page);
    expect(await sticksOut(page), `${what} at 320 pixels with large text`).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await sticksOut(page), `${what} at 1280 pixels with large text`).toEqual([]);
  };
  await page.goto(stepHref('check', 'barriers', variant));
  await fits('a question');
  await press(page, continueButton(page));
  await expect(page.locator('#errors')).toBeVisible();
  await fits('an error');
  await skipCheck(page, variant, caseOf('W32').facts);
  await fits('a result');
  await page.context().clearCookies();
  await skipForm(page, variant, everyWay, 'contact-details');
  await fillIn(page, { phone: '0'.repeat(40), email: `${'a'.repeat(60)}@example.org` });
  await fits('the details of contact');
  await skipForm(page, variant, {
    ...everyWay,
    'contact-details': { ...everyWay['contact-details'], email: `${'a'.repeat(120)}@example.org` },
    need: { ownWords: 'x'.repeat(300) },
  });
  await fits('the answers');
  await send(page);
  await fits('the confirmation');
});
