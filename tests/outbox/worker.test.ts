/** The worker, over a real store: what it delivers, when it tries again, and how it stops. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { AttemptResult, Claim, Clock, OutboxEvent, Sender } from '#outbox/outbox.ts';
import { makeWorker, type Worker } from '#outbox/worker.server.ts';
import { openSqliteStore } from '#store/sqlite-store.server.ts';
import type { Store } from '#store/store.server.ts';
import { newEntry } from '../store/contract.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;
const acknowledged: AttemptResult = { kind: 'acknowledged', gatewayReference: 'G-1' };

/** A clock that stands until the test moves it. */
function handClock(): Clock & { advance(ms: number): void } {
  let time = noon;
  let sleepers: { until: number; wake: () => void }[] = [];
  return {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        sleepers.push({ until: time + ms, wake: resolve });
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
    advance(ms) {
      time += ms;
      const due = sleepers.filter((sleeper) => sleeper.until <= time);
      sleepers = sleepers.filter((sleeper) => sleeper.until > time);
      for (const sleeper of due) sleeper.wake();
    },
  };
}

async function setUp(send: Sender, changes: (store: Store) => Partial<Store> = () => ({})) {
  const folder = mkdtempSync(join(tmpdir(), 'advocate-'));
  const store = await openSqliteStore(join(folder, 'site.db'));
  const clock = handClock();
  const events: OutboxEvent[] = [];
  const worker: Worker = makeWorker({
    store: { ...store, ...changes(store) },
    send,
    clock,
    random: () => 0.5,
    log: (event) => events.push(event),
  });
  onTestFinished(async () => {
    await worker.stop(0);
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { store, clock, events, worker };
}

const until = (condition: () => boolean | Promise<boolean>): Promise<void> =>
  vi.waitFor(async () => expect(await condition()).toBe(true), { timeout: 3_000, interval: 5 });
/** Long enough for a worker to do what it should not. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));

describe('delivering', () => {
  test('what waited while the site was off goes out when it starts', async () => {
    const sent: string[] = [];
    const { store, worker, events } = await setUp(async (claim) => {
      sent.push(claim.id);
      return acknowledged;
    });
    const entry = newEntry({ createdAt: noon - minute });
    await store.accept(entry);
    worker.start();
    await until(() => events.some(({ event }) => event === 'outbox.delivered'));
    expect(sent).toEqual([entry.id]);
    expect(events).toContainEqual({ event: 'outbox.delivered', id: entry.id, attempts: 1, ageMs: minute });
    expect(await store.accept(entry)).toBe('already-delivered');
  });

  test('a nudge is enough: a new referral does not wait for the clock', async () => {
    const { store, worker, events } = await setUp(async () => acknowledged);
    worker.start();
    await pause();
    await store.accept(newEntry());
    worker.nudge();
    await until(() => events.length === 1);
  });

  test('a nudge in the very moment in which the worker looks is not lost', async () => {
    const { store, worker, events } = await setUp(
      async () => acknowledged,
      (real) => ({
        async nextDueAt() {
          const answer = await real.nextDueAt();
          if (answer === undefined && (await real.accept(entry)) === 'accepted') worker.nudge();
          return answer;
        },
      }),
    );
    const entry = newEntry();
    worker.start();
    await until(() => events.length === 1);
    expect(await store.standing()).toMatchObject({ waiting: 0 });
  });

  test('one slow delivery does not hold up the others', async () => {
    const stuck = newEntry({ createdAt: noon - minute });
    const { store, worker, events } = await setUp((claim, signal) =>
      claim.id === stuck.id
        ? new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'stopped' })))
        : Promise.resolve(acknowledged),
    );
    await store.accept(stuck);
    for (let count = 0; count < 10; count += 1) await store.accept(newEntry());
    worker.start();
    await until(() => events.length === 10);
    expect(await store.standing()).toMatchObject({ waiting: 1 });
  });
});

describe('when it does not work', () => {
  test('an attempt that fails is made again at its time, with the same bytes', async () => {
    const claims: Claim[] = [];
    const { store, worker, clock, events } = await setUp(async (claim) => {
      claims.push(claim);
      return claims.length < 3 ? { kind: 'answered', status: 503 } : acknowledged;
    });
    await store.accept(newEntry());
    worker.start();
    await until(() => events.length === 1);
    expect(events[0]).toMatchObject({ event: 'outbox.again', attempts: 1, waitMs: 2_500, status: 503 });
    clock.advance(2_499);
    await pause();
    expect(claims).toHaveLength(1);
    clock.advance(251);
    await until(() => events.length === 2);
    clock.advance(5_250);
    await until(() => events.length === 3);
    expect(events[2]).toMatchObject({ event: 'outbox.delivered', attempts: 3 });
    expect(new Set(claims.map((claim) => Buffer.from(claim.sealed).toString('hex'))).size).toBe(1);
  });

  test('what the Gateway refuses is parked, kept and told', async () => {
    const { store, worker, events } = await setUp(async () => ({ kind: 'answered', status: 422 }));
    const entry = newEntry();
    await store.accept(entry);
    worker.start();
    await until(() => events.length === 1);
    expect(events[0]).toEqual({ event: 'outbox.parked', id: entry.id, attempts: 1, reason: 'refused', status: 422 });
    expect(await store.standing()).toMatchObject({ waiting: 0, parked: 1 });
  });

  test('a wrong token raises an alarm, and the referral waits', async () => {
    const { store, worker, events } = await setUp(async () => ({ kind: 'answered', status: 401 }));
    await store.accept(newEntry());
    worker.start();
    await until(() => events.length === 1);
    expect(events[0]).toMatchObject({ event: 'outbox.alarm', status: 401 });
    expect(await store.standing()).toMatchObject({ waiting: 1, parked: 0 });
  });

  test('bytes that changed on the disk are never sent', async () => {
    const send = vi.fn(async () => acknowledged);
    const { store, worker, events } = await setUp(send);
    const entry = newEntry();
    const flipped = Uint8Array.from(entry.sealed);
    flipped[300] = (flipped[300] ?? 0) ^ 4;
    await store.accept({ ...entry, sealed: flipped });
    worker.start();
    await until(() => events.length === 1);
    expect(events[0]).toMatchObject({ event: 'outbox.parked', reason: 'damaged' });
    expect(send).not.toHaveBeenCalled();
  });

  test('an error in the store or in the sender does not end deliveries', async () => {
    let failures = 0;
    const { store, worker, clock, events } = await setUp(
      async () => {
        if (failures < 10) {
          failures = 10;
          throw new Error('a mistake in the sender');
        }
        return acknowledged;
      },
      (real) => ({
        async claim(when) {
          if (failures < 8) {
            failures += 1;
            throw new Error('disk I/O error');
          }
          return real.claim(when);
        },
      }),
    );
    await store.accept(newEntry());
    worker.start();
    for (let turn = 0; turn < 6; turn += 1) {
      await pause();
      clock.advance(3_000);
    }
    await until(() => events.some(({ event }) => event === 'outbox.delivered'));
    expect(events.filter(({ event }) => event === 'outbox.failed')).toHaveLength(9);
  });

  test('an acknowledgement that cannot be recorded leads to a repeat, not to a loss', async () => {
    let broken = true;
    const send = vi.fn(async () => acknowledged);
    const { store, worker, clock, events } = await setUp(send, (real) => ({
      async delivered(claim, result) {
        if (broken) throw new Error('disk full');
        return real.delivered(claim, result);
      },
    }));
    await store.accept(newEntry());
    worker.start();
    await until(() => events.some(({ event }) => event === 'outbox.failed'));
    broken = false;
    clock.advance(minute);
    await until(() => events.some(({ event }) => event === 'outbox.delivered'));
    expect(send).toHaveBeenCalledTimes(2);
  });
});

describe('a Gateway that is down', () => {
  test('is asked by one referral at a time, while new ones are accepted, and gets all of them once it is back', async () => {
    let isDown = true;
    const send = vi.fn<Sender>(async () => (isDown ? { kind: 'answered', status: 503 } : acknowledged));
    const { store, worker, clock, events } = await setUp(send);
    for (let count = 0; count < 12; count += 1) await store.accept(newEntry());
    worker.start();
    await until(() => events.some(({ event }) => event === 'outbox.breaker'));
    await pause();
    // Four lanes: those under way when the fifth failed still come to their end.
    const tried = send.mock.calls.length;
    expect(tried).toBeLessThanOrEqual(8);
    expect(await store.accept(newEntry())).toBe('accepted');
    worker.nudge();
    await pause();
    expect(send).toHaveBeenCalledTimes(tried);
    clock.advance(1_000);
    await until(() => send.mock.calls.length === tried + 1);
    await pause();
    expect(send).toHaveBeenCalledTimes(tried + 1);
    isDown = false;
    for (let turn = 0; turn < 20; turn += 1) {
      clock.advance(2_000);
      await pause();
    }
    expect(await store.standing()).toMatchObject({ waiting: 0 });
    expect(events.filter(({ event }) => event === 'outbox.breaker')).toEqual([
      { event: 'outbox.breaker', state: 'open' },
      { event: 'outbox.breaker', state: 'closed' },
    ]);
  });
});

describe('stopping', () => {
  test('an attempt in flight is finished, and nothing new is begun', async () => {
    let finish: (result: AttemptResult) => void = () => {};
    const send = vi.fn<Sender>(() => new Promise((resolve) => (finish = resolve)));
    const { store, worker, events } = await setUp(send);
    await store.accept(newEntry());
    worker.start();
    await until(() => send.mock.calls.length === 1);
    const stopped = worker.stop(5_000);
    await store.accept(newEntry());
    worker.nudge();
    await pause();
    finish(acknowledged);
    await stopped;
    expect(events).toMatchObject([{ event: 'outbox.delivered' }]);
    expect(send).toHaveBeenCalledTimes(1);
    expect(await store.standing()).toMatchObject({ waiting: 1 });
  });

  test('an attempt that takes too long is broken off, and its entry is free at once', async () => {
    const { store, worker, events, clock } = await setUp(
      (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'stopped' }))),
    );
    await store.accept(newEntry());
    worker.start();
    await pause();
    await worker.stop(20);
    expect(events).toMatchObject([{ event: 'outbox.released' }]);
    expect(await store.claim({ now: clock.now(), leaseMs: minute, longestWaitMs: 66 * minute })).toMatchObject({
      attempts: 2,
    });
  });

  test('a worker that never started stops at once', async () => {
    const { worker } = await setUp(async () => acknowledged);
    await worker.stop();
  });
});
