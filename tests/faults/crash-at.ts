/** Loaded before the site (`--import`): ends it, as `kill -9` would, at one named point of a referral’s way. CRASH_AT names it. */
import http, { ServerResponse } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { StatementSync } from 'node:sqlite';

/** In the order in which a referral meets them. */
export const crashPoints = [
  'before-seal',
  'before-insert',
  'after-insert',
  'before-commit',
  'after-commit',
  'before-answer',
  'after-answer',
  'before-claim',
  'after-claim',
  'middle-of-post',
  'after-post',
  'after-acknowledgement',
  'before-delete',
  'after-delete',
  'after-delivery-commit',
  'before-checkpoint',
  'after-checkpoint',
] as const;
export type CrashPoint = (typeof crashPoints)[number];

const wanted = process.env['CRASH_AT'];

/** What waited from before the start is delivered at once; the points of a delivery wait for the referral of this run. */
const needsNoReferral = new Set<CrashPoint>(['before-seal', 'before-insert', 'after-insert', 'before-commit']);

function at(point: CrashPoint): void {
  if (point === wanted && (wasAccepted || needsNoReferral.has(point))) process.kill(process.pid, 'SIGKILL');
}

/** What the transaction that is open has done, and whether a referral was accepted and delivered at all. */
let isAccepting = false;
let isDelivering = false;
let wasAccepted = false;
let wasDelivered = false;

function around(sql: string, run: () => unknown): unknown {
  const [isInsert, isDelete] = [sql.startsWith('insert into "outbox"'), sql.startsWith('delete from "outbox"')];
  const isClaim = sql.startsWith('update "outbox" set "lease" = ?') && sql.includes('returning');
  const isCheckpoint = sql.startsWith('pragma wal_checkpoint') && wasDelivered;
  const isCommit = sql === 'commit';
  if (isInsert) at('before-insert');
  if (isDelete) at('before-delete');
  if (isClaim) at('before-claim');
  if (isCheckpoint) at('before-checkpoint');
  if (isCommit && isAccepting) at('before-commit');
  const result = run();
  if (isInsert) {
    isAccepting = true;
    at('after-insert');
  }
  if (isDelete) {
    isDelivering = true;
    at('after-delete');
  }
  if (isClaim) at('after-claim');
  if (isCheckpoint) at('after-checkpoint');
  if (isCommit && isAccepting) {
    [isAccepting, wasAccepted] = [false, true];
    at('after-commit');
  }
  if (isCommit && isDelivering) {
    [isDelivering, wasDelivered] = [false, true];
    at('after-delivery-commit');
  }
  return result;
}

if (wanted) {
  const statement = StatementSync.prototype as unknown as Record<string, (...values: unknown[]) => unknown>;
  for (const name of ['run', 'all']) {
    const original = statement[name]!;
    statement[name] = function (this: StatementSync, ...values) {
      return around(this.sourceSQL, () => original.apply(this, values));
    };
  }

  // Only a referral is sealed to somebody’s public key.
  const subtle = Object.getPrototypeOf(crypto.subtle) as { deriveBits: (...values: unknown[]) => unknown };
  const deriveBits = subtle.deriveBits;
  subtle.deriveBits = function (...values) {
    at('before-seal');
    return deriveBits.apply(this, values);
  };

  const end = ServerResponse.prototype.end as (...values: unknown[]) => ServerResponse;
  ServerResponse.prototype.end = function (this: ServerResponse, ...values: unknown[]) {
    if (!wasAccepted) return end.apply(this, values);
    at('before-answer');
    this.once('finish', () => at('after-answer'));
    return end.apply(this, values);
  } as typeof ServerResponse.prototype.end;

  const request = http.request as (...values: unknown[]) => http.ClientRequest;
  http.request = (...values: unknown[]) => {
    const outgoing = request(...values);
    const endOutgoing = outgoing.end.bind(outgoing) as (body: Uint8Array) => http.ClientRequest;
    outgoing.end = ((body: Uint8Array) => {
      if (wanted === 'middle-of-post' && wasAccepted) {
        outgoing.write(body.subarray(0, body.length / 2), () => at('middle-of-post'));
        return outgoing;
      }
      outgoing.once('finish', () => at('after-post'));
      return endOutgoing(body);
    }) as typeof outgoing.end;
    // Before the site’s own listener hears of it.
    outgoing.prependListener('response', () => at('after-acknowledgement'));
    return outgoing;
  };
  syncBuiltinESMExports();
}
