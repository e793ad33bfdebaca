/** What any store must do, whichever database is underneath. A new store joins with `describeStore(name, makeStore)`. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Claim, NewEntry } from '#outbox/outbox.ts';
import type { Store } from '#store/sqlite-store.server.ts';

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
