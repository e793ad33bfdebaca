/** A question is made by Astro once and from then on by our own server: nobody may be able to tell which. Each is asked for twice. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkFlow } from '#check/check-flow.ts';
import { islandReads } from '#island/step-answer.ts';
import { cookieWasSet } from '#site/cookies.ts';
import { stepHref } from '#site/links.ts';
import { variantKeys, type Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import { startSite, type Site } from '../support/site.ts';
import { Visitor, type Form } from '../support/visitor.ts';

interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** When it was, and what is of the connection. */
const ofTheMoment = new Set(['date', 'content-length', 'transfer-encoding', 'connection', 'keep-alive']);

async function ask(
  { origin }: Site,
  path: string,
  { visitor, accept = 'text/html' }: { visitor: Visitor; accept?: string },
): Promise<Seen> {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(new URL(path, origin), {
    headers: { accept, 'accept-encoding': 'identity', ...(cookie !== '' && { cookie }) },
  });
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !ofTheMoment.has(name)));
  return { status: response.status, headers, body: await response.text() };
}

const asIsland = { accept: islandReads };
const addressOf = (id: string, variant: Variant): string => stepHref('check', id, variant);

/** What somebody has done before who then sees a question; the site may make no page of it for that. */
const before: Readonly<Record<string, (visitor: Visitor, id: string, variant: Variant) => Promise<unknown>>> = {
  'who has answered nothing': async () => {},
  'who was refused there': (visitor, id, variant) => visitor.postAndGoOn(addressOf(id, variant), {}),
  'who switched there half-way': (visitor, id, variant) =>
    visitor.postAndGoOn(addressOf(id, variant), { [id]: 'unsure', switch: variant }),
  'who asks for somebody else, and has answered it': async (visitor, id, variant) => {
    const answers: readonly (readonly [string, Form])[] = [
      ['danger', { danger: 'no' }],
      ['about', { about: 'someone-else' }],
      ['council', { council: 'W06000015' }],
      [id, { [id]: 'unsure' }],
    ];
    for (const [step, answer] of answers) await visitor.postAndGoOn(addressOf(step, variant), answer);
  },
};

describe.each(Object.entries(before))('to somebody %s', (_, prepare) => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(async () => {
    expect(await site.stop()).toBe(0);
  });

  test.each(variantKeys)('every question in %s is the same, however it is made', async (variant) => {
    for (const { id } of checkFlow) {
      const path = addressOf(id, variant);
      const visitor = new Visitor(site.origin);
      await prepare(visitor, id, variant);
      const forIsland = await ask(site, path, { visitor, ...asIsland });
      const page = await ask(site, path, { visitor });
      expect(page.status).toBe(200);
      expect(page.body).toContain(`data-question="${id}"`);
      expect(await ask(site, path, { visitor }), path).toEqual(page);
      expect(await ask(site, `${path}/`, { visitor }), path).toEqual(page);
      expect(await ask(site, path, { visitor, ...asIsland }), path).toEqual(forIsland);
    }
  });
});

describe('a page that is kept', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(async () => {
    expect(await site.stop()).toBe(0);
  });

  test('holds nothing of whoever was first to see it', async () => {
    const path = addressOf('council', 'en');
    const first = new Visitor(site.origin);
    await first.postAndGoOn(addressOf('about', 'en'), { about: 'someone-else' });
    await first.postAndGoOn(path, { council: 'W06000014' });
    const refused = new Visitor(site.origin);
    await refused.postAndGoOn(path, {});
    const [answered, wrong] = [await ask(site, path, { visitor: first }), await ask(site, path, { visitor: refused })];
    expect(answered.body).toMatch(/value="W06000014"[^>]*checked/);
    expect(wrong.body).toContain('id="errors"');
    const stranger = await ask(site, path, { visitor: new Visitor(site.origin) });
    expect(stranger.body).not.toMatch(/<input[^>]* checked|id="errors"/);
    expect(stranger.body).toContain(words('en', 'check')('questions.council.title'));
  });

  test('tells somebody whose browser keeps no cookie', async () => {
    const path = addressOf('danger', 'cy.easy');
    const visitor = new Visitor(site.origin);
    const looked = await ask(site, path, { visitor });
    const told = await ask(site, path + cookieWasSet, { visitor });
    expect(looked.body).not.toContain(words('cy.easy', 'site')('noCookie'));
    expect(told.body).toContain(words('cy.easy', 'site')('noCookie'));
  });
});
