/** Room kept for a full disk: SQLite cannot even delete without a little, and a file thrown away gives it. */
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, statfsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

const usualBytes = 16 * 1024 * 1024;
const pieceBytes = 1024 * 1024;

export type Ballast = {
  /** Throws the file away. False if there was none. */
  drop(): boolean;
  /** Makes the file, if there is none and `reserveBytes` stay free beside it. */
  restore(): Promise<void>;
};

/** Free bytes on the disk that holds `path`, for users who are not root. */
export function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(dirname(path));
  return bavail * bsize;
}

export function ballastAt(path: string, reserveBytes: number, bytes = usualBytes): Ballast {
  return {
    drop() {
      const was = existsSync(path);
      if (was) rmSync(path);
      return was;
    },

    async restore() {
      if (existsSync(path) || freeBytes(path) < reserveBytes + bytes) return;
      const unfinished = `${path}.part`;
      try {
        const file = await open(unfinished, 'w', 0o600);
        try {
          // Random, so that no file system keeps it in less room than it stands for.
          const piece = randomBytes(Math.min(bytes, pieceBytes));
          for (let left = bytes; left > 0; left -= piece.length)
            await file.write(piece, 0, Math.min(left, piece.length));
        } finally {
          await file.close();
        }
        await rename(unfinished, path);
      } catch {
        // Without room for it now, the next tidying tries again.
        await rm(unfinished, { force: true });
      }
    },
  };
}

/** SQLITE_FULL, from Node’s own SQLite. */
export const isDiskFull = (error: unknown): boolean => (error as { errcode?: unknown }).errcode === 13;
