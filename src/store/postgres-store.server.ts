/** The store in PostgreSQL, for several site processes at once. */
import { Socket } from 'node:net';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { postgresColumns } from './migrations/columns.ts';
import { migrationsFor } from './migrations/in-order.ts';
import { assertUpToDate, bringUpToDate } from './migrations/run.ts';
import { makeStore, type Store } from './store.server.ts';
import type { Tables } from './tables.ts';

const connections = 10;
const connectMs = 5_000;
const statementMs = 10_000;
/** A connection on which nothing moves for longer than any statement may take leads to a machine that is gone. */
const silentMs = 20_000;
/** Shorter, so that a connection that merely rests is given back first. */
const restMs = 10_000;

/** PostgreSQL’s bigint as a number, which is exact up to 2^53; times and counts stay far below. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * Opens the database and brings its tables up to date. Leases and due times are left as they are: other processes may be
 * at work.
 * @param url `postgres://…`; it may hold a password, and no sentence repeats it
 * @param options.beside for a command: the tables must be up to date already
 * @throws an Error with a whole sentence when the database cannot be reached, or cannot keep the promise
 */
export async function openPostgresStore(url: string, options: { beside?: boolean } = {}): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: restMs,
    application_name: 'get-an-advocate',
    types,
    stream: () => {
      const socket = new Socket();
      return socket.setTimeout(silentMs, () => socket.destroy(new Error('The database has fallen silent.')));
    },
    // Each connection, not only the first: a setting may be changed, or hold for another server behind the same name.
    verify: (client, done) => {
      prepareConnection(client).then(() => done(), done);
    },
  });
  // A connection that breaks fails the statement that needs it, and the next one gets another. Without a listener, on the
  // resting ones and on those in use between two statements, it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });

  async function checkWritable(): Promise<void> {
    await sql`insert into write_check (id, at) values (1, extract(epoch from now())::bigint * 1000)
      on conflict (id) do update set at = excluded.at`.execute(db);
  }

  try {
    await sql`select 1`.execute(db).catch(cannotBeUsed);
    await (options.beside ? assertUpToDate : bringUpToDate)(db, migrationsFor(postgresColumns));
    await checkWritable().catch(cannotBeUsed);
  } catch (error) {
    await db.destroy();
    throw error;
  }

  return makeStore({
    db,
    shared: true,
    // PostgreSQL mends itself, and tells its own operators.
    wasCutOff: false,
    // PostgreSQL says so itself, at the insertion; how much room it has is not ours to see.
    assertRoom() {},
    async afterDelivery() {},
    async afterTidying() {
      // Gives the room of deleted rows back, and whole pages to the file system.
      await sql`vacuum outbox, drafts`.execute(db);
    },
    checkWritable,
    close: () => db.destroy(),
  });
}

class UnsafeSettingError extends Error {}

/** What must be on for a commit to be on the disk when it returns, and how strict is strict enough. */
const durable: Record<string, readonly string[]> = {
  synchronous_commit: ['on', 'remote_apply'],
  fsync: ['on'],
  full_page_writes: ['on'],
};

async function prepareConnection(client: pg.ClientBase): Promise<void> {
  // As statements, because a pooler in between may refuse them at the start of a connection.
  await client.query(`select set_config('default_transaction_isolation', 'read committed', false),
    set_config('statement_timeout', '${statementMs}', false), set_config('lock_timeout', '${statementMs / 2}', false),
    set_config('idle_in_transaction_session_timeout', '${statementMs}', false)`);
  const { rows } = await client.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1)',
    [Object.keys(durable)],
  );
  for (const [name, enough] of Object.entries(durable)) {
    const setting = rows.find((row) => row.name === name)?.setting ?? 'unknown';
    if (enough.includes(setting)) continue;
    throw new UnsafeSettingError(
      `PostgreSQL has ${name} set to ${setting}, with which a referral that was accepted could be lost; it must be ${enough.join(' or ')}.`,
    );
  }
}

function cannotBeUsed(error: unknown): never {
  if (error instanceof UnsafeSettingError) throw error;
  const { code } = error as { code?: unknown };
  const why = typeof code === 'string' ? code : 'no answer';
  throw new Error(
    `The database of DATABASE_URL cannot be reached, or not be used (${why}): see whether it runs, and whether the address, the name and the password are right.`,
    { cause: error },
  );
}
