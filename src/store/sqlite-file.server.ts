/** Opens one SQLite file the only way that this program trusts: what is committed is on the disk, what is deleted is gone. */
import { closeSync, openSync, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
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
    return {
      db,
      truncateLog,
      checkWritable: () => checkWritable(db, path),
      isInPlace: watchPlace(path),
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

/** No file system tells times in longer steps. */
const coarsestMs = 2_000;

/**
 * Whether the files that SQLite has opened are still those of these names. Their folder tells: its time changes with each
 * name in it. They themselves are looked at only after that, because Linux gives a file whose times were asked for a finer
 * time at its next write, which every commit would then have to take to the disk as well: a quarter of what it costs.
 */
function watchPlace(path: string): () => boolean {
  const names = ['', '-wal', '-shm'].map((suffix) => path + suffix);
  const opened = names.map((name) => lookAt(name)?.ino);
  const folder = dirname(path);
  let unchangedSince: Stats | undefined;
  return () => {
    const now = lookAt(folder);
    if (now && now.ino === unchangedSince?.ino && now.ctimeMs === unchangedSince.ctimeMs) return true;
    const found = names.map(lookAt);
    const isInPlace = found.every((file, at) => file?.ino === opened[at]);
    // Written since, by the disk’s own clock: no change that is still to come can have the time of that one.
    const writtenAt = Math.max(...found.map((file) => file?.mtimeMs ?? 0));
    unchangedSince = isInPlace && now && writtenAt - now.ctimeMs > coarsestMs ? now : undefined;
    return isInPlace;
  };
}

const lookAt = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });

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
