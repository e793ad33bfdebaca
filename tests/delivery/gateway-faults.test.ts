/** Whatever the Gateway does, the person has the reference at once, and the referral arrives once. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { referralV1 } from '#gateway/referral-v1.ts';
import { href } from '#site/links.ts';
import { referFlow } from '#referral/refer-flow.ts';
import { startFaultyGateway, type Behaviour, type FaultyGateway } from '../support/faulty-gateway.ts';
import { fillReferral } from '../support/journeys.ts';
import { everyWay, mair, marked, type FilledSteps } from '../support/people.ts';
import { startSite, type Site } from '../support/site.ts';
import { Visitor } from '../support/visitor.ts';

const steps = referFlow.map(({ id }) => id);

/** Fills in the form and presses send; returns the reference that the person sees, and how long the answer took. */
async function send(site: Site, filled: FilledSteps = mair): Promise<{ reference: string; tookMs: number }> {
  const visitor = new Visitor(site.origin);
  await fillReferral(visitor, 'en', filled, steps);
  const began = performance.now();
  const { text } = await visitor.post(href('refer-check', 'en'), {});
  const tookMs = performance.now() - began;
  const reference = /<output[^>]*>\s*([A-Z2-9-]{11})\s*<\/output>/.exec(text)?.[1];
  if (!reference) throw new Error(`No reference was shown.\n${text.slice(0, 2000)}`);
  return { reference, tookMs };
}

interface Readiness {
  readonly status: string;
  readonly waiting: number;
  readonly parked: number;
}

const readiness = async (site: Site): Promise<Readiness> =>
  (await (await fetch(`${site.origin}/readyz`)).json()) as Readiness;

/** Looks again until it is so; throws with what was seen last. */
async function until<T>(look: () => T | Promise<T>, isSo: (seen: T) => boolean, longestMs: number): Promise<T> {
  const end = Date.now() + longestMs;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > end) throw new Error(`It did not come to pass. Seen last: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The files under a folder that hold one of these words. */
function filesWith(folder: string, words: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => words.some((word) => readFileSync(path).includes(word)));
}

const open: { gateway: FaultyGateway; site: Site }[] = [];

async function startBoth(
  behaviour: Behaviour,
  format: 'jwe' | 'json' = 'jwe',
): Promise<{ gateway: FaultyGateway; site: Site }> {
  const gateway = await startFaultyGateway(format);
  await gateway.behave(behaviour);
  const both = { gateway, site: await startSite({ env: gateway.env }) };
  open.push(both);
  return both;
}

afterEach(async () => {
  await Promise.all(
    open.splice(0).map(async ({ gateway, site }) => {
      await gateway.close();
      await site.stop();
    }),
  );
});

const faults: readonly (readonly [Behaviour, string])[] = [
  ['closed', 'refuses connections'],
  ['hangs', 'takes the request and never answers'],
  ['500', 'answers with a fault of its own'],
  ['503', 'asks to come back later'],
  ['cuts', 'keeps the referral and cuts the connection before it answers'],
  ['nonsense', 'answers 200 with something that is no acknowledgement'],
];

test(
  `a Gateway that ${faults.map(([, what]) => what).join(', or ')}: the person has the reference at once, and it arrives once`,
  { timeout: 90_000 },
  async () => {
    const each = await Promise.all(
      faults.map(async ([fault, what]) => {
        const { gateway, site } = await startBoth(fault);
        return { gateway, site, fault, what };
      }),
    );
    await Promise.all(
      each.map(async ({ gateway, site, fault, what }) => {
        const { reference, tookMs } = await send(site);
        expect(tookMs, `while the Gateway ${what}`).toBeLessThan(5_000);
        expect(await readiness(site)).toMatchObject({ status: 'ready', waiting: 1, parked: 0 });
        // The fault is met at least once, and the referral is still ours to deliver.
        const metTwice = fault === 'closed' ? 'no-connection' : `"event":"outbox.again"`;
        await until(
          () => site.logs(),
          (logs) => logs.includes(metTwice),
          40_000,
        );
        expect(await readiness(site)).toMatchObject({ waiting: 1 });
        await gateway.behave('receives');
        await until(
          () => readiness(site),
          ({ waiting }) => waiting === 0,
          40_000,
        );
        expect(
          gateway.kept.map((referral) => referral.reference),
          `after a Gateway that ${what}`,
        ).toEqual([reference]);
        expect(gateway.breaches).toEqual([]);
        const [first, ...again] = gateway.attempts;
        if (fault !== 'closed') expect(again.length).toBeGreaterThan(0);
        for (const attempt of again) {
          expect(attempt.key).toBe(first!.key);
          expect(attempt.body.equals(first!.body), 'the same bytes every time').toBe(true);
        }
      }),
    );
  },
);

describe('a Gateway that refuses the message', () => {
  test('leaves it with us for a person to look at: the person has the reference, and nothing is dropped', async () => {
    const { gateway, site } = await startBoth('422');
    const { reference } = await send(site);
    expect(
      await until(
        () => readiness(site),
        ({ parked }) => parked === 1,
        15_000,
      ),
    ).toMatchObject({
      status: 'ready',
      waiting: 0,
      parked: 1,
    });
    expect(site.logs()).toMatch(/"level":"alarm","event":"outbox\.parked"[^\n]*"status":422/);
    expect(gateway.kept).toEqual([]);
    await gateway.behave('receives');
    expect((await gateway.open(gateway.attempts[0]!)).reference).toBe(reference);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await readiness(site), 'it waits for a person').toMatchObject({ parked: 1 });
  }, 40_000);

  test('because of the token: an alarm is raised, and the referral is tried again, slowly', async () => {
    const { gateway, site } = await startBoth('401');
    await send(site);
    const logs = await until(
      () => site.logs(),
      (text) => text.includes('outbox.alarm'),
      15_000,
    );
    const [, waitMs] = /"level":"alarm","event":"outbox\.alarm"[^\n]*"waitMs":(\d+)[^\n]*"status":401/.exec(logs) ?? [];
    expect(Number(waitMs)).toBeGreaterThan(60_000);
    expect(await readiness(site)).toMatchObject({ waiting: 1, parked: 0 });
    expect(gateway.attempts).toHaveLength(1);
  }, 40_000);
});

describe('what waits on the disk', () => {
  test('for a Gateway that reads JSON is sealed, and is sent as a message that follows the contract', async () => {
    const { gateway, site } = await startBoth('closed', 'json');
    const { filled, marks } = marked(everyWay, 'qzx');
    const { reference } = await send(site, filled);
    expect(filesWith(site.dataDir, [...marks, '029 2000 0000', reference])).toEqual([]);
    await gateway.behave('receives');
    await until(
      () => readiness(site),
      ({ waiting }) => waiting === 0,
      30_000,
    );
    const [attempt] = gateway.attempts;
    expect(attempt!.contentType).toBe('application/json');
    const message = referralV1.parse(JSON.parse(attempt!.body.toString('utf8')));
    expect(message.reference).toBe(reference);
    for (const mark of marks) expect(attempt!.body.toString('utf8').toLowerCase()).toContain(mark);
    expect(gateway.breaches).toEqual([]);
    expect(filesWith(site.dataDir, marks)).toEqual([]);
  }, 60_000);

  test('for a Gateway with a key of its own cannot be read by anybody on this machine', async () => {
    const { gateway, site } = await startBoth('closed');
    const { filled, marks } = marked(everyWay, 'qzx');
    const { reference } = await send(site, filled);
    expect(filesWith(site.dataDir, [...marks, '029 2000 0000', reference])).toEqual([]);
    await gateway.behave('receives');
    await until(
      () => readiness(site),
      ({ waiting }) => waiting === 0,
      30_000,
    );
    const [attempt] = gateway.attempts;
    expect(attempt!.contentType).toBe('application/jose');
    for (const mark of marks) expect(attempt!.body.toString('latin1').toLowerCase()).not.toContain(mark);
    referralV1.parse(await gateway.open(attempt!));
    expect(filesWith(site.dataDir, [...marks, reference])).toEqual([]);
    expect(site.logs().toLowerCase()).not.toContain('qzx');
  }, 60_000);
});
