/** “Do I need an advocate?”: what people of the worked cases are told, and where they can go from there. */
import { checkFlow } from '#check/check-flow.ts';
import { outcomes } from '#library/content.ts';
import { href, stepHref } from '#site/links.ts';
import { inOtherFormat, type Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import {
  answer,
  formOf,
  outcomesShown,
  press,
  skipCheck,
  startForm,
  stepShown,
  walkCheck,
  walkForm,
} from '../support/check-path.ts';
import { caseOf, mair, neighbour, type FilledSteps } from '../support/people.ts';
import { expect, test } from '../support/site-test.ts';

/** The result and the form have no script, so that people with and without them share the cases: each half is walked in both languages. */
const halfOf = <T>(all: readonly T[], javaScriptEnabled: boolean | undefined): T[] =>
  all.filter((_, at) => (at % 2 === 0) === (javaScriptEnabled ?? true));

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
  // The page is long: what it holds stands first, as a way to each part.
  const titles = shown.map((id) => [`#o-${id}`, outcomes().get(id)!.words[language].title]);
  const parts = page.locator('main a[href^="#o-"]');
  expect(
    await parts.evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.textContent.trim()])),
  ).toEqual(titles);

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
  await skipCheck(page, easy, facts);
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
    const asked = await skipCheck(page, language, facts);
    expect(asked).toEqual(['danger']);
    const shown = await outcomesShown(page);
    expect(sorted(shown)).toEqual(sorted(expected));
    expect(shown[0]).toBe('urgent-999');
    await expect(page.locator('main a[href="tel:999"]').first()).toBeVisible();
    await expect(page.locator(leadsIntoTheForm(language))).toHaveCount(0);
    await expect(formOf(page)).toHaveCount(0);
  });
}

test('somebody who is at risk goes on with the check, and is shown urgent help first', async ({
  page,
  language,
  javaScriptEnabled,
}) => {
  const { facts, expect: expected } = caseOf(javaScriptEnabled ? 'W05' : 'W32');
  expect(await skipCheck(page, language, facts)).toContain('supporter');
  const shown = await outcomesShown(page);
  expect(sorted(shown)).toEqual(sorted(expected));
  expect(shown[0]).toMatch(/^urgent-/);
});

const elsewhere = [
  ['W24', 'who was not asked', caseOf('W24').expect],
  ['C01', 'who is 12 and has just gone into care', caseOf('C01').expect],
  ['C04', 'who left care two years ago', caseOf('C04').expect],
  ['W20', 'who lives in Swansea', caseOf('W20').expect],
  ['E01', 'who lives in England', caseOf('E01').expect],
  ['X01', 'who lives in Scotland', caseOf('X01').expect],
] as const;

/** Where the form ends without a referral: with a person who has still to be asked, or where other help is named. */
const wayOutOf = (agreed: unknown): 'ask-first' | 'elsewhere' =>
  agreed === 'not-asked' || agreed === 'no' ? 'ask-first' : 'elsewhere';

test('somebody whose help lies elsewhere is told what is theirs, and the form shows it too, never a dead end', async ({
  page,
  context,
  language,
  javaScriptEnabled,
}) => {
  test.setTimeout(60_000);
  for (const [id, who, expected] of halfOf(elsewhere, javaScriptEnabled)) {
    await test.step(`somebody ${who}`, async () => {
      await context.clearCookies();
      const { facts } = caseOf(id);
      await skipCheck(page, language, { mentalHealth: 'none', ...facts });
      expect(sorted(await outcomesShown(page)), id).toEqual(sorted(expected));
      await expect(page.locator(leadsIntoTheForm(language))).toHaveCount(0);

      await startForm(page, language);
      await walkForm(page, facts['about'] === 'me' ? mair : neighbour);
      await expect(page.locator('main')).toHaveAttribute('data-screen', `refer-${wayOutOf(facts['agreed'])}`);
      expect(sorted(await outcomesShown(page)), id).toEqual(sorted(expected));
      await expect(page.locator('[data-outcome] a[href]').first()).toBeVisible();
    });
  }
});

const withoutTheCheck: readonly (readonly [who: string, filled: FilledSteps])[] = [
  ['somebody of 12', { ...mair, age: { age: '5-15' } }],
  ['a care leaver of 20', { ...mair, age: { age: '18-24' }, child: { child: ['care-leaver'] } }],
  ['somebody in Swansea', { ...mair, council: { council: 'W06000011' } }],
  ['a neighbour who has not asked', { ...neighbour, agreed: { agreed: 'not-asked' } }],
];

test('somebody whose help lies elsewhere and who opens the form without the check is shown who can help', async ({
  page,
  context,
  language,
  javaScriptEnabled,
}) => {
  for (const [who, filled] of halfOf(withoutTheCheck, javaScriptEnabled)) {
    await test.step(who, async () => {
      await context.clearCookies();
      await startForm(page, language);
      await walkForm(page, filled);
      const way = wayOutOf(filled.agreed?.['agreed']);
      await expect(page.locator('main')).toHaveAttribute('data-screen', `refer-${way}`);
      expect((await outcomesShown(page)).length).toBeGreaterThan(0);
      expect(await outcomesShown(page)).not.toContain('route-gateway-cav');
      // A wrong answer can be put right from here, and the form then goes on.
      const change = words(language, 'refer')(way === 'ask-first' ? 'askFirst.change' : 'elsewhere.change');
      await press(page, page.getByRole('link', { name: change, exact: true }));
      await expect(formOf(page)).toBeVisible();
    });
  }
});

test('somebody in Bristol whom Cardiff placed there is led to the Gateway, and its form takes them', async ({
  page,
  language,
}) => {
  const { facts, expect: expected } = caseOf('E07');
  await skipCheck(page, language, facts);
  expect(sorted(await outcomesShown(page))).toEqual(sorted(expected));
  await press(page, page.locator('[data-outcome="route-gateway-cav"] a.button'));
  await press(page, page.locator(`main a[href="${stepHref('refer', 'about', language)}"]`).first());
  const asked = await walkForm(page, mair);
  expect(asked, 'the council that placed them is known').not.toContain('council');
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'refer-check');
});

test('what is only offered stands on the result, leads to one question and what follows on it, and back', async ({
  page,
  language,
}) => {
  await skipCheck(page, language, caseOf('W01').facts);
  const before = await outcomesShown(page);
  const address = stepHref('check', 'mentalHealth', language);
  await press(page, page.locator(`main a[href="${address}"]`));
  await press(page, page.locator('a.back'));
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'check-result');
  await press(page, page.locator(`main a[href="${address}"]`));
  await answer(page, { mentalHealth: 'detained' });
  expect(await stepShown(page)).toBe('hospitalCountry');
  await answer(page, { hospitalCountry: 'wales' });
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'check-result');
  expect(sorted(await outcomesShown(page))).toEqual(sorted([...before, 'w-imha-compulsory', 'route-imha']));
  await expect(page.locator(`main li > a[href="${address}"]`), 'what is answered is not offered again').toHaveCount(0);
});

test('every question can be answered “not sure”, and somebody who always does gets help', async ({
  page,
  language,
}) => {
  const asked = await walkCheck(page, language, {});
  expect(asked).toEqual(expect.arrayContaining(['danger', 'about', 'country', 'age', 'process', 'barriers']));
  const shown = await outcomesShown(page);
  expect(shown).toContain('w-ipa-ask');
  expect(shown.some((outcome) => outcome.startsWith('route-'))).toBe(true);
});

test('somebody who is not sure of anything that the case X04 leaves open gets exactly its help', async ({
  page,
  language,
}) => {
  const { facts, expect: expected } = caseOf('X04');
  await skipCheck(page, language, facts);
  expect(sorted(await outcomesShown(page))).toEqual(sorted(expected));
});

test('every question offers “not sure”', async ({ request, language }) => {
  for (const { id } of checkFlow) {
    const text = await (await request.get(stepHref('check', id, language))).text();
    expect(text.match(/value="unsure"/g), id).toHaveLength(1);
  }
});
