/** Faults of the process: killed at any moment, at every single point, out of memory or files, frozen, told to stop. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { FaultyGateway } from '../support/faulty-gateway.ts';
import { postInHalves } from '../support/post-in-halves.ts';
import { startPostgres } from '../support/postgres.ts';
import { projectFolder, type Site } from '../support/site.ts';
import { Visitor } from '../support/visitor.ts';
import { crashPoints, type CrashPoint } from './crash-at.ts';
import {
  arrivedOnce,
  drained,
  filesWith,
  freePort,
  hasEnded,
  must,
  readiness,
  sealedAt,
  sleep,
  until,
  type Ground,
} from './ground.ts';
import { aboutToSend, checkAddress, press, referenceIn, send, sentAddress, soonToSend, takeBack } from './person.ts';

/** Where the sites of one run keep everything: a folder, or PostgreSQL for several of them. */
export interface Keeping {
  readonly instances: number;
  readonly databaseUrl?: string | undefined;
}

const preload = (name: string): string[] => ['--import', join(import.meta.dirname, name)];

/**
 * Kills a site at random moments while several people press send, and some of those who have sent take it back, against a
 * Gateway that does anything. Who saw no answer presses again, at the next start. With several instances the others go on.
 */
export async function killedAtRandom(
  ground: Ground,
  submissions: number,
  { instances, databaseUrl }: Keeping,
): Promise<string> {
  const gateway = await ground.gateway('by chance');
  const places = await Promise.all(
    Array.from({ length: instances }, async () => ({ dataDir: ground.folder(), port: String(await freePort()) })),
  );
  // Drafts and seals of one instance are read by the others.
  const sealKeys = instances > 1 ? { SEAL_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64url')}` } : {};
  const start = (at: number, shell?: string): Promise<Site> => {
    const { dataDir, port } = places[at]!;
    const database = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
    const env = { ...gateway.env, ...database, ...sealKeys, PORT: port };
    return ground.site({ env, dataDir, ...(shell !== undefined && { shell }) });
  };
  const running = await Promise.all(places.map((_, at) => start(at)));
  const shown = new Map<Visitor, string>();
  const takenBack = new Set<string>();
  let waiting: Visitor[] = [];
  let regretting: Visitor[] = [];
  let [kills, inStart, cutOff, longestStartMs] = [0, 0, 0, 0];

  while (shown.size < submissions || regretting.length > 0) {
    const victim = kills % instances;
    // A real refusal of connections, for one turn in eight.
    await gateway.behave(Math.random() < 0.125 ? 'closed' : 'by chance');
    const fresh = Math.max(0, Math.min(5, submissions - shown.size - waiting.length));
    const newcomers = await Promise.all(
      Array.from({ length: fresh }, (_, at) =>
        (at % 2 === 0 ? aboutToSend : soonToSend)(running[Math.floor(Math.random() * instances)]!.origin),
      ),
    );
    let answered = 0;
    const atAnyMoment = async <T>(visitor: Visitor, act: (visitor: Visitor) => Promise<T>) => {
      await sleep(Math.random() * 30);
      const seen = await act(visitor);
      answered += 1;
      return { visitor, seen };
    };
    const takingBack = regretting.map((visitor) => atAnyMoment(visitor, takeBack));
    // The site answers whoever gives codes only after a while: what it then does is to be met too.
    if (takingBack.length > 0) await sleep(Math.random() * 500);
    const pressing = [...waiting, ...newcomers].map((visitor) => atAnyMoment(visitor, press));
    // Any moment, but told by what has happened: a slow machine would otherwise be killed before it has done anything. At times all
    // are answered: the last one would otherwise be cut off for ever where an answer takes long.
    const enough = Math.floor(Math.random() * (pressing.length + takingBack.length + 1));
    const end = performance.now() + 10_000;
    while (answered < enough && performance.now() < end) await sleep(1);
    await sleep(Math.random() * 15);
    await running[victim]!.stop('SIGKILL');
    kills += 1;
    [waiting, regretting] = [[], []];
    for (const { visitor, seen } of await Promise.all(takingBack)) {
      if (seen) takenBack.add(shown.get(visitor)!);
      else regretting.push(visitor);
    }
    for (const { visitor, seen } of await Promise.all(pressing)) {
      if (seen === undefined) waiting.push(visitor);
      else {
        shown.set(visitor, seen);
        if (shown.size % 8 === 0) regretting.push(visitor);
      }
    }
    cutOff += waiting.length;
    if (kills % 4 === 3) {
      // In the middle of its start: `$$` is the shell that becomes the site.
      const afterSeconds = (0.1 + Math.random() * 0.7).toFixed(2);
      const early = await start(victim, `{ (sleep ${afterSeconds}; kill -9 $$) & }`).catch(() => undefined);
      if (early) await until('it is killed', () => hasEnded(early), Boolean, 10_000);
      kills += 1;
      inStart += 1;
    }
    const began = performance.now();
    running[victim] = await start(victim);
    longestStartMs = Math.max(longestStartMs, performance.now() - began);
  }

  // Everybody’s reference is still theirs, where their cookies are.
  for (const [visitor, reference] of [...shown].slice(0, 25)) {
    const { text } = await visitor.get(sentAddress);
    must(referenceIn(text) === reference, 'the confirmation still shows the same reference after the kills');
  }
  await gateway.behave('receives');
  // Told to stop and started once more: what was to be tried again much later is due, or an operator says that it is.
  for (const [at, site] of running.entries()) {
    must((await site.stop()) === 0, 'a site that is told to stop ends with 0');
    running[at] = await start(at);
  }
  if (databaseUrl !== undefined) {
    const env = { ...process.env, ...gateway.env, DATABASE_URL: databaseUrl };
    execFileSync(process.execPath, ['src/commands/outbox.ts', 'retry', 'all'], { cwd: projectFolder, env });
  }
  await drained(running[0]!.origin);
  const { atGateway, neverSent } = arrivedOnce(gateway, shown.values(), takenBack);
  must(atGateway === shown.size - neverSent, 'nothing arrived that nobody was shown');
  for (const site of running) must((await site.stop()) === 0, 'it stops cleanly');
  const copies = filesWith(
    places.map(({ dataDir }) => dataDir),
    sealedAt(gateway, 1_000),
  );
  must(copies.length === 0, `no sealed copy is left (${copies.join()})`);
  const met = Object.entries(Object.groupBy(gateway.attempts, ({ behaviour }) => behaviour))
    .map(([behaviour, attempts]) => `${behaviour} ${attempts.length}`)
    .sort()
    .join(', ');
  return (
    `${shown.size} submissions, ${kills} kills (${inStart} of them in the middle of a start), ${cutOff} presses cut off; ` +
    `${shown.size} references shown, ${atGateway} at the Gateway exactly once, ${neverSent} never sent because taken back ` +
    `(${takenBack.size} taken back), lost 0, doubles 0; ${gateway.attempts.length} requests at the Gateway (${met}); ` +
    `slowest start ${Math.round(longestStartMs)} ms`
  );
}

/** The same with three instances on PostgreSQL: on this one, in which nothing else is kept, or on one of its own. */
export async function severalKilledAtRandom(
  ground: Ground,
  submissions: number,
  databaseUrl: string | undefined,
): Promise<string> {
  if (databaseUrl !== undefined) return killedAtRandom(ground, submissions, { instances: 3, databaseUrl });
  const postgres = await startPostgres();
  ground.atEnd(() => postgres.stop());
  return killedAtRandom(ground, submissions, { instances: 3, databaseUrl: await postgres.newDatabase() });
}

/** One after the other in one folder: each start is the recovery from the point before. */
async function killedAtPoints(ground: Ground, points: readonly CrashPoint[]): Promise<number> {
  const gateway = await ground.gateway();
  const [dataDir, port] = [ground.folder(), String(await freePort())];
  const shown: string[] = [];
  const unseen: Visitor[] = [];
  for (const point of points) {
    const env = { ...gateway.env, PORT: port, CRASH_AT: point };
    const site = await ground.site({ env, dataDir, node: preload('crash-at.ts') });
    const visitor = await soonToSend(site.origin);
    const reference = await press(visitor);
    await until(
      `it dies at ${point}`,
      () => hasEnded(site),
      (ended) => ended,
      20_000,
    );
    must(site.process.signalCode === 'SIGKILL', `it dies at ${point}, and not of anything else`);
    if (reference === undefined) unseen.push(visitor);
    else shown.push(reference);
  }
  const site = await ground.site({ env: { ...gateway.env, PORT: port }, dataDir });
  for (const visitor of unseen) {
    const reference = await press(visitor);
    must(reference !== undefined, 'who saw no reference presses again, and sees it');
    shown.push(reference);
  }
  await drained(site.origin);
  const { atGateway } = arrivedOnce(gateway, shown);
  must(atGateway === points.length, 'each person’s referral arrived once');
  must((await site.stop()) === 0, 'it stops cleanly');
  return points.length;
}

export async function killedAtEveryPoint(ground: Ground): Promise<string> {
  let died = 0;
  for (let round = 0; round < ground.size(1, 10); round += 1) {
    const half = Math.ceil(crashPoints.length / 2);
    const counts = await Promise.all([
      killedAtPoints(ground, crashPoints.slice(0, half)),
      killedAtPoints(ground, crashPoints.slice(half)),
    ]);
    died += counts.reduce((sum, count) => sum + count, 0);
  }
  return `${crashPoints.length} points, ${died} deaths, ${died} starts after them, lost 0, doubled 0`;
}

/** SIGTERM with sends half read and deliveries in flight that the Gateway does not answer. */
export async function toldToStop(ground: Ground): Promise<string> {
  const rounds = ground.size(1, 10);
  let [answered, slowestMs] = [0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const gateway = await ground.gateway('hangs');
    const [dataDir, port] = [ground.folder(), String(await freePort())];
    const start = () => ground.site({ env: { ...gateway.env, PORT: port }, dataDir });
    const site = await start();
    const shown = await Promise.all(Array.from({ length: 4 }, () => send(site.origin)));
    await until(
      'deliveries are in flight',
      () => gateway.attempts.length,
      (begun) => begun > 0,
      10_000,
    );
    const visitors = await Promise.all(Array.from({ length: 20 }, () => soonToSend(site.origin)));
    let stopped: Promise<number | null> | undefined;
    const began = performance.now();
    const answers = await Promise.all(
      visitors.map((visitor) =>
        postInHalves(visitor, checkAddress, { inBetween: () => void (stopped ??= site.stop('SIGTERM')), firstMs: 300 }),
      ),
    );
    for (const { status, location } of answers) {
      must(status === 303 && location === sentAddress, `a send in flight is answered (${status} ${location})`);
      answered += 1;
    }
    must((await stopped) === 0, 'it ends with 0');
    slowestMs = Math.max(slowestMs, performance.now() - began);
    await gateway.behave('receives');
    const next = await start();
    for (const visitor of visitors) shown.push(referenceIn((await visitor.get(sentAddress)).text) ?? 'none');
    await drained(next.origin);
    must(arrivedOnce(gateway, shown).atGateway === 24, 'all 24 arrived');
    must((await next.stop()) === 0, 'it stops cleanly');
  }
  must(slowestMs < 25_500, 'it stops within 25 s');
  return `${rounds} stops, ${answered} sends in flight answered, lost 0, slowest stop ${(slowestMs / 1000).toFixed(1)} s`;
}

/** Out of memory, out of file descriptors, frozen for a while. */
export async function outOfBreath(ground: Ground): Promise<string> {
  const gateway = await ground.gateway('closed');
  const [dataDir, port] = [ground.folder(), String(await freePort())];
  const env = { ...gateway.env, PORT: port };
  const shown: string[] = [];
  const visitors: Visitor[] = [];

  const eater = `data:text/javascript,process.on('SIGUSR2',()=>{const all=[];for(;;)all.push(new Array(1e5).fill({}))})`;
  const hungry = await ground.site({ env, dataDir, node: ['--max-old-space-size=96', '--import', eater] });
  shown.push(await send(hungry.origin));
  const pressing = await soonToSend(hungry.origin);
  hungry.process.kill('SIGUSR2');
  const reference = await press(pressing);
  if (reference === undefined) visitors.push(pressing);
  else shown.push(reference);
  await until(
    'it dies of hunger',
    () => hasEnded(hungry),
    (ended) => ended,
    60_000,
  );

  const few = await ground.site({ env, dataDir, shell: 'ulimit -n 64' });
  const early = await soonToSend(few.origin);
  const crowd = await Promise.allSettled(
    Array.from({ length: 300 }, () =>
      fetch(`${few.origin}/en/`, { signal: AbortSignal.timeout(15_000) }).then((page) => page.text()),
    ),
  );
  const served = crowd.filter(({ status }) => status === 'fulfilled').length;
  must(!hasEnded(few), 'without a free file descriptor it goes on');
  shown.push((await press(early)) ?? (await press(early)) ?? 'none');
  for (const visitor of visitors) shown.push((await press(visitor)) ?? 'none');

  const patient = await soonToSend(few.origin);
  few.process.kill('SIGSTOP');
  const frozen = press(patient);
  await sleep(ground.size(3_000, 12_000));
  few.process.kill('SIGCONT');
  // After so long the site may take her for one of the slow ones that never end, and let her go: then she presses again.
  shown.push((await frozen) ?? (await press(patient)) ?? 'none');

  must((await readiness(few.origin)).waiting === shown.length, 'everything shown waits');
  await gateway.behave('receives');
  must((await few.stop()) === 0, 'it stops cleanly');
  const next = await ground.site({ env, dataDir });
  await drained(next.origin);
  arrivedOnce(gateway, shown);
  must((await next.stop()) === 0, 'it stops cleanly');
  return `died of hunger, ${served} of 300 served with 64 descriptors, frozen once; ${shown.length} references, lost 0`;
}

/** One id sent many times: at once, again later, after its delivery, after a start. */
export async function sentTwice(ground: Ground): Promise<string> {
  const [ids, presses] = [ground.size(4, 100), ground.size(25, 50)];
  const gateway: FaultyGateway = await ground.gateway();
  const [dataDir, port] = [ground.folder(), String(await freePort())];
  const start = () => ground.site({ env: { ...gateway.env, PORT: port }, dataDir });
  const site = await start();
  const people: { visitor: Visitor; reference: string }[] = [];
  for (let id = 0; id < ids; id += 1) {
    const visitor = await soonToSend(site.origin);
    const seen = new Set(await Promise.all(Array.from({ length: presses }, () => press(visitor))));
    const [reference] = seen;
    must(seen.size === 1 && reference !== undefined, 'every press at once shows the same reference');
    must((await press(visitor)) === reference, 'a press later shows it too');
    people.push({ visitor, reference });
  }
  await drained(site.origin);
  for (const { visitor, reference } of people) must((await press(visitor)) === reference, 'and after the delivery');
  must((await site.stop()) === 0, 'it stops cleanly');
  const next = await start();
  for (const { visitor, reference } of people) must((await press(visitor)) === reference, 'and after a start');
  await drained(next.origin);
  const { atGateway } = arrivedOnce(
    gateway,
    people.map(({ reference }) => reference),
  );
  must(atGateway === ids, 'one referral each');
  return `${ids} referrals, ${ids * (presses + 3)} presses, ${atGateway} at the Gateway`;
}
