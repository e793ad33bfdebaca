/** The store in one SQLite file, for one site process at a time. */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { StoreFullError } from '#outbox/outbox.ts';
import { sqliteColumns } from './migrations/columns.ts';
import { migrationsFor } from './migrations/in-order.ts';
import { openSqliteFile } from './sqlite-file.server.ts';
import { makeStore, type Store } from './store.server.ts';
import type { Tables } from './tables.ts';

/** While others still wait, copies of delivered rows stay in the log no longer than this. */
const longestLogMs = 30_000;
/** On a full disk SQLite cannot even delete: intake stops while there is still room to deliver and erase. */
const reserveBytes = 32 * 1024 * 1024;

/** @param options.reserveBytes the free space below which nothing is accepted */
export async function openSqliteStore(path: string, options: { reserveBytes?: number } = {}): Promise<Store> {
  const file = await openSqliteFile<Tables>(path, migrationsFor(sqliteColumns));
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

  async function truncateLog(now: number): Promise<void> {
    await file.truncateLog();
    logTruncatedAt = now;
  }

  return makeStore({
    db,
    shared: false,
    assertRoom() {
      const { bavail, bsize } = statfsSync(dirname(path));
      if (bavail * bsize < reserve) throw new StoreFullError('The disk has too little room left to accept a referral.');
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
}
