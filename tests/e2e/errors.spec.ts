/** What somebody meets who presses the button too early or writes what cannot be used: said once, said kindly, nothing lost. */
import type { Page } from '@playwright/test';
import { stepHref } from '#site/links.ts';
import type { Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import {
  answer,
  continueButton,
  fillIn,
  formOf,
  heldIn,
  press,
  skipForm,
  startForm,
  stepShown,
} from '../support/check-path.ts';
import { formOfAnswer } from '../support/journeys.ts';
import { everyQuestion, everyStep, mair, neighbour, refusedOf, type Filled } from '../support/people.ts';
import { expect, test } from '../support/site-test.ts';

test.describe.configure({ timeout: 90_000 });

/** Sends the step as `filled` and looks at everything that a person with or without sight needs in order to go on. */
async function refuseAndLook(page: Page, variant: Variant, step: string): Promise<void> {
  const { filled, wrong } = refusedOf(step);
  await fillIn(page, filled);
  const held = await heldIn(page);
  await press(page, continueButton(page));
  expect(await stepShown(page)).toBe(step);

  const site = words(variant, 'site');
  await expect(page.locator('#errors'), 'the summary is where reading begins').toBeFocused();
  await expect(page.locator('#errors .title')).toHaveText(site('errorSummary'));
  expect(await page.title()).toMatch(new RegExp(`^${site('errorPrefix')} `));
  expect(await heldIn(page), 'what was chosen and typed is still there').toEqual(held);

  const links = page.locator('#errors li a');
  await expect(links).toHaveCount(wrong.length);
  for (const [at, field] of wrong.entries()) {
    const link = links.nth(at);
    const said = page.locator(`[id="${field}-error"]`);
    await expect(said).toContainText((await link.textContent())!);
    await expect(page.locator(`[aria-describedby~="${field}-error"]`), 'the error belongs to its field').toHaveCount(1);
    await link.click();
    await expect(formOf(page).locator(`[name="${field}"]`).first(), 'the link leads to the field').toBeFocused();
  }
}

async function walkRefused(page: Page, variant: Variant, giveAt: (step: string) => Filled): Promise<number> {
  let steps = 0;
  for (let step = await stepShown(page); step !== undefined && step !== 'send'; step = await stepShown(page)) {
    await refuseAndLook(page, variant, step);
    await answer(page, giveAt(step));
    await expect(page.locator('.error-summary'), 'once it is right, no error follows').toHaveCount(0);
    steps += 1;
  }
  return steps;
}

test('every question says what is missing or wrong, and leads to it', async ({ page, language }) => {
  await page.goto(stepHref('check', 'danger', language));
  const giveAt = (step: string) => formOfAnswer(step, everyQuestion[step] ?? 'unsure');
  expect(await walkRefused(page, language, giveAt)).toBeGreaterThan(10);
});

test('every step of the form says what is missing or wrong, in which field, and leads to it', async ({
  page,
  language,
  javaScriptEnabled,
}) => {
  test.skip(javaScriptEnabled, 'The form has no script: with or without them it is the same.');
  await startForm(page, language);
  expect(await walkRefused(page, language, (step) => everyStep[step]!)).toBeGreaterThan(18);
});

test('a step that needs an answer says so when nothing at all was filled in', async ({ page, language }) => {
  for (const step of ['name', 'language', 'contact', 'contact-details', 'times', 'answering', 'say', 'permission']) {
    await skipForm(page, language, mair, step);
    await press(page, continueButton(page));
    expect(await stepShown(page)).toBe(step);
    await expect(page.locator('#errors')).toBeFocused();
    await expect(page.locator('[aria-describedby$="-error"]').first()).toBeVisible();
  }
});

test('Enter in a box goes on in the same language, from every kind of box', async ({ page, language }) => {
  await skipForm(page, language, neighbour, 'referrer');
  await fillIn(page, neighbour['referrer']!);
  await pressEnterIn(page, 'yourContact', 'name', language);
  await fillIn(page, neighbour['name']!);
  await pressEnterIn(page, 'name', 'council', language);
  await skipForm(page, language, neighbour, 'language');
  await fillIn(page, neighbour['language']!);
  await pressEnterIn(page, 'otherSpoken', 'communication', language);
  await skipForm(page, language, neighbour, 'contact-details');
  await fillIn(page, neighbour['contact-details']!);
  await pressEnterIn(page, 'email', 'times', language);
});

async function pressEnterIn(page: Page, field: string, leadsTo: string, variant: Variant): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator(`[name="${field}"]`).press('Enter')]);
  expect(await stepShown(page)).toBe(leadsTo);
  await expect(page.locator('main')).toHaveAttribute('data-variant', variant);
}

test('a new line in a box of several lines is a new line, and does not send the step', async ({ page, language }) => {
  await skipForm(page, language, mair, 'need');
  const box = page.locator('textarea[name="ownWords"]');
  await box.pressSequentially('un');
  await box.press('Enter');
  await box.pressSequentially('dau');
  await expect(box).toHaveValue('un\ndau');
  expect(await stepShown(page)).toBe('need');
});
