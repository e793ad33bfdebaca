/** Debian’s PostgreSQL for tests: found, or installed with apt-get; a cluster of its own in a temporary folder, with fsync on. */
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { install, isRoot } from './debian.ts';

export interface Postgres {
  /** A new, empty database: its address, for DATABASE_URL. */
  newDatabase(): Promise<string>;
  /** Runs one statement in the database of that address, or in the first one. */
  query<Row extends pg.QueryResultRow>(statement: string, url?: string): Promise<Row[]>;
  /** Kills all its processes at once, as a fallen machine would, and starts it again over the same files. */
  killAndStart(): void;
  /** Does this while it is down; it is started again over the same files. */
  whileDown(work: () => Promise<void>): Promise<void>;
  /** Ends it and removes its files. */
  stop(): void;
}

const programs = '/usr/lib/postgresql';

/** The folder of PostgreSQL’s programs. @throws an Error that says what to do where there is none */
function findPrograms(): string {
  const found = newestPrograms();
  if (found !== undefined) return found;
  install('postgresql');
  const installed = newestPrograms();
  if (installed === undefined) {
    throw new Error('PostgreSQL is missing and could not be installed: apt-get install postgresql, as root.');
  }
  return installed;
}

function newestPrograms(): string | undefined {
  if (!existsSync(programs)) return undefined;
  const versions = readdirSync(programs).filter((version) => existsSync(join(programs, version, 'bin/initdb')));
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest && join(programs, newest, 'bin');
}

/** Starts it on a free port of this machine. @throws an Error, never a silent skip, where there is none */
export async function startPostgres(): Promise<Postgres> {
  const bin = findPrograms();
  const folder = mkdtempSync(join(tmpdir(), 'advocate-postgres-'));
  const cluster = join(folder, 'cluster');
  // PostgreSQL refuses to run as root.
  const own = (command: string, argv: readonly string[]): [string, string[]] =>
    isRoot ? ['runuser', ['-u', 'postgres', '--', join(bin, command), ...argv]] : [join(bin, command), [...argv]];
  const run = (command: string, ...argv: string[]): void => {
    const [program, all] = own(command, argv);
    // Its output would be held open by the server that it starts.
    execFileSync(program, all, { cwd: folder, stdio: 'ignore', timeout: 60_000 });
  };
  if (isRoot) {
    const id = (what: string): number => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
    chownSync(folder, id('-u'), id('-g'));
  }
  run('initdb', '-D', cluster, '-U', 'site', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync');

  const port = await freePort();
  writeFileSync(
    join(cluster, 'postgresql.auto.conf'),
    [
      `port = ${port}`,
      `listen_addresses = '127.0.0.1'`,
      `unix_socket_directories = ''`,
      'shared_buffers = 32MB',
      'max_connections = 60',
      '',
    ].join('\n'),
  );
  const start = (): void => run('pg_ctl', '-D', cluster, '-w', '-t', '60', '-l', join(folder, 'log'), 'start');
  const end = (mode: string): void => run('pg_ctl', '-D', cluster, '-w', '-m', mode, 'stop');
  const stop = (): void => {
    process.off('exit', stop);
    try {
      end('immediate');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  start();
  process.once('exit', stop);

  const urlOf = (database: string): string => `postgres://site@127.0.0.1:${port}/${database}`;
  let made = 0;

  async function query<Row extends pg.QueryResultRow>(statement: string, url = urlOf('postgres')): Promise<Row[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  return {
    query,
    async newDatabase() {
      made += 1;
      await query(`create database test${made}`);
      return urlOf(`test${made}`);
    },
    killAndStart() {
      end('immediate');
      start();
    },
    async whileDown(work) {
      end('immediate');
      try {
        await work();
      } finally {
        start();
      }
    },
    stop,
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
