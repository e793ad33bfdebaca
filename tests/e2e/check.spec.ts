/** “Do I need an advocate?”: what people of the worked cases are told, and where they can go from there. */
import type { Page } from '@playwright/test';
import { choicesOf, checkFlow, type Answers } from '#check/check-flow.ts';
import { decide } from '#eligibility/decide.ts';
import { factsFromAnswers } from '#check/facts-from-answers.ts';
import { journey } from '#flow/journey.ts';
import { outcomes } from '#library/content.ts';
import { href, stepHref } from '#site/links.ts';
import { inOtherFormat, type Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import { answer, formOf, outcomesShown, startForm, stepShown, walkCheck, walkForm } from '../support/check-path.ts';
import { formOfAnswer } from '../support/journeys.ts';
import { caseOf, mair, neighbour } from '../support/people.ts';
import { expect, test } from '../support/site-test.ts';

const sorted = (list: readonly string[]): string[] => [...list].sort();

/** Every address below the form’s own, in this variant. */
const leadsIntoTheForm = (variant: Variant): string =>
  `main :is(a[href^="${href('refer', variant)}"], form[action^="${href('refer', variant)}"])`;

test('a woman who lost her speech is told of her right, why, by which law, and what to say', async ({
  page,
  language,
}) => {
  const { facts, expect: expected, never = [] } = caseOf('W01');
  await walkCheck(page, language, facts);
  const shown = await outcomesShown(page);
  expect(sorted(shown)).toEqual(sorted(expected));
  for (const harmful of never) expect(shown).not.toContain(harmful);

  const right = page.locator('[data-outcome="w-ipa-must"]');
  const say = words(language, 'check');
  await expect(right.locator('.say')).toHaveText(outcomes().get('w-ipa-must')!.words[language].say!);
  await expect(right.locator('.law a').first()).toHaveAttribute('href', /^https:\/\//);
  for (const fact of ['process', 'barriers', 'supporter']) {
    await expect(right.getByText(say(`questions.${fact}.label`), { exact: true })).toBeVisible();
    await expect(right.locator(`a[href="${stepHref('check', fact, language)}"]`)).toBeVisible();
  }
  await expect(right).toContainText(say('questions.process.options.assessment'));
  await expect(right).toContainText(say('questions.barriers.options.communicate'));
  await expect(right).toContainText(say('questions.supporter.options.none'));
  await expect(right.locator(`a.button[href="${href('refer', language)}"]`)).toBeVisible();
  await expect(page.locator('[data-outcome="route-gateway-cav"] a.button')).toHaveAttribute(
    'href',
    href('refer', language),
  );
});

test('in easy read the same answers lead to the same outcomes, with the words of easy read', async ({
  page,
  language,
}) => {
  const easy = inOtherFormat(language);
  const { facts, expect: expected } = caseOf('W01');
  await walkCheck(page, easy, facts);
  expect(sorted(await outcomesShown(page))).toEqual(sorted(expected));
  await expect(page.locator('[data-outcome="w-ipa-must"]')).toContainText(
    outcomes().get('w-ipa-must')!.words[easy].title,
  );
});

for (const id of ['W31', 'W33']) {
  const { situation, facts, expect: expected } = caseOf(id);
  test(`“${situation}” leads to urgent help at once, and nothing there leads into the form`, async ({
    page,
    language,
  }) => {
    const asked = await walkCheck(page, language, facts);
    expect(asked).toEqual(['danger']);
    const shown = await outcomesShown(page);
    // The check stops here, so that what only further questions could tell is not there; the first help is.
    expect(shown.length).toBeGreaterThan(0);
    for (const outcome of shown) expect(expected).toContain(outcome);
    expect(shown[0]).toBe('urgent-999');
    await expect(page.locator('main a[href="tel:999"]').first()).toBeVisible();
    await expect(page.locator(leadsIntoTheForm(language))).toHaveCount(0);
    await expect(formOf(page)).toHaveCount(0);
  });
}

for (const id of ['W05', 'W32']) {
  test(`somebody who is at risk goes on with the check and is shown urgent help first (${id})`, async ({
    page,
    language,
  }) => {
    const { facts, expect: expected } = caseOf(id);
    const asked = await walkCheck(page, language, facts);
    expect(asked).toContain('supporter');
    const shown = await outcomesShown(page);
    expect(sorted(shown)).toEqual(sorted(expected));
    expect(shown[0]).toMatch(/^urgent-/);
  });
}

const elsewhere = [
  ['W24', 'who was not asked'],
  ['C01', 'who is 12 and has just gone into care'],
  ['C04', 'who left care two years ago'],
  ['W20', 'who lives in Swansea'],
  ['E01', 'who lives in England'],
  ['X01', 'who lives in Scotland'],
] as const;

for (const [id, who] of elsewhere) {
  test(`somebody ${who} is told what is theirs, and the form shows them the same help`, async ({ page, language }) => {
    const { facts, expect: expected, never = [] } = caseOf(id);
    const answers: Answers = facts;
    await walkCheck(page, language, answers);
    const shown = await outcomesShown(page);
    const inTheCheck = journey(checkFlow, answersAsked(answers)).relevant;
    const today = new Date().toISOString().slice(0, 10);
    expect(sorted(shown)).toEqual(
      sorted(decide(factsFromAnswers(inTheCheck), today).findings.map(({ outcome }) => outcome)),
    );
    // What the case expects, but for what the check does not ask (capacity, say); nothing that would harm.
    for (const outcome of shown) expect([...expected, ...withoutFurtherFacts[id]]).toContain(outcome);
    for (const harmful of [...never, 'route-gateway-cav']) expect(shown).not.toContain(harmful);
    await expect(page.locator(leadsIntoTheForm(language))).toHaveCount(0);

    await startForm(page, language);
    await walkForm(page, answers['about'] === 'me' ? mair : neighbour, undefined, answers);
    await expect(page.locator('main')).toHaveAttribute('data-screen', 'refer-elsewhere');
    expect((await outcomesShown(page)).length).toBeGreaterThan(0);
    expect(await outcomesShown(page)).not.toContain('route-gateway-cav');
    await expect(page.locator('main a[href]').first()).toBeVisible();
  });
}
