/** `npm run outbox`: what waits for the Gateway, for the people who look after it; also beside a running site. Never shows content. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gatewayList } from '#gateway/list.server.ts';
import { embeddedKeys } from '#gateway/embedded/received.server.ts';
import { dayMs, dayOf, isDay } from '#outbox/days.ts';
import type { ListedEntry } from '#outbox/outbox.ts';
import { compareDay, unaccounted } from '#outbox/reconciliation.ts';
import { embeddedGatewayUrl } from '#server/embedded-gateway-url.ts';
import { readEnvironment, readPlace } from '#server/environment.ts';
import { hashOf } from '#server/log.ts';
import { openStoreBeside } from '#store/open-store.server.ts';
import type { Store } from '#store/store.server.ts';

const usage = `npm run outbox                      what waits or is parked, oldest first
npm run outbox -- retry ID|all      due at once, parked ones included
npm run outbox -- park ID           set aside until a person says “retry”
npm run outbox -- export ID         the sealed bytes of a parked one, into a file (--to FILE)
npm run outbox -- reconcile         compare a day with the Gateway’s list (--day 2026-11-23; yesterday)
ID is the id, or the 12 signs that the log shows for it. --json answers in JSON.
0: done. 1: not done, or a gap was found. 2: the command was not understood.`;

class UsageError extends Error {}

/** What a command came to: the same for people and for programs. */
type Said = { text: string; json: unknown; isRight?: boolean };

const minutes = (ms: number): number => Math.max(0, Math.round(ms / 60_000));
const timeOf = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

function described(entry: ListedEntry, now: number) {
  const { id, kind, keyId, format, createdAt, attempts, nextAttemptAt, parked } = entry;
  return {
    id,
    inLog: hashOf(id),
    kind,
    format,
    keyId,
    ageMinutes: minutes(now - createdAt),
    attempts,
    nextAttemptAt: parked ? null : new Date(nextAttemptAt).toISOString(),
    parked: parked ? parked.reason : null,
  };
}

async function list(store: Store, now: number): Promise<Said> {
  const entries = (await store.list()).map((entry) => described(entry, now));
  const lines = entries.map((entry) => {
    const state =
      entry.parked === null
        ? `next attempt ${timeOf(Date.parse(entry.nextAttemptAt ?? ''))} UTC`
        : `parked: ${entry.parked}`;
    const tried = entry.attempts === 1 ? '1 attempt' : `${entry.attempts} attempts`;
    return `${entry.id} (${entry.inLog}) · ${entry.kind} · ${entry.ageMinutes} min old · ${tried} · ${state} · ${entry.format}, key ${entry.keyId}`;
  });
  const parked = entries.filter((entry) => entry.parked !== null).length;
  const sum = entries.length === 0 ? 'Nothing waits.' : `${entries.length - parked} waiting, ${parked} parked.`;
  return { text: [...lines, sum].join('\n'), json: entries };
}

/** The entry whose id, or whose hash in the log, this is. */
async function find(store: Store, wanted: string | undefined): Promise<ListedEntry | undefined> {
  if (wanted === undefined) throw new UsageError('Which one? Give its id, or the 12 signs that the log shows for it.');
  const name = wanted.toLowerCase();
  return (await store.list()).find(({ id }) => id.toLowerCase() === name || hashOf(id) === name);
}

const notFound = (wanted: string | undefined): Said => ({
  text: `Nothing with ${wanted} waits or is parked: it was delivered, or it was never here.`,
  json: { found: false },
  isRight: false,
});

async function retry(store: Store, wanted: string | undefined, now: number): Promise<Said> {
  if (wanted === 'all') {
    const count = await store.retry('all', now);
    return {
      text: count === 0 ? 'Nothing waits.' : `${count} are due now. The site tries them within half a minute.`,
      json: { due: count },
    };
  }
  const entry = await find(store, wanted);
  if (!entry || (await store.retry({ id: entry.id }, now)) === 0) return notFound(wanted);
  return { text: `${entry.id} is due now. The site tries it within half a minute.`, json: { id: entry.id, due: 1 } };
}

async function park(store: Store, wanted: string | undefined, now: number): Promise<Said> {
  const entry = await find(store, wanted);
  if (!entry) return notFound(wanted);
  if (entry.parked) {
    return { text: `${entry.id} is parked already (${entry.parked.reason}).`, json: { id: entry.id, parked: true } };
  }
  if (!(await store.parkByHand(entry.id, now))) return notFound(wanted);
  return {
    text: `${entry.id} is parked. Nothing is lost; “retry” sends it.`,
    json: { id: entry.id, parked: true },
  };
}

async function exportSealed(store: Store, wanted: string | undefined, to: string | undefined): Promise<Said> {
  const entry = await find(store, wanted);
  if (!entry) return notFound(wanted);
  const sealed = await store.sealedOf(entry.id);
  if (!sealed) {
    return {
      text: `${entry.id} is not parked: the site is still sending it. Park it first.`,
      json: { id: entry.id, file: null },
      isRight: false,
    };
  }
  const file = resolve(to ?? `${entry.id}.jwe`);
  try {
    // Never over another file, and for nobody else to read.
    writeFileSync(file, sealed, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    return { text: `${file} cannot be made (${code}).`, json: { id: entry.id, file: null }, isRight: false };
  }
  const opener =
    entry.format === 'jwe'
      ? `Whoever holds the Gateway’s key ${entry.keyId} can open it.`
      : `It is sealed to this site’s own key ${entry.keyId}: the Gateway’s team cannot open it.`;
  return { text: `${file}: ${sealed.length} bytes, sealed. ${opener}`, json: { id: entry.id, file } };
}

async function reconcile(store: Store, day: string): Promise<Said> {
  const { gateway, embeddedGateway, dataDir, host, port } = readEnvironment();
  // Only the token is of use here; what becomes of the keys is for the running site to tell.
  const embedded = embeddedGateway ? await embeddedKeys(dataDir, () => undefined) : undefined;
  const url = gateway.url ?? embeddedGatewayUrl(host, port);
  const ask = gatewayList({ url: () => new URL(url), token: gateway.token ?? embedded?.token });
  const balance = await store.balance();
  const gap = unaccounted(balance);
  const { received, delivered, withdrawn, waiting, parked } = balance;
  const counts = `Accepted ${received} = delivered ${delivered} + withdrawn ${withdrawn} + waiting ${waiting} + parked ${parked}${
    gap === 0 ? '.' : ` + unaccounted for ${gap}.`
  }`;

  const compared = await compareDay(store, ask, day, new AbortController().signal);
  if ('kind' in compared) {
    const why =
      compared.kind === 'not-available'
        ? 'The Gateway offers no list to compare with.'
        : `The Gateway’s list could not be had (${compared.status ?? compared.why ?? 'no answer'}).`;
    return { text: `${why}\n${counts}`, json: { day, compared: null, balance, unaccounted: gap }, isRight: false };
  }
  const { sent, missing, unknown } = compared;
  const lines = [
    `${day}: the Gateway acknowledged ${sent}; ${missing.length} of them are missing from its list, and ${unknown.length} in its list were never sent from here.`,
    ...missing.map((id) => `missing: ${id} (${hashOf(id)})`),
    ...unknown.map((id) => `unknown: ${id} (${hashOf(id)})`),
    counts,
  ];
  return {
    text: lines.join('\n'),
    json: { day, compared: { sent, missing, unknown }, balance, unaccounted: gap },
    isRight: missing.length === 0 && unknown.length === 0 && gap === 0,
  };
}

async function run(): Promise<void> {
  const now = Date.now();
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      to: { type: 'string' },
      day: { type: 'string', default: dayOf(now - dayMs) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const [command = 'list', wanted, ...more] = positionals;
  if (more.length > 0) throw new UsageError('One at a time, or all.');
  if (!isDay(values.day)) throw new UsageError('--day must be a day such as 2026-11-23.');
  const commands: Record<string, (store: Store) => Promise<Said>> = {
    list: (store) => list(store, now),
    retry: (store) => retry(store, wanted, now),
    park: (store) => park(store, wanted, now),
    export: (store) => exportSealed(store, wanted, values.to),
    reconcile: (store) => reconcile(store, values.day),
  };
  const chosen = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!chosen) throw new UsageError(`There is no command “${command}”.`);

  const place = readPlace();
  const store = await openStoreBeside(place);
  if (!store) {
    console.log(values.json ? '[]' : `Nothing has been kept in ${place.dataDir} yet.`);
    return;
  }
  try {
    const { text, json, isRight = true } = await chosen(store);
    console.log(values.json ? JSON.stringify(json, undefined, 2) : text);
    if (!isRight) process.exitCode = 1;
  } finally {
    await store.close();
  }
}

run().catch((error: unknown) => {
  const isUsage =
    error instanceof UsageError || String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
  console.error(error instanceof Error ? error.message : String(error));
  if (isUsage) console.error(`\n${usage}`);
  process.exitCode = isUsage ? 2 : 1;
});
