/** The circuit breaker: when it opens, how often it lets one attempt through, and when it closes. */
import { describe, expect, test } from 'vitest';
import { makeBreaker, type Breaker } from '#outbox/breaker.ts';
import type { AttemptResult } from '#outbox/outbox.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const second = 1_000;
const down: AttemptResult = { kind: 'answered', status: 503 };
const refused: AttemptResult = { kind: 'answered', status: 422 };
const delivered: AttemptResult = { kind: 'acknowledged', gatewayReference: 'G-1' };

function opened(): Breaker {
  const breaker = makeBreaker();
  for (let failure = 0; failure < 5; failure += 1) breaker.record(down, noon);
  return breaker;
}

describe('the breaker', () => {
  test('opens at the fifth failure in a row, and not before', () => {
    const breaker = makeBreaker();
    const states = Array.from({ length: 6 }, () => breaker.record(down, noon));
    expect(states).toEqual([undefined, undefined, undefined, undefined, 'open', undefined]);
    expect(breaker.waitMs(noon)).toBeGreaterThan(0);
  });

  test.each<[string, AttemptResult]>([
    ['a delivery', delivered],
    ['a refusal, which shows that the Gateway works,', refused],
  ])('%s in between starts the count anew', (_, result) => {
    const breaker = makeBreaker();
    for (const each of [down, down, down, down, result, down, down, down, down]) {
      expect(breaker.record(each, noon)).toBeUndefined();
    }
    expect(breaker.waitMs(noon)).toBe(0);
  });

  test.each<AttemptResult>([{ kind: 'damaged' }, { kind: 'cannot-open' }, { kind: 'stopped' }])(
    '%o says nothing about the Gateway',
    (result) => {
      const breaker = makeBreaker();
      for (let turn = 0; turn < 20; turn += 1) expect(breaker.record(result, noon)).toBeUndefined();
      expect(breaker.waitMs(noon)).toBe(0);
    },
  );

  test('lets one probe through at a time: soon at first, then every 30 seconds', () => {
    const breaker = opened();
    let now = noon;
    const gaps: number[] = [];
    for (let probe = 0; probe < 8; probe += 1) {
      const before = now;
      while (breaker.waitMs(now) > 0) now += 100;
      expect(breaker.waitMs(now), 'a second probe beside the first').toBeGreaterThan(0);
      gaps.push((now - before) / second);
      breaker.record(down, now);
    }
    expect(gaps).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
  });

  test.each<[string, AttemptResult]>([
    ['delivered', delivered],
    ['refused', refused],
  ])('closes when its probe is %s', (_, result) => {
    const breaker = opened();
    expect(breaker.waitMs(noon + second)).toBe(0);
    expect(breaker.record(result, noon + second)).toBe('closed');
    expect([breaker.waitMs(noon + second), breaker.waitMs(noon + second)]).toEqual([0, 0]);
  });

  test('a probe that nobody needed is given to the next', () => {
    const breaker = opened();
    expect(breaker.waitMs(noon + second)).toBe(0);
    breaker.giveBack();
    expect(breaker.waitMs(noon + second)).toBe(0);
  });

  test('when the clock goes back a day, the probe does not wait a day', () => {
    expect(opened().waitMs(noon - 86_400 * second)).toBe(0);
  });
});
