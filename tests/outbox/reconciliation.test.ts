/** The reconciliation: a gap between us and the Gateway, or in our own counts, calls a person within a day. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isDay } from '#outbox/days.ts';
import type { DayList, OutboxEvent } from '#outbox/outbox.ts';
import { makeReconciliation } from '#outbox/reconciliation.ts';
import { openSqliteStore } from '#store/sqlite-store.server.ts';
import { newEntry } from '../store/contract.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const noon = Date.UTC(2026, 10, 23, 12);

async function setUp() {
  const folder = temporaryFolder();
  const path = join(folder, 'site.db');
  const store = await openSqliteStore(path);
  onTestFinished(() => store.close());
  const gateway = new Map<string, string[]>();
  let answer: DayList | undefined;
  const asked: string[] = [];
  const events: OutboxEvent[] = [];
  let now = noon;
  const round = makeReconciliation({
    store,
    list: async (on) => {
      asked.push(on);
      return answer ?? { kind: 'listed', ids: gateway.get(on) ?? [] };
    },
    clock: { now: () => now, sleep: async () => {} },
    log: (event) => events.push(event),
  });

  return {
    store,
    path,
    gateway,
    asked,
    events,
    answerWith: (list: DayList | undefined) => (answer = list),
    /** A round at that time: what it asked for, and what it told. */
    async roundAt(at: number) {
      now = at;
      asked.length = 0;
      events.length = 0;
      await round(new AbortController().signal);
      return { asked: [...asked], events: [...events] };
    },
    async deliver(at: number): Promise<string> {
      const entry = newEntry({ createdAt: at });
      await store.accept(entry);
      const claim = await store.claim({ now: at, leaseMs: 60_000, longestWaitMs: hour });
      if (!claim) throw new Error('nothing was due');
      await store.delivered(claim, { deliveredAt: at, gatewayReference: 'G-1' });
      return entry.id;
    },
  };
}

describe('the reconciliation', () => {
  test('compares a day once it has been over for an hour, once', async () => {
    const { gateway, deliver, roundAt } = await setUp();
    const id = await deliver(noon);
    gateway.set('2026-11-23', [id.toUpperCase()]);
    expect(await roundAt(noon + 12.5 * hour)).toEqual({ asked: [], events: [] });
    expect(await roundAt(noon + 13 * hour)).toEqual({
      asked: ['2026-11-23'],
      events: [{ event: 'reconciliation.done', sent: 1 }],
    });
    expect(await roundAt(noon + 14 * hour)).toEqual({ asked: [], events: [] });
  });

  test('calls a person when the Gateway does not have what it acknowledged', async () => {
    const { gateway, deliver, roundAt } = await setUp();
    const ids = [await deliver(noon), await deliver(noon), await deliver(noon)];
    gateway.set('2026-11-23', ids.slice(0, 1));
    const { events } = await roundAt(noon + day);
    expect(events).toEqual([{ event: 'reconciliation.gap', missing: 2, unknown: 0, unaccounted: 0 }]);
  });

  test('calls a person when the Gateway has what nobody here has sent', async () => {
    const { gateway, deliver, roundAt, store } = await setUp();
    await deliver(noon - 2 * day);
    const waiting = newEntry({ createdAt: noon });
    await store.accept(waiting);
    // Its acknowledgement was lost on the way: it is known here, and waits.
    gateway.set('2026-11-22', [randomUUID(), waiting.id]);
    // On the first day of a database another one may have sent.
    gateway.set('2026-11-21', [randomUUID(), ...(await store.acknowledgedBetween(0, noon))]);
    const { events } = await roundAt(noon);
    expect(events).toEqual([
      { event: 'reconciliation.done', sent: 1 },
      { event: 'reconciliation.gap', missing: 0, unknown: 1, unaccounted: 0 },
    ]);
  });

  test('calls a person when a referral has gone from the outbox without a trace', async () => {
    const { roundAt, store, path } = await setUp();
    await store.accept(newEntry({ createdAt: noon }));
    await store.accept(newEntry({ createdAt: noon }));
    const byHand = new DatabaseSync(path);
    byHand.exec('delete from outbox where seq = 1');
    byHand.close();
    expect((await roundAt(noon)).events).toEqual([
      { event: 'reconciliation.gap', missing: 0, unknown: 0, unaccounted: 1 },
    ]);
    expect((await roundAt(noon + hour)).events).toEqual([]);
    expect((await roundAt(noon + 12 * hour)).events).toHaveLength(1);
  });

  test('asks again hourly while the Gateway does not answer, and makes up for a week', async () => {
    const { deliver, roundAt, answerWith } = await setUp();
    await deliver(noon - 30 * day);
    answerWith({ kind: 'failed', status: 503 });
    const first = await roundAt(noon);
    expect(first.asked).toHaveLength(7);
    expect(first.asked.at(-1)).toBe('2026-11-22');
    expect(first.events[0]).toEqual({ event: 'reconciliation.failed', status: 503 });
    expect((await roundAt(noon + hour - 1)).asked).toEqual([]);
    answerWith(undefined);
    const second = await roundAt(noon + hour);
    expect(second.asked).toHaveLength(7);
    expect(new Set(second.events.map(({ event }) => event))).toEqual(new Set(['reconciliation.done']));
  });

  test('calls a person once when the Gateway has no list, and from then on only tells it', async () => {
    const { deliver, roundAt, answerWith } = await setUp();
    await deliver(noon);
    answerWith({ kind: 'not-available' });
    expect((await roundAt(noon + day)).events).toEqual([{ event: 'reconciliation.no-list' }]);
    expect((await roundAt(noon + 2 * day)).events).toEqual([{ event: 'reconciliation.not-available' }]);
    answerWith(undefined);
    await roundAt(noon + 3 * day);
    answerWith({ kind: 'not-available' });
    expect((await roundAt(noon + 4 * day)).events).toEqual([{ event: 'reconciliation.no-list' }]);
  });
});

test('a day is one that exists', () => {
  expect(['2026-11-23', '2028-02-29'].every(isDay)).toBe(true);
  expect(['2026-02-30', '2026-11-3', '23-11-2026', '', '2026-13-01'].some(isDay)).toBe(false);
});
