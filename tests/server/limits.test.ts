/** The limits: generous to a hospital, firm with a flood, and without a memory for addresses. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { makeLimits, networkOf } from '#server/limits.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const minuteMs = 60_000;

/** How many of `times` requests, `everyMs` apart, are within the allowance. */
function allowedOf(times: number, everyMs: number, limits = makeLimits(), address = '203.0.113.7'): number {
  let allowed = 0;
  for (let at = 0; at < times; at += 1) if (limits.allows('post', address, noon + at * everyMs)) allowed += 1;
  return allowed;
}

describe('the limits', () => {
  test('fifty people of one hospital who fill in the form at once, for an hour, are not noticed', () => {
    expect(allowedOf(5 * 3600, 200)).toBe(5 * 3600);
  });

  test('five hundred posts in one second are a flood, and a minute later there is room again', () => {
    const limits = makeLimits();
    expect(allowedOf(500, 2, limits)).toBeLessThan(310);
    expect(limits.allows('post', '203.0.113.7', noon + 1000)).toBe(false);
    expect(limits.allows('post', '203.0.113.7', noon + minuteMs)).toBe(true);
  });

  test('a flood from one network costs no other network anything, nor another kind of request', () => {
    const limits = makeLimits();
    allowedOf(1000, 0, limits);
    expect(limits.allows('post', '203.0.113.200', noon)).toBe(false);
    expect(limits.allows('post', '203.0.114.7', noon)).toBe(true);
    expect(limits.allows('page', '203.0.113.7', noon)).toBe(true);
    expect(limits.allows('send', '203.0.113.7', noon)).toBe(true);
  });

  test('remember no more clients than they may, and forget those who have been quiet the longest', () => {
    const limits = makeLimits(100);
    allowedOf(1000, 0, limits, '198.51.100.1');
    for (let network = 0; network < 99; network += 1) limits.allows('post', `10.1.${network}.1`, noon);
    expect(limits.size).toBe(100);
    expect(limits.allows('post', '198.51.100.1', noon)).toBe(false);
    for (let network = 0; network < 5000; network += 1) limits.allows('post', `10.2.${network % 256}.1`, noon);
    expect(limits.size).toBe(100);
  });

  test('hold no address, in any form', () => {
    const limits = makeLimits();
    for (const address of ['203.0.113.77', '2001:db8:aaaa:bb77::1']) limits.allows('page', address, noon);
    expect(inspect(limits, { depth: 9, showHidden: true })).not.toMatch(/203\.0|2001|0db8/);
  });

  test('begin anew every day', () => {
    const limits = makeLimits();
    for (let sent = 0; sent < 30; sent += 1) expect(limits.allows('send', '203.0.113.7', noon)).toBe(true);
    expect(limits.allows('send', '203.0.113.7', noon)).toBe(false);
    limits.allows('send', '203.0.113.7', noon + 24 * 60 * minuteMs);
    expect(limits.size).toBe(1);
  });

  test('a clock that is put back locks nobody out for longer than a day’s allowance takes', () => {
    const limits = makeLimits();
    allowedOf(1000, 0, limits);
    expect(limits.allows('post', '203.0.113.7', noon - 60 * minuteMs)).toBe(false);
    expect(limits.allows('post', '203.0.113.7', noon - 59 * minuteMs)).toBe(true);
  });
});

describe('the network of an address', () => {
  test.each([
    ['203.0.113.7', '203.0.113'],
    ['2001:db8:aaaa:bbcc::1', '20010db8aaaabb'],
    ['2001:db8:aaaa:bbdd:1:2:3:4', '20010db8aaaabb'],
    ['::1', '00000000000000'],
    ['2001:db8::', '20010db8000000'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
