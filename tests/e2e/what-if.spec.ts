/** “What could change this”: each promise of the result is followed through the pages, and kept. */
import { questionOf, type Answers } from '#check/check-flow.ts';
import { nearOutcomes, type NearOutcome } from '#check/what-if.ts';
import { outcomes } from '#library/content.ts';
import { stepHref } from '#site/links.ts';
import { inOtherFormat, type Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import { answer, outcomesShown, press, skipCheck, stepShown } from '../support/check-path.ts';
import { formOfAnswer } from '../support/journeys.ts';
import { expect, test } from '../support/site-test.ts';

const adult = { danger: 'no', about: 'me', council: 'W06000015', age: '25-or-over', carer: 'no' };

const people: readonly (readonly [string, Answers])[] = [
  ['somebody whose friend can help', { ...adult, process: ['assessment'], barriers: ['weigh'], supporter: 'suitable' }],
  [
    'somebody for whom nothing seemed to fit',
    { ...adult, process: [], otherTopic: 'no', mentalHealth: 'none', complaint: 'none' },
  ],
  [
    'a girl of 12 who needs extra help to learn',
    {
      ...adult,
      age: '5-15',
      child: ['additional-learning-needs'],
      process: [],
      mentalHealth: 'none',
      complaint: 'none',
    },
  ],
  [
    'a neighbour who helps a man that cannot agree',
    {
      ...adult,
      about: 'someone-else',
      agreed: 'cannot-agree',
      process: [],
      capacity: 'lacks',
      decision: 'serious-medical-treatment',
      consultable: 'yes',
    },
  ],
];

/** The first answer that the page promises something for, beside those that the question has where it is added. */
const formOfPromise = (answers: Answers, { question, values, isAdded }: NearOutcome): Record<string, string[]> => {
  const now = answers[question];
  return { [question]: [...(isAdded && Array.isArray(now) ? (now as string[]) : []), values[0]!] };
};

const today = (): string => new Date().toISOString().slice(0, 10);

async function keepsItsPromises(
  { page, variant }: { page: Parameters<typeof skipCheck>[0]; variant: Variant },
  known: Answers,
): Promise<void> {
  // What is only offered is left alone here, also where something is known of it.
  const asked = await skipCheck(page, variant, known);
  const answers: Answers = Object.fromEntries(asked.map((id) => [id, known[id] ?? 'unsure']));
  const shown = page.locator('[data-near]');
  const promised = await shown.evaluateAll((all) => all.map((each) => each.getAttribute('data-near')));
  const near = nearOutcomes(answers, today());
  expect(promised.length).toBeGreaterThan(0);
  expect([...promised].sort()).toEqual(near.map(({ outcome }) => outcome as string).sort());
  const before = await outcomesShown(page);

  for (const promise of near) {
    await page.context().clearCookies();
    await skipCheck(page, variant, answers);
    const box = page.locator(`[data-near="${promise.outcome}"]`);
    await expect(box).toContainText(outcomes().get(promise.outcome)!.words[variant].title);
    const address = stepHref('check', promise.question, variant);
    await press(page, page.locator(`[data-near-question="${promise.question}"] + p a[href="${address}"]`));
    expect(await stepShown(page)).toBe(promise.question);
    const form = formOfPromise(answers, promise);
    await answer(
      page,
      questionOf(promise.question)?.kind === 'one' ? { [promise.question]: promise.values[0]! } : form,
    );
    for (let next = await stepShown(page); next !== undefined; next = await stepShown(page)) {
      await answer(page, formOfAnswer(next, 'unsure'));
    }
    const after = await outcomesShown(page);
    expect(before).not.toContain(promise.outcome);
    expect(after, `${promise.question} leads to ${promise.outcome}`).toContain(promise.outcome);
    await expect(page.locator(`[data-near="${promise.outcome}"]`)).toHaveCount(0);
  }
}

for (const [who, answers] of people) {
  test(`${who} is shown which answer could change the result, and each of them does`, async ({
    page,
    language,
    javaScriptEnabled,
  }) => {
    await keepsItsPromises({ page, variant: javaScriptEnabled ? language : inOtherFormat(language) }, answers);
  });
}

test('the result stands after a reload, and Back leads to the last answer and on to the same result', async ({
  page,
  language,
}) => {
  await skipCheck(page, language, people[0]![1]);
  const before = await outcomesShown(page);
  await page.reload();
  expect(await outcomesShown(page)).toEqual(before);
  await press(page, page.locator('a.back'));
  expect(await stepShown(page)).toBe('supporter');
  await answer(page, { supporter: 'suitable' });
  expect(await outcomesShown(page)).toEqual(before);
});

test('where only urgent help counts, or questions are open, nothing stands beside it', async ({ page, language }) => {
  await skipCheck(page, language, { danger: 'now' });
  expect(await outcomesShown(page)).toContain('urgent-999');
  await expect(page.locator('[data-near]')).toHaveCount(0);
  await expect(page.getByText(words(language, 'check')('whatIf.heading'))).toHaveCount(0);
});
