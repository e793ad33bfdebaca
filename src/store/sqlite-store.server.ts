/** The outbox, its tombstones and the drafts in SQLite. It decides nothing: see outbox.ts and drafts.ts for what it promises. */
import { randomUUID } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { sql, type Expression, type ExpressionBuilder, type Generated, type SqlBool } from 'kysely';
import {
  StoreFullError,
  type Accepted,
  type Claim,
  type EntryKind,
  type Format,
  type OutboxStore,
  type ParkReason,
} from '#outbox/outbox.ts';
import { afterwardsIn, forgetOldTombstones, keepStatusKey } from './afterwards-store.ts';
import type { AfterwardsStore } from './afterwards.ts';
import type { DraftStore } from './drafts.ts';
import { handOverIn } from './hand-over-store.ts';
import type { HandOverStore } from './hand-over.ts';
import { start } from './migrations/0001-start.sqlite.ts';
import { afterwards } from './migrations/0002-afterwards.ts';
import { openSqliteFile } from './sqlite-file.server.ts';

export type Tables = {
  outbox: {
    seq: Generated<number>;
    id: string;
    sha256: string;
    key_id: string;
    format: Format;
    kind: Generated<EntryKind>;
    created_at: number;
    next_attempt_at: number;
    attempts: Generated<number>;
    lease: string | null;
    leased_until: number | null;
    parked_at: number | null;
    park_reason: ParkReason | null;
    sealed: Uint8Array;
  };
  tombstones: {
    seq: Generated<number>;
    id: string;
    kind: Generated<EntryKind>;
    /** `withdrawn`: taken back before the Gateway had acknowledged it, and not sent any more. */
    outcome: Generated<'delivered' | 'withdrawn'>;
    /** When it came to that. */
    delivered_at: number;
    /** Empty for what was withdrawn. */
    gateway_reference: string;
  };
  status_keys: { key_hash: string; referral_id: string };
  drafts: { seq: Generated<number>; key_hash: string; expires_at: number; sealed: string };
};

export type Store = OutboxStore &
  DraftStore &
  AfterwardsStore &
  HandOverStore & {
    /** Throws when the store cannot be written to; resolves only after the write is on the disk. */
    checkWritable(): Promise<void>;
    close(): Promise<void>;
  };

/** While others still wait, copies of delivered rows stay in the log no longer than this. */
const longestLogMs = 30_000;
/** On a full disk SQLite cannot even delete: intake stops while there is still room to deliver and erase. */
const reserveBytes = 32 * 1024 * 1024;

/** @param options.reserveBytes the free space below which nothing is accepted */
export async function openSqliteStore(path: string, options: { reserveBytes?: number } = {}): Promise<Store> {
  const file = await openSqliteFile<Tables>(path, { '0001-start': start, '0002-afterwards': afterwards });
  const { db } = file;
  const reserve = options.reserveBytes ?? reserveBytes;
  let logTruncatedAt = 0;

  // This process holds the folder’s lock, so that whoever held a lease has died. And what had to wait is due at once: a
  // restart is often the repair, such as a new token.
  await db
    .updateTable('outbox')
    .set({ lease: null, leased_until: null, next_attempt_at: sql`created_at` })
    .where('parked_at', 'is', null)
    .execute();
  await file.truncateLog();

  function assertRoom(): void {
    const { bavail, bsize } = statfsSync(dirname(path));
    if (bavail * bsize < reserve) throw new StoreFullError('The disk has too little room left to accept a referral.');
  }

  async function truncateLogWhenDue(now: number): Promise<void> {
    const waiting = await db
      .selectFrom('outbox')
      .select('seq')
      .where('parked_at', 'is', null)
      .limit(1)
      .executeTakeFirst();
    const sinceMs = now - logTruncatedAt;
    if (waiting && sinceMs >= 0 && sinceMs < longestLogMs) return;
    await file.truncateLog();
    logTruncatedAt = now;
  }

  const claimed = (claim: Claim) =>
    db.updateTable('outbox').where('id', '=', claim.id).where('lease', '=', claim.lease);

  const later = afterwardsIn(db);

  const store: Store = {
    ...later,
    ...handOverIn(db),

    async withdraw(asked) {
      const withdrawn = await later.withdraw(asked);
      await truncateLogWhenDue(asked.withdrawnAt);
      return withdrawn;
    },

    async accept(entry, { replaceDraft, statusKey } = {}) {
      assertRoom();
      return db.transaction().execute(async (transaction): Promise<Accepted> => {
        if (replaceDraft) {
          const { keyHash, sealed, expiresAt } = replaceDraft;
          await transaction
            .updateTable('drafts')
            .set({ sealed, expires_at: expiresAt })
            .where('key_hash', '=', keyHash)
            .execute();
        }
        const tombstone = await transaction
          .selectFrom('tombstones')
          .select('seq')
          .where('id', '=', entry.id)
          .executeTakeFirst();
        if (tombstone) return 'already-delivered';
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('outbox')
          .values({
            id: entry.id,
            sha256: entry.sha256,
            key_id: entry.keyId,
            format: entry.format,
            kind: entry.kind ?? 'referral',
            created_at: entry.createdAt,
            next_attempt_at: entry.createdAt,
            sealed: entry.sealed,
          })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirstOrThrow();
        if (numInsertedOrUpdatedRows !== 1n) return 'already-waiting';
        if (statusKey !== undefined) await keepStatusKey(transaction, statusKey, entry.id);
        return 'accepted';
      });
    },

    async claim({ now, leaseMs, longestWaitMs }) {
      const free = ({ eb, or }: ExpressionBuilder<Tables, 'outbox'>): Expression<SqlBool> =>
        or([eb('lease', 'is', null), eb('leased_until', '<=', now), eb('leased_until', '>', now + leaseMs)]);
      const row = await db
        .updateTable('outbox')
        .set({ lease: randomUUID(), leased_until: now + leaseMs, attempts: sql`attempts + 1` })
        .where('seq', '=', (eb) =>
          eb
            .selectFrom('outbox')
            .select('seq')
            .where('parked_at', 'is', null)
            .where(({ eb, or }) =>
              or([eb('next_attempt_at', '<=', now), eb('next_attempt_at', '>', now + longestWaitMs)]),
            )
            .where(free)
            .orderBy('next_attempt_at')
            .orderBy('seq')
            .limit(1),
        )
        // Repeated outside, as PostgreSQL needs it: the row may have been taken since the search saw it.
        .where(free)
        .returningAll()
        .executeTakeFirst();
      return (
        row && {
          id: row.id,
          sealed: row.sealed,
          sha256: row.sha256,
          keyId: row.key_id,
          format: row.format,
          kind: row.kind,
          createdAt: row.created_at,
          attempts: row.attempts,
          lease: row.lease ?? '',
        }
      );
    },

    async delivered(claim, { deliveredAt, gatewayReference }) {
      await db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('tombstones')
          .values({
            id: claim.id,
            kind: claim.kind ?? 'referral',
            delivered_at: deliveredAt,
            gateway_reference: gatewayReference,
          })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute();
        await transaction.deleteFrom('outbox').where('id', '=', claim.id).execute();
      });
      await truncateLogWhenDue(deliveredAt);
    },

    async again(claim, nextAttemptAt) {
      await claimed(claim).set({ next_attempt_at: nextAttemptAt, lease: null, leased_until: null }).execute();
    },

    async park(claim, { parkedAt, reason }) {
      await claimed(claim).set({ parked_at: parkedAt, park_reason: reason, lease: null, leased_until: null }).execute();
    },

    async release(claim) {
      await claimed(claim).set({ lease: null, leased_until: null }).execute();
    },

    async nextDueAt() {
      const { at } = await db
        .selectFrom('outbox')
        .select(sql<number | null>`min(max(next_attempt_at, coalesce(leased_until, next_attempt_at)))`.as('at'))
        .where('parked_at', 'is', null)
        .executeTakeFirstOrThrow();
      return at ?? undefined;
    },

    async standing() {
      const row = await db
        .selectFrom('outbox')
        .select((eb) => [
          eb.fn.countAll<number>().as('all'),
          eb.fn.count<number>('parked_at').as('parked'),
          eb.fn.min<number | null>('created_at').as('oldest'),
        ])
        .executeTakeFirstOrThrow();
      return { waiting: row.all - row.parked, parked: row.parked, oldestAcceptedAt: row.oldest ?? undefined };
    },

    async tidy(now) {
      await store.sweepDrafts(now);
      await forgetOldTombstones(db, now);
      await file.truncateLog();
      logTruncatedAt = now;
    },

    async putDraft({ keyHash, sealed, expiresAt }) {
      assertRoom();
      await db
        .insertInto('drafts')
        .values({ key_hash: keyHash, sealed, expires_at: expiresAt })
        .onConflict((conflict) => conflict.column('key_hash').doUpdateSet({ sealed, expires_at: expiresAt }))
        .execute();
    },

    async getDraft(keyHash, now) {
      const draft = await db
        .selectFrom('drafts')
        .select('sealed')
        .where('key_hash', '=', keyHash)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return draft?.sealed;
    },

    async dropDraft(keyHash) {
      await db.deleteFrom('drafts').where('key_hash', '=', keyHash).execute();
    },

    async sweepDrafts(now) {
      const { numDeletedRows } = await db.deleteFrom('drafts').where('expires_at', '<=', now).executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },

    async checkWritable() {
      assertRoom();
      await file.checkWritable();
    },

    async close() {
      await file.truncateLog();
      await file.close();
    },
  };
  return store;
}
