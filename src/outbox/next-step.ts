/** What the result of an attempt means: delivered, again at a time, or a person must look. Never “given up”. */
import type { AttemptResult, ParkReason } from './outbox.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;

const firstWaitMs = 5 * secondMs;
/** Short ceilings: a Gateway that is back should not wait hours for us. */
const longestBackoffMs = 15 * minuteMs;
const longestRetryAfterMs = 60 * minuteMs;
const slowWaitMs = 15 * minuteMs;
/** A Retry-After is lengthened by up to this share, so that everybody who was told the same does not return at once. */
const spread = 0.1;

/** While the Gateway fails whatever it is sent, one entry is tried at a time: soon at first, then this far apart. */
export const longestProbeWaitMs = 30 * secondMs;
const firstProbeWaitMs = secondMs;

/** No wait is longer than this; a longer one in the store means that the clock has moved. */
export const longestWaitMs = longestRetryAfterMs * (1 + spread);

export type NextStep =
  | { step: 'delivered'; gatewayReference: string; receivedAt?: number }
  | { step: 'again'; waitMs: number }
  /** Again, slowly, and somebody must be told now: the set-up is wrong. */
  | { step: 'alarm'; waitMs: number }
  | { step: 'park'; reason: Exclude<ParkReason, 'by-hand'> }
  | { step: 'release' };

/** The message itself was refused: the same bytes would be refused again. */
const refusals = new Set([400, 409, 413, 415, 422]);
const comeBackLater = new Set([408, 425, 429]);

/**
 * @param attempts attempts begun, this one included
 * @param random from 0 up to, but not including, 1
 */
export function nextStep(result: AttemptResult, attempts: number, random: () => number): NextStep {
  switch (result.kind) {
    case 'acknowledged':
      return {
        step: 'delivered',
        gatewayReference: result.gatewayReference,
        ...(result.receivedAt !== undefined && { receivedAt: result.receivedAt }),
      };
    case 'damaged':
      return { step: 'park', reason: 'damaged' };
    case 'stopped':
      return { step: 'release' };
    case 'cannot-open':
      return { step: 'alarm', waitMs: slowly(random) };
    case 'no-answer':
    case 'not-acknowledged':
      // Somebody else answers in the Gateway’s place, or its certificate has ended: it does not mend itself.
      if (result.why === 'certificate') return { step: 'alarm', waitMs: slowly(random) };
      return { step: 'again', waitMs: backoff(attempts, random) };
    case 'answered':
      if (refusals.has(result.status)) return { step: 'park', reason: 'refused' };
      if (comeBackLater.has(result.status) || result.status >= 500) {
        return { step: 'again', waitMs: Math.max(backoff(attempts, random), asTold(result.retryAfterMs, random)) };
      }
      // A redirect, 401, 403, 404 and whatever else: the address or the token is wrong, not the message.
      return { step: 'alarm', waitMs: slowly(random) };
  }
}

/**
 * What an attempt tells about the Gateway itself, whichever entry it was: that it works, also when it refuses one message;
 * that it, or the way to it, does not; or nothing.
 */
export function signOf(result: AttemptResult): 'works' | 'fails' | 'nothing' {
  if (result.kind === 'damaged' || result.kind === 'cannot-open' || result.kind === 'stopped') return 'nothing';
  const { step } = nextStep(result, 1, () => 0);
  return step === 'delivered' || step === 'park' ? 'works' : 'fails';
}

/** @param probes probes that have failed since the breaker opened */
export function probeWaitMs(probes: number): number {
  return Math.min(longestProbeWaitMs, firstProbeWaitMs * 2 ** Math.min(probes, 30));
}

/** Full jitter: anywhere between nothing and a ceiling that doubles. */
function backoff(attempts: number, random: () => number): number {
  const ceiling = Math.min(longestBackoffMs, firstWaitMs * 2 ** Math.min(attempts - 1, 30));
  return Math.floor(random() * ceiling);
}

function asTold(retryAfterMs: number | undefined, random: () => number): number {
  const told = Math.min(Math.max(retryAfterMs ?? 0, 0), longestRetryAfterMs);
  return Math.floor(told * (1 + spread * random()));
}

function slowly(random: () => number): number {
  return Math.floor(slowWaitMs * (0.5 + random() / 2));
}
