/** The kinds of column that the two databases write differently. Everything else about the tables is said once. */
import type { ColumnDefinitionBuilder } from 'kysely';

export type Columns = {
  /** Of a row’s place in the order of insertion; the database counts. */
  readonly seq: 'integer' | 'bigint';
  readonly counted: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
  /** Milliseconds since 1970. */
  readonly time: 'integer' | 'bigint';
  readonly bytes: 'blob' | 'bytea';
};

export const sqliteColumns: Columns = {
  seq: 'integer',
  counted: (column) => column.primaryKey(),
  time: 'integer',
  bytes: 'blob',
};

export const postgresColumns: Columns = {
  seq: 'bigint',
  counted: (column) => column.primaryKey().generatedByDefaultAsIdentity(),
  time: 'bigint',
  bytes: 'bytea',
};
