/** The first tables: what waits, what was delivered, and unfinished referrals. */
import type { Migration } from 'kysely/migration';
import type { Columns } from './columns.ts';

/**
 * Every table is in order of insertion with its key beside it: a new row goes to the end of the file, which commits two
 * to four times faster than placing it by a random key. The sealed bytes come last, so that a search need not read them.
 */
export const start = ({ seq, counted, time, bytes }: Columns): Migration => ({
  async up(db) {
    await db.schema
      .createTable('outbox')
      .addColumn('seq', seq, counted)
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('format', 'text', (column) => column.notNull())
      .addColumn('created_at', time, (column) => column.notNull())
      .addColumn('next_attempt_at', time, (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('lease', 'text')
      .addColumn('leased_until', time)
      .addColumn('parked_at', time)
      .addColumn('park_reason', 'text')
      .addColumn('sealed', bytes, (column) => column.notNull())
      .execute();
    await db.schema.createIndex('outbox_due').on('outbox').column('next_attempt_at').execute();

    await db.schema
      .createTable('tombstones')
      .addColumn('seq', seq, counted)
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('delivered_at', time, (column) => column.notNull())
      .addColumn('gateway_reference', 'text', (column) => column.notNull())
      .execute();

    await db.schema
      .createTable('drafts')
      .addColumn('seq', seq, counted)
      .addColumn('key_hash', 'text', (column) => column.notNull().unique())
      .addColumn('expires_at', time, (column) => column.notNull())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .execute();
  },
});
