/**
 * Malformed requests to every address that takes one: nothing breaks, nothing is kept, nothing grows, and each answer has our headers.
 * MALFORMED says how many (`npm run malformed`: 20,000); left out, as many as fit between other tests.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgeHeaders } from '../pages/header-gate.ts';
import { corpusRequests, randomRequests, sendRaw, takers, type Raw, type RawAnswer } from '../support/malformed.ts';
import { startSite, type Site } from '../support/site.ts';

const count = Number(process.env['MALFORMED'] ?? 2000);
const seed = Number(process.env['MALFORMED_SEED'] ?? 20_261_123);
/** All of the corpus where there is time for it; otherwise every address with some of the tricks, and every trick somewhere. */
const fromCorpus = count >= 2 * corpusRequests.length ? corpusRequests : everySoMany(corpusRequests, count / 4);
const atOnce = 12;
const mostGrowth = 0.2;

function everySoMany<T>(all: readonly T[], most: number): T[] {
  // A step that shares no factor with the number of tricks meets every trick.
  const step = Math.max(1, Math.floor(all.length / most) | 1);
  return all.filter((_, at) => at % step === 0);
}

let site: Site;
beforeAll(async () => {
  // Room for short-lived things grows with use and is never given back: kept small, so that what is kept for ever shows.
  site = await startSite({ env: { NODE_OPTIONS: '--max-semi-space-size=2' } });
});
afterAll(async () => {
  await site.stop();
});

const residentBytes = (): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${site.process.pid}/status`, 'utf8'))?.[1]) * 1024;

/** Sends all, a few at a time, and hands each answer on. */
async function sendAll(requests: readonly Raw[], look: (answer: RawAnswer, raw: Raw) => void): Promise<void> {
  let at = 0;
  const lane = async (): Promise<void> => {
    for (let raw = requests[at++]; raw !== undefined; raw = requests[at++]) look(await sendRaw(site.port, raw), raw);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

test(
  `${count} malformed requests: no 5xx, no crash, no memory kept, our headers on each answer`,
  { timeout: 1_800_000 },
  async () => {
    const statuses = new Map<number, number>();
    const faults: string[] = [];
    const look = ({ status, headers, body }: RawAnswer, raw: Raw): void => {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const tell = (what: string): void => {
        if (faults.length < 10) faults.push(`${what}\n${raw.toString('latin1').slice(0, 600)}`);
      };
      if (status >= 500) tell(`status ${status}`);
      if (/\bat .+\.(?:ts|mjs|astro):\d+|node_modules|"stack"/.test(body)) tell('the machine’s insides');
      if (status < 200) return;
      const { faults: wrong } = judgeHeaders(
        new Headers([...headers]),
        undefined,
        /data-screen="([^"]+)"/.exec(body)?.[1],
      );
      // What a page of its own may do is judged with the pages; here it is compressed as often as not.
      const missing = wrong.filter((fault) => !/script|too much|varies/.test(fault));
      if (missing.length > 0) tell(`status ${status}: ${missing.join('; ')}`);
      if ((headers.get('content-security-policy') ?? '').includes('unsafe-')) tell('an unsafe policy');
      if (
        (headers.get('content-type') ?? '').startsWith('text/') &&
        !(headers.get('content-type') ?? '').includes('charset=utf-8')
      ) {
        tell(`text of no charset: ${headers.get('content-type')}`);
      }
    };

    const random = randomRequests(count - fromCorpus.length, seed);
    const warmUp = Math.floor(random.length / 2);
    await sendAll(random.slice(0, warmUp), look);
    const before = residentBytes();
    await sendAll([...fromCorpus, ...random.slice(warmUp)], look);
    const growth = residentBytes() / before - 1;
    const told = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${status}×${times}`);
    process.stdout.write(
      `malformed: ${count} requests to ${takers.length} addresses that take one; ${told.join(' ')}; memory ${(growth * 100).toFixed(1)} % over ${Math.round(before / 2 ** 20)} MB\n`,
    );
    expect(faults).toEqual([]);
    expect(site.process.exitCode).toBeNull();
    expect(growth).toBeLessThan(mostGrowth);
    // Every kind of answer was met: what is all refused at the door tests nothing behind it.
    for (const status of [200, 303, 400, 403, 404, 405, 413, 415])
      expect(statuses.has(status), `status ${status}`).toBe(true);
    const ready = await fetch(`${site.origin}/readyz`);
    expect(await ready.json()).toMatchObject({ status: 'ready', waiting: 0, parked: 0 });
    expect(
      site
        .logs()
        .split('\n')
        .filter((line) => /"level":"alarm"|^\s+at /.test(line)),
    ).toEqual([]);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  },
);
