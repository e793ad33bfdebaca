/** Where referrals are, and withdrawals, for any database: the part of a store that afterwards.ts asks for. */
import type { Kysely } from 'kysely';
import type { AfterwardsStore, Withdrawn } from './afterwards.ts';
import { count } from './count.ts';
import { insertEntry } from './insert-entry.ts';
import { statement, type Places } from './statement.ts';
import type { Tables } from './tables.ts';

const tombstonesLastMs = 30 * 24 * 60 * 60_000;

const insertStatusKey = statement((db, row: Places<Tables['status_keys']>) =>
  db
    .insertInto('status_keys')
    .values({ key_hash: row.key_hash, referral_id: row.referral_id })
    .onConflict((conflict) => conflict.doNothing()),
);

/** To be called in the transaction that accepts the referral: nobody holds a secret that opens nothing. */
export async function keepStatusKey(db: Kysely<Tables>, statusKey: string, referralId: string): Promise<void> {
  await insertStatusKey(db, { key_hash: statusKey, referral_id: referralId });
}

/** Forgets tombstones after 30 days, each together with what opened it. `now` in ms since 1970. */
export function forgetOldTombstones(db: Kysely<Tables>, now: number): Promise<void> {
  return db.transaction().execute(async (transaction) => {
    const old = transaction
      .selectFrom('tombstones')
      .select('id')
      .where('delivered_at', '<=', now - tombstonesLastMs);
    await transaction.deleteFrom('status_keys').where('referral_id', 'in', old).execute();
    await transaction
      .deleteFrom('tombstones')
      .where('delivered_at', '<=', now - tombstonesLastMs)
      .execute();
  });
}

export function afterwardsIn(db: Kysely<Tables>): AfterwardsStore {
  return {
    async referralOf(statusKey) {
      const found = await db
        .selectFrom('status_keys')
        .select('referral_id')
        .where('key_hash', '=', statusKey)
        .executeTakeFirst();
      return found?.referral_id;
    },

    async whereIs(id) {
      // The outbox first: an entry that leaves it between the two looks has its tombstone by then.
      const waiting = await db.selectFrom('outbox').select('id').where('id', '=', id).executeTakeFirst();
      if (waiting) return { at: 'here' };
      const tombstone = await db.selectFrom('tombstones').selectAll().where('id', '=', id).executeTakeFirst();
      if (!tombstone) return undefined;
      const since = tombstone.delivered_at;
      const forgottenAt = since + tombstonesLastMs;
      return tombstone.outcome === 'withdrawn'
        ? { at: 'withdrawn', since, forgottenAt }
        : { at: 'gateway', since, gatewayReference: tombstone.gateway_reference, forgottenAt };
    },

    withdraw({ referralId, message, withdrawnAt }) {
      return db.transaction().execute(async (transaction): Promise<Withdrawn> => {
        let wasErased = false;
        // The tombstone before the entry, as after a delivery: two that come at once then wait for one another in turn.
        const { numInsertedOrUpdatedRows: isFirst } = await transaction
          .insertInto('tombstones')
          .values({ id: referralId, outcome: 'withdrawn', delivered_at: withdrawnAt, gateway_reference: '' })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirstOrThrow();
        if (isFirst === 1n) {
          const erased = await transaction
            .deleteFrom('outbox')
            .where('id', '=', referralId)
            .returning('attempts')
            .executeTakeFirst();
          wasErased = erased !== undefined;
          if (erased?.attempts === 0) {
            await count(transaction, { withdrawn: 1 }, withdrawnAt);
            return 'never-sent';
          }
        } else {
          const { outcome } = await transaction
            .selectFrom('tombstones')
            .select('outcome')
            .where('id', '=', referralId)
            .executeTakeFirstOrThrow();
          if (outcome === 'withdrawn') return 'before';
        }
        const told = await transaction
          .selectFrom('tombstones')
          .select('id')
          .where('id', '=', message.id)
          .executeTakeFirst();
        if (told) return 'before';
        if (!(await insertEntry(transaction, { ...message, kind: 'withdrawal' }))) return 'before';
        await count(transaction, { received: 1, ...(wasErased && { withdrawn: 1 }) }, withdrawnAt);
        return 'to-be-told';
      });
    },
  };
}
