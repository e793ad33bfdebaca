/** `npm run outbox`, run as a command of its own, beside a store that is open as a running site has it. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hashOf } from '#server/log.ts';
import { openStore } from '#store/open-store.server.ts';
import type { Store } from '#store/store.server.ts';
import { startServer, sendJson } from '../support/faulty-gateway.ts';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { newEntry } from '../store/contract.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

type Run = { status: number | null; stdout: string; stderr: string };
type Desk = { store: Store; folder: string; outbox(...argv: string[]): Promise<Run> };

const minute = 60_000;
const longestWaitMs = 66 * minute;

const command = join(import.meta.dirname, '../../src/commands/outbox.ts');

async function run(env: Record<string, string>, argv: readonly string[], cwd: string): Promise<Run> {
  // As in production, where the command knows the place and nothing else.
  const child = spawn(process.execPath, [command, ...argv], {
    cwd,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stdout, stderr })));
}

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 10 * minute);
afterAll(() => postgres.stop());

async function deskOn(database: 'SQLite' | 'PostgreSQL', env: Record<string, string> = {}): Promise<Desk> {
  const folder = temporaryFolder();
  const place = {
    dataDir: join(folder, 'data'),
    databaseUrl: database === 'PostgreSQL' ? await postgres.newDatabase() : undefined,
  };
  const store = await openStore(place);
  onTestFinished(() => store.close());
  const settings = {
    DATA_DIR: place.dataDir,
    ...(place.databaseUrl !== undefined && { DATABASE_URL: place.databaseUrl }),
    ...env,
  };
  return { store, folder, outbox: (...argv) => run(settings, argv, folder) };
}

async function acceptAndPark(store: Store): Promise<ReturnType<typeof newEntry>> {
  const entry = newEntry({ createdAt: Date.now() - 90 * minute });
  await store.accept(entry);
  const claim = await store.claim({ now: Date.now(), leaseMs: minute, longestWaitMs });
  if (claim) await store.park(claim, { parkedAt: Date.now(), reason: 'refused' });
  return entry;
}

describe.each(['SQLite', 'PostgreSQL'] as const)('beside a site on %s', (database) => {
  test('lists what waits and what is parked, for people and for programs', async () => {
    const { store, outbox } = await deskOn(database);
    const parked = await acceptAndPark(store);
    const waiting = newEntry({ createdAt: Date.now(), format: 'json', keyId: 'site', kind: 'withdrawal' });
    await store.accept(waiting);
    const { status, stdout, stderr } = await outbox();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(
      `${parked.id} (${hashOf(parked.id)}) · referral · 90 min old · 1 attempt · parked: refused · jwe`,
    );
    expect(stdout).toMatch(
      new RegExp(`${waiting.id} .* · withdrawal · 0 min old · 0 attempts · next attempt 20.* UTC · json, key site`),
    );
    expect(stdout.trimEnd().endsWith('1 waiting, 1 parked.')).toBe(true);
    expect(JSON.parse((await outbox('list', '--json')).stdout)).toMatchObject([
      {
        id: parked.id,
        inLog: hashOf(parked.id),
        kind: 'referral',
        parked: 'refused',
        nextAttemptAt: null,
        ageMinutes: 90,
        attempts: 1,
      },
      { id: waiting.id, kind: 'withdrawal', parked: null, nextAttemptAt: new Date(waiting.createdAt).toISOString() },
    ]);
  });

  test('makes a parked referral due again, named by its id or as the log names it', async () => {
    const { store, outbox } = await deskOn(database);
    const first = await acceptAndPark(store);
    const second = await acceptAndPark(store);
    expect(await outbox('retry', first.id.toUpperCase())).toMatchObject({ status: 0 });
    expect(await store.standing()).toMatchObject({ waiting: 1, parked: 1 });
    expect((await outbox('retry', hashOf(second.id))).stdout).toContain(`${second.id} is due now.`);
    expect(await store.standing()).toMatchObject({ waiting: 2, parked: 0 });
    expect(JSON.parse((await outbox('retry', 'all', '--json')).stdout)).toEqual({ due: 2 });
    const claim = await store.claim({ now: Date.now(), leaseMs: minute, longestWaitMs });
    expect(claim?.attempts).toBe(2);
  });

  test('parks a referral, and hands out the sealed bytes of a parked one only', async () => {
    const { store, folder, outbox } = await deskOn(database);
    const entry = newEntry({ createdAt: Date.now() });
    await store.accept(entry);
    expect(await outbox('export', entry.id)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('Park it first.'),
    });
    expect(readdirSync(folder)).toEqual(database === 'SQLite' ? ['data'] : []);
    expect(await outbox('park', entry.id)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Nothing is lost'),
    });
    expect(await outbox('park', entry.id)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('already (by-hand)'),
    });
    const file = join(folder, `${entry.id}.jwe`);
    expect((await outbox('export', entry.id)).stdout).toContain('the Gateway’s key gateway-1 can open it.');
    expect(readFileSync(file).equals(entry.sealed)).toBe(true);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    // Never over another file.
    expect(await outbox('export', entry.id)).toMatchObject({ status: 1, stdout: expect.stringContaining('(EEXIST)') });
    expect(await outbox('export', entry.id, '--to', 'elsewhere')).toMatchObject({ status: 0 });
    expect(await store.standing()).toMatchObject({ parked: 1 });
  });

  test('says so when there is no such referral', async () => {
    const { outbox } = await deskOn(database);
    expect(await outbox('retry', 'abc')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('Nothing with abc waits'),
    });
    expect(await outbox()).toMatchObject({ status: 0, stdout: 'Nothing waits.\n' });
  });
});

describe('comparing with the Gateway', () => {
  test('names what the Gateway does not have, and ends with 1; without a gap it ends with 0', async () => {
    const day = '2026-11-22';
    const at = Date.UTC(2026, 10, 22, 12);
    let ids: string[] = [];
    const { url } = await startServer((response) => sendJson(response, 200, { day, ids }));
    const settings = { GATEWAY_URL: url.href, GATEWAY_TOKEN: 'a-token', GATEWAY_PUBLIC_JWK: '{}' };
    const { store, outbox } = await deskOn('SQLite', settings);
    const entry = newEntry({ createdAt: at });
    await store.accept(entry);
    const claim = await store.claim({ now: at, leaseMs: minute, longestWaitMs });
    if (claim) await store.delivered(claim, { deliveredAt: at, gatewayReference: 'G-1' });

    const gap = await outbox('reconcile', '--day', day);
    expect(gap.status).toBe(1);
    expect(gap.stdout).toContain(`missing: ${entry.id} (${hashOf(entry.id)})`);
    expect(gap.stdout).toContain('Accepted 1 = delivered 1 + withdrawn 0 + waiting 0 + parked 0.');
    ids = [entry.id];
    expect(await outbox('reconcile', '--day', day)).toMatchObject({ status: 0, stderr: '' });
    const { stdout } = await outbox('reconcile', '--day', day, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ compared: { sent: 1, missing: [], unknown: [] }, unaccounted: 0 });
  });

  test('says so when the Gateway has no list', async () => {
    const { url } = await startServer((response) => sendJson(response, 405, {}));
    const settings = { GATEWAY_URL: url.href, GATEWAY_TOKEN: 'a-token', GATEWAY_PUBLIC_JWK: '{}' };
    const { outbox } = await deskOn('SQLite', settings);
    expect(await outbox('reconcile')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('The Gateway offers no list to compare with.'),
    });
  });
});

describe('a command that cannot be done', () => {
  test('where no site has run, nothing is made', async () => {
    const folder = temporaryFolder();
    const { status, stdout } = await run({ DATA_DIR: join(folder, 'data') }, [], folder);
    expect(status).toBe(0);
    expect(stdout).toContain('Nothing has been kept in');
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([[['frobnicate']], [['--what']], [['reconcile', '--day', 'today']]])(
    '%j is answered with how it is used, and 2',
    async (argv) => {
      const { outbox } = await deskOn('SQLite');
      const { status, stdout, stderr } = await outbox(...argv);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain('npm run outbox -- retry ID|all');
    },
  );

  test('a database that cannot be reached is told in a sentence, without its password', async () => {
    const DATABASE_URL = 'postgres://site:secret-word@127.0.0.1:9/site';
    const { status, stderr } = await run({ DATABASE_URL }, [], temporaryFolder());
    expect(status).toBe(1);
    expect(stderr).toMatch(/^The database of DATABASE_URL cannot be reached.*\n$/);
    expect(stderr).not.toContain('secret-word');
  });
});
