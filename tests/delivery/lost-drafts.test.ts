/** What somebody sees whose draft is lost or cannot be reached, with the words of this page still there; and what the operator hears of it. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { referFlow } from '#referral/refer-flow.ts';
import { href, stepHref } from '#site/links.ts';
import { variantKeys, type Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import { fillReferral } from '../support/journeys.ts';
import { mair } from '../support/people.ts';
import { formIn, held, shownPage } from '../support/shown-page.ts';
import { startSite, type Site } from '../support/site.ts';
import { Visitor, type Answer } from '../support/visitor.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
}, 30_000);
afterAll(async () => {
  expect(await site.stop()).toBe(0);
});

let heardBefore = 0;
beforeEach(() => {
  heardBefore = site.logs().length;
});

/** What the operator has heard since the test began. */
const heard = (): string => site.logs().slice(heardBefore);
const alarms = (): readonly Record<string, unknown>[] =>
  heard()
    .split('\n')
    .filter((line) => line.includes('"level":"alarm"'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const steps = referFlow.map(({ id }) => id);
const typed = 'Dw i ddim yn gwybod beth i’w ddweud wrthyn nhw.';

/** Somebody who has filled in everything and sees it. */
async function aboutToSend(variant: Variant = 'en'): Promise<Visitor> {
  const visitor = new Visitor(site.origin);
  expect((await fillReferral(visitor, variant, mair, steps)).path).toBe(href('refer-check', variant));
  return visitor;
}

/** Changes the database below the running site. */
function onDisk(statement: string): void {
  const disk = new DatabaseSync(join(site.dataDir, 'site.db'));
  disk.exec(statement);
  disk.close();
}

const flipDrafts = (): void =>
  onDisk("update drafts set sealed = substr(sealed, 1, 400) || '!' || substr(sealed, 402)");

const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** The page says this, shows the way to a person, and nothing of what was there before. */
function saysSo({ text }: Answer, variant: Variant, ...keys: readonly string[]): void {
  const say = words(variant, 'refer');
  const alert = /role="alert"[^>]*>(.*?)<\/p>/s.exec(text)?.[1] ?? '';
  expect(inOneLine(alert.replaceAll(/<[^>]+>/g, ''))).toBe(
    inOneLine([...keys, 'page.help'].map((key) => say(key)).join(' ')),
  );
  expect(alert).toContain(`href="${href('contact', variant)}"`);
  expect(text).not.toContain('Mair Llŷr');
}

/** What the form of this page holds in its box for one’s own words, as a browser reads it. */
const ownWordsIn = (answer: Answer): readonly string[] | undefined => held(formIn(shownPage(answer)))['ownWords'];

describe.each(variantKeys)('in %s, what the disk has changed', (variant) => {
  test('behind a link for somebody who has not been asked is told to both, and is one alarm', async () => {
    const say = words(variant, 'hand-over');
    const helper = new Visitor(site.origin);
    const { text } = await helper.post(href('hand-over', variant), { ownWords: typed });
    const [, link = ''] = /[?&]k=([\w-]+)/.exec(text) ?? [];
    expect(link).not.toBe('');
    flipDrafts();
    const person = new Visitor(site.origin);
    for (const told of [
      await person.post(href('handed-over', variant), { link, do: 'open' }),
      await person.post(href('handed-over', variant), { link, do: 'take' }),
      await helper.post(href('hand-over', variant), { link, switch: variant }),
    ]) {
      expect(told.status).toBe(200);
      expect(told.text).toContain(say('gone.unreadable'));
      expect(told.text).not.toContain(say('gone.summary'));
      expect(told.text).toContain(`href="${href('contact', variant)}"`);
    }
    expect(alarms()).toEqual([{ at: expect.any(String), level: 'alarm', event: 'draft.damaged' }]);
  });
  const need = stepHref('refer', 'need', variant);

  test('as a draft is told kindly, with what was just typed still on the page; the next press goes on with it', async () => {
    const visitor = await aboutToSend(variant);
    flipDrafts();
    saysSo(await visitor.get(need), variant, 'lost.unreadable');
    const told = await visitor.post(need, { ownWords: typed });
    expect(told).toMatchObject({ status: 200, path: need });
    saysSo(told, variant, 'lost.unreadable', 'lost.stillHere');
    expect(ownWordsIn(told)).toEqual([typed]);
    const next = await visitor.post(need, { ownWords: typed });
    expect(next.path).not.toBe(need);
    expect(next.text).not.toContain(words(variant, 'refer')('lost.unreadable'));
    expect(ownWordsIn(await visitor.get(need))).toEqual([typed]);
    expect(alarms()).toEqual([{ at: expect.any(String), level: 'alarm', event: 'draft.damaged' }]);
  });

  test('as a draft is told at the end of the form, where nothing is sent', async () => {
    const visitor = await aboutToSend(variant);
    flipDrafts();
    const check = href('refer-check', variant);
    for (const [answer, ...keys] of [
      [await visitor.get(check), 'lost.unreadable'],
      [await visitor.post(check, {}), 'lost.unreadable', 'unread.notSent'],
    ] as const) {
      expect(answer).toMatchObject({ status: 200, path: check });
      saysSo(answer, variant, ...keys);
      expect(answer.text).toContain(`<h1>${words(variant, 'refer')('lost.title')}</h1>`);
      expect(answer.text).not.toContain('data-step="send"');
    }
    expect(alarms()).toHaveLength(1);
    expect(heard()).not.toContain('referral.accepted');
  });
});

describe.each(variantKeys)('in %s, a database that fails at the end of the form', (variant) => {
  test('is told, nothing is sent, and “try again” sends it once the database is well', async () => {
    const visitor = await aboutToSend(variant);
    const check = href('refer-check', variant);
    onDisk('alter table drafts rename to drafts_away');
    try {
      for (const [answer, ...keys] of [
        [await visitor.get(check), 'unread.summary'],
        [await visitor.post(check, {}), 'unread.summary', 'unread.notSent'],
      ] as const) {
        expect(answer).toMatchObject({ status: 503, path: check });
        saysSo(answer, variant, ...keys);
        expect(answer.text).toContain(`<h1>${words(variant, 'refer')('unread.title')}</h1>`);
        expect(answer.text).toMatch(
          new RegExp(`<form method="${'posted' in answer ? 'post' : 'get'}" data-step="again"`),
        );
        expect(answer.setCookies, 'the key of the draft stays where it is').toEqual([]);
      }
    } finally {
      onDisk('alter table drafts_away rename to drafts');
    }
    expect(alarms().map(({ event }) => event)).toEqual(['request.failed', 'referral.not-accepted']);
    expect((await visitor.get(check)).text).toContain('Mair Llŷr-Ŵyn');
    expect((await visitor.post(check, {})).path).toBe(href('refer-sent', variant));
    expect(heard().split('"event":"referral.accepted"')).toHaveLength(2);
  });
});

test('a switch of language pressed at that moment loses neither the words nor the notice', async () => {
  const visitor = await aboutToSend();
  flipDrafts();
  const shown = await visitor.post(stepHref('refer', 'need', 'en'), { ownWords: typed, switch: 'cy.easy' });
  expect(shown.path).toBe(stepHref('refer', 'need', 'cy.easy'));
  saysSo(shown, 'cy.easy', 'lost.unreadable', 'lost.stillHere');
  expect(ownWordsIn(shown)).toEqual([typed]);
  expect(ownWordsIn(await visitor.get(stepHref('refer', 'need', 'cy.easy')))).toEqual([typed]);
});

test('a draft whose 24 hours are over is told at the next press, and not passed over', async () => {
  const visitor = await aboutToSend();
  onDisk('update drafts set expires_at = 1');
  const told = await visitor.post(stepHref('refer', 'need', 'en'), { ownWords: typed });
  saysSo(told, 'en', 'lost.expired', 'lost.stillHere');
  expect(ownWordsIn(told)).toEqual([typed]);
  expect(alarms()).toEqual([]);
});

test('cookies that were changed or made up raise no alarm, however many come', async () => {
  const visitor = await aboutToSend();
  const [name, cookie] = [...visitor.cookies].find(([, value]) => value.length === 86)!;
  const check = href('refer-check', 'en');
  for (let at = 43; at < 85; at += 1) {
    const changed = `${cookie.slice(0, at)}${cookie[at] === 'A' ? 'B' : 'A'}${cookie.slice(at + 1)}`;
    const stranger = new Visitor(site.origin, new Map([[name, changed]]));
    saysSo(await stranger.get(check), 'en', 'lost.unreadable');
  }
  const madeUp = new Visitor(site.origin, new Map([[name, Buffer.alloc(64, 7).toString('base64url')]]));
  saysSo(await madeUp.post(check, {}), 'en', 'lost.expired', 'unread.notSent');
  expect(alarms()).toEqual([]);
  expect((await visitor.get(check)).text).toContain('Mair Llŷr-Ŵyn');
});
