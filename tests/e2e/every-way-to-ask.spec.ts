/** Every way to ask, seen in a browser: just to be contacted, as a member of staff, and for somebody who has not been asked. */
import { readInbox } from '#gateway/embedded/received.server.ts';
import { referralV1, type ReferralV1 } from '#gateway/referral-v1.ts';
import { openFrom } from '#seal/seal.server.ts';
import { href, stepHref } from '#site/links.ts';
import { words } from '#site/words.ts';
import { answer, fillIn, formOf, press, send, skipForm, stepShown, switchTo, walkForm } from '../support/check-path.ts';
import { justContactMe, nurse } from '../support/people.ts';
import { expect, test } from '../support/site-test.ts';

/** What the Gateway has received under this reference, once it is there. */
async function received(dataDir: string, reference: string): Promise<ReferralV1> {
  const find = async (): Promise<ReferralV1 | undefined> => {
    const { keys, messages } = (await readInbox(dataDir)) ?? { keys: new Map(), messages: [] };
    const opened = await Promise.all(messages.map(({ sealed }) => openFrom(keys, sealed)));
    return opened
      .map((each) => JSON.parse(Buffer.from(each!.json).toString('utf8')) as ReferralV1)
      .find((message) => message.reference === reference);
  };
  await expect.poll(find, { timeout: 15_000 }).toBeDefined();
  return referralV1.parse(await find());
}

test('somebody who just wants to be contacted fills in 5 fields on 3 pages, and may tell more before she sends', async ({
  page,
  language,
  siteDataDir,
}) => {
  const variant = `${language}.easy` as const;
  await page.goto(href('refer', variant));
  await press(page, page.locator(`main a[href="${stepHref('refer', 'contact-me', variant)}"]`).first());
  // The switch keeps what is half typed here as everywhere.
  await fillIn(page, { name: 'Mair', way: 'call' });
  await switchTo(page, language);
  await expect(formOf(page).locator('[name="name"]')).toHaveValue('Mair');
  const asked = await walkForm(page, justContactMe);
  expect(asked).toEqual(['contact-me', 'contact-me-when']);
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'refer-check');
  const refer = words(language, 'refer');
  await expect(page.getByText(refer('check.sendAgree'))).toBeVisible();

  await press(page, page.locator(`main a[href="${stepHref('refer', 'communication', language)}"]`));
  await expect(page.getByText(refer('page.optional'))).toBeVisible();
  await answer(page, { needs: ['more-time'] });
  const message = await received(siteDataDir, await send(page));
  expect(message).toMatchObject({
    asked: 'short',
    about: 'not-asked',
    person: { name: 'Mair', ageBand: 'not-asked', council: 'not-asked' },
    language: { spoken: 'not-asked', written: 'not-asked' },
    communication: { needs: ['more-time'] },
    contact: { ways: ['call'], phone: '029 2000 0000', safe: { times: ['morning'], voicemail: false } },
    need: { process: 'not-asked', barriers: 'not-asked', supporter: 'not-asked' },
  });
});

test('from the short way to the whole form, what was given is not asked again', async ({ page, language }) => {
  await skipForm(page, language, justContactMe);
  await press(page, page.locator('main button[name="asked"]'));
  expect(await stepShown(page)).toBe('about');
  const asked = await walkForm(page, { ...nurse, about: { about: 'me' } });
  for (const known of ['name', 'contact', 'contact-details', 'times', 'voicemail']) expect(asked).not.toContain(known);
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'refer-check');
  await expect(page.locator('main')).toContainText('029 2000 0000');
});

test('a step that can wait says so, and is left for later by its own button', async ({ page, language }) => {
  await skipForm(page, language, { ...nurse, about: { about: 'me' } }, 'language');
  await expect(page.getByText(words(language, 'refer')('page.optional'))).toBeVisible();
  await press(page, formOf(page).locator('button[name="later"]'));
  expect(await stepShown(page)).toBe('communication');
});

test('a nurse tells how the person agreed, and the Gateway has it as the record', async ({
  page,
  language,
  siteDataDir,
}) => {
  await page.goto(stepHref('refer', 'about', language));
  const asked = await walkForm(page, nurse);
  expect(asked.slice(2, 6)).toEqual(['agreed', 'referrer', 'staff', 'agreement']);
  const message = await received(siteDataDir, await send(page));
  expect(message).toMatchObject({
    asked: 'full',
    agreed: 'yes',
    referrer: { relation: 'professional', role: 'nurse', organisation: 'Ward 4, Example Hospital' },
    agreement: { by: 'the-person', how: 'in-person', when: 'Bore heddiw' },
  });
});

test('for somebody who has not been asked nothing is sent: the page helps to ask, and leads on once they agree', async ({
  page,
  language,
}) => {
  await skipForm(page, language, { about: nurse['about']!, age: nurse['age']! }, 'agreed');
  await answer(page, { agreed: 'not-asked' });
  const main = page.locator('main');
  await expect(main).toHaveAttribute('data-screen', 'refer-ask-first');
  await expect(main.locator('[data-outcome="consent-needed"] .say')).toBeVisible();
  await expect(main.locator('#hand-over a')).toHaveAttribute('href', href('hand-over', language));
  await expect(main.locator('form')).toHaveCount(0);
  await press(page, main.locator(`a[href="${stepHref('refer', 'agreed', language)}"]`).last());
  await answer(page, { agreed: 'yes' });
  expect(await stepShown(page)).toBe('referrer');
});
