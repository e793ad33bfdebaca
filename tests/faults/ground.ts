/** What the faults are made on: folders, Gateways and sites of one test, all gone when it ends. */
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startFaultyGateway,
  type Behaviour,
  type FaultyGateway,
  type ReceivedReferral,
} from '../support/faulty-gateway.ts';
import { startSite, type Site } from '../support/site.ts';

export interface Ground {
  /** The number for every change, or the one for a run by hand that takes its time. */
  size(ci: number, deep: number): number;
  folder(): string;
  gateway(behaviour?: Behaviour, format?: 'jwe' | 'json'): Promise<FaultyGateway>;
  /** Starts a site; it is killed at the end if it still runs. */
  site(options: Parameters<typeof startSite>[0]): Promise<Site>;
  atEnd(undo: () => unknown): void;
}

/** Runs a test on a ground of its own. */
export async function onGround<T>(isDeep: boolean, test: (ground: Ground) => Promise<T>): Promise<T> {
  const undos: (() => unknown)[] = [];
  const ground: Ground = {
    size: (ci, deep) => (isDeep ? deep : ci),
    folder() {
      const path = realpathSync(mkdtempSync(join(tmpdir(), 'advocate-fault-')));
      undos.push(() => rmSync(path, { recursive: true, force: true }));
      return path;
    },
    async gateway(behaviour = 'receives', format = 'jwe') {
      const gateway = await startFaultyGateway(format);
      undos.push(() => gateway.close());
      await gateway.behave(behaviour);
      return gateway;
    },
    async site(options) {
      const site = await startSite(options);
      undos.push(() => (hasEnded(site) ? undefined : site.stop('SIGKILL')));
      return site;
    },
    atEnd: (undo) => void undos.push(undo),
  };
  try {
    return await test(ground);
  } finally {
    for (const undo of undos.reverse()) await undo();
  }
}

export const hasEnded = ({ process: { exitCode, signalCode } }: Site): boolean =>
  exitCode !== null || signalCode !== null;

/**
 * A port that is free now: a site that is started again listens where its visitors already are. Below those that the system
 * gives to connections, so that none of them takes it in between.
 */
export function freePort(): Promise<number> {
  const port = 10_000 + Math.floor(Math.random() * 20_000);
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(freePort())).listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Looks again until it is so; throws with what was seen last. @returns what was seen */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  isSo: (seen: T) => boolean,
  longestMs: number,
): Promise<T> {
  const end = performance.now() + longestMs;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (performance.now() > end)
      throw new Error(`Not so after ${longestMs / 1000} s: ${what}. Seen last: ${JSON.stringify(seen).slice(-1500)}`);
    await sleep(25);
  }
}

/** A condition of a fault’s passing, in words. */
export function must(isSo: boolean, words: string): asserts isSo {
  if (!isSo) throw new Error(`Not so: ${words}`);
}

export interface Readiness {
  readonly status: string;
  readonly waiting: number;
  readonly parked: number;
}

export const readiness = async (origin: string): Promise<Readiness> =>
  (await (await fetch(`${origin}/readyz`)).json()) as Readiness;

/** Resolves when nothing waits any more; nothing may be parked. */
export async function drained(origin: string, longestMs = 90_000): Promise<void> {
  const { parked } = await until(
    'everything is delivered',
    () => readiness(origin),
    ({ waiting }) => waiting === 0,
    longestMs,
  );
  must(parked === 0, 'nothing is parked');
}

/**
 * Every reference that was shown is at the Gateway, each once, and the Gateway has no complaint. Who took theirs back is
 * excepted: if the Gateway has it at all, it has been told.
 */
export function arrivedOnce(
  gateway: FaultyGateway,
  shown: Iterable<string>,
  takenBack: ReadonlySet<string> = new Set(),
): { shown: number; atGateway: number; neverSent: number } {
  const isWithdrawal = ({ schema }: ReceivedReferral): boolean => schema === 'withdrawal/v1';
  const referencesOf = (messages: typeof gateway.kept): string[] => messages.map(({ reference }) => reference);
  const arrived = referencesOf(gateway.kept.filter((message) => !isWithdrawal(message)));
  const told = referencesOf(gateway.kept.filter(isWithdrawal));
  const references = new Set(shown);
  const lost = [...references].filter((reference) => !arrived.includes(reference) && !takenBack.has(reference));
  const doubled = [arrived, told].reduce((sum, all) => sum + all.length - new Set(all).size, 0);
  const untold = arrived.filter((reference) => takenBack.has(reference) && !told.includes(reference));
  must(lost.length === 0, `no reference that was shown is lost (${lost.length} of ${references.size} are)`);
  must(doubled === 0, `no reference is at the Gateway twice (${doubled} are)`);
  must(untold.length === 0, `the Gateway is told of what was taken back (of ${untold.length} it is not)`);
  must(
    told.every((reference) => takenBack.has(reference)),
    'the Gateway is told of no withdrawal that nobody made',
  );
  must(gateway.breaches.length === 0, `the Gateway has no complaint (${[...new Set(gateway.breaches)].join(' ')})`);
  const neverSent = [...takenBack].filter((reference) => !arrived.includes(reference)).length;
  return { shown: references.size, atGateway: arrived.length, neverSent };
}

/** The files below these folders that hold one of these words. */
export function filesWith(folders: readonly string[], words: readonly Buffer[]): string[] {
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => holds(readFileSync(path), words));
}

export const holds = (bytes: Buffer, words: readonly Buffer[]): boolean => words.some((word) => bytes.includes(word));

/** Sixty signs out of the middle of each sealed message that went out, the last ones. */
export const sealedAt = (gateway: FaultyGateway, most: number): Buffer[] =>
  gateway.attempts.slice(-most).map(({ body }) => body.subarray(400, 460));

/** Does `each` for all, at most so many at the same time. */
export async function severalAtOnce<T, R>(
  items: readonly T[],
  atOnce: number,
  each: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [position, item] of queue) results[position] = await each(item);
    }),
  );
  return results;
}
