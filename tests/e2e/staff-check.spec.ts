/** A member of staff with a caller on the line: the whole check on one page, by keyboard, in either language, and nothing kept. */
import type { Page } from '@playwright/test';
import { questionOf, type Answers } from '#check/check-flow.ts';
import { factsFromAnswers } from '#check/facts-from-answers.ts';
import { decide } from '#eligibility/decide.ts';
import { outcomes } from '#library/content.ts';
import { longDate } from '#site/dates.ts';
import { href } from '#site/links.ts';
import { inOtherLanguage, type Language } from '#site/variants.ts';
import { words } from '#site/words.ts';
import { outcomesShown, press, switchTo } from '../support/check-path.ts';
import { caseOf } from '../support/people.ts';
import { expect, test } from '../support/site-test.ts';
import { Visitor } from '../support/visitor.ts';

/** Case P02: as P03, but the stay is for good. */
const p02: Answers = { danger: 'no', ...caseOf('P03').facts, decision: 'long-care-home-stay' };
const { country: _, ...asked } = p02;

const today = (): string => new Date().toISOString().slice(0, 10);
const expected = (answers: Answers): string[] =>
  decide(factsFromAnswers(answers), today()).findings.map(({ outcome }) => outcome);

const updateButton = (page: Page, language: Language) =>
  page.getByRole('button', { name: words(language, 'staff')('page.update') });
const choiceOf = (page: Page, question: string, value: string) =>
  page.locator(`[data-question="${question}"] input[value="${value}"]`);

/** Everything chosen, as `question=value`. */
const chosenIn = (page: Page): Promise<string[]> =>
  page
    .locator('[data-question] input:checked')
    .evaluateAll((all) =>
      (all as HTMLInputElement[]).filter(({ value }) => value !== '').map(({ name, value }) => `${name}=${value}`),
    );

/** Waits until the result has followed what was last chosen; without scripts there is nothing to wait for. */
const hasFollowed = (page: Page): Promise<void> => expect(page.locator('[data-result][aria-busy=true]')).toHaveCount(0);

/** Presses Tab until what has the focus fits the selector. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 400; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`No way by keyboard to ${selector}`);
}

const hasFocus = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);

async function answerByKeyboard(page: Page, answers: Answers): Promise<void> {
  for (const [question, answer] of Object.entries(answers)) {
    const isOne = questionOf(question)?.kind === 'one';
    for (const value of [answer].flat()) {
      const details = `#q-${question}`;
      await tabTo(page, `${details} summary`);
      if (!(await page.locator(details).evaluate((each) => (each as HTMLDetailsElement).open))) {
        await page.keyboard.press('Enter');
      }
      const wanted = `${details} input[value="${value}"]`;
      if (isOne) {
        await page.keyboard.press('Tab');
        for (let presses = 0; presses < 40 && !(await hasFocus(page, wanted)); presses += 1) {
          await page.keyboard.press('ArrowDown');
        }
      } else {
        await tabTo(page, wanted);
        await page.keyboard.press('Space');
      }
      await expect(page.locator(wanted)).toBeChecked();
      await hasFollowed(page);
    }
  }
}

test('case P02 is finished by keyboard alone in under 90 seconds, with a change of language in the middle', async ({
  page,
  language,
  javaScriptEnabled,
}) => {
  test.setTimeout(180_000);
  await page.goto(href('for-staff-check', language));
  const began = Date.now();
  const inOrder = Object.entries(asked);
  await answerByKeyboard(page, Object.fromEntries(inOrder.slice(0, 5)));
  const other = inOtherLanguage(language);
  const held = await chosenIn(page);
  await tabTo(page, `[data-switch="${other}"]`);
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
  await expect(page.locator('main')).toHaveAttribute('data-variant', other);
  expect(await chosenIn(page)).toEqual(held);
  await answerByKeyboard(page, Object.fromEntries(inOrder.slice(5)));
  if (!javaScriptEnabled) {
    await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
  }
  await expect.poll(() => outcomesShown(page)).toEqual(expected(asked));
  const seconds = (Date.now() - began) / 1000;
  expect(seconds).toBeLessThan(90);
  expect(await outcomesShown(page)).toEqual(expect.arrayContaining(['imca-must', 'w-ipa-must']));
  expect(await page.context().cookies()).toEqual([]);
});

test('the sentences change language by themselves, and the answers stay', async ({ page, language }) => {
  await page.goto(href('for-staff-check', language));
  await choiceOf(page, 'danger', 'at-risk').check();
  const other = inOtherLanguage(language) as Language;
  const sentence = page.locator('#q-danger .say [lang]');
  await expect(sentence).toHaveText(words(language, 'staff')('questions.danger.say'));
  await press(page, page.locator('button[name=say]'));
  await expect(page.locator('main')).toHaveAttribute('data-variant', language);
  await expect(sentence).toHaveText(words(other, 'staff')('questions.danger.say'));
  await expect(sentence).toHaveAttribute('lang', other);
  await expect(choiceOf(page, 'danger', 'at-risk')).toBeChecked();
  await switchTo(page, inOtherLanguage(language));
  await expect(sentence).toHaveText(words(other, 'staff')('questions.danger.say'));
  await press(page, page.locator('button[name=say]'));
  await expect(sentence).toHaveText(words(language, 'staff')('questions.danger.say'));
});

test('the case note says what the page shows, and leaves nothing blank', async ({ page, language }) => {
  await page.goto(href('for-staff-check', language));
  await choiceOf(page, 'danger', 'no').check();
  for (const [question, answer] of Object.entries(asked)) {
    for (const value of [answer].flat()) {
      const details = page.locator(`#q-${question}`);
      if (!(await details.evaluate((each) => (each as HTMLDetailsElement).open))) {
        await details.locator('summary').click();
      }
      await choiceOf(page, question, value).check();
      await hasFollowed(page);
    }
  }
  await press(page, updateButton(page, language));
  expect(await outcomesShown(page)).toEqual(expected(asked));
  const note = await page.locator('.note textarea').inputValue();
  const titles = expected(asked).map((id) => outcomes().get(id)!.words[language].title);
  expect(note.match(/^- .*R\d+\.\d+.*$/gm)).toHaveLength(titles.length);
  for (const title of titles) expect(note).toContain(`- ${title} (`);
  for (const reason of await page.locator('[data-result] .answers dd').allTextContents()) {
    expect(note).toContain(reason);
  }
  for (const law of await page
    .locator('[data-result] .law a')
    .evaluateAll((all) => (all as HTMLAnchorElement[]).map(({ href: to }) => to))) {
    expect(note).toContain(law);
  }
  expect(note).toContain(longDate(today(), language));
  expect(note).not.toMatch(/undefined|null|\[object|: *$|\(\)|- *$/m);
  for (const each of ['en', 'cy'] as const) {
    await expect(
      page.locator('.offer [lang]').filter({ hasText: words(each, 'staff')('offer.mustSay', { context: 'other' }) }),
    ).toHaveAttribute('lang', each);
  }
});

test('with scripts the result comes by itself, is named to screen readers, and leaves the focus alone', async ({
  page,
  language,
  javaScriptEnabled,
}) => {
  test.skip(!javaScriptEnabled, 'without scripts the button shows the result');
  await page.goto(href('for-staff-check', language));
  await expect(page.locator('[data-live]')).toBeVisible();
  await choiceOf(page, 'danger', 'now').check();
  await expect.poll(() => outcomesShown(page)).toEqual(expected({ danger: 'now' }));
  const titles = expected({ danger: 'now' }).map((id) => outcomes().get(id)!.words[language].title);
  await expect(page.locator('[data-spoken]')).toHaveText(titles.join('. '));
  await expect(choiceOf(page, 'danger', 'now')).toBeFocused();
  await choiceOf(page, 'danger', 'no').check();
  await expect(page.locator('#q-about')).toHaveAttribute('open');
  await expect(page.locator('#q-about .status')).toHaveText(words(language, 'staff')('page.statusNow'));
  await page.reload();
  expect(await chosenIn(page)).toEqual([]);
  expect(await outcomesShown(page)).toEqual([]);
});

test('when the connection fails the page says so, and the button still shows the result', async ({
  page,
  language,
  javaScriptEnabled,
}) => {
  test.skip(!javaScriptEnabled, 'without scripts nothing is asked for in the background');
  await page.goto(href('for-staff-check', language));
  await page.context().setOffline(true);
  await choiceOf(page, 'danger', 'now').check();
  await expect(page.locator('[data-not-live]')).toBeVisible();
  await page.context().setOffline(false);
  await press(page, updateButton(page, language));
  expect(await outcomesShown(page)).toEqual(expected({ danger: 'now' }));
  await expect(page.locator('[data-not-live]')).toBeHidden();
});

test('the note can be copied where scripts run, and the button is not there where they do not', async ({
  page,
  language,
  javaScriptEnabled,
}) => {
  await page.goto(href('for-staff-check', language));
  await choiceOf(page, 'danger', 'now').check();
  await press(page, updateButton(page, language));
  const button = page.locator('[data-copy]');
  if (!javaScriptEnabled) {
    await expect(button).toBeHidden();
    return;
  }
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await button.click();
  await expect(page.locator('[data-copied]')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    await page.locator('.note textarea').inputValue(),
  );
});

test('answers that no question offers are answered kindly, and the others count', async ({ language, siteOrigin }) => {
  const visitor = new Visitor(siteOrigin);
  const path = href('for-staff-check', language);
  const strange = { danger: 'no', age: 'ancient', shoeSize: '42', ['__proto__']: 'x', say: 'klingon', about: 'me' };
  const { status, text, setCookies, headers } = await visitor.post(path, strange);
  expect(status).toBe(200);
  expect(setCookies).toEqual([]);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(text).toContain('id="errors"');
  expect(text).toContain('data-outcome');
  expect(text).not.toMatch(/ancient|shoeSize|klingon/);
  const huge = await visitor.post(path, { danger: 'x'.repeat(300_000) });
  expect(huge.status).toBe(413);
  expect(huge.text).toContain('data-screen="could-not-accept"');
});
