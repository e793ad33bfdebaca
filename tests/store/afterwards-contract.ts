/** What any store must do for the time after sending, and for handing over. A new store joins with `describeAfterwards(name, makeStore)`. */
import { describe, expect, test } from 'vitest';
import type { Store } from '#store/store.server.ts';
import { newEntry } from './contract.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const noon = Date.UTC(2026, 10, 23, 12);
const when = { now: noon, leaseMs: minute, longestWaitMs: 66 * minute };
const statusKey = 'a'.repeat(64);

/** `makeStore` gives an empty store, and cleans up after the test by itself. */
export function describeAfterwards(name: string, makeStore: () => Promise<Store>): void {
  const withdrawal = (referralId: string) => ({
    referralId,
    message: newEntry({ id: '11111111-1111-8111-8111-111111111111', kind: 'withdrawal' }),
    withdrawnAt: noon,
  });

  describe(`${name}: afterwards`, () => {
    test('what opens a referral is kept with it, and goes with its tombstone', async () => {
      const store = await makeStore();
      const { id } = newEntry();
      await store.accept(newEntry({ id }), { statusKey });
      await store.accept(newEntry({ id }), { statusKey: 'b'.repeat(64) });
      expect(await store.referralOf(statusKey)).toBe(id);
      expect(await store.referralOf('b'.repeat(64))).toBeUndefined();
      expect(await store.whereIs(id)).toEqual({ at: 'here' });
      const claim = await store.claim(when);
      await store.delivered(claim!, { deliveredAt: noon, gatewayReference: 'G-1' });
      const gone = { since: noon, forgottenAt: noon + 30 * day };
      expect(await store.whereIs(id)).toEqual({ at: 'gateway', gatewayReference: 'G-1', ...gone });
      await store.tidy(noon + 30 * day - 1);
      expect(await store.referralOf(statusKey)).toBe(id);
      await store.tidy(noon + 30 * day);
      expect(await store.referralOf(statusKey)).toBeUndefined();
      expect(await store.whereIs(id)).toBeUndefined();
    });

    test('a withdrawal erases what waits; it tells the Gateway only if an attempt had begun', async () => {
      for (const [attempted, outcome, waiting] of [
        [false, 'never-sent', 0],
        [true, 'to-be-told', 1],
      ] as const) {
        const store = await makeStore();
        const { id } = newEntry();
        await store.accept(newEntry({ id }), { statusKey });
        if (attempted) await store.release((await store.claim(when))!);
        expect(await store.withdraw(withdrawal(id))).toBe(outcome);
        expect(await store.withdraw(withdrawal(id))).toBe('before');
        expect(await store.whereIs(id)).toEqual({ at: 'withdrawn', since: noon, forgottenAt: noon + 30 * day });
        expect(await store.standing()).toMatchObject({ waiting });
        expect(await store.balance()).toEqual({
          received: 1 + waiting,
          delivered: 0,
          withdrawn: 1,
          waiting,
          parked: 0,
        });
        expect(await store.acknowledgedBetween(0, noon + day)).toEqual([]);
        expect(await store.accept(newEntry({ id }))).toBe('already-delivered');
      }
    });

    test('withdrawals and deliveries that come at the same moment end as one withdrawal', async () => {
      const store = await makeStore();
      const { id } = newEntry();
      await store.accept(newEntry({ id }));
      const claim = (await store.claim(when))!;
      const [, ...withdrawn] = await Promise.all([
        store.delivered(claim, { deliveredAt: noon, gatewayReference: 'G-1' }),
        ...Array.from({ length: 10 }, () => store.withdraw(withdrawal(id))),
      ]);
      expect(withdrawn.filter((each) => each === 'to-be-told')).toHaveLength(1);
      expect(await store.standing()).toMatchObject({ waiting: 1 });
      expect(await store.claim(when)).toMatchObject({ kind: 'withdrawal' });
      const { received, delivered, withdrawn: takenBack } = await store.balance();
      expect([received, delivered + takenBack]).toEqual([2, 1]);
    });
  });

  describe(`${name}: handing over`, () => {
    const handedOver = { keyHash: 'c'.repeat(64), sealed: 'handed over', expiresAt: noon + day };
    const draft = { keyHash: 'd'.repeat(64), sealed: 'draft', expiresAt: noon + day };

    test('what is taken over is gone where it was, and there where it goes', async () => {
      const store = await makeStore();
      await store.putDraft(handedOver);
      expect(await store.takeOver(handedOver.keyHash, draft, noon)).toBe(true);
      expect(await store.getDraft(handedOver.keyHash, noon)).toBeUndefined();
      expect(await store.getDraft(draft.keyHash, noon)).toBe('draft');
    });

    test('nothing is taken over twice, or after its time, and then nothing is kept', async () => {
      const store = await makeStore();
      await store.putDraft(handedOver);
      expect(await store.takeOver(handedOver.keyHash, draft, noon + day)).toBe(false);
      const taken = await Promise.all(
        ['d', 'e', 'f'].map((sign) => store.takeOver(handedOver.keyHash, { ...draft, keyHash: sign.repeat(64) }, noon)),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
    });
  });
}
