/** A site that dies or is told to stop around a send: every reference that a person saw is at the Gateway, exactly once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { referFlow } from '#referral/refer-flow.ts';
import { href } from '#site/links.ts';
import { startFaultyGateway, type FaultyGateway } from '../support/faulty-gateway.ts';
import { fillReferral } from '../support/journeys.ts';
import { mair } from '../support/people.ts';
import { postInHalves } from '../support/post-in-halves.ts';
import { startSite, type Site } from '../support/site.ts';
import { Visitor } from '../support/visitor.ts';

const steps = referFlow.map(({ id }) => id);
const checkAddress = href('refer-check', 'en');
const sentAddress = href('refer-sent', 'en');

const referenceIn = (text: string): string | undefined =>
  /<output[^>]*>\s*([A-Z2-9-]{11})\s*<\/output>/.exec(text)?.[1];

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function somebodyAboutToSend(site: Site): Promise<Visitor> {
  const visitor = new Visitor(site.origin);
  const { path } = await fillReferral(visitor, 'en', mair, steps);
  expect(path).toBe(checkAddress);
  return visitor;
}

/** The same person at the site’s next start, which has another port: the cookies are what she has. */
async function again(visitor: Visitor, site: Site, method: 'GET' | 'POST', path: string): Promise<Response> {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return fetch(site.origin + path, {
    method,
    redirect: 'manual',
    headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
  });
}

async function everythingDelivered(site: Site): Promise<void> {
  const end = Date.now() + 75_000;
  for (;;) {
    const { waiting, parked } = (await (await fetch(`${site.origin}/readyz`)).json()) as Record<string, number>;
    expect(parked).toBe(0);
    if (waiting === 0) return;
    if (Date.now() > end) throw new Error(`${waiting} referrals are still waiting.\n${site.logs()}`);
    await sleep(100);
  }
}

function expectOnce(gateway: FaultyGateway, references: readonly string[]): void {
  const arrived = gateway.kept.map(({ reference }) => reference);
  expect(new Set(arrived).size, 'each once').toBe(arrived.length);
  for (const reference of references) expect(arrived).toContain(reference);
  expect(gateway.breaches).toEqual([]);
}

async function place(): Promise<{ gateway: FaultyGateway; dataDir: string; start: () => Promise<Site> }> {
  const gateway = await startFaultyGateway();
  const dataDir = mkdtempSync(join(tmpdir(), 'advocate-power-'));
  const started: Site[] = [];
  onTestFinished(async () => {
    for (const site of started) if (site.process.exitCode === null && !site.process.killed) await site.stop('SIGKILL');
    await gateway.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const start = async (): Promise<Site> => {
    const site = await startSite({ env: gateway.env, dataDir });
    started.push(site);
    return site;
  };
  return { gateway, dataDir, start };
}

const kills = 14;

test(
  `after ${kills} kills around the moment of sending, every reference that was shown is at the Gateway once`,
  { timeout: 120_000 },
  async () => {
    const { gateway, start } = await place();
    const shown: string[] = [];
    let cutOff = 0;
    let site = await start();
    for (let turn = 0; turn < kills; turn += 1) {
      const visitor = await somebodyAboutToSend(site);
      const afterMs = turn < 2 ? undefined : Math.random() * 25;
      const pressed = visitor.post(checkAddress, {}).then(
        (seen) => referenceIn(seen.text),
        () => undefined,
      );
      // The first two: right after the confirmation. Then: at any moment from the press of the button on.
      if (afterMs === undefined) await pressed;
      else await sleep(afterMs);
      await site.stop('SIGKILL');
      let reference = await pressed;
      site = await start();
      if (reference === undefined) {
        cutOff += 1;
        // She saw an error of her browser, and presses the button again.
        const answer = await again(visitor, site, 'POST', checkAddress);
        expect(answer.status).toBe(303);
        expect(answer.headers.get('location')).toBe(sentAddress);
      }
      const sent = referenceIn(await (await again(visitor, site, 'GET', sentAddress)).text());
      expect(sent, 'the reference is still hers after the start').toBeDefined();
      reference ??= sent;
      expect(sent).toBe(reference);
      shown.push(reference!);
    }
    await everythingDelivered(site);
    expect(new Set(shown).size).toBe(kills);
    expectOnce(gateway, shown);
    expect(gateway.kept).toHaveLength(kills);
    expect(cutOff, 'some kills came before the answer').toBeGreaterThan(0);
    expect(await site.stop()).toBe(0);
  },
);

test('told to stop in the middle of a send, the site answers it first, stops cleanly, and delivers after its start', async () => {
  const { gateway, start } = await place();
  const site = await start();
  const visitor = await somebodyAboutToSend(site);
  const began = Date.now();
  let stopped: Promise<number | null> | undefined;
  const answer = await postInHalves(visitor, checkAddress, {
    inBetween: () => {
      stopped = site.stop('SIGTERM');
    },
    firstMs: 150,
  });
  expect(answer).toEqual({ status: 303, location: sentAddress });
  expect(await stopped).toBe(0);
  expect(Date.now() - began).toBeLessThan(25_000);

  const next = await start();
  const reference = referenceIn(await (await again(visitor, next, 'GET', sentAddress)).text());
  expect(reference).toBeDefined();
  await everythingDelivered(next);
  expectOnce(gateway, [reference!]);
  expect(gateway.kept).toHaveLength(1);
  expect(await next.stop()).toBe(0);
}, 60_000);

test('told to stop while the Gateway does not answer, the site stops in time, and the referral waits for its start', async () => {
  const { gateway, start } = await place();
  await gateway.behave('hangs');
  const site = await start();
  const visitor = await somebodyAboutToSend(site);
  const reference = referenceIn((await visitor.post(checkAddress, {})).text);
  while (gateway.attempts.length === 0) await sleep(20);
  const began = Date.now();
  expect(await site.stop('SIGTERM')).toBe(0);
  expect(Date.now() - began).toBeLessThan(25_000);
  await gateway.behave('receives');
  const next = await start();
  await everythingDelivered(next);
  expectOnce(gateway, [reference!]);
  expect(await next.stop()).toBe(0);
}, 60_000);
