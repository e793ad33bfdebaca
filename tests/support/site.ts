/** The real, built site as a process of its own: what a test asks is what a visitor gets. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Site {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly origin: string;
  readonly port: number;
  readonly process: ChildProcess;
  readonly dataDir: string;
  /** All that the site has written so far, standard output and standard error. */
  logs(): string;
  /**
   * Sends the signal (SIGTERM unless told otherwise) and resolves with the exit code, null after a signal that kills. A
   * folder that `startSite` made is removed; one that the caller brought stays. Throws if the site does not stop.
   */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export const projectFolder = fileURLToPath(new URL('../../', import.meta.url));

/** A second or two; longer only on a machine with much else to do. */
const longestStartMs = 60_000;
/** The site gives itself 25 seconds to drain. */
const longestStopMs = 30_000;

/**
 * Starts the site on a free port and resolves when it listens.
 * @param options.env settings beside PORT and DATA_DIR; nothing of the caller’s own environment reaches the site but the PATH
 * @param options.node arguments for Node itself, such as a module to load first
 * @param options.shell what a shell does before it becomes the site, such as `ulimit -n 64`
 * @param options.dataDir a folder to keep, for a second start over the same data; left out: a new one
 * @throws an Error that ends with what the site wrote, if it does not start
 */
export async function startSite({
  env = {},
  node = [],
  shell,
  dataDir,
}: {
  env?: Readonly<Record<string, string>>;
  node?: readonly string[];
  shell?: string;
  dataDir?: string;
} = {}): Promise<Site> {
  if (!existsSync(join(projectFolder, 'dist/server/entry.mjs'))) {
    throw new Error('The site has not been built: run “npm run build” before its tests.');
  }
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'advocate-site-'));
  const { PATH = '', HOME = '' } = process.env;
  const whole = [process.execPath, ...node, 'src/server/main.ts'];
  const [command = '', ...argv] = shell === undefined ? whole : ['sh', '-c', `${shell}; exec "$@"`, 'sh', ...whole];
  const child = spawn(command, argv, {
    cwd: projectFolder,
    env: { PATH, HOME, TMPDIR: tmpdir(), PORT: '0', DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (written += text));
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const killWithUs = (): boolean => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('exit', () => process.off('exit', killWithUs));

  const port = await new Promise<number>((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(late);
      process.off('exit', killWithUs);
      child.kill('SIGKILL');
      if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
      reject(new Error(`${why}\n${written}`));
    };
    const late = setTimeout(() => fail('The site did not listen in time.'), longestStartMs);
    child.once('error', (error) => fail(`The site could not be started: ${error.message}`));
    const endedEarly = (): void => fail('The site ended before it listened.');
    // Not at its exit: what it wrote last may come after that.
    child.once('close', endedEarly);
    child.stdout.on('data', () => {
      const found = /"event":"server\.listening","port":(\d+)/.exec(written);
      if (!found) return;
      clearTimeout(late);
      child.off('close', endedEarly);
      resolve(Number(found[1]));
    });
  });

  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    process: child,
    dataDir: folder,
    logs: () => written,
    async stop(signal = 'SIGTERM') {
      process.off('exit', killWithUs);
      const wasAlive = child.kill(signal);
      const late = setTimeout(() => child.kill('SIGKILL'), longestStopMs);
      await ended;
      clearTimeout(late);
      if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
      if (wasAlive && child.signalCode === 'SIGKILL' && signal !== 'SIGKILL') {
        throw new Error(`The site did not stop within ${longestStopMs / 1000} seconds of ${signal}.\n${written}`);
      }
      return child.exitCode;
    },
  };
}
