/** The one row that the check for readiness writes. */
import type { Migration } from 'kysely/migration';
import type { Columns } from './columns.ts';

export const writeCheck = ({ time }: Columns): Migration => ({
  async up(db) {
    await db.schema
      .createTable('write_check')
      // A SQLite file that was opened by an earlier version has it already.
      .ifNotExists()
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('at', time, (column) => column.notNull())
      .execute();
  },
});
