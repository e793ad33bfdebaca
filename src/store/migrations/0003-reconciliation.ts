/** What the daily reconciliation needs: counts by day, the day on which the Gateway received, and what was compared. */
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { dayOf } from '#outbox/days.ts';
import type { Columns } from './columns.ts';

/** The earlier tables, as far as their rows are counted here. */
type Earlier = {
  outbox: { created_at: number };
  tombstones: { delivered_at: number };
  counts: { day: string; part: number; received: number; delivered: number };
};

export const reconciliation = ({ time }: Columns): Migration => ({
  async up(db: Kysely<Earlier>) {
    await db.schema.alterTable('tombstones').addColumn('received_at', time).execute();
    await sql`update tombstones set received_at = delivered_at`.execute(db);

    await db.schema
      .createTable('counts')
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('part', 'integer', (column) => column.notNull())
      .addColumn('received', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('delivered', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('withdrawn', 'integer', (column) => column.notNull().defaultTo(0))
      .addPrimaryKeyConstraint('counts_day_part', ['day', 'part'])
      .execute();
    // What an earlier version accepted is counted too, or the first comparison would find a gap.
    const waiting = await db.selectFrom('outbox').select('created_at as at').execute();
    const delivered = await db.selectFrom('tombstones').select('delivered_at as at').execute();
    const days = new Map<string, { received: number; delivered: number }>();
    for (const [rows, isDelivered] of [
      [waiting, 0],
      [delivered, 1],
    ] as const) {
      for (const { at } of rows) {
        const day = days.get(dayOf(at)) ?? { received: 0, delivered: 0 };
        days.set(dayOf(at), { received: day.received + 1, delivered: day.delivered + isDelivered });
      }
    }
    for (const [day, counted] of days) {
      await db
        .insertInto('counts')
        .values({ day, part: 0, ...counted })
        .execute();
    }

    await db.schema
      .createTable('comparisons')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('begun_at', time, (column) => column.notNull())
      .addColumn('outcome', 'text')
      .execute();
  },
});
