/** Opens the store that the environment asks for, with its tables up to date, or says in a sentence why it cannot. */
import { join } from 'node:path';
import { lockDataDirectory, prepareDataDirectory } from './data-directory.server.ts';
import { openSqliteStore, type Store } from './sqlite-store.server.ts';

/**
 * @param where.dataDir absolute path of a folder on a local disk; taken for this process until the store is closed
 * @param where.databaseUrl not supported by this version, and refused rather than ignored
 */
export async function openStore(where: { dataDir: string; databaseUrl?: string | undefined }): Promise<Store> {
  if (where.databaseUrl !== undefined) {
    throw new Error(
      'DATABASE_URL is set, but this version keeps everything in SQLite under DATA_DIR. Unset it to start.',
    );
  }
  prepareDataDirectory(where.dataDir);
  const unlock = lockDataDirectory(where.dataDir);
  try {
    const store = await openSqliteStore(join(where.dataDir, 'site.db'));
    return {
      ...store,
      async close() {
        await store.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
