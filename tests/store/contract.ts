/** What any store must do, whichever database is underneath. A new store joins with `describeStore(name, makeStore)`. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Claim, NewEntry, SealedDraft } from '#outbox/outbox.ts';
import type { Store } from '#store/store.server.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const noon = Date.UTC(2026, 10, 23, 12);
const when = (now: number) => ({ now, leaseMs: minute, longestWaitMs: 66 * minute });

export function newEntry(changes: Partial<NewEntry> = {}): NewEntry {
  const sealed = changes.sealed ?? new Uint8Array(randomBytes(600));
  return {
    id: randomUUID(),
    sealed,
    sha256: createHash('sha256').update(sealed).digest('hex'),
    keyId: 'gateway-1',
    format: 'jwe',
    createdAt: noon,
    ...changes,
  };
}

/** `makeStore` gives an empty store, and cleans up after the test by itself. */
export function describeStore(name: string, makeStore: () => Promise<Store>): void {
  const claimed = async (store: Store, now = noon): Promise<Claim> => {
    const claim = await store.claim(when(now));
    if (!claim) throw new Error('nothing was due');
    return claim;
  };

  describe(`${name}: what waits`, () => {
    test('what was accepted comes out again, byte for byte', async () => {
      const store = await makeStore();
      const entry = newEntry({ format: 'json', keyId: 'a.b-c' });
      expect(await store.accept(entry)).toBe('accepted');
      const claim = await claimed(store);
      expect(claim).toMatchObject({
        id: entry.id,
        sha256: entry.sha256,
        keyId: 'a.b-c',
        format: 'json',
        createdAt: noon,
      });
      expect(Buffer.from(claim.sealed).equals(entry.sealed)).toBe(true);
      expect(claim.attempts).toBe(1);
    });

    test('pressing send twice keeps the first referral and adds none', async () => {
      const store = await makeStore();
      const first = newEntry();
      expect(await store.accept(first)).toBe('accepted');
      expect(await store.accept(newEntry({ id: first.id }))).toBe('already-waiting');
      expect((await claimed(store)).sha256).toBe(first.sha256);
      expect(await store.standing()).toMatchObject({ waiting: 1 });
    });

    test('fifty presses at the same moment keep one referral', async () => {
      const store = await makeStore();
      const { id } = newEntry();
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => store.accept(newEntry({ id }))));
      expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
      expect(await store.standing()).toMatchObject({ waiting: 1 });
    });

    test('a referral that was delivered is not taken in again', async () => {
      const store = await makeStore();
      const entry = newEntry();
      await store.accept(entry);
      await store.delivered(await claimed(store), { deliveredAt: noon, gatewayReference: 'G-1' });
      expect(await store.accept(newEntry({ id: entry.id }))).toBe('already-delivered');
      expect(await store.standing()).toEqual({ waiting: 0, parked: 0, oldestAcceptedAt: undefined });
    });

    test('the tombstone of a delivery is kept for 30 days and then forgotten', async () => {
      const store = await makeStore();
      const entry = newEntry();
      await store.accept(entry);
      await store.delivered(await claimed(store), { deliveredAt: noon, gatewayReference: 'G-1' });
      await store.tidy(noon + 30 * day - 1);
      expect(await store.accept(entry)).toBe('already-delivered');
      await store.tidy(noon + 30 * day);
      expect(await store.accept(entry)).toBe('accepted');
    });
  });

  describe(`${name}: claims`, () => {
    test('the entry that has been due the longest is claimed first', async () => {
      const store = await makeStore();
      const later = newEntry({ createdAt: noon - minute });
      const earlier = newEntry({ createdAt: noon - 2 * minute });
      await store.accept(later);
      await store.accept(earlier);
      expect((await claimed(store)).id).toBe(earlier.id);
      expect((await claimed(store)).id).toBe(later.id);
    });

    test('two workers never hold the same entry', async () => {
      const store = await makeStore();
      for (let count = 0; count < 20; count += 1) await store.accept(newEntry());
      const claims = await Promise.all(Array.from({ length: 30 }, () => store.claim(when(noon))));
      const ids = claims.flatMap((claim) => (claim ? [claim.id] : []));
      expect(ids).toHaveLength(20);
      expect(new Set(ids).size).toBe(20);
    });

    test('a claim whose worker died falls free when its lease has run out', async () => {
      const store = await makeStore();
      await store.accept(newEntry());
      await claimed(store);
      expect(await store.claim(when(noon + minute - 1))).toBeUndefined();
      expect((await claimed(store, noon + minute)).attempts).toBe(2);
    });

    test('a worker whose lease has run out can no longer change the entry', async () => {
      const store = await makeStore();
      await store.accept(newEntry());
      const late = await claimed(store);
      const current = await claimed(store, noon + minute);
      await store.again(late, noon + 60 * minute);
      await store.park(late, { parkedAt: noon, reason: 'refused' });
      await store.release(late);
      expect(await store.standing()).toMatchObject({ waiting: 1, parked: 0 });
      await store.again(current, noon + 2 * minute);
      expect(await store.nextDueAt()).toBe(noon + 2 * minute);
    });

    test('an acknowledgement counts even when it comes after the lease', async () => {
      const store = await makeStore();
      await store.accept(newEntry());
      const late = await claimed(store);
      await claimed(store, noon + minute);
      await store.delivered(late, { deliveredAt: noon + minute, gatewayReference: 'G-1' });
      expect(await store.standing()).toMatchObject({ waiting: 0 });
    });

    test('an entry given back is due at its time and not before', async () => {
      const store = await makeStore();
      await store.accept(newEntry());
      await store.again(await claimed(store), noon + 5_000);
      expect(await store.nextDueAt()).toBe(noon + 5_000);
      expect(await store.claim(when(noon + 4_999))).toBeUndefined();
      expect((await claimed(store, noon + 5_000)).attempts).toBe(2);
    });

    test('a released entry is due at once, and the attempt counts: it may have arrived', async () => {
      const store = await makeStore();
      await store.accept(newEntry());
      await store.release(await claimed(store));
      expect((await claimed(store)).attempts).toBe(2);
    });

    test('an entry in somebody’s hands is next due when the lease ends', async () => {
      const store = await makeStore();
      expect(await store.nextDueAt()).toBeUndefined();
      await store.accept(newEntry());
      await claimed(store);
      expect(await store.nextDueAt()).toBe(noon + minute);
    });

    test('when the clock goes back a day, nothing waits a day', async () => {
      const store = await makeStore();
      const waiting = newEntry();
      const held = newEntry();
      await store.accept(waiting);
      await store.again(await claimed(store), noon + minute);
      await store.accept(held);
      await claimed(store);
      const yesterday = noon - day;
      const found = [await claimed(store, yesterday), await claimed(store, yesterday)];
      expect(new Set(found.map((claim) => claim.id))).toEqual(new Set([waiting.id, held.id]));
    });
  });

  describe(`${name}: what a person must look at`, () => {
    test('a parked entry is kept, counted and not sent again', async () => {
      const store = await makeStore();
      const entry = newEntry();
      await store.accept(entry);
      await store.park(await claimed(store), { parkedAt: noon, reason: 'refused' });
      expect(await store.claim(when(noon + day))).toBeUndefined();
      expect(await store.nextDueAt()).toBeUndefined();
      expect(await store.standing()).toEqual({ waiting: 0, parked: 1, oldestAcceptedAt: noon });
      expect(await store.accept(newEntry({ id: entry.id }))).toBe('already-waiting');
      await store.tidy(noon + 400 * day);
      expect(await store.standing()).toMatchObject({ parked: 1 });
    });

    test('accepting, delivering, checking and tidying at the same time do not disturb one another', async () => {
      const store = await makeStore();
      for (let count = 0; count < 20; count += 1) await store.accept(newEntry());
      const deliverOne = async (): Promise<void> => {
        const claim = await claimed(store);
        await store.delivered(claim, { deliveredAt: noon, gatewayReference: 'G-1' });
      };
      await Promise.all(
        Array.from({ length: 20 }, () => [
          store.accept(newEntry({ createdAt: noon + minute })),
          deliverOne(),
          store.checkWritable(),
          store.tidy(noon),
          store.putDraft({ keyHash: randomUUID(), sealed: '', expiresAt: noon + minute }),
        ]).flat(),
      );
      expect(await store.standing()).toMatchObject({ waiting: 20 });
    });

    test('the standing tells the age of the oldest undelivered entry', async () => {
      const store = await makeStore();
      await store.accept(newEntry({ createdAt: noon - minute }));
      await store.accept(newEntry({ createdAt: noon - 3 * minute }));
      expect(await store.standing()).toEqual({ waiting: 2, parked: 0, oldestAcceptedAt: noon - 3 * minute });
    });

    test('the check for readiness writes to the disk and leaves nothing', async () => {
      const store = await makeStore();
      await store.checkWritable();
      expect(await store.standing()).toMatchObject({ waiting: 0 });
    });
  });

  describe(`${name}: looking after the outbox`, () => {
    test('the list shows everything that is not delivered, oldest first, and nothing of what is in it', async () => {
      const store = await makeStore();
      const older = newEntry({ createdAt: noon - minute });
      const newer = newEntry({ format: 'json', keyId: 'site', kind: 'withdrawal' });
      await store.accept(newer);
      await store.accept(older);
      await store.park(await claimed(store), { parkedAt: noon, reason: 'refused' });
      expect(await store.list()).toEqual([
        {
          id: older.id,
          kind: 'referral',
          keyId: 'gateway-1',
          format: 'jwe',
          createdAt: noon - minute,
          attempts: 1,
          nextAttemptAt: noon - minute,
          parked: { at: noon, reason: 'refused' },
        },
        {
          id: newer.id,
          kind: 'withdrawal',
          keyId: 'site',
          format: 'json',
          createdAt: noon,
          attempts: 0,
          nextAttemptAt: noon,
          parked: undefined,
        },
      ]);
    });

    test('“retry” makes one entry due, or all of them, parked ones included', async () => {
      const store = await makeStore();
      const [one, other] = [newEntry({ createdAt: noon - minute }), newEntry()];
      await store.accept(one);
      await store.accept(other);
      await store.park(await claimed(store), { parkedAt: noon, reason: 'refused' });
      await store.again(await claimed(store), noon + 10 * minute);
      expect(await store.retry({ id: one.id }, noon)).toBe(1);
      expect(await store.retry({ id: randomUUID() }, noon)).toBe(0);
      expect((await claimed(store)).id).toBe(one.id);
      expect(await store.claim(when(noon))).toBeUndefined();
      expect(await store.retry('all', noon)).toBe(2);
      // The first is still in somebody’s hands.
      expect((await claimed(store)).id).toBe(other.id);
      expect(await store.standing()).toMatchObject({ waiting: 2, parked: 0 });
    });

    test('an entry that is parked by hand stays parked, whatever its worker writes back, and an acknowledgement counts', async () => {
      const store = await makeStore();
      const entry = newEntry();
      await store.accept(entry);
      const held = await claimed(store);
      expect(await store.sealedOf(entry.id)).toBeUndefined();
      expect(await store.parkByHand(entry.id, noon)).toBe(true);
      expect(await store.parkByHand(entry.id, noon)).toBe(false);
      await store.again(held, noon);
      expect(await store.claim(when(noon + day))).toBeUndefined();
      expect(Buffer.from((await store.sealedOf(entry.id)) ?? []).equals(entry.sealed)).toBe(true);
      await store.delivered(held, { deliveredAt: noon, gatewayReference: 'G-1' });
      expect(await store.list()).toEqual([]);
    });
  });

  describe(`${name}: the reconciliation`, () => {
    test('what was accepted is always delivered, waiting or parked, whatever is repeated', async () => {
      const store = await makeStore();
      const entries = Array.from({ length: 12 }, () => newEntry());
      await Promise.all([...entries, ...entries].map((entry) => store.accept(entry)));
      for (let count = 0; count < 4; count += 1) {
        const claim = await claimed(store);
        const result = { deliveredAt: noon, gatewayReference: 'G-1' };
        await Promise.all([store.delivered(claim, result), store.delivered(claim, result)]);
        await store.accept(newEntry({ id: claim.id }));
      }
      await store.park(await claimed(store), { parkedAt: noon, reason: 'refused' });
      const balance = { received: 12, delivered: 4, withdrawn: 0, waiting: 7, parked: 1 };
      expect(await store.balance()).toEqual(balance);
      await store.tidy(noon + 400 * day);
      expect(await store.balance()).toEqual(balance);
      expect(await store.firstDay()).toBe('2026-11-23');
    });

    test('a day holds the ids that the Gateway received on it, also when its answer came later', async () => {
      const store = await makeStore();
      const [before, on, after] = [newEntry(), newEntry(), newEntry()];
      const midnight = Date.UTC(2026, 10, 23);
      for (const [entry, receivedAt] of [
        [before, midnight - 1],
        [on, midnight],
        [after, midnight + day],
      ] as const) {
        await store.accept(entry);
        const claim = await claimed(store);
        await store.delivered(claim, { deliveredAt: midnight + 2 * day, gatewayReference: 'G-1', receivedAt });
      }
      expect(await store.acknowledgedBetween(midnight, midnight + day)).toEqual([on.id]);
      const waiting = newEntry();
      await store.accept(waiting);
      const strangers = Array.from({ length: 1_200 }, () => randomUUID());
      const known = await store.known([...strangers, before.id, waiting.id]);
      expect(known).toEqual(new Set([before.id, waiting.id]));
    });

    test('one process does a comparison; another one takes it up when it was begun long ago and never settled', async () => {
      const store = await makeStore();
      const begin = (now: number): Promise<boolean> =>
        store.beginComparison('list 2026-11-22', { now, notSince: now - 60 * minute });
      const begun = await Promise.all(Array.from({ length: 5 }, () => begin(noon)));
      expect(begun.filter(Boolean)).toHaveLength(1);
      expect(await begin(noon + 59 * minute)).toBe(false);
      expect(await begin(noon + 60 * minute)).toBe(true);
      // The clock has been set back a day.
      expect(await begin(noon - day)).toBe(true);
      expect(await store.lastOutcome('list ')).toBeUndefined();
      await store.settleComparison('list 2026-11-22', 'not-available');
      expect(await begin(noon + day)).toBe(false);
      expect(await store.lastOutcome('list ')).toBe('not-available');
    });
  });

  describe(`${name}: drafts`, () => {
    const draft = { keyHash: 'a'.repeat(64), sealed: 'sealed text', expiresAt: noon + minute };

    test('a draft is kept, replaced and dropped', async () => {
      const store = await makeStore();
      await store.putDraft(draft);
      expect(await store.getDraft(draft.keyHash, noon)).toBe('sealed text');
      await store.putDraft({ ...draft, sealed: 'newer text' });
      expect(await store.getDraft(draft.keyHash, noon)).toBe('newer text');
      await store.dropDraft(draft.keyHash);
      expect(await store.getDraft(draft.keyHash, noon)).toBeUndefined();
    });

    test('an expired draft is not given out, and the sweep deletes it', async () => {
      const store = await makeStore();
      await store.putDraft(draft);
      await store.putDraft({ ...draft, keyHash: 'b'.repeat(64), expiresAt: noon + day });
      expect(await store.getDraft(draft.keyHash, noon + minute)).toBeUndefined();
      expect(await store.sweepDrafts(noon + minute)).toBe(1);
      expect(await store.getDraft('b'.repeat(64), noon + minute)).toBe('sealed text');
    });

    test('sending a referral leaves a marker in place of its draft, also when it was sent before', async () => {
      const store = await makeStore();
      const entry = newEntry();
      const marker = { ...draft, sealed: 'sent' };
      await store.putDraft(draft);
      await store.accept(entry, { replaceDraft: marker });
      expect(await store.getDraft(draft.keyHash, noon)).toBe('sent');
      await store.putDraft(draft);
      expect(await store.accept(entry, { replaceDraft: marker })).toBe('already-waiting');
      expect(await store.getDraft(draft.keyHash, noon)).toBe('sent');
    });

    test('a draft that was deleted meanwhile does not come back when its referral is sent', async () => {
      const store = await makeStore();
      await store.accept(newEntry(), { replaceDraft: { ...draft, sealed: 'sent' } });
      expect(await store.getDraft(draft.keyHash, noon)).toBeUndefined();
    });

    test('a referral that could not be kept leaves its draft where it was', async () => {
      const store = await makeStore();
      await store.putDraft(draft);
      const impossible = { ...newEntry(), sealed: null } as unknown as NewEntry;
      await expect(store.accept(impossible, { replaceDraft: { ...draft, sealed: 'sent' } })).rejects.toThrow();
      expect(await store.getDraft(draft.keyHash, noon)).toBe('sealed text');
      expect(await store.accept(newEntry())).toBe('accepted');
    });
  });
}

/**
 * What a store says of drafts that the disk has changed, and of those that it has not.
 * @param run a statement that goes past the store
 */
export async function noticesDamage(store: Store, run: (statement: string) => Promise<unknown>): Promise<void> {
  const draftOf = (sign: string) => ({
    keyHash: sign.repeat(64),
    sealed: `sealed text ${sign}`,
    expiresAt: noon + day,
  });
  const [harmed, well, earlier, handedOver] = ['a', 'b', 'c', 'd'].map(draftOf) as [
    SealedDraft,
    SealedDraft,
    SealedDraft,
    SealedDraft,
  ];
  for (const draft of [harmed, well, earlier, handedOver]) await store.putDraft(draft);
  await run(
    `update drafts set sealed = 'sealed texT ' || 'x' where key_hash in ('${harmed.keyHash}', '${earlier.keyHash}')`,
  );
  await run(`update drafts set sha256 = null where key_hash = '${earlier.keyHash}'`);
  expect(await store.noteDamage(well.keyHash), 'it is as it was kept').toBe(false);
  expect(await store.noteDamage('e'.repeat(64)), 'nothing is there').toBe(false);
  expect(await store.noteDamage(earlier.keyHash), 'an earlier version kept it: nothing is known of it').toBe(false);
  const told = await Promise.all(Array.from({ length: 10 }, () => store.noteDamage(harmed.keyHash)));
  expect(told.filter(Boolean), 'the disk has changed it: told once').toHaveLength(1);
  expect(await store.noteDamage(harmed.keyHash)).toBe(false);
  // Every way in which a draft is written writes its hash.
  await store.putDraft({ ...harmed, sealed: 'newer text' });
  await store.accept(newEntry(), { replaceDraft: { ...well, sealed: 'sent' } });
  const taken = draftOf('f');
  expect(await store.takeOver(handedOver.keyHash, taken, noon)).toBe(true);
  for (const { keyHash } of [harmed, well, taken]) expect(await store.noteDamage(keyHash)).toBe(false);
  await run("update drafts set sealed = sealed || 'x'");
  for (const { keyHash } of [harmed, well, taken]) expect(await store.noteDamage(keyHash)).toBe(true);
}
