/** For the time after sending: what an entry is, what became of it, and what a person’s two secrets open. */
import type { Migration } from 'kysely/migration';

export const afterwards = (): Migration => ({
  async up(db) {
    await db.schema
      .alterTable('outbox')
      .addColumn('kind', 'text', (column) => column.notNull().defaultTo('referral'))
      .execute();
    // One column each: SQLite adds no two in one statement.
    await db.schema
      .alterTable('tombstones')
      .addColumn('kind', 'text', (column) => column.notNull().defaultTo('referral'))
      .execute();
    await db.schema
      .alterTable('tombstones')
      .addColumn('outcome', 'text', (column) => column.notNull().defaultTo('delivered'))
      .execute();
    await db.schema
      .createTable('status_keys')
      .addColumn('key_hash', 'text', (column) => column.notNull().unique())
      .addColumn('referral_id', 'text', (column) => column.notNull().unique())
      .execute();
  },
});
