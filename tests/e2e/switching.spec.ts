/** Changing language or to easy read in the middle: the same step, with everything chosen and typed, and its errors. */
import type { Page } from '@playwright/test';
import { inOtherFormat, inOtherLanguage, variants, type Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import { stepHref } from '#site/links.ts';
import { answer, continueButton, fillIn, formOf, heldIn, press, startForm, stepShown, switchTo } from '../support/check-path.ts';
import { formOfAnswer } from '../support/journeys.ts';
import { everyQuestion, everyStep, refusedOf, type Filled } from '../support/people.ts';
import { expect, test } from '../support/site-test.ts';

test.describe.configure({ timeout: 120_000 });

/** With scripts a test begins on the standard pages, without them in easy read: between them the four variants are walked. */
const variantOfProject = (language: 'en' | 'cy', javaScriptEnabled: boolean | undefined): Variant =>
  javaScriptEnabled ? language : `${language}.easy`;

interface Seen {
  readonly step: string | undefined;
  readonly held: Record<string, string[]>;
  readonly errors: number;
}

const seenOn = async (page: Page): Promise<Seen> => ({
  step: await stepShown(page),
  held: await heldIn(page),
  errors: await page.locator('.error-summary li').count(),
});

const errorsSaid = (page: Page): Promise<string[]> => page.locator('.error-summary li').allTextContents();

/** Switches to the other language and back, and to the other format and back; each time everything is as it was. */
async function switchAround(page: Page, variant: Variant): Promise<void> {
  const before = await seenOn(page);
  const said = new Map([[variant, await errorsSaid(page)]]);
  for (const to of [inOtherLanguage(variant), variant, inOtherFormat(variant), variant]) {
    await switchTo(page, to);
    expect(await seenOn(page), `${before.step} in ${to}`).toEqual(before);
    await expect(page.locator('html')).toHaveAttribute('lang', variants[to].language);
    await titleFits(page, to, before.errors > 0);
    const errors = await errorsSaid(page);
    expect(said.get(to) ?? errors, 'each time the same words').toEqual(errors);
    said.set(to, errors);
    if (errors.length > 0) await expect(page.locator('#errors')).toBeFocused();
  }
  for (const [at, error] of said.get(variant)!.entries()) {
    expect(said.get(inOtherLanguage(variant))![at], 'the error is in the new language').not.toBe(error);
  }
}

/** The window’s title begins with the heading, after the word for an error where there is one, in this variant’s language. */
async function titleFits(page: Page, variant: Variant, hasErrors: boolean): Promise<void> {
  const site = words(variant, 'site');
  const heading = (await page.locator('h1').textContent()) ?? '';
  expect(await page.title()).toBe(`${hasErrors ? `${site('errorPrefix')} ` : ''}${heading} – ${site('name')}`);
}

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
    open: (page: Page, variant: Variant) => page.goto(stepHref('check', 'danger', variant)),
    giveAt: (step: string) => formOfAnswer(step, everyQuestion[step] ?? 'unsure'),
  },
  {
    name: 'step of the form',
    atLeast: 19,
    open: startForm,
    giveAt: (step: string) => everyStep[step]!,
  },
] as const;

for (const { name, atLeast, open, giveAt } of journeys) {
  test(`at every ${name}, fresh, the switches keep the step and the words follow`, async ({
    page,
    language,
    javaScriptEnabled,
  }) => {
    const variant = variantOfProject(language, javaScriptEnabled);
    await open(page, variant);
    expect(await walk(page, giveAt, () => switchAround(page, variant))).toBeGreaterThanOrEqual(atLeast);
  });

  test(`at every ${name}, half filled in, the switches lose nothing`, async ({ page, language, javaScriptEnabled }) => {
    const variant = variantOfProject(language, javaScriptEnabled);
    await open(page, variant);
    await walk(page, giveAt, async (_step, filled) => {
      await fillIn(page, filled);
      const held = await heldIn(page);
      await switchAround(page, variant);
      expect(await heldIn(page)).toEqual(held);
      await expect(page.locator('.error-summary')).toHaveCount(0);
    });
  });

  test(`at every ${name}, refused, the switches keep the errors, in the new language`, async ({
    page,
    language,
    javaScriptEnabled,
  }) => {
    const variant = variantOfProject(language, javaScriptEnabled);
    await open(page, variant);
    await walk(page, giveAt, async (step) => {
      const { filled, wrong } = refusedOf(step);
      await fillIn(page, filled);
      await press(page, continueButton(page));
      expect(await stepShown(page)).toBe(step);
      await expect(page.locator('.error-summary li')).toHaveCount(wrong.length);
      await switchAround(page, variant);
      await expect(formOf(page).locator('.error')).toHaveCount(wrong.length);
    });
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
