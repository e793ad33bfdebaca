/** Asking for an advocate, from the first step to what the Gateway receives. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { decide } from '#eligibility/decide.ts';
import { readInbox } from '#gateway/embedded/received.server.ts';
import { referralV1, type ReferralV1 } from '#gateway/referral-v1.ts';
import { openFrom } from '#seal/seal.server.ts';
import { href, stepHref } from '#site/links.ts';
import { words } from '#site/words.ts';
import {
  answer,
  continueButton,
  outcomesShown,
  press,
  referenceShown,
  send,
  skipForm,
  stepShown,
  switchTo,
  walkCheck,
  walkForm,
} from '../support/check-path.ts';
import { caseOf, everyWay, mair, neighbour, socialWorker, textOnly } from '../support/people.ts';
import { projectFolder } from '../support/site.ts';
import { expect, test } from '../support/site-test.ts';

interface InInbox {
  readonly reference: string;
  readonly message: ReferralV1;
}

/** All that the embedded Gateway has received, by the command that a person would use. */
async function inbox(dataDir: string): Promise<InInbox[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['src/commands/gateway-inbox.ts', '--json'], {
    cwd: projectFolder,
    env: { ...process.env, DATA_DIR: dataDir },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as InInbox[];
}

/** The messages under this reference, read as the command reads them, without starting it each time. */
async function received(dataDir: string, reference: string): Promise<ReferralV1[]> {
  const { keys, messages } = (await readInbox(dataDir)) ?? { keys: new Map(), messages: [] };
  const opened = await Promise.all(messages.map(({ sealed }) => openFrom(keys, sealed)));
  return opened
    .map((each) => JSON.parse(Buffer.from(each!.json).toString('utf8')) as ReferralV1)
    .filter((message) => message.reference === reference);
}

/** The one referral under this reference, once it has arrived. */
async function theReferral(dataDir: string, reference: string): Promise<ReferralV1> {
  await expect.poll(async () => (await received(dataDir, reference)).length, { timeout: 15_000 }).toBe(1);
  const [referral] = await received(dataDir, reference);
  return referralV1.parse(referral);
}

const findingsOf = (facts: Parameters<typeof decide>[0]) =>
  decide(facts, new Date().toISOString().slice(0, 10)).findings.map(({ outcome, force, rule }) => ({
    outcome,
    force,
    rule,
  }));

test('from the check to a reference: the Gateway receives one referral, with what was answered and nothing else', async ({
  page,
  language,
  siteDataDir,
}) => {
  const { facts } = caseOf('W01');
  await walkCheck(page, language, { ...facts, carer: 'no' });
  const shown = await outcomesShown(page);
  await press(page, page.locator('[data-outcome="route-gateway-cav"] a.button'));
  await press(page, page.locator(`main a[href="${stepHref('refer', 'about', language)}"]`).first());
  const asked = await walkForm(page, everyWay);
  // What the check knows is not asked again.
  for (const known of ['age', 'council', 'process', 'barriers', 'supporter']) expect(asked).not.toContain(known);
  const reference = await send(page);
  expect(reference).toMatch(/^[A-Z2-9]{3}-[A-Z2-9]{3}-[A-Z2-9]{3}$/);

  const referral = await theReferral(siteDataDir, reference);
  const inTheInbox = (await inbox(siteDataDir)).filter((each) => each.reference === reference);
  expect(inTheInbox.map(({ message }) => message)).toEqual([referral]);
  expect(referral).toMatchObject({
    schema: 'referral/v1',
    reference,
    variant: language,
    about: 'me',
    person: { name: 'Mair Llŷr-Ŵyn', ageBand: '25-or-over', council: 'W06000015' },
    language: { spoken: 'cy', written: 'en' },
    communication: { needs: ['easy-read', 'more-time', 'other'], other: 'Siaradwch yn araf' },
    contact: {
      ways: ['call', 'text', 'email', 'letter', 'video-call', 'through-someone'],
      phone: '029 2000 0000',
      email: 'mair@example.org',
      address: '1 Heol y Bont\nCaerdydd',
      postcode: 'CF10 1AA',
      videoCall: 'Anfonwch ddolen mewn e-bost',
      throughSomeone: 'Elin, ar ddydd Mawrth',
      safe: {
        voice: true,
        times: ['morning', 'weekend'],
        neverTimes: ['evening'],
        timesNote: 'Dim ar ddydd Llun',
        voicemail: false,
        text: true,
        whoMayAnswer: 'some-people',
        whoMayAnswerNames: 'Elin, fy chwaer',
        whatToSay: 'own-words',
        whatToSayWords: 'Dywedwch mai am yr ardd y mae’r alwad',
        writing: 'openly',
        codeWord: 'eirinen',
      },
    },
    need: {
      process: ['assessment'],
      barriers: ['communicate'],
      supporter: 'none',
      ownWords: 'Dw i ddim yn deall y llythyr.\nBeth wna i?',
      deadline: '12 Rhagfyr',
    },
    permission: 'given',
  });
  expect(referral.referrer).toBeUndefined();
  expect(referral.findings).toEqual(findingsOf({ ...(facts as object), carer: 'no' }));
  expect(referral.findings.map(({ outcome }) => outcome)).toEqual(shown);
});

test('in easy read the Gateway learns that the person read easy read', async ({ page, language, siteDataDir }) => {
  await skipForm(page, `${language}.easy`, mair);
  const referral = await theReferral(siteDataDir, await send(page));
  expect(referral.variant).toBe(`${language}.easy`);
});

test('the language of the referral is the one in which it was sent', async ({ page, language, siteDataDir }) => {
  const other = language === 'en' ? 'cy' : 'en';
  await skipForm(page, language, mair, 'need');
  await switchTo(page, other);
  await walkForm(page, mair);
  const referral = await theReferral(siteDataDir, await send(page));
  expect(referral.variant).toBe(other);
  expect(referral.person.name).toBe('Mair Llŷr-Ŵyn');
});

test('somebody who asks for a neighbour who agrees is asked who they are, in words about the neighbour', async ({
  page,
  language,
  siteDataDir,
}) => {
  const refer = words(language, 'refer');
  const other = { context: 'other' };
  await skipForm(page, language, neighbour, 'referrer');
  await expect(page.locator('h1')).toHaveText(refer('steps.referrer.title'));
  await answer(page, neighbour['referrer']!);
  expect(await stepShown(page)).toBe('name');
  await expect(page.locator('h1')).toHaveText(refer('steps.name.title', other));
  await walkForm(page, neighbour, 'barriers');
  await expect(page.locator('h1')).toHaveText(words(language, 'check')('questions.barriers.title', other));
  await walkForm(page, neighbour);
  const referral = await theReferral(siteDataDir, await send(page));
  expect(referral).toMatchObject({
    about: 'someone-else',
    agreed: 'yes',
    referrer: { name: 'Gwen Prys', relation: 'friend', contact: '029 2000 0001' },
    person: { name: 'Yusuf Khan' },
    language: { spoken: 'other', otherSpoken: 'Bengali', written: 'no-preference' },
  });
  expect(referral.cannotAgreeReason).toBeUndefined();
});

test('for somebody who cannot agree, the reason goes with the referral', async ({ page, language, siteDataDir }) => {
  await skipForm(page, language, socialWorker, 'agreed');
  await answer(page, socialWorker['agreed']!);
  expect(await stepShown(page)).toBe('cannot-agree-reason');
  await skipForm(page, language, socialWorker);
  const referral = await theReferral(siteDataDir, await send(page));
  expect(referral).toMatchObject({
    agreed: 'cannot-agree',
    cannotAgreeReason: 'He has dementia and does not follow the question.',
    referrer: { name: 'Gwen Prys', relation: 'professional' },
  });
});

test('somebody who is not sure of anything can ask too', async ({ page, language, siteDataDir }) => {
  await skipForm(page, language, {
    ...mair,
    about: { about: 'unsure' },
    age: { age: 'unsure' },
    council: { council: 'unsure' },
    language: { spoken: 'no-preference', written: 'no-preference' },
    communication: {},
    contact: { ways: ['letter'] },
    'contact-details': { address: 'Y Bwthyn' },
    times: { times: ['any'] },
    process: { process: ['unsure'] },
    otherTopic: { otherTopic: 'unsure' },
    barriers: { barriers: ['unsure'] },
    need: {},
  });
  const referral = await theReferral(siteDataDir, await send(page));
  expect(referral.person).toMatchObject({ ageBand: 'unsure', council: 'unsure' });
  expect(referral.need).toMatchObject({ process: 'unsure', barriers: 'unsure' });
  expect(referral.contact).not.toHaveProperty('phone');
  expect(referral.contact).not.toHaveProperty('email');
});

test('a way of contact that is taken away takes its number out of what is sent', async ({
  page,
  language,
  siteDataDir,
}) => {
  await skipForm(page, language, mair);
  await expect(page.locator('main')).toContainText('029 2000 0000');
  await press(page, page.locator(`main a[href="${stepHref('refer', 'contact', language)}"]`));
  await answer(page, { ways: ['email'] });
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'refer-check');
  await expect(page.locator('main')).not.toContainText('029 2000 0000');
  const referral = await theReferral(siteDataDir, await send(page));
  expect(referral.contact).toMatchObject({ ways: ['email'], email: 'mair@example.org' });
  expect(referral.contact).not.toHaveProperty('phone');
  // The plan for calls goes with the call: nobody may ring and leave a message.
  expect(referral.contact.safe).toEqual({
    voice: true,
    times: ['morning', 'weekend'],
    neverTimes: ['evening'],
    timesNote: 'Dim ar ddydd Llun',
    text: false,
    writing: 'openly',
    codeWord: 'eirinen',
  });
  expect(referral.obligations).toContain('no-voice-calls');
});

test('somebody whom nobody may call reads that before sending, and no number that could be called is sent', async ({
  page,
  language,
  siteDataDir,
  javaScriptEnabled,
}) => {
  test.skip(javaScriptEnabled, 'The form has no script: with or without them it is the same.');
  const variant = language === 'cy' ? 'cy.easy' : 'en';
  const say = words(variant, 'refer');
  // A number to call was given first. Then the mind was changed.
  await skipForm(page, variant, mair);
  await press(page, page.locator(`main a[href="${stepHref('refer', 'contact', variant)}"]`));
  await answer(page, { ways: ['call', 'text'], neverWays: ['call'] });
  await expect(page.locator('#errors')).toBeFocused();
  const asked = await walkForm(page, textOnly);
  expect(asked).toEqual(['contact', 'contact-details']);
  for (const step of ['times', 'communication', 'writing']) {
    await press(page, page.locator(`main a[href="${stepHref('refer', step, variant)}"]`));
    await answer(page, textOnly[step]!);
  }
  const shown = page.locator('main');
  await expect(shown).toContainText(say('plan.neverCall'));
  await expect(shown).toContainText(say('plan.text'));
  await expect(shown).toContainText(say('plan.neverEvening'));
  await expect(shown).toContainText('07700 900123');
  await expect(shown).not.toContainText('029 2000 0000');
  for (const step of ['voicemail', 'answering', 'say']) {
    await expect(page.locator(`main a[href="${stepHref('refer', step, variant)}"]`)).toHaveCount(0);
  }

  const referral = await theReferral(siteDataDir, await send(page));
  const { textOnly: number, safe, ...rest } = referral.contact;
  expect(number).toEqual({ number: '07700 900123', voice: false });
  expect(rest).toEqual({ ways: ['text'] });
  expect(safe).toMatchObject({ voice: false, text: true });
  expect(safe).not.toHaveProperty('voicemail');
  expect(JSON.stringify({ ...referral, contact: rest })).not.toMatch(/900123|2000 0000/);
  expect(referral.obligations).toEqual(
    expect.arrayContaining(['no-voice-calls', 'write-nothing-about-why', 'keep-to-times', 'bsl-interpreter']),
  );
});

test('a reference that is sent twice at once, double-clicked, reloaded or sent again stays one referral', async ({
  page,
  language,
  siteDataDir,
}) => {
  await skipForm(page, language, mair);
  const address = href('refer-check', language);
  const twice = await Promise.all(
    [1, 2].map(() =>
      page.request.post(address, {
        data: '',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
        maxRedirects: 0,
      }),
    ),
  );
  for (const response of twice) {
    expect(response.status()).toBe(303);
    expect(response.headers()['location']).toBe(href('refer-sent', language));
  }
  // The page in the browser is as it was before: its button is pressed as well, twice.
  // The second press ends the navigation that the first began: what counts is the page that is shown in the end.
  await continueButton(page).dblclick();
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'refer-sent');
  const reference = await referenceShown(page);
  await page.reload();
  expect(await referenceShown(page)).toBe(reference);

  await page.goBack();
  if ((await stepShown(page)) === 'send') await press(page, continueButton(page));
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'refer-sent');
  expect(await referenceShown(page)).toBe(reference);
  await theReferral(siteDataDir, reference);
});

test('who asks again after sending gets a new reference, and the Gateway two referrals', async ({
  page,
  language,
  siteDataDir,
}) => {
  await skipForm(page, language, mair);
  const first = await send(page);
  await page.goto(stepHref('refer', 'about', language));
  await expect(page.locator('input:checked'), 'nothing of the first request is left on the form').toHaveCount(0);
  await skipForm(page, language, { ...mair, name: { name: 'Mair eto' } });
  const second = await send(page);
  expect(second).not.toBe(first);
  expect((await theReferral(siteDataDir, first)).person.name).toBe('Mair Llŷr-Ŵyn');
  expect((await theReferral(siteDataDir, second)).person.name).toBe('Mair eto');
});
