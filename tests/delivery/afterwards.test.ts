/** After sending, over the wire: where a referral is, taking it back, and a link for somebody who has not been asked. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { withdrawalV1 } from '#gateway/withdrawal-v1.ts';
import { referFlow } from '#referral/refer-flow.ts';
import { href, stepHref } from '#site/links.ts';
import { variantKeys } from '#site/variants.ts';
import { words } from '#site/words.ts';
import { startFaultyGateway, type FaultyGateway } from '../support/faulty-gateway.ts';
import { fillReferral, wholeReferral } from '../support/journeys.ts';
import { startSite, type Site } from '../support/site.ts';
import { Visitor, type Form } from '../support/visitor.ts';

let gateway: FaultyGateway;
let site: Site;
beforeAll(async () => {
  gateway = await startFaultyGateway();
  site = await startSite({ env: gateway.env });
}, 30_000);
afterAll(async () => {
  await site.stop();
  await gateway.close();
});

const steps = referFlow.map(({ id }) => id);
const status = href('refer-status', 'cy');
const stateIn = (html: string): string | undefined => /<h1[^>]*data-status="([^"]*)"/.exec(html)?.[1];

interface Sent {
  readonly visitor: Visitor;
  readonly secrets: { readonly reference: string; readonly code: string };
}

async function send(): Promise<Sent> {
  const visitor = new Visitor(site.origin);
  await fillReferral(visitor, 'cy', wholeReferral, steps);
  const { text } = await visitor.post(href('refer-check', 'cy'), {});
  const [, reference = ''] = /<output[^>]*data-reference[^>]*>\s*([^<\s]+)/.exec(text) ?? [];
  const [, code = ''] = /<output[^>]*data-status-code[^>]*>\s*([^<\s]+)/.exec(text) ?? [];
  expect([reference, code].join(' ')).toMatch(/^\w{3}-\w{3}-\w{3} \w\w-\w\w-\w\w-\w\w-\w\w$/);
  return { visitor, secrets: { reference, code } };
}

/** Somebody with nothing but the two secrets. */
const ask = (form: Form) => new Visitor(site.origin).post(status, form);
const stateOf = async (form: Form): Promise<string | undefined> => stateIn((await ask(form)).text);
const until = (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 100 });

describe('where a referral is', () => {
  test('is the same code after a reload, and the page shows when the Gateway has it', async () => {
    const { visitor, secrets } = await send();
    expect((await visitor.get(href('refer-sent', 'cy'))).text).toContain(secrets.code);
    await until(async () => expect(await stateOf(secrets)).toBe('received'));
    const { text, setCookies } = await ask({ reference: secrets.code.toLowerCase(), code: secrets.reference });
    expect(stateIn(text), 'in the wrong boxes too').toBe('received');
    expect(text).toContain('G-7KQM4T9X');
    expect(setCookies).toEqual([]);
  });

  test('a wrong pair gets one sentence, whatever of it was wrong, in each variant', async () => {
    const { secrets } = await send();
    for (const variant of variantKeys) {
      const pages = await Promise.all(
        [
          { ...secrets, code: 'CC-CC-CC-CC-CC' },
          { reference: 'CCC-CCC-CCC', code: secrets.code },
          { reference: 'nonsense', code: 'ŵ'.repeat(500) },
        ].map((form) => new Visitor(site.origin).post(href('refer-status', variant), form)),
      );
      for (const { status: answered, text } of pages) {
        expect(answered).toBe(200);
        expect(text).toContain(words(variant, 'status')('error.wrong'));
        expect(text).toContain(href('contact', variant));
        expect(stateIn(text)).toBeUndefined();
      }
    }
  });
});

describe('taking a referral back', () => {
  test('that an attempt was made to deliver: the Gateway gets the withdrawal, and the referral never', async () => {
    await gateway.behave('closed');
    const { visitor, secrets } = await send();
    const before = site.logs().length;
    await until(async () => expect(site.logs().slice(before - 400)).toContain('outbox.again'));
    expect(await stateOf(secrets)).toBe('waiting');
    const asked = await ask({ ...secrets, do: 'ask' });
    expect(asked.text, 'nothing is taken back at the first press').toContain('data-step="take-back-confirm"');
    expect(await stateOf(secrets)).toBe('waiting');
    const answers = await Promise.all([1, 2, 3].map(() => ask({ ...secrets, do: 'withdraw' })));
    expect(answers.map(({ text }) => stateIn(text))).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    // An old tab, from before the withdrawal.
    expect((await visitor.post(href('refer-check', 'cy'), {})).text).toContain(secrets.reference);

    await gateway.behave('receives');
    const told = words('cy', 'status')('withdrawn.told');
    await until(async () => expect((await ask(secrets)).text).toContain(told));
    const about = gateway.kept.filter(({ reference }) => reference === secrets.reference);
    expect(about).toHaveLength(1);
    expect(withdrawalV1.parse(about[0]).referral).not.toBe(about[0]!.id);
    expect(gateway.breaches).toEqual([]);
  });

  test('that the Gateway has: the withdrawal follows it', async () => {
    const { secrets } = await send();
    await until(async () => expect(await stateOf(secrets)).toBe('received'));
    expect(stateIn((await ask({ ...secrets, do: 'withdraw' })).text)).toBe('withdrawn');
    await until(async () => {
      const about = gateway.kept.filter(({ reference }) => reference === secrets.reference);
      expect(about.map(({ schema }) => schema)).toEqual(['referral/v1', 'withdrawal/v1']);
      expect(about[1]!['referral']).toBe(about[0]!.id);
    });
  });

  test('needs both secrets', async () => {
    const { secrets } = await send();
    await ask({ ...secrets, code: 'CC-CC-CC-CC-CC', do: 'withdraw' });
    expect(await stateOf(secrets)).not.toBe('withdrawn');
  });
});

const written = { from: 'Nia', name: 'canary-name', ownWords: 'canary-words\ndwy linell', deadline: '' };

async function handOver(): Promise<{ link: string; secret: string }> {
  const { text } = await new Visitor(site.origin).post(href('hand-over', 'cy'), written);
  const [, link = ''] = /<b[^>]*data-link[^>]*>\s*https?:\/\/[^/<]+([^<\s]+)/.exec(text) ?? [];
  return { link, secret: new URL(link, site.origin).searchParams.get('k') ?? '' };
}

describe('a link for somebody who has not been asked', () => {
  test('shows nothing until it is pressed, however often it is opened; then every word, and it becomes their form', async () => {
    const { link, secret } = await handOver();
    for (let preview = 0; preview < 5; preview += 1) {
      const { text, setCookies } = await new Visitor(site.origin).get(link);
      expect(text).toContain(words('cy', 'hand-over')('closed.title'));
      expect(text).not.toContain('canary');
      expect(setCookies).toEqual([]);
    }
    const person = new Visitor(site.origin);
    const opened = await person.post(href('handed-over', 'cy'), { link: secret, do: 'open' });
    for (const word of ['Nia', 'canary-name', 'canary-words\ndwy linell']) expect(opened.text).toContain(word);
    const [, place = ''] = /name="place" value="([^"]+)"/.exec(opened.text) ?? [];

    // Pressed twice at once, the same page leads to the same form.
    const take = { link: secret, place, do: 'take' };
    const [first, second] = await Promise.all([1, 2].map(() => person.post(href('handed-over', 'cy'), take)));
    expect(second!.path.replace('?c', '')).toBe(first!.path.replace('?c', ''));
    expect((await person.get(stepHref('refer', 'need', 'cy'))).text).toContain('canary-words');
    expect((await person.get(stepHref('refer', 'name', 'cy'))).text).toContain('canary-name');

    // Whoever gave the link cannot follow.
    const helper = new Visitor(site.origin);
    for (const wish of ['open', 'take']) {
      const gone = await helper.post(href('handed-over', 'cy'), { link: secret, do: wish });
      expect(gone.text).toContain(words('cy', 'hand-over')('gone.title'));
      expect(gone.text).not.toContain('canary');
    }
    expect((await helper.get(link)).text).toContain(words('cy', 'hand-over')('gone.title'));
  });

  test('can be deleted by the person', async () => {
    const { link, secret } = await handOver();
    const person = new Visitor(site.origin);
    const deleted = await person.post(href('handed-over', 'en.easy'), { link: secret, do: 'delete' });
    expect(deleted.text).toContain(words('en.easy', 'hand-over')('deleted.title'));
    expect((await person.get(link)).text).toContain(words('cy', 'hand-over')('gone.title'));
  });

  test('words that are too long come back, with what is wrong', async () => {
    const { text } = await new Visitor(site.origin).post(href('hand-over', 'cy'), {
      ...written,
      from: 'x'.repeat(300),
    });
    expect(text).toContain('id="errors"');
    expect(text).toContain('canary-words');
    expect(text).toContain('x'.repeat(300));
  });
});

test('no secret and no word of all this is in the log or, readable, on the disk', async () => {
  const { secrets } = await send();
  const { secret } = await handOver();
  await ask({ ...secrets, do: 'withdraw' });
  const folder = site.dataDir;
  const onDisk = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('');
  for (const text of [site.logs(), onDisk]) {
    for (const each of [secrets.reference, secrets.code, secret, 'canary']) expect(text).not.toContain(each);
  }
});
