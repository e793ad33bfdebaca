/** What a condition turns on, found by asking it. */
import { describe, expect, it } from 'vitest';
import { waysOf } from '../../src/flow/turns-on.ts';

const valuesOf = (): readonly unknown[] => ['yes', 'no', undefined];
const asText = (condition: (answers: Readonly<Record<string, unknown>>) => unknown): string[] =>
  waysOf(condition, valuesOf).map(
    ({ read, result }) => `${[...read].map(([id, value]) => `${id}=${String(value)}`).join(' ')} → ${String(result)}`,
  );

describe('a condition', () => {
  it('that reads nothing has one way', () => {
    expect(asText(() => true)).toEqual([' → true']);
  });

  it('is asked with every value of what it reads, and with nothing else', () => {
    expect(asText((a) => a['first'] === 'yes' && a['second'] === 'no')).toEqual([
      'first=yes second=yes → false',
      'first=yes second=no → true',
      'first=yes second=undefined → false',
      'first=no → false',
      'first=undefined → false',
    ]);
  });

  it('that reads an answer and makes nothing of it does not turn on it', () => {
    expect(asText((a) => (a['first'] === 'yes' ? 1 : 1))).toEqual([' → 1']);
    expect(asText((a) => a['first'] === 'yes' && (a['second'] === 'no' || true))).toEqual([
      'first=yes → true',
      'first=no → false',
      'first=undefined → false',
    ]);
  });

  it('that throws is heard', () => {
    const broken = (a: Readonly<Record<string, unknown>>): boolean => {
      if (a['first'] === 'no') throw new Error('broken');
      return true;
    };
    expect(() => waysOf(broken, valuesOf)).toThrow('broken');
  });
});
