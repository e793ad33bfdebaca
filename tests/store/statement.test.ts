/** Statements that are built once: each run has its own values, and each kind of database its own words. */
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { nodeSqliteDialect } from '#store/sqlite-dialect.server.ts';
import { statement, type Places } from '#store/statement.ts';
import type { Tables } from '#store/tables.ts';

type StatusKey = Tables['status_keys'];

function sqlite(): Kysely<Tables> {
  const database = new DatabaseSync(':memory:');
  database.exec('create table status_keys (key_hash text, referral_id text)');
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database) });
  onTestFinished(() => db.destroy());
  return db;
}

/** What PostgreSQL would be sent. */
function postgres(): { db: Kysely<Tables>; sent: { sql: string; parameters: readonly unknown[] }[] } {
  const sent: { sql: string; parameters: readonly unknown[] }[] = [];
  const db = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (inner) => new PostgresIntrospector(inner),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query: { sql, parameters } }) => void sent.push({ sql, parameters }),
  });
  onTestFinished(() => db.destroy());
  return { db, sent };
}

describe('a statement', () => {
  test('is built once and run with the values of each time', async () => {
    const db = sqlite();
    let built = 0;
    const insert = statement((inner, row: Places<StatusKey>) => {
      built += 1;
      return inner.insertInto('status_keys').values({ key_hash: row.key_hash, referral_id: row.referral_id });
    });
    const rows = [
      { key_hash: 'a', referral_id: '1' },
      { key_hash: 'b', referral_id: '2' },
    ];
    for (const row of rows) expect((await insert(db, row)).numAffectedRows).toBe(1n);
    expect(await db.selectFrom('status_keys').selectAll().orderBy('key_hash').execute()).toEqual(rows);
    expect(built).toBe(1);
  });

  test('keeps what is fixed in it, and puts one value wherever its place stands', async () => {
    const db = sqlite();
    const rows = ['a', 'b'].map((name) => ({ key_hash: name, referral_id: name }));
    await db.insertInto('status_keys').values(rows).execute();
    const find = statement((inner, { both }: Places<{ both: string }>) =>
      inner
        .selectFrom('status_keys')
        .select('key_hash')
        .where('key_hash', '=', both)
        .where('key_hash', '!=', 'a')
        .where('referral_id', '=', both),
    );
    expect((await find(db, { both: 'a' })).rows).toEqual([]);
    expect((await find(db, { both: 'b' })).rows).toEqual([{ key_hash: 'b' }]);
  });

  test('runs in a transaction, and is gone with it', async () => {
    const db = sqlite();
    const insert = statement((inner, { key_hash }: Places<{ key_hash: string }>) =>
      inner.insertInto('status_keys').values({ key_hash, referral_id: '1' }),
    );
    const undone = db.transaction().execute(async (transaction) => {
      await insert(transaction, { key_hash: 'a' });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await db.selectFrom('status_keys').selectAll().execute()).toEqual([]);
  });

  test('is written in the words of each database', async () => {
    const { db, sent } = postgres();
    const find = statement((inner, { id }: Places<{ id: string }>) =>
      inner.selectFrom('status_keys').select('key_hash').where('referral_id', '=', id),
    );
    await find(sqlite(), { id: '1' });
    await find(db, { id: '2' });
    expect(sent).toEqual([{ sql: 'select "key_hash" from "status_keys" where "referral_id" = $1', parameters: ['2'] }]);
  });
});
