/** The outbox, its tombstones and the drafts, in whichever database. It decides nothing: see outbox.ts and drafts.ts for what it promises. */
import { randomUUID } from 'node:crypto';
import { sql, type Expression, type ExpressionBuilder, type Kysely, type SqlBool, type Transaction } from 'kysely';
import { dayMs } from '#outbox/days.ts';
import type { Accepted, Claim, Ledger, NewEntry, OutboxDesk, OutboxStore, SealedDraft } from '#outbox/outbox.ts';
import { afterwardsIn, forgetOldTombstones, keepStatusKey } from './afterwards-store.ts';
import type { AfterwardsStore } from './afterwards.ts';
import { count } from './count.ts';
import { draftHashOf, draftRow, putDraftRow, replaceDraftRow, selectDraft } from './draft-row.ts';
import type { DraftStore } from './drafts.ts';
import { handOverIn } from './hand-over-store.ts';
import type { HandOverStore } from './hand-over.ts';
import { insertEntry } from './insert-entry.ts';
import { statement, type Places } from './statement.ts';
import type { Tables } from './tables.ts';
import { together } from './together.ts';

export type Store = OutboxStore &
  OutboxDesk &
  Ledger &
  DraftStore &
  AfterwardsStore &
  HandOverStore & {
    /** Whether the process that had it before did not close it. */
    readonly wasCutOff: boolean;
    /** Throws when the store cannot be written to; resolves only after the write is on the disk. */
    checkWritable(): Promise<void>;
    /** How many drafts have not expired; `now` in ms since 1970. */
    countDrafts(now: number): Promise<number>;
    close(): Promise<void>;
  };

/** What a database brings of its own; the statements are the same for all. */
export type Database = {
  db: Kysely<Tables>;
  /** Whether other processes write to it at the same time. */
  shared: boolean;
  wasCutOff: boolean;
  /** @throws StoreFullError when there is too little room to promise anything */
  assertRoom(): void;
  /** Rows were deleted: takes their copies off the disk as well, as soon as that is worth its while. */
  afterDelivery(now: number): Promise<void>;
  /** The same, now. */
  afterTidying(now: number): Promise<void>;
  checkWritable(): Promise<void>;
  close(): Promise<void>;
};

/** For how long it is known what was compared: as long as tombstones. */
const comparisonsLastMs = 30 * dayMs;
/** Well below what either database takes as parameters of one statement. */
const idsAtOnce = 500;

interface Accepting {
  readonly entry: NewEntry;
  readonly replaceDraft: SealedDraft | undefined;
  readonly statusKey: string | undefined;
}

const byId = (one: Accepting, other: Accepting): number =>
  Number(one.entry.id > other.entry.id) - Number(one.entry.id < other.entry.id);

export function makeStore(database: Database): Store {
  const { db } = database;

  const claimed = (claim: Claim) =>
    db.updateTable('outbox').where('id', '=', claim.id).where('lease', '=', claim.lease);

  const later = afterwardsIn(db);

  async function acceptOne(
    transaction: Transaction<Tables>,
    { entry, replaceDraft, statusKey }: Accepting,
  ): Promise<Accepted> {
    if (replaceDraft) await replaceDraftRow(transaction, draftRow(replaceDraft));
    if (await wasDelivered(transaction, entry.id)) return 'already-delivered';
    if (!(await insertEntry(transaction, entry))) return 'already-waiting';
    // In a shared database the insertion may have waited for another process to deliver the same id.
    if (!database.shared || !(await wasDelivered(transaction, entry.id))) {
      if (statusKey !== undefined) await keepStatusKey(transaction, statusKey, entry.id);
      return 'accepted';
    }
    await transaction.deleteFrom('outbox').where('id', '=', entry.id).execute();
    return 'already-delivered';
  }

  /** Waiting for the disk is nearly all that accepting costs: who comes at the same moment waits for it together. */
  const acceptTogether = together((all: readonly Accepting[]) =>
    db.transaction().execute(async (transaction) => {
      const became = new Map<Accepting, Accepted>();
      // By id: two processes that held the same ones in another order would each wait for the other.
      for (const each of all.toSorted(byId)) became.set(each, await acceptOne(transaction, each));
      const accepted = all.map((each) => became.get(each)!);
      const received = accepted.filter((each) => each === 'accepted').length;
      if (received > 0) await count(transaction, { received }, all[0]!.entry.createdAt);
      return accepted;
    }),
  );

  const store: Store = {
    wasCutOff: database.wasCutOff,
    ...later,
    ...handOverIn(db),

    async withdraw(asked) {
      const withdrawn = await later.withdraw(asked);
      await database.afterDelivery(asked.withdrawnAt);
      return withdrawn;
    },

    async accept(entry, { replaceDraft, statusKey } = {}) {
      database.assertRoom();
      return acceptTogether({ entry, replaceDraft, statusKey });
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
            .limit(1)
            // SQLite has one writer at a time, and no such words.
            .$if(database.shared, (search) => search.forUpdate().skipLocked()),
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

    async delivered(claim, { deliveredAt, gatewayReference, receivedAt = deliveredAt }) {
      await db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('tombstones')
          .values({
            id: claim.id,
            kind: claim.kind ?? 'referral',
            delivered_at: deliveredAt,
            received_at: receivedAt,
            gateway_reference: gatewayReference,
          })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute();
        const { numDeletedRows } = await transaction
          .deleteFrom('outbox')
          .where('id', '=', claim.id)
          .executeTakeFirstOrThrow();
        if (numDeletedRows === 1n) await count(transaction, { delivered: 1 }, deliveredAt);
      });
      await database.afterDelivery(deliveredAt);
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
        .select(
          sql<
            number | null
          >`min(case when leased_until > next_attempt_at then leased_until else next_attempt_at end)`.as('at'),
        )
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
      await db
        .deleteFrom('comparisons')
        .where('begun_at', '<=', now - comparisonsLastMs)
        .execute();
      await database.afterTidying(now);
    },

    async list() {
      const rows = await db
        .selectFrom('outbox')
        .select([
          'id',
          'kind',
          'key_id',
          'format',
          'created_at',
          'attempts',
          'next_attempt_at',
          'parked_at',
          'park_reason',
        ])
        .orderBy('created_at')
        .orderBy('seq')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        keyId: row.key_id,
        format: row.format,
        createdAt: row.created_at,
        attempts: row.attempts,
        nextAttemptAt: row.next_attempt_at,
        parked:
          row.parked_at === null || row.park_reason === null
            ? undefined
            : { at: row.parked_at, reason: row.park_reason },
      }));
    },

    async retry(which, now) {
      const { numUpdatedRows } = await db
        .updateTable('outbox')
        .set({ next_attempt_at: now, parked_at: null, park_reason: null })
        .$if(which !== 'all', (update) => update.where('id', '=', which === 'all' ? '' : which.id))
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },

    async parkByHand(id, now) {
      const { numUpdatedRows } = await db
        .updateTable('outbox')
        .set({ parked_at: now, park_reason: 'by-hand', lease: null, leased_until: null })
        .where('id', '=', id)
        .where('parked_at', 'is', null)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },

    async sealedOf(id) {
      const row = await db
        .selectFrom('outbox')
        .select('sealed')
        .where('id', '=', id)
        .where('parked_at', 'is not', null)
        .executeTakeFirst();
      return row?.sealed;
    },

    async acknowledgedBetween(from, to) {
      const rows = await db
        .selectFrom('tombstones')
        .select('id')
        .where('outcome', '=', 'delivered')
        .where((eb) => eb(eb.fn.coalesce('received_at', 'delivered_at'), '>=', from))
        .where((eb) => eb(eb.fn.coalesce('received_at', 'delivered_at'), '<', to))
        .execute();
      return rows.map(({ id }) => id);
    },

    async known(ids) {
      const found = new Set<string>();
      for (let start = 0; start < ids.length; start += idsAtOnce) {
        const some = ids.slice(start, start + idsAtOnce);
        for (const table of ['tombstones', 'outbox'] as const) {
          for (const { id } of await db.selectFrom(table).select('id').where('id', 'in', some).execute()) {
            found.add(id.toLowerCase());
          }
        }
      }
      return found;
    },

    async balance() {
      const sum = (what: 'received' | 'delivered' | 'withdrawn') =>
        db.selectFrom('counts').select((eb) => eb.fn.coalesce(eb.fn.sum<number>(what), sql.lit(0)).as(what));
      // One statement, so that nothing moves between two of the numbers.
      const row = await db
        .selectNoFrom([
          sum('received').as('received'),
          sum('delivered').as('delivered'),
          sum('withdrawn').as('withdrawn'),
          db
            .selectFrom('outbox')
            .select((eb) => eb.fn.countAll<number>().as('all'))
            .as('all'),
          db
            .selectFrom('outbox')
            .select((eb) => eb.fn.count<number>('parked_at').as('parked'))
            .as('parked'),
        ])
        .executeTakeFirstOrThrow();
      const [received, delivered, withdrawn, all, parked] = [
        row.received,
        row.delivered,
        row.withdrawn,
        row.all,
        row.parked,
      ].map(Number) as [number, number, number, number, number];
      return { received, delivered, withdrawn, waiting: all - parked, parked };
    },

    async firstDay() {
      const row = await db.selectFrom('counts').select('day').orderBy('day').limit(1).executeTakeFirst();
      return row?.day;
    },

    async beginComparison(name, { now, notSince }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('comparisons')
        .values({ name, begun_at: now })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ begun_at: now })
            .where('comparisons.outcome', 'is', null)
            // A beginning that lies ahead means that the clock has moved.
            .where(({ eb, or }) =>
              or([eb('comparisons.begun_at', '<=', notSince), eb('comparisons.begun_at', '>', now)]),
            ),
        )
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async settleComparison(name, outcome) {
      await db.updateTable('comparisons').set({ outcome }).where('name', '=', name).execute();
    },

    async lastOutcome(beginning) {
      const row = await db
        .selectFrom('comparisons')
        .select('outcome')
        .where('name', 'like', `${beginning}%`)
        .where('outcome', 'is not', null)
        .orderBy('name', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.outcome ?? undefined;
    },

    async putDraft(draft) {
      database.assertRoom();
      await putDraftRow(db, draftRow(draft));
    },

    async getDraft(keyHash, now) {
      const { rows } = await selectDraft(db, { keyHash, now });
      return rows[0]?.sealed;
    },

    async noteDamage(keyHash) {
      const draft = await db
        .selectFrom('drafts')
        .select(['sealed', 'sha256'])
        .where('key_hash', '=', keyHash)
        .executeTakeFirst();
      if (!draft?.sha256 || draft.sha256 === draftHashOf(draft.sealed)) return false;
      const { numUpdatedRows } = await db
        .updateTable('drafts')
        .set({ sha256: null })
        .where('key_hash', '=', keyHash)
        .where('sha256', '=', draft.sha256)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },

    async dropDraft(keyHash) {
      await db.deleteFrom('drafts').where('key_hash', '=', keyHash).execute();
    },

    async countDrafts(now) {
      const { all } = await db
        .selectFrom('drafts')
        .select((eb) => eb.fn.countAll<number>().as('all'))
        .where('expires_at', '>', now)
        .executeTakeFirstOrThrow();
      return all;
    },

    async sweepDrafts(now) {
      const { numDeletedRows } = await db.deleteFrom('drafts').where('expires_at', '<=', now).executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },

    async checkWritable() {
      database.assertRoom();
      await database.checkWritable();
    },

    close: () => database.close(),
  };
  return store;
}

const selectTombstone = statement((db, { id }: Places<{ id: string }>) =>
  db.selectFrom('tombstones').select('seq').where('id', '=', id),
);

async function wasDelivered(transaction: Transaction<Tables>, id: string): Promise<boolean> {
  const { rows } = await selectTombstone(transaction, { id });
  return rows.length > 0;
}
