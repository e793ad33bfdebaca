/** Faults of the disk: power cuts, no room, no writing, flipped bits, a database that is none, keys that are wrong. */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { href, stepHref } from '#site/links.ts';
import { mair } from '../support/people.ts';
import { startPostgres } from '../support/postgres.ts';
import type { Site } from '../support/site.ts';
import { Visitor, type Answer } from '../support/visitor.ts';
import { arrivedOnce, drained, freePort, must, readiness, sleep, until, type Ground } from './ground.ts';
import { makeMachine, type Machine } from './machine.ts';
import { aboutToSend, checkAddress, fill, press, referenceIn, send, soonToSend } from './person.ts';

const needAddress = stepHref('refer', 'need', 'en');
const typed = 'I do not know what to say to them.';
const mairsName = 'Mair Llŷr-Ŵyn';

/** A page with what was typed, a way to a person, and no reference: what a failed disk must look like. */
function saysSo({ status, text }: Answer, words: string): void {
  must(status === 503, `the answer is 503 (it is ${status})`);
  must(text.includes(words), 'what was typed is still on the page');
  must(text.includes('We could not keep your request just now'), 'the page says what happened');
  must(text.includes(`href="${href('contact', 'en')}"`), 'the page shows another way to ask');
  must(referenceIn(text) === undefined, 'no reference is shown');
}

/** A page that says that something went wrong, and shows a way to a person. */
function showsAnotherWay({ status, text }: Answer): void {
  must(status >= 500, `the answer is an error (it is ${status})`);
  must(text.includes(`href="${href('contact', 'en')}"`), 'the page shows another way to ask');
  must(referenceIn(text) === undefined, 'no reference is shown');
}

/** The events of all alarms so far, those of the deliveries left out: they go on beside what people do. */
const alarmsOf = (site: Site): string[] =>
  [...site.logs().matchAll(/"level":"alarm","event":"([^"]+)"/g)]
    .map(([, event]) => event!)
    .filter((event) => !event.startsWith('outbox.'));

const alarms = (site: Site, event: string): number =>
  site.logs().split(`"level":"alarm","event":"${event}"`).length - 1;

/** What somebody does makes exactly one line for the operator, and that is this one. */
async function withOneAlarm<T>(site: Site, event: string, act: () => Promise<T>): Promise<T> {
  const before = alarmsOf(site).length;
  const result = await act();
  const after = alarmsOf(site).slice(before);
  must(after.join() === event, `the operator has one line, ${event} (${after.join() || 'none'})`);
  return result;
}

/** Somebody in the middle of the form and somebody at its end meet a disk that keeps nothing; each makes one alarm. */
async function bothAreTold(site: Site, inTheMiddle: Visitor, atTheEnd: Visitor): Promise<void> {
  const step = await withOneAlarm(site, 'draft.not-kept', () => inTheMiddle.post(needAddress, { ownWords: typed }));
  saysSo(step, typed);
  const switched = await inTheMiddle.post(needAddress, { ownWords: typed, switch: 'cy' });
  must(switched.path === stepHref('refer', 'need', 'cy'), 'the switch leads to the other language');
  must(switched.text.includes(typed), 'what was typed is there too');
  const sent = await withOneAlarm(site, 'referral.not-accepted', () => atTheEnd.post(checkAddress, {}));
  saysSo(sent, mairsName);
  must((await readiness(site.origin)).status === 'cannot-write', 'the site says that it is not ready');
}

/** The disk is well again: both go on without a start, and what they typed is there. */
async function bothGoOn(inTheMiddle: Visitor, atTheEnd: Visitor): Promise<string[]> {
  must((await inTheMiddle.post(needAddress, { ownWords: typed })).path !== needAddress, 'the step is taken');
  await fill(inTheMiddle, mair);
  return [await mustPress(inTheMiddle), await mustPress(atTheEnd)];
}

async function mustPress(visitor: Visitor): Promise<string> {
  const reference = await press(visitor);
  must(reference !== undefined, 'a reference is shown');
  return reference;
}

async function halfWay(origin: string): Promise<Visitor> {
  const visitor = new Visitor(origin);
  await fill(visitor, mair, 'need');
  return visitor;
}

/** A real file system of its own, of so many bytes. @throws where it cannot be mounted */
function smallDisk(ground: Ground, bytes: number, inodes: number): string {
  const path = join(ground.folder(), 'disk');
  mkdirSync(path);
  try {
    const options = `size=${bytes},nr_inodes=${inodes},mode=0700`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'advocate-fault', path], { stdio: 'pipe' });
  } catch (error) {
    throw new Error('A small disk cannot be mounted: run this fault as root.', { cause: error });
  }
  ground.atEnd(() => execFileSync('umount', ['-l', path]));
  return path;
}

/** Writes a file until so many bytes, or none, are left on the disk; the site writes there at the same time. */
function fillUp(folder: string, leaves: number): void {
  const filler = openSync(join(folder, 'filler'), 'w');
  const piece = Buffer.alloc(64 * 1024, 1);
  const free = (): number => statfsSync(folder).bavail * statfsSync(folder).bsize;
  try {
    while (free() > leaves) writeSync(filler, piece, 0, Math.min(piece.length, free() - leaves));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(filler);
  }
}

/** A disk that fills up while people write and a referral waits; then there is room again. */
export async function diskFull(ground: Ground): Promise<string> {
  const gateway = await ground.gateway('closed');
  const dataDir = smallDisk(ground, 64 * 1024 * 1024, 64);
  const site = await ground.site({ env: gateway.env, dataDir });
  const shown = [await send(site.origin)];
  const rounds = ground.size(1, 5);
  for (let round = 0; round < rounds; round += 1) {
    for (const leaves of [16 * 1024 * 1024, 0]) {
      const [inTheMiddle, atTheEnd] = [await halfWay(site.origin), await aboutToSend(site.origin)];
      fillUp(dataDir, leaves);
      await bothAreTold(site, inTheMiddle, atTheEnd);
      rmSync(join(dataDir, 'filler'));
      shown.push(...(await bothGoOn(inTheMiddle, atTheEnd)));
    }
    const names: string[] = [];
    for (let name = 0; statfsSync(dataDir).ffree > 0; name += 1) {
      names.push(join(dataDir, `name-${name}`));
      writeFileSync(names.at(-1)!, '');
    }
    // The files of the database are open already: it needs no new name.
    shown.push(await send(site.origin));
    for (const name of names) rmSync(name);
  }
  await gateway.behave('receives');
  await drained(site.origin);
  arrivedOnce(gateway, shown);
  must((await site.stop()) === 0, 'it stops cleanly');
  return `${rounds} × (16 MB left, 0 bytes left, no name left): ${rounds * 4} people told with their text, ${shown.length} references, lost 0, well again without a start`;
}

async function onMachine(
  ground: Ground,
  env: Readonly<Record<string, string>>,
): Promise<{ machine: Machine; site: Site; dataDir: string }> {
  const dataDir = ground.folder();
  const machine = makeMachine(ground.folder(), dataDir);
  return { machine, dataDir, site: await ground.site({ env: { ...env, ...machine.env }, dataDir }) };
}

/** Every write fails, as on a disk that the system has made read-only after a fault. */
export async function readOnly(ground: Ground): Promise<string> {
  const gateway = await ground.gateway('closed');
  const { machine, site, dataDir } = await onMachine(ground, gateway.env);
  const shown = [await send(site.origin)];
  for (const fault of ['read-only', 'disk full'] as const) {
    const [inTheMiddle, atTheEnd] = [await halfWay(site.origin), await aboutToSend(site.origin)];
    machine.failWrites(fault);
    await bothAreTold(site, inTheMiddle, atTheEnd);
    machine.failWrites('none');
    shown.push(...(await bothGoOn(inTheMiddle, atTheEnd)));
  }
  machine.failWrites('read-only');
  await site.stop('SIGKILL');
  const refused = await ground.site({ env: { ...gateway.env, ...machine.env }, dataDir }).then(() => '', String);
  must(
    /The (database|data folder) \S+ cannot be/.test(refused),
    `a start is refused with a sentence (${refused.slice(0, 300)})`,
  );
  machine.failWrites('none');
  await gateway.behave('receives');
  const next = await ground.site({ env: gateway.env, dataDir });
  await drained(next.origin);
  arrivedOnce(gateway, shown);
  return `read-only and full below the running site: 4 people told with their text, start refused with a sentence, ${shown.length} references, lost 0`;
}

const day = 24 * 60 * 60_000;

/** The clock goes wrong while referrals wait and while somebody writes. */
export async function wrongClock(ground: Ground): Promise<string> {
  const jumps = [-day, day, -day / 24, day / 24];
  const rounds = ground.size(1, 5);
  const slowest: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    slowest.push(
      ...(await Promise.all(
        jumps.map(async (jump) => {
          const gateway = await ground.gateway('hangs');
          const { machine, site } = await onMachine(ground, gateway.env);
          const shown = [await send(site.origin), await send(site.origin)];
          const writing = await halfWay(site.origin);
          await until(
            'attempts are in flight',
            () => gateway.attempts.length,
            (begun) => begun > 0,
            10_000,
          );
          machine.setClock(jump);
          const page = await writing.get(needAddress);
          must(page.status === 200, 'the form is there');
          must(page.text.includes(`href="${href('contact', 'en')}"`), 'and another way to ask');
          if (jump === day) {
            // Her 24 hours are over, says the clock: she is told so, and what she types now is kept.
            must(page.text.includes('Your answers were kept for 24 hours'), 'she is told that the time is over');
          } else {
            const { text } = await writing.get(stepHref('refer', 'name', 'en'));
            must(text.includes(mairsName), 'what she typed before is there');
          }
          await writing.post(needAddress, { ownWords: typed });
          must((await writing.get(needAddress)).text.includes(typed), 'what she types now is kept');
          await fill(writing, mair);
          shown.push(await mustPress(writing));
          shown.push(await send(site.origin));
          await gateway.behave('receives');
          const began = performance.now();
          await drained(site.origin, 75_000);
          await until(
            'the operator has a line',
            () => alarmsOf(site),
            ({ length }) => length > 0,
            10_000,
          );
          must(alarmsOf(site).join() === 'clock.moved', `and it is one (${alarmsOf(site).join()})`);
          arrivedOnce(gateway, shown);
          must((await site.stop()) === 0, 'it stops cleanly');
          return performance.now() - began;
        }),
      )),
    );
  }
  return `−1 day, +1 day, −1 h, +1 h × ${rounds}: what was typed is there, one line for the operator each, lost 0, doubled 0, longest wait for delivery ${(Math.max(...slowest) / 1000).toFixed(0)} s`;
}

/** Bits of what waits are flipped while the site is off; then pages of the database are no pages any more. */
export async function flippedBits(ground: Ground): Promise<string> {
  const [all, harmed] = [ground.size(6, 60), ground.size(3, 30)];
  const gateway = await ground.gateway('closed');
  const [dataDir, port] = [ground.folder(), String(await freePort())];
  const env = { ...gateway.env, PORT: port };
  const site = await ground.site({ env, dataDir });
  const shown: string[] = [];
  for (let at = 0; at < all; at += 1) shown.push(await send(site.origin));
  must((await site.stop()) === 0, 'it stops cleanly');

  const file = join(dataDir, 'site.db');
  const bytes = readFileSync(file);
  const places: number[] = [];
  // Every sealed message begins so, and in a row its key’s name follows.
  for (let at = bytes.indexOf('eyJhbGciOiJFQ0RILUVT'); at >= 0; at = bytes.indexOf('eyJhbGciOiJFQ0RILUVT', at + 1))
    places.push(at);
  must(places.length >= all, 'the sealed messages are found');
  for (const place of places.slice(0, harmed))
    bytes[place + 900 + Math.floor(Math.random() * 500)]! ^= 1 << Math.floor(Math.random() * 7);
  writeFileSync(file, bytes);
  await gateway.behave('receives');
  const next = await ground.site({ env, dataDir });
  const standing = await until(
    'what can be delivered is',
    () => readiness(next.origin),
    ({ waiting }) => waiting === 0,
    60_000,
  );
  must(standing.parked === harmed, `every harmed referral is kept aside (${standing.parked} of ${harmed})`);
  must(alarms(next, 'outbox.parked') === harmed, 'with one alarm each');
  must(
    gateway.kept.length === all - harmed && gateway.breaches.length === 0,
    'the others arrived, and nothing garbled',
  );

  const [inTheMiddle, atTheEnd] = [await halfWay(next.origin), await aboutToSend(next.origin)];
  must((await next.stop()) === 0, 'it stops cleanly');
  const well = readFileSync(file);
  const pageSize = well.readUInt16BE(16);

  // All pages but the first two: the site starts, and finds out when it looks at a row.
  const broken = Buffer.from(well);
  broken.fill(0xa5, 2 * pageSize);
  writeFileSync(file, broken);
  const sick = await ground.site({ env, dataDir }).catch((error: unknown) => String(error));
  if (typeof sick !== 'string') {
    const answer = await withOneAlarm(sick, 'draft.not-kept', () => inTheMiddle.post(needAddress, { ownWords: typed }));
    saysSo(answer, typed);
    await sick.stop('SIGKILL');
  } else
    must(
      sick.includes('has been left as it is') || sick.includes('cannot be'),
      `a start is refused with a sentence (${sick.slice(0, 200)})`,
    );

  const headless = Buffer.from(well);
  headless.fill(0xa5, 0, 100);
  writeFileSync(file, headless);
  const refused = await ground.site({ env, dataDir }).then(() => '', String);
  must(
    refused.includes('It has been left as it is'),
    'a start over a file that is no database is refused with a sentence',
  );
  must(readFileSync(file).equals(headless), 'and the file is left as it is');
  writeFileSync(file, well);
  const last = await ground.site({ env, dataDir });
  await mustPress(atTheEnd);
  await drainedBut(last.origin, harmed);
  must((await last.stop()) === 0, 'it stops cleanly');
  return `${harmed} of ${all} harmed: ${harmed} noticed and kept aside, ${all - harmed} delivered, 0 garbled; broken pages and header refused with a sentence`;
}

const drainedBut = (origin: string, parked: number) =>
  until(
    'all that is not kept aside is delivered',
    () => readiness(origin),
    (seen) => seen.waiting === 0 && seen.parked === parked,
    60_000,
  );

/** Another program writes to the database: what the site has of it in memory is no longer trusted, and is read again. */
function writeBeside(dataDir: string): void {
  const database = new DatabaseSync(join(dataDir, 'site.db'), { timeout: 5_000 });
  database.exec('update write_check set at = at + 1');
  database.close();
}

/**
 * Somebody presses “continue” and “send”, and somebody looks, while nothing can be read: each is told, with what can be
 * shown, and the operator has a line for each.
 */
async function nobodyIsLeftAlone(site: Site, inTheMiddle: Visitor, atTheEnd: Visitor): Promise<void> {
  const step = await withOneAlarm(site, 'draft.not-kept', () => inTheMiddle.post(needAddress, { ownWords: typed }));
  saysSo(step, typed);
  showsAnotherWay(await withOneAlarm(site, 'request.failed', () => inTheMiddle.get(needAddress)));
  // What she typed lies in the draft that cannot be read: it is there again when that can.
  const sent = await withOneAlarm(site, 'referral.not-accepted', () => atTheEnd.post(checkAddress, {}));
  showsAnotherWay(sent);
  must(sent.text.includes('Nothing was sent just now'), 'the page says that nothing was sent');
  const ready = await fetch(`${site.origin}/readyz`);
  must(ready.status === 503, `the site says that it is not ready (${ready.status})`);
  const { status } = (await ready.json()) as { status: string };
  must(status === 'cannot-read', `because it cannot read (${status})`);
  must((await fetch(`${site.origin}/healthz`)).ok, 'it is alive');
  must((await fetch(site.origin + href('contact', 'en'))).ok, 'the way to a person can be read');
}

/** A disk that cannot be read for a while, below a running site. */
export async function unreadable(ground: Ground): Promise<string> {
  const gateway = await ground.gateway('closed');
  const { machine, site, dataDir } = await onMachine(ground, gateway.env);
  const shown = [await send(site.origin)];
  const rounds = ground.size(1, 5);
  for (let round = 0; round < rounds; round += 1) {
    const [inTheMiddle, atTheEnd] = [await halfWay(site.origin), await aboutToSend(site.origin)];
    machine.failReads(true);
    writeBeside(dataDir);
    await nobodyIsLeftAlone(site, inTheMiddle, atTheEnd);
    machine.failReads(false);
    shown.push(...(await bothGoOn(inTheMiddle, atTheEnd)));
  }
  await gateway.behave('receives');
  await drained(site.origin);
  arrivedOnce(gateway, shown);
  must((await site.stop()) === 0, 'it stops cleanly');
  return `unreadable for a while × ${rounds}: ${rounds * 3} people told, one line for the operator each, ${shown.length} references, lost 0, well again without a start`;
}

/** PostgreSQL is away for a while. */
export async function databaseAway(ground: Ground): Promise<string> {
  const postgres = await startPostgres();
  ground.atEnd(() => postgres.stop());
  const gateway = await ground.gateway('closed');
  const env = {
    ...gateway.env,
    DATABASE_URL: await postgres.newDatabase(),
    SEAL_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64url')}`,
  };
  const site = await ground.site({ env, dataDir: ground.folder() });
  const shown = [await send(site.origin)];
  const [inTheMiddle, atTheEnd] = [await halfWay(site.origin), await aboutToSend(site.origin)];
  await postgres.whileDown(() => nobodyIsLeftAlone(site, inTheMiddle, atTheEnd));
  shown.push(...(await bothGoOn(inTheMiddle, atTheEnd)));
  await gateway.behave('receives');
  await drained(site.origin);
  arrivedOnce(gateway, shown);
  must((await site.stop()) === 0, 'it stops cleanly');
  return `PostgreSQL away for a while: 3 people told, one line for the operator each, ${shown.length} references, lost 0, well again without a start`;
}

/** Pages go bad below a running site: people are told, and nothing that it still delivers is garbled. */
export async function badPagesWhileRunning(ground: Ground): Promise<string> {
  const gateway = await ground.gateway('closed');
  const { site, dataDir } = await onMachine(ground, gateway.env);
  const [inTheMiddle, atTheEnd] = [await halfWay(site.origin), await aboutToSend(site.origin)];
  writeBeside(dataDir);
  const file = join(dataDir, 'site.db');
  for (const name of [file, `${file}-wal`]) {
    const bytes = readFileSync(name);
    writeFileSync(name, bytes.fill(0xa5), { flag: 'r+' });
  }
  await nobodyIsLeftAlone(site, inTheMiddle, atTheEnd);
  await gateway.behave('receives');
  must(gateway.kept.length === 0 && gateway.breaches.length === 0, 'nothing garbled is sent');
  return 'bad pages below a running site: 3 people told, one line for the operator each, 0 garbled';
}

/** Somebody deletes the log of the database, or the database, under the running site, which is then killed. */
export async function deletedFiles(ground: Ground): Promise<string> {
  const gateway = await ground.gateway('closed');
  const [dataDir, port] = [ground.folder(), String(await freePort())];
  const env = { ...gateway.env, PORT: port };
  const site = await ground.site({ env, dataDir });
  const shown = [await send(site.origin), await send(site.origin)];
  const [inTheMiddle, atTheEnd] = [await halfWay(site.origin), await aboutToSend(site.origin)];
  rmSync(join(dataDir, 'site.db-wal'));
  await bothAreTold(site, inTheMiddle, atTheEnd);
  await site.stop('SIGKILL');
  const next = await ground.site({ env, dataDir });
  shown.push(...(await bothGoOn(inTheMiddle, atTheEnd)));
  await gateway.behave('receives');
  await drained(next.origin);
  arrivedOnce(gateway, shown);
  const later = await aboutToSend(next.origin);
  renameSync(join(dataDir, 'site.db'), join(dataDir, 'moved.db'));
  const answer = await withOneAlarm(next, 'referral.not-accepted', () => later.post(checkAddress, {}));
  saysSo(answer, mairsName);
  renameSync(join(dataDir, 'moved.db'), join(dataDir, 'site.db'));
  shown.push(await mustPress(later));
  await drained(next.origin);
  arrivedOnce(gateway, shown);
  must((await next.stop()) === 0, 'it stops cleanly');
  return `log deleted and database moved under the running site: 3 people told with their text, one line for the operator each, ${shown.length} references, lost 0`;
}

/** The site’s own key is gone while a referral waits that only it opens; and a Gateway key that is none. */
export async function wrongKey(ground: Ground): Promise<string> {
  const gateway = await ground.gateway('closed', 'json');
  const [dataDir, port] = [ground.folder(), String(await freePort())];
  const env = { ...gateway.env, PORT: port };
  const keys = (id: string): string => `${id}:${Buffer.alloc(32, id).toString('base64url')}`;
  const site = await ground.site({ env: { ...env, SEAL_KEYS: keys('old') }, dataDir });
  const shown = [await send(site.origin)];
  const inTheMiddle = await halfWay(site.origin);
  must((await site.stop()) === 0, 'it stops cleanly');
  await gateway.behave('receives');
  const other = await ground.site({ env: { ...env, SEAL_KEYS: keys('new') }, dataDir });
  await until(
    'the operator has an alarm',
    () => other.logs(),
    (logs) => /"level":"alarm","event":"outbox\.alarm"[^\n]*"why":"cannot-open"/.test(logs),
    15_000,
  );
  must(gateway.attempts.length === 0, 'nothing is sent that could not be opened');
  await fill(inTheMiddle, mair);
  shown.push(await mustPress(inTheMiddle), await send(other.origin));
  must((await other.stop()) === 0, 'it stops cleanly');
  const both = await ground.site({ env: { ...env, SEAL_KEYS: `${keys('new')},${keys('old')}` }, dataDir });
  await drained(both.origin);
  arrivedOnce(gateway, shown);
  must((await both.stop()) === 0, 'it stops cleanly');
  const jwe = await ground.gateway();
  const refused = await ground
    .site({ env: { ...jwe.env, GATEWAY_PUBLIC_JWK: '{"kty":"EC"}' }, dataDir: ground.folder() })
    .then(() => '', String);
  must(refused.includes('GATEWAY_PUBLIC_JWK'), 'a Gateway key that is none: a sentence names the setting');
  return `key lost and found again: 1 alarm, ${shown.length} references, lost 0; drafts open all the while; a key that is none is refused by name`;
}

/** What one power cut left. */
interface Cut {
  readonly shown: number;
  readonly lost: number;
}

/** One cycle: people send until the power goes; what the disk then holds is started on a well machine. */
async function powerCut(ground: Ground, isSafe: boolean, sends: number): Promise<Cut> {
  const gateway = await ground.gateway(isSafe && Math.random() < 0.5 ? 'by chance' : 'closed');
  const [dataDir, port] = [ground.folder(), String(await freePort())];
  const machine = makeMachine(ground.folder(), dataDir);
  const node = isSafe ? [] : ['--import', join(import.meta.dirname, 'unsafe-twin.ts')];
  const site = await ground.site({ env: { ...gateway.env, ...machine.env, PORT: port }, dataDir, node });
  const shown: string[] = [];
  const visitors: Visitor[] = [];
  for (let at = 0; at < sends; at += 1) visitors.push(await soonToSend(site.origin));
  const writing = await halfWay(site.origin);
  let power = true;
  const pressing = visitors.map(async (visitor) => {
    const reference = await press(visitor);
    // Whatever was answered before the cut was told to somebody.
    if (reference !== undefined && power) shown.push(reference);
    return reference !== undefined && power ? undefined : visitor;
  });
  const enough = Math.max(1, Math.floor(Math.random() * (sends + 1)));
  const end = performance.now() + 20_000;
  while (shown.length < enough && performance.now() < end) await sleep(1);
  await sleep(Math.random() * 10);
  power = false;
  await site.stop('SIGKILL');
  const told = shown.length;
  const unseen = (await Promise.all(pressing)).filter((visitor) => visitor !== undefined);
  const disk = ground.folder();
  machine.restoreDisk(disk);
  await gateway.behave('receives');
  const next = await ground.site({ env: { ...gateway.env, PORT: port }, dataDir: disk });
  if (isSafe) {
    must(next.logs().split('"level":"warning","event":"server.recovered"').length === 2, 'the operator has one line');
    const { text } = await writing.get(stepHref('refer', 'name', 'en'));
    must(text.includes(mairsName), 'what somebody had typed is there');
    must(text.includes(`href="${href('contact', 'en')}"`), 'and another way to ask');
    // Who saw an error of her browser presses again.
    for (const visitor of unseen) shown.push(await mustPress(visitor));
  }
  await drained(next.origin);
  const arrived = gateway.kept.map(({ reference }) => reference);
  must(gateway.breaches.length === 0 && new Set(arrived).size === arrived.length, 'nothing is doubled');
  if (isSafe) must(arrived.length === sends, `each person’s referral arrived once (${arrived.length} of ${sends})`);
  must((await next.stop()) === 0, 'it stops cleanly');
  return { shown: told, lost: shown.filter((reference) => !arrived.includes(reference)).length };
}

async function powerCutsOf(ground: Ground, isSafe: boolean, cycles: number): Promise<Cut> {
  const total = { shown: 0, lost: 0 };
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const { shown, lost } = await powerCut(ground, isSafe, 6);
    total.shown += shown;
    total.lost += lost;
  }
  return total;
}

export async function powerCuts(ground: Ground): Promise<string> {
  const cycles = ground.size(6, 100);
  const total = await powerCutsOf(ground, true, cycles);
  const twin = await powerCutsOf(ground, false, ground.size(1, 20));
  must(
    total.shown > 0 && total.lost === 0,
    `no reference that was shown is lost (${total.lost} of ${total.shown} are)`,
  );
  must(twin.lost > 0, 'the same site with synchronous=NORMAL loses some: the model can tell');
  return `${cycles} cuts, ${total.shown} references shown before them, lost 0; whoever was cut off found what was typed, sent again, and it arrived once; the twin with NORMAL lost ${twin.lost} of ${twin.shown}`;
}

/** Each send is on the disk before its reference is shown: the log of the database was synced at least once for it. */
export async function syncsPerSend(ground: Ground): Promise<string> {
  const gateway = await ground.gateway('hangs');
  const { machine, site } = await onMachine(ground, gateway.env);
  const visitors = [await soonToSend(site.origin), await soonToSend(site.origin), await aboutToSend(site.origin)];
  let least = Infinity;
  for (const visitor of visitors) {
    const before = machine.syncsOf('site.db-wal');
    await mustPress(visitor);
    least = Math.min(least, machine.syncsOf('site.db-wal') - before);
  }
  must(least >= 1, `every send syncs the log of the database (${least})`);
  return `at least ${least} sync of the database’s log for each send, before its answer`;
}
