/** Brings the tables of a database up to date, or sees that they are. */
import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';

/** Throws an Error with a whole sentence. Safe when several processes start at once: the first one does it. */
export async function bringUpToDate<Tables>(db: Kysely<Tables>, migrations: Record<string, Migration>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new Error('The tables of the database cannot be brought up to date.', { cause: error });
}

/** For a command beside a site, whose tables are not ours to change. Throws an Error with a whole sentence. */
export async function assertUpToDate<Tables>(db: Kysely<Tables>, migrations: Record<string, Migration>): Promise<void> {
  const found = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).getMigrations();
  if (found.every(({ executedAt }) => executedAt !== undefined)) return;
  throw new Error('The tables of the database are of an earlier version: start the site of this version first.');
}
