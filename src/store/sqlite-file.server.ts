/** Opens one SQLite file the only way that this program trusts: what is committed is on the disk, what is deleted is gone. */
import { closeSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { bringUpToDate } from './migrations/run.ts';
import { nodeSqliteDialect } from './sqlite-dialect.server.ts';

/** Older ones can damage a database in WAL mode when two connections write and checkpoint at the same instant. */
const oldestSqlite = [3, 51, 3] as const;
const busyTimeoutMs = 5_000;

export type SqliteFile<Tables> = {
  db: Kysely<Tables>;
  /** Moves the log into the database and empties it: until then it holds copies of deleted rows. */
  truncateLog(): Promise<void>;
  /** Commits one small write and waits until it is on the disk. Throws an Error with a whole sentence. */
  checkWritable(): Promise<void>;
  /** Whether the files that are open are still those of these names: a deleted one can be written to, and is lost. */
  isInPlace(): boolean;
  close(): Promise<void>;
};

/**
 * Opens or makes the file (mode 0600) and brings its tables up to date, unless told to look only.
 * Throws an Error with a whole sentence when the file cannot keep the promise.
 */
export async function openSqliteFile<Tables>(
  path: string,
  migrations: Record<string, Migration>,
  prepareTables = bringUpToDate<Tables>,
): Promise<SqliteFile<Tables>> {
  makePrivateFile(path);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: busyTimeoutMs, defensive: true, allowExtension: false });
    database.exec('pragma journal_mode = wal');
    database.exec('pragma synchronous = full');
    database.exec('pragma secure_delete = on');
    database.exec('pragma trusted_schema = off');
    assertSettings(database, path);
    const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database) });
    await prepareTables(db, migrations);
    const truncateLog = async (): Promise<void> => {
      // Through Kysely, like everything: it waits until nobody else’s transaction is open on the connection.
      await sql`pragma wal_checkpoint(truncate)`.execute(db);
    };
    await checkWritable(db, path);
    const names = ['', '-wal', '-shm'].map((suffix) => path + suffix);
    const opened = names.map(inodeOf);
    return {
      db,
      truncateLog,
      checkWritable: () => checkWritable(db, path),
      isInPlace: () => names.every((name, at) => inodeOf(name) === opened[at]),
      close: () => db.destroy(),
    };
  } catch (error) {
    if (database?.isOpen) database.close();
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SQLITE_ERROR') throw error;
    throw new Error(
      `The database ${path} cannot be opened: it is damaged, in use by another program, or not a database at all. It has been left as it is.`,
      { cause: error },
    );
  }
}

/** Opens an existing file to read it while another process writes to it. Nothing is created or changed. */
export function openSqliteFileReadOnly<Tables>(path: string): Kysely<Tables> {
  const database = new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMs });
  return new Kysely<Tables>({ dialect: nodeSqliteDialect(database) });
}

const inodeOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.ino;

function makePrivateFile(path: string): void {
  try {
    // Only when it is new: opening and closing a database’s file would drop this process’s locks on it.
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    throw new Error(`The database ${path} cannot be made (${code ?? 'unknown reason'}).`, { cause: error });
  }
}

function assertSettings(database: DatabaseSync, path: string): void {
  const version = String(database.prepare('select sqlite_version() as version').get()?.['version']);
  if (isOlder(version)) {
    throw new Error(
      `This Node has SQLite ${version}, which can lose data; ${oldestSqlite.join('.')} or newer is needed. Start the site through its npm scripts, which bring the right Node.`,
    );
  }
  const journal = database.prepare('pragma journal_mode').get()?.['journal_mode'];
  const synchronous = database.prepare('pragma synchronous').get()?.['synchronous'];
  if (journal !== 'wal' || synchronous !== 2) {
    throw new Error(
      `The database ${path} cannot be set to write safely (journal ${String(journal)}, synchronous ${String(synchronous)}). It must lie on a local disk.`,
    );
  }
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [position, wanted] of oldestSqlite.entries()) {
    const found = parts[position] ?? 0;
    if (found !== wanted) return found < wanted;
  }
  return false;
}

/** A full disk or a read-only folder shows only when something is really written. */
async function checkWritable<Tables>(db: Kysely<Tables>, path: string): Promise<void> {
  try {
    await sql`create table if not exists write_check (id integer primary key, at integer not null)`.execute(db);
    await sql`insert or replace into write_check (id, at) values (1, unixepoch())`.execute(db);
  } catch {
    throw new Error(`The database ${path} cannot be written to: see whether the disk is full or the folder read-only.`);
  }
}
