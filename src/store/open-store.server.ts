/** Opens the store that the environment asks for, with its tables up to date, or says in a sentence why it cannot. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lockDataDirectory, prepareDataDirectory } from './data-directory.server.ts';
import { openPostgresStore } from './postgres-store.server.ts';
import { openSqliteStore } from './sqlite-store.server.ts';
import type { Store } from './store.server.ts';

/** Where a site keeps everything durable. */
export type Place = { dataDir: string; databaseUrl?: string | undefined };

/**
 * @param where.dataDir absolute path of a folder on a local disk; for SQLite it is taken for this process until the store
 * is closed
 * @param where.databaseUrl `postgres://…`, for several processes at once; without it, SQLite under `dataDir`
 */
export async function openStore(where: Place): Promise<Store> {
  if (where.databaseUrl !== undefined) return openPostgresStore(where.databaseUrl);
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

/**
 * The store of a site that may be running, for a command: nothing is made, migrated or taken over.
 * @returns undefined where no site has kept anything yet
 */
export async function openStoreBeside(where: Place): Promise<Store | undefined> {
  if (where.databaseUrl !== undefined) return openPostgresStore(where.databaseUrl, { beside: true });
  const path = join(where.dataDir, 'site.db');
  return existsSync(path) ? openSqliteStore(path, { beside: true }) : undefined;
}
