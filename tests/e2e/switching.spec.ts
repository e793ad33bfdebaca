/**
 * Changing language or format wherever something can be filled in, as a browser does it: the same step, with all that is
 * chosen and typed, and what is wrong with it. Every pair of variants and every way to ask: tests/delivery/switching.test.ts.
 */
import type { Page } from '@playwright/test';
import { checkFlow } from '#check/check-flow.ts';
import { referFlow } from '#referral/refer-flow.ts';
import { cookieWasSet } from '#site/cookies.ts';
import { href, placeHref, stepHref, type Place } from '#site/links.ts';
import { inOtherFormat, inOtherLanguage, variantKeys, variants, type Language, type Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import { continueButton, fillIn, heldIn, press, skipForm, stepShown, switchTo } from '../support/check-path.ts';
import { half } from '../support/half-typed.ts';
import { everyWay, refusedOf, type Filled } from '../support/people.ts';
import { formIn, shownPage } from '../support/shown-page.ts';
import { expect, test } from '../support/site-test.ts';

test.describe.configure({ timeout: 180_000 });

interface Spot {
  readonly place: Place;
  readonly refused: { readonly filled: Filled; readonly wrong: readonly string[] };
}

const stepsOf = (route: 'check' | 'refer', flow: readonly { readonly id: string }[]): readonly Spot[] =>
  flow.map(({ id: step }) => ({ place: { route, step }, refused: refusedOf(step) }));

const nobodyTouched = async (): Promise<void> => undefined;

interface Forms {
  readonly name: string;
  readonly spots: readonly Spot[];
  readonly prepare: (page: Page, variant: Variant) => Promise<void>;
}

/** Every form that keeps what is typed, with what each refuses. A new question or step joins by itself. */
const forms: readonly Forms[] = [
  { name: 'question of the check', spots: stepsOf('check', checkFlow), prepare: nobodyTouched },
  {
    name: 'step of the form',
    spots: stepsOf('refer', referFlow),
    // What is asked of the details of contact, and when, depends on the ways; every other step has no answer yet.
    prepare: (page: Page, variant: Variant) => skipForm(page, variant, { contact: everyWay['contact']! }),
  },
  {
    name: 'page that opens with a secret',
    spots: [
      { place: { route: 'refer-status' }, refused: { filled: { code: ' 4k-x9 ' }, wrong: ['reference'] } },
      { place: { route: 'hand-over' }, refused: { filled: { from: 'ŵ'.repeat(300) }, wrong: ['from'] } },
    ],
    prepare: nobodyTouched,
  },
];

const bothSwitches = [inOtherLanguage, inOtherFormat];
/** Each switch of each variant, in turn; those who read Welsh begin with Welsh. */
const pairs = variantKeys.flatMap((from) => bothSwitches.map((to) => [from, to(from)] as const));
const pairInTurn = (at: number, language: Language): readonly [Variant, Variant] =>
  pairs[(at + (language === 'cy' ? pairs.length / 2 : 0)) % pairs.length]!;

/** All at once, because each question to the browser takes its time. */
const seenOn = (page: Page) =>
  page.evaluate(() => ({
    title: document.title,
    heading: document.querySelector('h1')?.textContent ?? '',
    lang: document.documentElement.lang,
    errors: [...document.querySelectorAll('.error-summary li')].map((each) => each.textContent),
    address: location.pathname + location.search,
  }));

/** Presses a switch: the step is the same, at its address, with what it holds and what is wrong. */
async function keeps(page: Page, { place }: Spot, to: Variant): Promise<void> {
  const [step, held, { errors: said, lang: before }] = [await stepShown(page), await heldIn(page), await seenOn(page)];
  await switchTo(page, to);
  expect(await stepShown(page)).toBe(step);
  expect(await heldIn(page), `${step} in ${to}`).toEqual(held);
  const { title, heading, lang, errors, address } = await seenOn(page);
  const site = words(to, 'site');
  expect(lang).toBe(variants[to].language);
  expect(title.startsWith(`${site('errorPrefix')} `)).toBe(said.length > 0);
  expect(title).toContain(site('name'));
  expect(heading).not.toBe('');
  expect(address.replace(cookieWasSet, '')).toBe(placeHref(place, to));
  expect(errors).toHaveLength(said.length);
  if (errors.length > 0) await expect(page.locator('#errors'), 'reading begins there again').toBeFocused();
  if (lang !== before) {
    for (const [at, error] of errors.entries()) expect(error, 'it is said anew').not.toBe(said[at]);
  }
}

for (const { name, spots, prepare } of forms) {
  test(`at every ${name} a switch keeps the page, and what is half typed`, async ({ page, language }) => {
    await prepare(page, language);
    for (const [at, spot] of spots.entries()) {
      const [from, to] = pairInTurn(at, language);
      await page.goto(placeHref(spot.place, from));
      await keeps(page, spot, to);
      await fillIn(page, half(formIn(shownPage({ path: page.url(), status: 200, text: await page.content() }))));
      await keeps(page, spot, from);
    }
  });

  test(`at every ${name} a switch keeps what was refused, and says anew what is wrong`, async ({ page, language }) => {
    await prepare(page, language);
    for (const [at, spot] of spots.entries()) {
      const [from, to] = pairInTurn(at + 1, language);
      await page.goto(placeHref(spot.place, from));
      const held = await heldIn(page);
      const filled = Object.entries(spot.refused.filled).filter(([field]) => field in held);
      await fillIn(page, Object.fromEntries(filled));
      await press(page, continueButton(page));
      await expect(page.locator('#errors'), `${spot.place.step} in ${from}`).toBeFocused();
      await keeps(page, spot, to);
    }
  });
}

test('on the page for staff a switch keeps what is chosen, and what cannot be', async ({ page, language }) => {
  const chosen = () =>
    page.locator('[data-call] input:checked').evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value));
  const pressSwitch = async (to: Language): Promise<void> => {
    await page
      .locator('[data-call] details')
      .evaluateAll((all) => all.forEach((each) => each.setAttribute('open', '')));
    const before = await chosen();
    await switchTo(page, to);
    expect(await chosen()).toEqual(before);
  };
  const other = language === 'en' ? 'cy' : 'en';
  await page.goto(href('for-staff-check', language));
  await pressSwitch(other);
  const choose = async (question: string, value: string): Promise<void> => {
    await page
      .locator('[data-call] details')
      .evaluateAll((all) => all.forEach((each) => each.setAttribute('open', '')));
    await page.locator(`[data-call] input[name="${question}"][value="${value}"]`).check();
  };
  await choose('danger', 'no');
  await pressSwitch(language);
  await choose('process', 'none');
  await choose('process', 'assessment');
  await page.locator('.press button').click();
  await expect(page.locator('.error-summary li')).toHaveCount(1);
  await pressSwitch(other);
  await expect(page.locator('.error-summary li')).toHaveCount(1);
  await expect(page.locator('main')).toContainText(words(other, 'check')('questions.process.errorConflict'));
});

test('after a change of language in the middle, the check goes on in the new language', async ({ page, language }) => {
  await page.goto(stepHref('check', 'danger', language));
  await page.locator('input[value="no"]').check();
  await switchTo(page, inOtherLanguage(language));
  await expect(page.locator('input[value="no"]')).toBeChecked();
  await press(page, continueButton(page));
  expect(await stepShown(page)).toBe('about');
  await expect(page.locator('main')).toHaveAttribute('data-variant', inOtherLanguage(language));
});
