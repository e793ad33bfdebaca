/** What each result of an attempt means for a referral. */
import { describe, expect, test } from 'vitest';
import { longestWaitMs, nextStep, type NextStep } from '#outbox/next-step.ts';
import type { AttemptResult } from '#outbox/outbox.ts';

const minute = 60_000;
const answered = (status: number, retryAfterMs?: number): AttemptResult => ({
  kind: 'answered',
  status,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

const table: [AttemptResult, NextStep['step']][] = [
  [{ kind: 'acknowledged', gatewayReference: 'G-1' }, 'delivered'],
  ...[400, 409, 413, 415, 422].map((status): [AttemptResult, 'park'] => [answered(status), 'park']),
  ...[401, 403, 404, 301, 302, 303, 307, 308, 304, 405, 406, 410, 421, 451, 0, 101].map(
    (status): [AttemptResult, 'alarm'] => [answered(status), 'alarm'],
  ),
  ...[408, 425, 429, 500, 501, 502, 503, 504, 507, 520, 599].map((status): [AttemptResult, 'again'] => [
    answered(status),
    'again',
  ]),
  [{ kind: 'not-acknowledged', why: 'not-201' }, 'again'],
  [{ kind: 'not-acknowledged', why: 'not-json' }, 'again'],
  [{ kind: 'not-acknowledged', why: 'wrong-id' }, 'again'],
  [{ kind: 'not-acknowledged', why: 'wrong-sha256' }, 'again'],
  [{ kind: 'no-answer', why: 'time-out' }, 'again'],
  [{ kind: 'no-answer', why: 'no-connection' }, 'again'],
  [{ kind: 'no-answer', why: 'cut' }, 'again'],
  [{ kind: 'no-answer', why: 'name-not-found' }, 'again'],
  [{ kind: 'no-answer', why: 'certificate' }, 'alarm'],
  [{ kind: 'cannot-open' }, 'alarm'],
  [{ kind: 'damaged' }, 'park'],
  [{ kind: 'stopped' }, 'release'],
];

const waitOf = (result: AttemptResult, attempts: number, random: number): number => {
  const next = nextStep(result, attempts, () => random);
  return 'waitMs' in next ? next.waitMs : Number.NaN;
};
const almostOne = 1 - Number.EPSILON;

describe('what an answer means', () => {
  test.each(table)('%o → %s', (result, step) => {
    expect(nextStep(result, 1, () => 0.5).step).toBe(step);
    expect(nextStep(result, 1_000, () => 0.5).step).toBe(step);
  });

  test('delivery carries the Gateway’s reference', () => {
    expect(nextStep({ kind: 'acknowledged', gatewayReference: 'G-1' }, 1, Math.random)).toEqual({
      step: 'delivered',
      gatewayReference: 'G-1',
    });
  });

  test('a damaged entry is kept apart from a refused one', () => {
    expect(nextStep({ kind: 'damaged' }, 1, Math.random)).toEqual({ step: 'park', reason: 'damaged' });
    expect(nextStep(answered(422), 1, Math.random)).toEqual({ step: 'park', reason: 'refused' });
  });
});

describe('how long a referral waits', () => {
  test('anywhere up to a ceiling that doubles from 5 seconds to 15 minutes', () => {
    const ceilings = [1, 2, 3, 4, 5, 6, 7, 8, 9, 50, 100_000].map((attempts) =>
      Math.round(waitOf({ kind: 'no-answer', why: 'time-out' }, attempts, almostOne) / 1000),
    );
    expect(ceilings).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]);
    expect(waitOf({ kind: 'no-answer', why: 'time-out' }, 9, 0)).toBe(0);
    expect(waitOf({ kind: 'no-answer', why: 'time-out' }, 9, 0.5)).toBe(7.5 * minute);
  });

  test('never less than the Gateway asked for, and a little spread so that all do not return at once', () => {
    expect(waitOf(answered(503, 2 * minute), 1, 0)).toBe(2 * minute);
    expect(waitOf(answered(503, 2 * minute), 1, almostOne)).toBeGreaterThan(2 * minute);
    expect(waitOf(answered(429, 1_000), 9, 0.5)).toBe(7.5 * minute);
  });

  test('an absurd Retry-After is cut to an hour', () => {
    expect(waitOf(answered(503, 400 * 24 * 60 * minute), 1, 0)).toBe(60 * minute);
    expect(waitOf(answered(503, -5), 1, 0)).toBe(0);
  });

  test('a wrong set-up is tried again slowly, but within a quarter of an hour', () => {
    expect(waitOf(answered(401), 1, 0)).toBe(7.5 * minute);
    expect(waitOf(answered(401), 30, almostOne)).toBeLessThanOrEqual(15 * minute);
  });

  test('no wait is longer than the clamp for clocks that move', () => {
    for (const [result] of table) {
      for (const attempts of [1, 5, 50]) {
        const wait = waitOf(result, attempts, almostOne);
        if (!Number.isNaN(wait)) expect(wait).toBeLessThanOrEqual(longestWaitMs);
      }
    }
    expect(waitOf(answered(503, 1e15), 50, almostOne)).toBeLessThanOrEqual(longestWaitMs);
  });
});
