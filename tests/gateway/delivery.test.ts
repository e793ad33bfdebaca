/** From the outbox to the Gateway, with all the real parts: sealed by default, opened at the last moment where agreed. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { withdrawalsUrlOf } from '#gateway/contract.ts';
import { prepareDelivery, type Delivery, type GatewaySettings } from '#gateway/delivery.server.ts';
import { keyFileOf, readInbox } from '#gateway/embedded/received.server.ts';
import { systemClock } from '#outbox/clock.server.ts';
import type { OutboxEvent } from '#outbox/outbox.ts';
import { makeWorker, type Worker } from '#outbox/worker.server.ts';
import { withdrawalIdOf, withdrawReferral } from '#referral/status.server.ts';
import { parseSealKeys, type KeyRing } from '#seal/key-ring.server.ts';
import { rotatePrivateKeys } from '#seal/private-keys.server.ts';
import { openFrom, sealTo } from '#seal/seal.server.ts';
import { openSqliteStore } from '#store/sqlite-store.server.ts';
import type { Store } from '#store/store.server.ts';
import { startEmbeddedGateway, type Listening } from './embedded-server.ts';
import { rightAnswer, sendJson, startServer } from '../support/faulty-gateway.ts';
import { mairsReferral } from '../support/referral.ts';

const ringText = (id: string): string => `${id}:${randomBytes(32).toString('base64url')}`;
const ring = parseSealKeys(ringText('site'));

const deliveryTo = (to: Listening, settings: GatewaySettings, keys: KeyRing = ring): Promise<Delivery> =>
  prepareDelivery({
    settings,
    embedded: { keys: to.gateway, url: () => to.url },
    ring: keys,
    now: () => Date.now(),
    deadlines: { connectMs: 500, responseMs: 1_000, totalMs: 1_000 },
  });

async function siteStore(): Promise<{ store: Store; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'advocate-'));
  const store = await openSqliteStore(join(folder, 'site.db'));
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { store, folder };
}

function startWorker(store: Store, { send }: Delivery): { worker: Worker; events: OutboxEvent[] } {
  const events: OutboxEvent[] = [];
  const worker = makeWorker({
    store,
    send,
    clock: systemClock,
    random: () => 0.01,
    log: (event) => events.push(event),
  });
  worker.start();
  onTestFinished(() => worker.stop(0));
  return { worker, events };
}

async function accept(store: Store, { recipient, format }: Delivery, message = mairsReferral()): Promise<string> {
  const sealed = await sealTo(recipient!, message.id, message);
  await store.accept({ ...sealed, id: message.id, format, createdAt: Date.now() });
  return message.id;
}

const arrived = async (to: Listening): Promise<string[]> =>
  (await readInbox(to.dataDir))?.messages.map(({ id }) => id) ?? [];
const untilEmpty = (store: Store): Promise<void> =>
  vi.waitFor(async () => expect(await store.standing()).toMatchObject({ waiting: 0 }), {
    timeout: 5_000,
    interval: 20,
  });

describe('delivery', () => {
  test('a referral reaches the embedded Gateway, which alone can read it', async () => {
    const to = await startEmbeddedGateway();
    const { store } = await siteStore();
    const delivery = await deliveryTo(to, { format: 'jwe' });
    const message = mairsReferral();
    const id = await accept(store, delivery, message);
    startWorker(store, delivery);
    await untilEmpty(store);
    expect(await arrived(to)).toEqual([id]);
    const inbox = await readInbox(to.dataDir);
    const opened = inbox && (await openFrom(inbox.keys, inbox.messages[0]?.sealed ?? new Uint8Array()));
    expect(JSON.parse(Buffer.from(opened?.json ?? []).toString('utf8'))).toEqual(message);
  });

  test.each(['jwe', 'json'] as const)('a withdrawal reaches its own address, in format %s', async (format) => {
    const asked: string[] = [];
    const to = await startEmbeddedGateway({ fault: ({ url }) => (asked.push(url ?? ''), false) });
    const { store } = await siteStore();
    const delivery = await deliveryTo(to, { format });
    const referral = await accept(store, delivery);
    const { worker } = startWorker(store, delivery);
    await untilEmpty(store);
    const secrets = { reference: '7KX-947-9XW', code: '4K-X9-2R-7H-EC' };
    const parts = { store, recipient: delivery.recipient, format, now: Date.now() };
    expect(await withdrawReferral(parts, { id: referral, secrets })).toBe('to-be-told');
    worker.nudge();
    await untilEmpty(store);
    expect(asked).toEqual(['/gateway/v1/referrals', '/gateway/v1/withdrawals']);
    expect(await arrived(to)).toEqual([withdrawalIdOf(referral), referral]);
  });

  test('a withdrawal at the address for referrals, or a referral at that for withdrawals, is refused', async () => {
    const to = await startEmbeddedGateway();
    const { store } = await siteStore();
    const withdrawals = new URL('/gateway/v1/withdrawals', to.url);
    const delivery = await deliveryTo(to, { format: 'jwe', url: withdrawals, withdrawalsUrl: to.url });
    await accept(store, delivery);
    const { events } = startWorker(store, delivery);
    await vi.waitFor(() => expect(events).toMatchObject([{ event: 'outbox.parked', status: 422 }]));
  });

  test('withdrawals go beside the referrals, unless an address for them is set', () => {
    for (const [referrals, withdrawals] of [
      ['https://gateway.example/referrals', 'https://gateway.example/withdrawals'],
      ['https://gateway.example/in/v2/referrals/?client=site', 'https://gateway.example/in/v2/withdrawals?client=site'],
      ['https://gateway.example/', 'https://gateway.example/withdrawals'],
    ] as const) {
      expect(withdrawalsUrlOf(new URL(referrals)).href).toBe(withdrawals);
    }
  });

  test('with the Gateway down referrals wait, and follow by themselves once it is back', async () => {
    const first = await startEmbeddedGateway();
    const port = Number(first.url.port);
    const { store } = await siteStore();
    const delivery = await deliveryTo(first, { format: 'jwe' });
    await first.stop();
    const ids = [await accept(store, delivery), await accept(store, delivery)];
    const { events } = startWorker(store, delivery);
    await vi.waitFor(() => expect(events.length).toBeGreaterThanOrEqual(2));
    expect(events[0]).toMatchObject({ event: 'outbox.again', why: 'no-connection' });
    expect(await store.standing()).toMatchObject({ waiting: 2 });
    const back = await startEmbeddedGateway({ dataDir: first.dataDir, port });
    await untilEmpty(store);
    expect((await arrived(back)).sort()).toEqual(ids.sort());
  });

  test('an acknowledgement that is lost on the way doubles nothing', async () => {
    let lost = 0;
    const to = await startEmbeddedGateway({
      fault: (_, response) => {
        // The Gateway works on; only its answer does not arrive.
        if (lost < 3) response.writeHead = () => (response.destroy(), response);
        lost += 1;
        return false;
      },
    });
    const { store } = await siteStore();
    const delivery = await deliveryTo(to, { format: 'jwe' });
    const id = await accept(store, delivery);
    const { events } = startWorker(store, delivery);
    await untilEmpty(store);
    expect(await arrived(to)).toEqual([id]);
    expect(events.at(-1)).toMatchObject({ event: 'outbox.delivered', attempts: 4 });
  });

  test('what waits when the Gateway takes a new key goes out as it was sealed, beside what is sealed to the new one', async () => {
    const to = await startEmbeddedGateway();
    const { store } = await siteStore();
    const delivery = await deliveryTo(to, { format: 'jwe' });
    const [before, old] = [await accept(store, delivery), delivery.recipient!.keyId];
    await rotatePrivateKeys(keyFileOf(to.dataDir));
    await to.gateway.lookAgain();
    const [after, current] = [await accept(store, delivery), delivery.recipient!.keyId];
    expect(current).not.toBe(old);
    startWorker(store, delivery);
    await untilEmpty(store);
    const { keys, messages } = (await readInbox(to.dataDir))!;
    const opened = await Promise.all(messages.map(({ sealed }) => openFrom(keys, sealed)));
    expect(new Map(opened.map((each) => [each?.id, each?.keyId]))).toEqual(
      new Map([
        [before, old],
        [after, current],
      ]),
    );
  });

  test('a message that the Gateway refuses is kept for a person', async () => {
    const to = await startEmbeddedGateway();
    const { store } = await siteStore();
    const delivery = await deliveryTo(to, { format: 'jwe' });
    const broken = { ...mairsReferral(), permission: 'not given' };
    await accept(store, delivery, broken as never);
    const { events } = startWorker(store, delivery);
    await vi.waitFor(() => expect(events).toHaveLength(1));
    expect(events[0]).toMatchObject({ event: 'outbox.parked', reason: 'refused', status: 422 });
    expect(await store.standing()).toMatchObject({ parked: 1 });
  });
});

describe('a Gateway that cannot open JWE yet', () => {
  test('gets JSON, while nothing readable waits on the disk', async () => {
    const to = await startEmbeddedGateway();
    const { store, folder } = await siteStore();
    const delivery = await deliveryTo(to, { format: 'json' });
    const message = mairsReferral({ need: { ...mairsReferral().need, ownWords: 'canary-waiting' } });
    await accept(store, delivery, message);
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).includes('canary')).toBe(false);
    startWorker(store, delivery);
    await untilEmpty(store);
    expect(await arrived(to)).toEqual([message.id]);
  });

  test('gets the same bytes at each attempt', async () => {
    const bodies: string[] = [];
    const { url } = await startServer((response, whole) => {
      bodies.push(whole.body.toString('utf8'));
      if (bodies.length < 3) sendJson(response, 500, {});
      else sendJson(response, 201, rightAnswer(whole));
    });
    const { store } = await siteStore();
    const delivery = await prepareDelivery({ settings: { url, format: 'json' }, ring, now: () => Date.now() });
    const message = mairsReferral();
    await accept(store, delivery, message);
    startWorker(store, delivery);
    await untilEmpty(store);
    expect(new Set(bodies).size).toBe(1);
    expect(JSON.parse(bodies[0] ?? '')).toEqual(message);
  });

  test('what waits survives a change of keys, and a missing key is an alarm, not a loss', async () => {
    const to = await startEmbeddedGateway();
    const { store } = await siteStore();
    const [older, newer] = [ringText('older'), ringText('newer')];
    await accept(store, await deliveryTo(to, { format: 'json' }, parseSealKeys(older)));
    const forgotten = startWorker(store, await deliveryTo(to, { format: 'json' }, parseSealKeys(newer)));
    await vi.waitFor(() => expect(forgotten.events).toHaveLength(1));
    expect(forgotten.events[0]).toMatchObject({ event: 'outbox.alarm', why: 'cannot-open' });
    await forgotten.worker.stop(0);
    expect(await store.standing()).toMatchObject({ waiting: 1 });
    const both = await deliveryTo(to, { format: 'json' }, parseSealKeys(`${newer},${older}`));
    const claim = await store.claim({ now: Date.now() + 20 * 60_000, leaseMs: 60_000, longestWaitMs: 66 * 60_000 });
    if (!claim) throw new Error('nothing was due');
    expect(await both.send(claim, new AbortController().signal)).toMatchObject({ kind: 'acknowledged' });
  });

  test('an entry goes out in the format in which it was accepted, whatever is set today', async () => {
    const to = await startEmbeddedGateway();
    const { store } = await siteStore();
    const id = await accept(store, await deliveryTo(to, { format: 'json' }));
    startWorker(store, await deliveryTo(to, { format: 'jwe' }));
    await untilEmpty(store);
    expect(await arrived(to)).toEqual([id]);
  });
});

describe('what the environment leaves open', () => {
  test('is the embedded Gateway’s own', async () => {
    const to = await startEmbeddedGateway();
    expect((await deliveryTo(to, { format: 'jwe' })).recipient?.keyId).toBe(to.gateway.recipient.keyId);
    expect((await deliveryTo(to, { format: 'json' })).recipient?.keyId).toBe('site');
    const other = await startEmbeddedGateway();
    const settings = { format: 'jwe', publicJwk: JSON.stringify(other.gateway.publicJwk) } as const;
    expect((await deliveryTo(to, settings)).recipient?.keyId).toBe(other.gateway.recipient.keyId);
  });

  test('is refused with a sentence where there is none', async () => {
    const parts = { ring, now: () => 0 };
    await expect(prepareDelivery({ ...parts, settings: { format: 'jwe' } })).rejects.toThrow(/There is no Gateway/);
    const url = new URL('https://gateway.example/referrals');
    await expect(prepareDelivery({ ...parts, settings: { url, format: 'jwe' } })).rejects.toThrow(/GATEWAY_PUBLIC_JWK/);
  });
});
