/** The log: one JSON line for each event, from a fixed list, with fields that cannot hold free text. */
import { createHash } from 'node:crypto';
import { refusals } from '#gateway/contract.ts';
import { keyRefusals } from '#seal/gateway-key.server.ts';
import { listFailures, noAnswerReasons, notAcknowledgedReasons } from '#outbox/outbox.ts';

type Level = 'info' | 'warning' | 'alarm';

/**
 * What a field may hold: a number; an id, a UUID, of which a hash is written; an error, of which codes and places in our
 * own code are written, never its message; or one word of a list.
 */
type Kind = 'number' | 'id' | 'error' | readonly string[];

const refusalWords = Object.keys(refusals) as (keyof typeof refusals)[];

/** `alarm`: a person must look. A field whose name ends in `?` may be left out. */
const events = {
  'server.listening': { level: 'info', fields: { port: 'number' } },
  'metrics.listening': { level: 'info', fields: { port: 'number' } },
  'server.stopping': { level: 'info', fields: {} },
  'server.stopped': { level: 'info', fields: { ms: 'number' } },
  /** The process before did not stop in order: it was killed, or the power went. */
  'server.recovered': { level: 'warning', fields: { waiting: 'number' } },
  'server.failed': { level: 'alarm', fields: { error: 'error' } },
  /** The machine’s clock was set while we ran; how far, and back if it is negative. */
  'clock.moved': { level: 'alarm', fields: { seconds: 'number' } },
  'request.failed': { level: 'alarm', fields: { error: 'error' } },
  /** Nobody can tell visitors apart behind a proxy that we were not told about: there is no limit for each. */
  'limits.off': { level: 'warning', fields: {} },
  'request.refused': { level: 'info', fields: { status: 'number' } },
  'draft.not-kept': { level: 'alarm', fields: { error: 'error' } },
  /** The disk has changed what somebody wrote: it cannot be read any more. */
  'draft.damaged': { level: 'alarm', fields: {} },
  'referral.accepted': { level: 'info', fields: { id: 'id', ms: 'number' } },
  'referral.suspect': { level: 'info', fields: {} },
  'referral.repeated': { level: 'info', fields: { id: 'id' } },
  'referral.not-accepted': { level: 'alarm', fields: { error: 'error' } },
  'referral.withdrawn': { level: 'info', fields: { id: 'id', how: ['never-sent', 'to-be-told', 'before'] } },
  'referral.not-withdrawn': { level: 'alarm', fields: { error: 'error' } },
  'outbox.delivered': { level: 'info', fields: { id: 'id', attempts: 'number', ageMs: 'number' } },
  'outbox.again': {
    level: 'warning',
    fields: {
      id: 'id',
      attempts: 'number',
      waitMs: 'number',
      'status?': 'number',
      'why?': [...notAcknowledgedReasons, ...noAnswerReasons],
    },
  },
  'outbox.alarm': {
    level: 'alarm',
    fields: {
      id: 'id',
      attempts: 'number',
      waitMs: 'number',
      'status?': 'number',
      'why?': ['cannot-open', 'certificate'],
    },
  },
  'outbox.parked': {
    level: 'alarm',
    fields: { id: 'id', attempts: 'number', reason: ['refused', 'damaged'], 'status?': 'number' },
  },
  'outbox.breaker': { level: 'warning', fields: { state: ['open', 'closed'] } },
  'outbox.released': { level: 'info', fields: { id: 'id', attempts: 'number' } },
  'outbox.failed': { level: 'alarm', fields: { error: 'error' } },
  'keys.changed': { level: 'info', fields: { keys: 'number' } },
  'keys.refused': { level: 'alarm', fields: { refusal: keyRefusals } },
  'keys.ending': { level: 'warning', fields: { days: 'number' } },
  'keys.none': { level: 'alarm', fields: {} },
  'keys.usable-again': { level: 'info', fields: {} },
  'reconciliation.done': { level: 'info', fields: { sent: 'number' } },
  'reconciliation.gap': { level: 'alarm', fields: { missing: 'number', unknown: 'number', unaccounted: 'number' } },
  'reconciliation.no-list': { level: 'alarm', fields: {} },
  'reconciliation.not-available': { level: 'info', fields: {} },
  'reconciliation.failed': { level: 'warning', fields: { 'status?': 'number', 'why?': listFailures } },
  'gateway.embedded': { level: 'warning', fields: {} },
  'gateway.embedded-in-production': { level: 'alarm', fields: {} },
  'gateway.received': { level: 'info', fields: { id: 'id' } },
  'gateway.repeated': { level: 'info', fields: { id: 'id' } },
  'gateway.refused': { level: 'warning', fields: { refusal: refusalWords, status: 'number' } },
  'gateway.failed': { level: 'alarm', fields: { error: 'error' } },
} as const satisfies Record<string, { level: Level; fields: Record<string, Kind> }>;

type Events = typeof events;
type Value<K> = K extends 'number'
  ? number
  : K extends 'id'
    ? string
    : K extends 'error'
      ? unknown
      : K extends readonly (infer Word)[]
        ? Word
        : never;
type Fields<F> = { [Name in keyof F as Name extends `${string}?` ? never : Name]: Value<F[Name]> } & {
  [Name in keyof F as Name extends `${infer Bare}?` ? Bare : never]?: Value<F[Name]>;
};

export type LogEntry = { [Name in keyof Events]: { event: Name } & Fields<Events[Name]['fields']> }[keyof Events];

export type Log = (entry: LogEntry) => void;

/** What kind of news an event is. */
export const levelOf = (event: LogEntry['event']): Level => events[event].level;

/**
 * A log that writes to `write`, one line a call. What is not in the list, or is not of its kind, is left out even if the
 * compiler was talked round.
 */
export function makeLog(write: (line: string) => void, now: () => number): Log {
  return (entry) => {
    if (!Object.hasOwn(events, entry.event)) return;
    const described: { level: Level; fields: Record<string, Kind> } = events[entry.event];
    const line: Record<string, unknown> = {
      at: new Date(now()).toISOString(),
      level: described.level,
      event: entry.event,
    };
    for (const [name, kind] of Object.entries(described.fields)) {
      const bare = name.replace(/\?$/, '');
      const value = allowed(kind, (entry as Record<string, unknown>)[bare]);
      if (value !== undefined) line[bare] = value;
    }
    write(`${JSON.stringify(line)}\n`);
  };
}

/** The log of the process: standard output. */
export const log: Log = makeLog(
  (line) => process.stdout.write(line),
  () => Date.now(),
);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function allowed(kind: Kind, value: unknown): unknown {
  if (kind === 'number') return Number.isFinite(value) ? value : undefined;
  if (kind === 'id') return typeof value === 'string' && uuid.test(value) ? hashOf(value) : undefined;
  if (kind === 'error') return errorFields(value);
  return kind.includes(value as string) ? value : undefined;
}

/** Enough to follow one referral through the log; an id cannot be found from it. */
export const hashOf = (id: string): string => createHash('sha256').update(id.toLowerCase()).digest('hex').slice(0, 12);

/** Node’s own, and those of PostgreSQL, such as 57P01. */
const errorCode = /^(E[A-Z0-9_]{2,40}|ERR_[A-Z0-9_]{2,60}|[0-9][0-9A-Z]{4}|XX00[0-9])$/;
const className = /^[A-Z][A-Za-z]{2,40}$/;

/** An error’s message may repeat what a person typed, so that only its class, its codes and our own frames are kept. */
function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { class: 'unknown' };
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  const frames = [...(error.stack ?? '').matchAll(/^ {4}at .*?\b((?:src|dist)\/[\w./[\]-]+:\d+):\d+\)?$/gm)];
  const name = error.constructor.name;
  return {
    class: className.test(name) ? name : 'Error',
    ...(typeof code === 'string' && errorCode.test(code) && { code }),
    ...(typeof errcode === 'number' && { errcode }),
    ...(frames.length > 0 && { at: frames.slice(0, 5).map((frame) => frame[1]) }),
  };
}
