/** Nothing may need scrolling sideways: not on the narrowest screen, and not there with text at twice its size. */
import type { Page } from '@playwright/test';
import type { Verdict } from './verdict.ts';

async function tooWide(page: Page, when: string): Promise<string[]> {
  const found = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return undefined;
    const widest = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5)
      .map((element) => element.outerHTML.slice(0, 120));
    return { scrollWidth, clientWidth, widest: widest.slice(0, 3) };
  });
  if (!found) return [];
  const { scrollWidth, clientWidth, widest } = found;
  return [`${when} the page is ${scrollWidth} px wide on ${clientWidth} px: ${widest.join(' | ')}`];
}

/** Judges the page that is open, in the viewport that it has, and leaves it as it was. */
export async function judgeOverflow(page: Page): Promise<Verdict> {
  const faults = await tooWide(page, 'At the usual size of text');
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  faults.push(...(await tooWide(page, 'At twice the size of text')));
  await page.evaluate(() => document.documentElement.removeAttribute('style'));
  return { faults, nodes: await page.locator('body *').count() };
}
