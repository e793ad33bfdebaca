/** The folder that holds the database and the keys: for the site’s own user alone, and for one process at a time. */
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const ours = new Set(['site.db', 'site.lock', 'seal-keys', 'gateway', 'ballast']);

/**
 * Makes the folder, mode 0700, or closes an existing one to other users. Throws an Error with a whole sentence.
 * A folder that other users can read and that holds other people’s things is refused, not changed: it may be `/tmp`.
 */
export function prepareDataDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const { mode } = statSync(path);
    if ((mode & 0o077) === 0 || process.platform === 'win32') return;
    const names = readdirSync(path);
    if (names.length === 0 || names.some((name) => ours.has(name))) chmodSync(path, 0o700);
    else throw new OpenToOthersError(path);
  } catch (error) {
    if (error instanceof OpenToOthersError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new Error(
      `The data folder ${path} cannot be made or used (${code}). Set DATA_DIR to a folder on a local disk.`,
      { cause: error },
    );
  }
}

class OpenToOthersError extends Error {
  constructor(path: string) {
    super(
      `The data folder ${path} is open to other users and holds other things. Set DATA_DIR to a folder of its own.`,
    );
  }
}

/**
 * Takes the folder for this process until the returned function is called or the process ends, however it ends.
 * The lock belongs to the operating system (through a database that nobody writes to), so that nothing stale can be
 * left after a kill or a power cut.
 */
export function lockDataDirectory(path: string): () => void {
  const file = join(path, 'site.lock');
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    const sqliteIsBusy = 5;
    if ((error as { errcode?: unknown }).errcode !== sqliteIsBusy) {
      throw new Error(
        `The data folder ${path} cannot be written to: see whether the disk is full, broken or read-only.`,
        { cause: error },
      );
    }
    throw new Error(
      `Another process is already using the data folder ${path}. Stop it first, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
  return () => lock.close();
}
