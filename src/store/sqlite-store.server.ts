/** The store in one SQLite file, for one site process at a time. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { StoreFullError } from '#outbox/outbox.ts';
import { ballastAt, freeBytes, isDiskFull } from './ballast.server.ts';
import { sqliteColumns } from './migrations/columns.ts';
import { migrationsFor } from './migrations/in-order.ts';
import { assertUpToDate, bringUpToDate } from './migrations/run.ts';
import { openSqliteFile } from './sqlite-file.server.ts';
import { makeStore, type Store } from './store.server.ts';
import type { Tables } from './tables.ts';

/** While others still wait, copies of delivered rows stay in the log no longer than this. */
const longestLogMs = 30_000;
/** On a full disk SQLite cannot even delete: intake stops while there is still room to deliver and erase. */
const reserveBytes = 32 * 1024 * 1024;

/** With less than this left, an opening might not find room for its own few writes. */
const leastBytes = 4 * 1024 * 1024;

/** Whatever were written now would be gone at the next start. */
class FilesGoneError extends Error {
  override name = 'FilesGoneError';
}

/**
 * @param options.reserveBytes the free space below which nothing is accepted
 * @param options.ballastBytes the size of the file beside the database that is thrown away when the disk is full
 * @param options.beside whether a site may be running over the same file: then nothing is taken over or made
 */
export async function openSqliteStore(
  path: string,
  options: { reserveBytes?: number; ballastBytes?: number; beside?: boolean } = {},
): Promise<Store> {
  const reserve = options.reserveBytes ?? reserveBytes;
  const ballast = ballastAt(join(dirname(path), 'ballast'), reserve, options.ballastBytes);
  if (freeBytes(path) < leastBytes) ballast.drop();
  // Whoever closes the database removes its log.
  const wasCutOff = !options.beside && existsSync(`${path}-wal`);
  const file = await openSqliteFile<Tables>(
    path,
    migrationsFor(sqliteColumns),
    options.beside ? assertUpToDate : bringUpToDate,
  );
  const { db } = file;
  let logTruncatedAt = 0;
  let hasTidied = false;

  // This process holds the folder’s lock, so that whoever held a lease has died. And what had to wait is due at once: a
  // restart is often the repair, such as a new token.
  if (!options.beside) {
    await db
      .updateTable('outbox')
      .set({ lease: null, leased_until: null, next_attempt_at: sql`created_at` })
      .where('parked_at', 'is', null)
      .execute();
    await file.truncateLog();
  }

  async function truncateLog(now: number): Promise<void> {
    await file.truncateLog();
    logTruncatedAt = now;
  }

  /** Delivering, erasing and keeping count must go on when the disk is full: then the ballast goes first. */
  const evenWhenFull =
    <Given extends unknown[], Result>(work: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      try {
        return await work(...given);
      } catch (error) {
        if (!isDiskFull(error) || !ballast.drop()) throw error;
        return work(...given);
      }
    };

  /** Accepting is what stops: the room that is left is for what was accepted before. */
  const unlessFull =
    <Given extends unknown[], Result>(work: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      try {
        return await work(...given);
      } catch (error) {
        throw isDiskFull(error) ? new StoreFullError('The disk is full.', { cause: error }) : error;
      }
    };

  const store = makeStore({
    db,
    shared: false,
    wasCutOff,
    assertRoom() {
      if (!file.isInPlace()) {
        // The files are still open to us: what was accepted is moved into the database before anything else happens.
        file.truncateLog().catch(() => {});
        throw new FilesGoneError('The files of the database were deleted or replaced while it was open.');
      }
      if (freeBytes(path) < reserve)
        throw new StoreFullError('The disk has too little room left to accept a referral.');
    },
    async afterDelivery(now) {
      const waiting = await db
        .selectFrom('outbox')
        .select('seq')
        .where('parked_at', 'is', null)
        .limit(1)
        .executeTakeFirst();
      const sinceMs = now - logTruncatedAt;
      if (!waiting || sinceMs < 0 || sinceMs >= longestLogMs) await truncateLog(now);
    },
    afterTidying: truncateLog,
    checkWritable: file.checkWritable,
    async close() {
      await file.truncateLog();
      await file.close();
    },
  });
  return {
    ...store,
    accept: unlessFull(store.accept),
    putDraft: unlessFull(store.putDraft),
    takeOver: unlessFull(store.takeOver),
    withdraw: evenWhenFull(store.withdraw),
    claim: evenWhenFull(store.claim),
    delivered: evenWhenFull(store.delivered),
    again: evenWhenFull(store.again),
    park: evenWhenFull(store.park),
    release: evenWhenFull(store.release),
    dropDraft: evenWhenFull(store.dropDraft),
    sweepDrafts: evenWhenFull(store.sweepDrafts),
    tidy: evenWhenFull(async (now) => {
      await store.tidy(now);
      // Not in the first minutes: so much to write would hold up the first referrals’ own way to the disk.
      if (hasTidied) await ballast.restore();
      hasTidied = true;
    }),
  };
}
