/** After sending, and before somebody was asked: the pages that open with a secret, as people use them. */
import { href, stepHref } from '#site/links.ts';
import { words } from '#site/words.ts';
import { formOf, press, referenceShown, send, skipForm, stepShown } from '../support/check-path.ts';
import { everyWay, mair } from '../support/people.ts';
import { expect, test } from '../support/site-test.ts';

test('with reference and code from paper, somebody sees where their request is, and takes it back', async ({
  page,
  language,
  browser,
  siteOrigin,
}, { project }) => {
  await skipForm(page, language, mair);
  const reference = await send(page);
  const code = ((await page.locator('output[data-status-code]').textContent()) ?? '').trim();
  await page.reload();
  expect(await referenceShown(page)).toBe(reference);
  await expect(page.locator('output[data-status-code]')).toHaveText(code);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.on-paper').first()).toBeVisible();
  await expect(page.locator('main button').first()).toBeHidden();

  // Another device: nothing but the two secrets, one of them misread.
  const { javaScriptEnabled = true } = project.use;
  const elsewhere = await browser.newContext({ baseURL: siteOrigin, javaScriptEnabled });
  const other = await elsewhere.newPage();
  await other.goto(href('refer-status', language));
  const look = async (typed: string): Promise<void> => {
    await other.locator('[name=reference]').fill(reference.toLowerCase().replaceAll('-', ' '));
    await other.locator('[name=code]').fill(typed);
    await press(other, formOf(other).locator('button'));
  };
  await look('CC-CC-CC-CC-CC');
  await expect(other.locator('#errors')).toBeFocused();
  await expect(async () => {
    await other.goto(href('refer-status', language));
    await look(code);
    await expect(other.locator('h1')).toHaveAttribute('data-status', 'received', { timeout: 100 });
  }).toPass();
  await press(other, formOf(other).locator('button'));
  expect(await stepShown(other)).toBe('take-back-confirm');
  await press(other, formOf(other).locator('button[value=withdraw]'));
  await expect(other.locator('h1')).toHaveAttribute('data-status', 'withdrawn');
  expect(other.url(), 'no secret is in an address').not.toContain(reference);
  await elsewhere.close();
});

test('a helper passes on a link; the person opens it, sees every word, and goes on with the form', async ({
  page,
  language,
  browser,
  siteOrigin,
}, { project }) => {
  await skipForm(page, language, { about: { about: 'someone-else' }, age: everyWay['age'] ?? {} }, 'agreed');
  await page.locator('[name=agreed][value=not-asked]').check();
  await press(page, formOf(page).locator('button'));
  await press(page, page.locator(`main a[href="${href('hand-over', language)}"]`));
  await page.locator('[name=name]').fill('Mair Llŷr');
  await page.locator('[name=ownWords]').fill('Mae cyfarfod am ble i fyw.\nMae hi’n poeni.');
  await press(page, formOf(page).locator('button'));
  const link = new URL((await page.locator('[data-link]').textContent()) ?? '');

  const { javaScriptEnabled = true } = project.use;
  const elsewhere = await browser.newContext({ baseURL: siteOrigin, javaScriptEnabled });
  const other = await elsewhere.newPage();
  await other.goto(link.pathname + link.search);
  await expect(other.locator('main')).not.toContainText('Mair');
  await press(other, formOf(other).locator('button'));
  expect(other.url(), 'after the press the secret stands in no address').not.toContain(link.search);
  await expect(other.locator('main')).toContainText('Mair Llŷr');
  await expect(other.locator('main')).toContainText('Mae cyfarfod am ble i fyw.\nMae hi’n poeni.', {
    useInnerText: true,
  });
  await press(other, formOf(other).locator('button[value=take]'));
  expect(await stepShown(other)).toBe('age');
  await other.goto(stepHref('refer', 'need', language));
  await expect(other.locator('[name=ownWords]')).toHaveValue('Mae cyfarfod am ble i fyw.\nMae hi’n poeni.');
  await other.goto(link.pathname + link.search);
  await expect(other.locator('h1')).toHaveText(words(language, 'hand-over')('gone.title'));
  await elsewhere.close();
});
