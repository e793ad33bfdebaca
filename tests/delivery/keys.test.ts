/** Keys that end, change or may not be here, on the real site: nobody’s words are lost, and nobody is told that they were sent. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader } from 'jose';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { referFlow } from '#referral/refer-flow.ts';
import { href, stepHref } from '#site/links.ts';
import { variantKeys } from '#site/variants.ts';
import { words } from '#site/words.ts';
import { startFaultyGateway } from '../support/faulty-gateway.ts';
import { answerCheck, fillReferral } from '../support/journeys.ts';
import { mair } from '../support/people.ts';
import { startSite, type Site } from '../support/site.ts';
import { Visitor } from '../support/visitor.ts';

const steps = referFlow.map(({ id }) => id);
const [firstHalf, secondHalf] = [steps.slice(0, steps.indexOf('contact')), steps.slice(steps.indexOf('contact'))];

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'advocate-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function gatewayFor(format: 'jwe' | 'json') {
  const gateway = await startFaultyGateway(format);
  onTestFinished(() => gateway.close());
  return gateway;
}

async function siteWith(options: Parameters<typeof startSite>[0]): Promise<Site> {
  const site = await startSite(options);
  onTestFinished(async () => {
    await site.stop();
  });
  return site;
}

const readiness = async (site: Site): Promise<{ code: number; status: string; waiting: number }> => {
  const response = await fetch(`${site.origin}/readyz`);
  return { code: response.status, ...((await response.json()) as { status: string; waiting: number }) };
};

/** The site looks at its keys every 5 seconds. */
const soon = { timeout: 25_000, interval: 200 };
const screenOf = (text: string): string | undefined => /data-screen="([^"]*)"/.exec(text)?.[1];

describe('when the Gateway’s keys end while people ask', () => {
  test('the form closes in every variant with other ways shown, what was typed stays, and a new set opens it', async () => {
    const gateway = await gatewayFor('jwe');
    const path = join(folder(), 'gateway.jwks.json');
    const jwk = JSON.parse(gateway.env['GATEWAY_PUBLIC_JWK']!) as object;
    writeFileSync(path, JSON.stringify({ keys: [jwk] }));
    const site = await siteWith({ env: { ...gateway.env, GATEWAY_PUBLIC_JWK: path } });
    expect(await readiness(site)).toMatchObject({ code: 200, status: 'ready' });
    const visitor = new Visitor(site.origin);
    await fillReferral(visitor, 'en', mair, firstHalf);

    writeFileSync(path, JSON.stringify({ keys: [{ ...jwk, exp: Math.floor(Date.now() / 1000) - 1 }] }));
    await vi.waitFor(async () => expect(await readiness(site)).toMatchObject({ code: 503, status: 'no-key' }), soon);
    expect(site.logs()).toMatch(/"level":"alarm","event":"keys\.none"/);

    // She is in the middle of a step and presses continue: it is kept, and she is told.
    const posted = await fillReferral(visitor, 'en', mair, secondHalf);
    expect({ status: posted.status, screen: screenOf(posted.text) }).toEqual({ status: 503, screen: 'refer-closed' });
    for (const variant of variantKeys) {
      const say = words(variant, 'refer');
      for (const address of [stepHref('refer', 'name', variant), href('refer-check', variant)]) {
        const { status, text } = await visitor.get(address);
        expect({ status, screen: screenOf(text) }).toEqual({ status: 503, screen: 'refer-closed' });
        for (const key of ['title', 'summary', 'kept', 'council'] as const)
          expect(text).toContain(say(`closed.${key}`));
        expect(text).toContain(`href="${href('contact', variant)}"`);
        expect(text).toContain('href="tel:');
      }
      const stranger = await new Visitor(site.origin).get(stepHref('refer', 'about', variant));
      expect(stranger.text).toContain(say('closed.title'));
      expect(stranger.text).not.toContain(say('closed.kept'));
      expect((await new Visitor(site.origin).get(href('your-rights', variant))).status).toBe(200);
    }
    expect(screenOf((await visitor.post(href('refer-check', 'cy'), {})).text), 'pressing send').toBe('refer-closed');
    expect(await readiness(site)).toMatchObject({ waiting: 0 });

    writeFileSync(path, JSON.stringify({ keys: [{ ...jwk, kid: 'the-next' }, jwk] }));
    await vi.waitFor(async () => expect(await readiness(site)).toMatchObject({ code: 200, status: 'ready' }), soon);
    const { text } = await visitor.get(href('refer-closed', 'en'));
    expect(text).toContain(words('en', 'refer')('closed.openTitle'));
    expect(text).toContain(`href="${href('refer-check', 'en')}"`);
    expect(screenOf((await visitor.post(href('refer-check', 'en'), {})).text)).toBe('refer-sent');
    await vi.waitFor(() => expect(gateway.kept).toHaveLength(1), soon);
    expect(gateway.kept[0]).toMatchObject({ person: { name: mair['name']!['name'] } });
    expect(decodeProtectedHeader(gateway.attempts[0]!.body.toString('utf8')).kid).toBe('the-next');
    expect(site.logs()).toContain('"event":"keys.usable-again"');
  }, 90_000);
});

describe('when SEAL_KEYS is rotated', () => {
  test('what waits for a Gateway that reads JSON goes out, and half-typed answers go on', async () => {
    const newKey = (id: string): string => `${id}:${randomBytes(32).toString('base64url')}`;
    const [older, newer] = [newKey('older'), newKey('newer')];
    const gateway = await gatewayFor('json');
    await gateway.behave('closed');
    const dataDir = folder();
    const before = await startSite({ env: { ...gateway.env, SEAL_KEYS: older }, dataDir });
    const sender = new Visitor(before.origin);
    await fillReferral(sender, 'en', mair, steps);
    const { text } = await sender.post(href('refer-check', 'en'), {});
    const reference = /<output[^>]*>\s*([A-Z2-9-]{11})/.exec(text)?.[1];
    const typing = new Visitor(before.origin);
    await answerCheck(typing, 'en', { danger: 'no', about: 'me', age: '25-or-over', council: 'W06000014' });
    await fillReferral(typing, 'en', { name: { name: 'Gwilym qzxdraft' } }, ['name']);
    expect(await before.stop()).toBe(0);

    const after = await siteWith({ env: { ...gateway.env, SEAL_KEYS: `${newer},${older}` }, dataDir });
    const goesOn = new Visitor(after.origin, typing.cookies);
    expect((await goesOn.get(stepHref('refer', 'name', 'en'))).text).toContain('Gwilym qzxdraft');
    const check = await goesOn.get(stepHref('check', 'council', 'en'));
    expect(check.text).toMatch(/value="W06000014"[^>]*checked|checked[^>]*value="W06000014"/);
    await gateway.behave('receives');
    await vi.waitFor(() => expect(gateway.kept.map((each) => each.reference)).toEqual([reference]), soon);
  }, 90_000);
});

describe('a start in production', () => {
  const production = {
    NODE_ENV: 'production',
    GATEWAY_URL: 'https://gateway.example/referrals',
    GATEWAY_TOKEN: 'a-token',
  };
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicJwk = JSON.stringify(publicKey.export({ format: 'jwk' }));
  const privateJwk = privateKey.export({ format: 'jwk' });

  test('with a private key of the Gateway, in the setting or on the machine, is refused with a sentence', async () => {
    const given = startSite({ env: { ...production, GATEWAY_PUBLIC_JWK: JSON.stringify(privateJwk) } });
    await expect(given).rejects.toThrow(/contains a private key\. Give the public part only/);
    await expect(given).rejects.not.toThrow(privateJwk.d);
    const dataDir = folder();
    mkdirSync(join(dataDir, 'gateway'));
    writeFileSync(join(dataDir, 'gateway', 'private-key.json'), JSON.stringify(privateJwk));
    await expect(startSite({ env: { ...production, GATEWAY_PUBLIC_JWK: publicJwk }, dataDir })).rejects.toThrow(
      /private-key\.json holds private keys of a Gateway\. In production they may not lie on the site’s machine/,
    );
  });

  test('without a key that may be used is refused with a sentence', async () => {
    const ended = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), exp: 1 }] });
    await expect(startSite({ env: { ...production, GATEWAY_PUBLIC_JWK: ended } })).rejects.toThrow(
      /holds no key that may still be used/,
    );
  });

  test('with the embedded Gateway needs it to be said, and says loudly what that means', async () => {
    await expect(startSite({ env: { NODE_ENV: 'production' } })).rejects.toThrow(/nowhere to go: set GATEWAY_URL/);
    const site = await siteWith({ env: { NODE_ENV: 'production', EMBEDDED_GATEWAY: 'on' } });
    const sentence = 'this machine holds the private key and can read every referral';
    await vi.waitFor(() => expect(site.logs()).toContain(sentence), soon);
    expect(site.logs()).toMatch(/"level":"alarm","event":"gateway\.embedded-in-production"/);
  });
});
