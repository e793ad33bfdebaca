/** Going back, loading again and changing one’s mind: nothing is lost, and nothing stays that no longer applies. */
import type { Page } from '@playwright/test';
import { href, stepHref } from '#site/links.ts';
import {
  answer,
  continueButton,
  goBack,
  heldIn,
  outcomesShown,
  press,
  skipCheck,
  skipForm,
  startForm,
  stepShown,
} from '../support/check-path.ts';
import { formOfAnswer } from '../support/journeys.ts';
import { caseOf, everyQuestion, everyStep, mair, type Filled } from '../support/people.ts';
import { expect, test } from '../support/site-test.ts';

test.describe.configure({ timeout: 90_000 });

/** Answers each step, and at each goes back, loads again, and finds what was given. Returns the steps, in order. */
async function walkBackAndForth(page: Page, giveAt: (step: string) => Filled): Promise<string[]> {
  const asked: string[] = [];
  for (let step = await stepShown(page); step !== undefined && step !== 'send'; step = await stepShown(page)) {
    asked.push(step);
    const address = page.url().split('#')[0];
    await answer(page, giveAt(step));
    await goBack(page);
    expect(page.url().split('#')[0]).toBe(address);
    const given = Object.entries(giveAt(step)).map(([name, value]) => [name, [value].flat()]);
    expect(await heldIn(page), `after Back to ${step}`).toMatchObject(Object.fromEntries(given));
    await page.reload({ waitUntil: 'domcontentloaded' });
    expect(await heldIn(page), `after ${step} is loaded again`).toMatchObject(Object.fromEntries(given));
    await press(page, continueButton(page));
  }
  return asked;
}

/** Follows the page’s own “Back” from the end, through the steps in reverse, to the start. */
async function walkBack(page: Page, steps: readonly string[]): Promise<void> {
  for (const step of [...steps].reverse()) {
    await press(page, page.locator('a.back'));
    expect(await stepShown(page)).toBe(step);
  }
}

test('at every question Back and loading again keep everything chosen', async ({ page, language }) => {
  await page.goto(stepHref('check', 'danger', language));
  const steps = await walkBackAndForth(page, (step) => formOfAnswer(step, everyQuestion[step] ?? 'unsure'));
  expect(steps.length).toBeGreaterThan(10);
  const shown = await outcomesShown(page);
  await page.reload();
  expect(await outcomesShown(page)).toEqual(shown);
  await walkBack(page, steps);
});

test('at every step of the form Back and loading again keep everything chosen and typed', async ({
  page,
  language,
  javaScriptEnabled,
}) => {
  test.skip(javaScriptEnabled, 'The form has no script: with or without them it is the same.');
  await startForm(page, language);
  const steps = await walkBackAndForth(page, (step) => everyStep[step]!);
  expect(steps.length).toBeGreaterThan(18);
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'refer-check');
  const answers = await page.locator('main dl').allTextContents();
  await page.reload();
  expect(await page.locator('main dl').allTextContents()).toEqual(answers);
});

test('half way through the form, the page’s own Back leads step by step to the start', async ({ page, language }) => {
  await skipForm(page, language, mair, 'times');
  await walkBack(page, ['about', 'age', 'name', 'council', 'language', 'communication', 'contact', 'contact-details']);
  await press(page, page.locator('a.back'));
  expect(new URL(page.url()).pathname).toBe(href('refer', language));
});

test('“change” on the check’s result changes one answer and leads back to the result', async ({ page, language }) => {
  await skipCheck(page, language, caseOf('W01').facts);
  await press(page, page.locator(`main a[href="${stepHref('check', 'supporter', language)}"]`).first());
  await answer(page, { supporter: 'suitable' });
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'check-result');
  expect(await outcomesShown(page)).toContain('w-ai-first');
  expect(await outcomesShown(page)).not.toContain('w-ipa-must');
});

test('a changed age drops what was answered as an adult, and changed back finds it again', async ({
  page,
  language,
}) => {
  await skipCheck(page, language, caseOf('W01').facts);
  const asAnAdult = await outcomesShown(page);
  await page.goto(stepHref('check', 'age', language));
  await answer(page, { age: '5-15' });
  expect(await stepShown(page)).toBe('child');
  await answer(page, { child: ['looked-after'] });
  expect((await outcomesShown(page)).sort()).toEqual(['c-meic', 'c-statutory-ipa', 'route-child-provider']);
  await page.goto(stepHref('check', 'age', language));
  await answer(page, { age: '25-or-over' });
  expect(await outcomesShown(page)).toEqual(asAnAdult);
});

test('in the form a changed age leads to other help, and changed back to the answers as they were', async ({
  page,
  language,
}) => {
  await skipForm(page, language, mair);
  const answers = await page.locator('main dl').allTextContents();
  await press(page, page.locator(`main a[href="${stepHref('refer', 'age', language)}"]`));
  await answer(page, { age: '5-15' });
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'refer-elsewhere');
  expect(await outcomesShown(page)).toContain('c-meic');
  await page.goto(href('refer-check', language));
  await expect(page.locator('form[data-step="send"]')).toHaveCount(0);
  await page.goto(stepHref('refer', 'age', language));
  await answer(page, { age: '25-or-over' });
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'refer-check');
  expect(await page.locator('main dl').allTextContents()).toEqual(answers);
});

test('every “change” on check-your-answers leads to its step and back, with nothing lost', async ({
  page,
  language,
  javaScriptEnabled,
}) => {
  await skipForm(page, language, mair);
  const answers = await page.locator('main dl').allTextContents();
  const links = await page.locator('main dl a').evaluateAll((all) => all.map((each) => each.getAttribute('href')!));
  expect(links.length).toBeGreaterThan(14);
  for (const link of links.filter((_, at) => (at % 2 === 0) === javaScriptEnabled)) {
    await press(page, page.locator(`main dl a[href="${link}"]`));
    await press(page, continueButton(page));
    await expect(page.locator('main')).toHaveAttribute('data-screen', 'refer-check');
  }
  expect(await page.locator('main dl').allTextContents()).toEqual(answers);
});

test('a way of contact that is added asks for its details before the answers can be sent', async ({
  page,
  language,
}) => {
  await skipForm(page, language, mair);
  await press(page, page.locator(`main a[href="${stepHref('refer', 'contact', language)}"]`));
  await answer(page, { ways: ['call', 'email', 'letter'] });
  expect(await stepShown(page)).toBe('contact-details');
  expect(await heldIn(page), 'what was typed before is still there').toMatchObject({
    phone: ['029 2000 0000'],
    email: ['mair@example.org'],
  });
  await answer(page, { address: '1 Heol y Bont' });
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'refer-check');
});
