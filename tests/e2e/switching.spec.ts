/** Changing language or to easy read in the middle: the same step, with everything chosen and typed, and its errors. */
import type { Page } from '@playwright/test';
import { inOtherFormat, inOtherLanguage, variants, type Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import { stepHref } from '#site/links.ts';
import {
  answer,
  continueButton,
  fillIn,
  formOf,
  heldIn,
  press,
  startForm,
  stepShown,
  switchTo,
} from '../support/check-path.ts';
import { formOfAnswer } from '../support/journeys.ts';
import { everyQuestion, everyStep, refusedOf, type Filled } from '../support/people.ts';
import { expect, test } from '../support/site-test.ts';

test.describe.configure({ timeout: 120_000 });

/** All at once, because each question to the browser takes its time. */
const seenOn = (page: Page) =>
  page.evaluate(() => ({
    title: document.title,
    heading: document.querySelector('h1')?.textContent ?? '',
    lang: document.documentElement.lang,
    errors: [...document.querySelectorAll('.error-summary li')].map((each) => each.textContent),
  }));

/** Presses these switches one after the other; each time the step is the same, and what it holds, and what is wrong. */
async function switchAlong(page: Page, from: Variant, along: readonly Variant[]): Promise<void> {
  const step = await stepShown(page);
  const held = await heldIn(page);
  let [at, { errors: said }] = [from, await seenOn(page)];
  for (const to of along) {
    await switchTo(page, to);
    expect(await stepShown(page)).toBe(step);
    expect(await heldIn(page), `${step} in ${to}`).toEqual(held);
    const { title, heading, lang, errors } = await seenOn(page);
    const { language } = variants[to];
    const site = words(to, 'site');
    expect(lang).toBe(language);
    expect(title).toBe(`${errors.length > 0 ? `${site('errorPrefix')} ` : ''}${heading} – ${site('name')}`);
    expect(errors).toHaveLength(said.length);
    if (errors.length > 0) await expect(page.locator('#errors'), 'reading begins there again').toBeFocused();
    if (variants[at].language !== language) {
      for (const [index, error] of errors.entries()) expect(error, 'it is said anew').not.toBe(said[index]);
    }
    [at, said] = [to, errors];
  }
}

/** To the other language, then to easy read in it. */
const switchThere = (page: Page, variant: Variant): Promise<void> =>
  switchAlong(page, variant, [inOtherLanguage(variant), inOtherFormat(inOtherLanguage(variant))]);

/** Back from there: the first language’s easy read, then its standard pages. */
const switchBack = (page: Page, variant: Variant): Promise<void> =>
  switchAlong(page, inOtherFormat(inOtherLanguage(variant)), [inOtherFormat(variant), variant]);

/** Walks on from the step shown; at each, looks around with `look` before it is answered. */
async function walk(
  page: Page,
  giveAt: (step: string) => Filled,
  look: (step: string, filled: Filled) => Promise<void>,
): Promise<number> {
  let steps = 0;
  for (let step = await stepShown(page); step !== undefined && step !== 'send'; step = await stepShown(page)) {
    await look(step, giveAt(step));
    await answer(page, giveAt(step));
    steps += 1;
  }
  return steps;
}

const journeys = [
  {
    name: 'question of the check',
    atLeast: 11,
    scripts: 1,
    open: (page: Page, variant: Variant) => page.goto(stepHref('check', 'danger', variant)),
    giveAt: (step: string) => formOfAnswer(step, everyQuestion[step] ?? 'unsure'),
  },
  {
    name: 'step of the form',
    atLeast: 19,
    scripts: 0,
    open: startForm,
    giveAt: (step: string) => everyStep[step]!,
  },
] as const;

for (const { name, atLeast, scripts, open, giveAt } of journeys) {
  // The switches load a page, with or without scripts. So the one half walks well, the other into errors.
  test(`at every ${name} the switches keep the step, what is chosen and typed, and the errors`, async ({
    page,
    language,
    javaScriptEnabled,
  }) => {
    await open(page, language);
    await expect(page.locator('script')).toHaveCount(scripts);
    const steps = await walk(page, giveAt, async (step, filled) => {
      if (javaScriptEnabled) {
        await switchThere(page, language);
        await fillIn(page, filled);
        await switchBack(page, language);
        await expect(page.locator('.error-summary')).toHaveCount(0);
        return;
      }
      const { filled: wrongly, wrong } = refusedOf(step);
      await fillIn(page, wrongly);
      await press(page, continueButton(page));
      await expect(page.locator('.error-summary li')).toHaveCount(wrong.length);
      await switchThere(page, language);
      await switchBack(page, language);
      await expect(formOf(page).locator('.error')).toHaveCount(wrong.length);
    });
    expect(steps).toBeGreaterThanOrEqual(atLeast);
  });
}

test('a change of language in the middle of the form ends in a confirmation in the new language', async ({
  page,
  language,
}) => {
  await page.goto(stepHref('check', 'danger', language));
  await page.locator('input[value="no"]').check();
  await switchTo(page, inOtherLanguage(language));
  await expect(page.locator('input[value="no"]')).toBeChecked();
  await press(page, continueButton(page));
  expect(await stepShown(page)).toBe('about');
  await expect(page.locator('main')).toHaveAttribute('data-variant', inOtherLanguage(language));
});
