/** A secret in a file that only the site’s own user can read, made once and then kept. */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * The text of the file, which is made with `make()` if it is not there. It is on the disk, with its name, before this
 * returns: what is sealed with it may outlive a power cut. Two processes that start at once get the same secret.
 */
export function keepSecret(path: string, make: () => string): string {
  const existing = readSecret(path);
  if (existing !== undefined) return existing;

  const draft = `${path}.${process.pid}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, make());
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    // Unlike a rename, a link never replaces what another process has put there.
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolderOf(path);
  return readFileSync(path, 'utf8');
}

/** The text of a secret file, or undefined if there is none. Closes it to other users if they could read it. */
export function readSecret(path: string): string | undefined {
  try {
    const mode = statSync(path).mode;
    if ((mode & 0o077) !== 0) chmodSync(path, 0o600);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Waits until the name of a new file is on the disk. */
export function syncFolderOf(path: string): void {
  // Windows cannot open a folder, and needs no such thing.
  if (process.platform === 'win32') return;
  const directory = openSync(dirname(path), 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
