/** The store in PostgreSQL: the contract of all stores, and what several processes at once promise one another. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openStore } from '#store/open-store.server.ts';
import type { Store } from '#store/store.server.ts';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { describeAfterwards } from './afterwards-contract.ts';
import { describeStore, newEntry, noticesDamage } from './contract.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 10 * 60_000);
afterAll(() => postgres.stop());

/** Nothing is written here: the folder does not exist. */
const dataDir = '/nonexistent';

async function storeAt(databaseUrl: string): Promise<Store> {
  const store = await openStore({ dataDir, databaseUrl });
  let open = true;
  const close = async (): Promise<void> => {
    if (open) await store.close();
    open = false;
  };
  onTestFinished(close);
  return { ...store, close };
}

// First, while there is little else that PostgreSQL must read again.
test('what was accepted is still there after all of PostgreSQL was killed, and the site goes on by itself', async () => {
  const url = await postgres.newDatabase();
  const store = await storeAt(url);
  const accepted: string[] = [];
  const enough = new AbortController();
  const accepting = (async () => {
    while (!enough.signal.aborted) {
      const entry = newEntry();
      // What is refused while the database is away was promised to nobody.
      await store.accept(entry).then(
        () => accepted.push(entry.id),
        () => new Promise((resolve) => setTimeout(resolve, 20)),
      );
    }
  })();
  const atLeast = async (count: number): Promise<void> => {
    while (accepted.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await atLeast(20);
  postgres.killAndStart();
  await atLeast(accepted.length + 20);
  enough.abort();
  await accepting;
  const kept = await postgres.query<{ id: string }>('select id from outbox', url);
  const ids = new Set(kept.map(({ id }) => id));
  expect(accepted.filter((id) => !ids.has(id))).toEqual([]);
});

let contractUrl: string | undefined;
async function emptyStore(): Promise<Store> {
  contractUrl ??= await postgres.newDatabase();
  const store = await storeAt(contractUrl);
  // A third of the time that a new database takes.
  await postgres.query('truncate outbox, tombstones, drafts, counts, comparisons, status_keys', contractUrl);
  return store;
}
describeStore('PostgreSQL', emptyStore);
describeAfterwards('PostgreSQL', emptyStore);

const hashOfId = (id: string): string => createHash('sha256').update(id).digest('hex');

const now = Date.UTC(2027, 0, 1);
const when = { now, leaseMs: 60_000, longestWaitMs: 66 * 60_000 };
const result = { deliveredAt: now, gatewayReference: 'G-1' };

describe('several processes at once', () => {
  test('start together on an empty database, and one of them makes the tables', async () => {
    const url = await postgres.newDatabase();
    const stores = await Promise.all(Array.from({ length: 4 }, () => storeAt(url)));
    for (const store of stores) expect(await store.standing()).toMatchObject({ waiting: 0 });
  });

  test('never hold the same referral, and see what the others have done with it', async () => {
    const url = await postgres.newDatabase();
    const [first, ...others] = [await storeAt(url), await storeAt(url), await storeAt(url)];
    const inTurn = (turn: number): Store => others[turn % 3] ?? first;
    const entries = Array.from({ length: 30 }, () => newEntry());
    await Promise.all(entries.map((entry, turn) => inTurn(turn).accept(entry)));
    const claims = await Promise.all(Array.from({ length: 45 }, (_, turn) => inTurn(turn).claim(when)));
    const ids = claims.flatMap((claim) => (claim ? [claim.id] : []));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(20);
    await Promise.all(
      claims.map(async (claim, turn) => {
        if (claim) await inTurn(turn + 1).delivered(claim, result);
      }),
    );
    expect(await first.standing()).toMatchObject({ waiting: 30 - ids.length });
    for (const id of ids) expect(await first.accept(newEntry({ id }))).toBe('already-delivered');
  });

  test('commit the same referrals in groups at the same moment: each is there once, and only one caller is told “accepted”', async () => {
    const url = await postgres.newDatabase();
    const stores = [await storeAt(url), await storeAt(url), await storeAt(url)];
    const draftOf = (id: string) => ({ keyHash: hashOfId(id), sealed: 'typed', expiresAt: now + 60_000 });
    const turns = 10;
    let accepted = 0;
    for (let turn = 0; turn < turns; turn += 1) {
      const ids = Array.from({ length: 12 }, () => newEntry().id);
      for (const id of ids) await stores[0]!.putDraft(draftOf(id));
      // Each instance has all of them, in an order of its own, and some of its own in between.
      const asked = stores.flatMap((store, at) => {
        const own = Array.from({ length: 4 }, () => newEntry().id);
        const inOrder = at === 0 ? [...ids, ...own] : at === 1 ? [...ids.toReversed(), ...own] : [...own, ...ids];
        return inOrder.map((id) => ({ store, id, entry: newEntry({ id, createdAt: now }) }));
      });
      const answers = await Promise.all(
        asked.map(async ({ store, id, entry }) => ({
          id,
          entry,
          answer: await store.accept(entry, {
            replaceDraft: { ...draftOf(id), sealed: `sent ${entry.sha256}` },
            statusKey: hashOfId(`status ${id}`),
          }),
        })),
      );
      const rows = await postgres.query<{ id: string; sha256: string }>('select id, sha256 from outbox', url);
      for (const id of new Set(answers.map((each) => each.id))) {
        const told = answers.filter((each) => each.id === id);
        const [first, ...others] = told.toSorted((one, other) => one.answer.localeCompare(other.answer));
        expect(first!.answer).toBe('accepted');
        expect(others.map(({ answer }) => answer)).toEqual(others.map(() => 'already-waiting'));
        const kept = rows.filter((row) => row.id === id).map(({ sha256 }) => sha256);
        expect(kept, 'the content of the one that was accepted').toEqual([first!.entry.sha256]);
      }
      accepted += answers.filter(({ answer }) => answer === 'accepted').length;
    }
    expect(accepted).toBe(turns * (12 + 3 * 4));
    expect(await stores[0]!.balance()).toMatchObject({ received: accepted, waiting: accepted });
    expect(await postgres.query("select count(*)::int as typed from drafts where sealed = 'typed'", url)).toEqual([
      { typed: 0 },
    ]);
    // What PostgreSQL resolves by itself takes a second of everybody’s time in both groups.
    await postgres.query('select pg_stat_force_next_flush()', url);
    const [stat] = await postgres.query<{ deadlocks: string }>(
      'select deadlocks from pg_stat_database where datname = current_database()',
      url,
    );
    expect(Number(stat?.deadlocks)).toBe(0);
  });

  test('one that starts leaves the others their leases, and what waits its time', async () => {
    const url = await postgres.newDatabase();
    const running = await storeAt(url);
    await running.accept(newEntry());
    await running.accept(newEntry());
    const held = await running.claim(when);
    const waiting = await running.claim(when);
    if (waiting) await running.again(waiting, now + 15 * 60_000);
    const started = await storeAt(url);
    expect(await started.claim(when)).toBeUndefined();
    // The lease of one that has died ends by itself.
    expect((await started.claim({ ...when, now: now + 60_000 }))?.id).toBe(held?.id);
  });

  test('a referral that is sent again in the moment of its delivery is not taken in twice', async () => {
    const url = await postgres.newDatabase();
    const [one, other] = [await storeAt(url), await storeAt(url)];
    for (let turn = 0; turn < 40; turn += 1) {
      const entry = newEntry();
      await one.accept(entry);
      const claim = await one.claim(when);
      if (!claim) throw new Error('nothing was due');
      const [, ...again] = await Promise.all([
        one.delivered(claim, result),
        ...Array.from({ length: 4 }, () => other.accept(newEntry({ id: entry.id }))),
      ]);
      expect(again).not.toContain('accepted');
      expect(await one.standing()).toMatchObject({ waiting: 0 });
    }
  });

  test('a process that is killed while it holds a referral keeps nobody from it for longer than its lease', async () => {
    const url = await postgres.newDatabase();
    const store = await storeAt(url);
    const code = `
      import { openStore } from '#store/open-store.server.ts';
      const store = await openStore({ dataDir: '/nonexistent', databaseUrl: ${JSON.stringify(url)} });
      await store.accept({ id: '5d0f2c6e-2f43-4a55-9a4e-0a3c5d8b7f10', sealed: new Uint8Array(8), sha256: '', keyId: '', format: 'jwe', createdAt: ${now} });
      await store.claim(${JSON.stringify(when)});
      console.log('holding');
      setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void holder.kill('SIGKILL'));
    await once(holder.stdout, 'data');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(await store.claim(when)).toBeUndefined();
    expect(await store.claim({ ...when, now: now + 60_000 })).toMatchObject({ attempts: 2 });
  });
});

describe('safe writing', () => {
  test.each([
    ['synchronous_commit', 'off'],
    ['synchronous_commit', 'local'],
    ['synchronous_commit', 'remote_write'],
  ])('a database with %s set to %s is refused with a sentence', async (name, setting) => {
    const url = await postgres.newDatabase();
    await postgres.query(`alter database ${new URL(url).pathname.slice(1)} set ${name} = ${setting}`);
    await expect(openStore({ dataDir, databaseUrl: url })).rejects.toThrow(
      `PostgreSQL has ${name} set to ${setting}, with which a referral that was accepted could be lost; it must be on or remote_apply.`,
    );
  });

  test('a setting that is loosened while the site runs is found at the next connection', async () => {
    const url = await postgres.newDatabase();
    const store = await storeAt(url);
    await postgres.query(`alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = off`);
    await postgres.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${new URL(url).pathname.slice(1)}'`,
    );
    // The first may still find an old connection, and learn that it is gone.
    await vi.waitFor(() => expect(store.accept(newEntry())).rejects.toThrow(/synchronous_commit set to off/));
  });

  test.each(['fsync', 'full_page_writes'])('a server with %s off is refused with a sentence', async (name) => {
    const url = await postgres.newDatabase();
    const set = async (statement: string): Promise<void> => {
      await postgres.query(statement);
      await postgres.query('select pg_reload_conf()');
      const wanted = statement.includes('reset') ? 'on' : 'off';
      await vi.waitFor(async () => {
        expect(await postgres.query(`show ${name}`)).toEqual([{ [name]: wanted }]);
      });
    };
    onTestFinished(() => set(`alter system reset ${name}`));
    await set(`alter system set ${name} = off`);
    await expect(openStore({ dataDir, databaseUrl: url })).rejects.toThrow(`PostgreSQL has ${name} set to off`);
  });

  test('a database that cannot be reached is refused with a sentence that holds no password', async () => {
    const sentence = /The database of DATABASE_URL cannot be reached, or not be used \(ECONNREFUSED\)/;
    const opening = openStore({ dataDir, databaseUrl: 'postgres://site:secret-word@127.0.0.1:9/site' });
    await expect(opening).rejects.toThrow(sentence);
    await expect(opening).rejects.not.toThrow(/secret-word/);
    const url = new URL(await postgres.newDatabase());
    url.pathname = '/nowhere';
    await expect(openStore({ dataDir, databaseUrl: url.href })).rejects.toThrow(/\(3D000\)/);
  });
});

test('a draft that the disk has changed is told once, and nothing else is', async () => {
  const url = await postgres.newDatabase();
  await noticesDamage(await storeAt(url), (statement) => postgres.query(statement, url));
});

test('a fault in the counts never stops a referral', async () => {
  const url = await postgres.newDatabase();
  const store = await storeAt(url);
  await postgres.query('drop table counts', url);
  expect(await store.accept(newEntry())).toBe('accepted');
  const claim = await store.claim(when);
  if (claim) await store.delivered(claim, result);
  expect(await store.standing()).toMatchObject({ waiting: 0 });
});

test('after delivery the sealed bytes are out of the table, and its pages given back', async () => {
  const url = await postgres.newDatabase();
  const store = await storeAt(url);
  for (let count = 0; count < 20; count += 1) await store.accept(newEntry());
  for (let claim = await store.claim(when); claim; claim = await store.claim(when))
    await store.delivered(claim, result);
  await store.tidy(now);
  expect(await postgres.query("select pg_relation_size('outbox') as bytes", url)).toEqual([{ bytes: '0' }]);
});
