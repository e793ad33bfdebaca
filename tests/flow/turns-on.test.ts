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

  it('that comes to the same on one way of each value still turns on what the others read', () => {
    const hasFurtherQuestion = (a: Readonly<Record<string, unknown>>) => a['first'] !== 'no' || a['second'] === 'yes';
    expect(asText(hasFurtherQuestion)).toEqual([
      'first=yes → true',
      'first=no second=yes → true',
      'first=no second=no → false',
      'first=no second=undefined → false',
      'first=undefined → true',
    ]);
  });

  it('that reads an answer with one value goes on to what it reads next', () => {
    const ways = waysOf(
      (a) => a['only'] === 'this' && a['second'],
      (id) => (id === 'only' ? ['this'] : [true, false]),
    );
    expect(ways.map(({ result }) => result)).toEqual([true, false]);
  });

  it('that looks for what no answer can be finds nothing', () => {
    const asked: string[] = [];
    const isNoList = (a: { [Symbol.iterator]?: unknown }): boolean => a[Symbol.iterator] === undefined;
    const ways = waysOf(isNoList, (id) => {
      asked.push(id);
      return [true, false];
    });
    expect(ways.map(({ result }) => result)).toEqual([true]);
    expect(asked).toEqual([]);
  });

  it('that fails for a reason of its own after reading an answer is heard', () => {
    const broken = (a: Readonly<Record<string, unknown>>): boolean => {
      try {
        return a['first'] === 'yes';
      } catch {
        throw new Error('broken');
      }
    };
    expect(() => waysOf(broken, valuesOf)).toThrow('broken');
  });

  it('that throws is heard', () => {
    const broken = (a: Readonly<Record<string, unknown>>): boolean => {
      if (a['first'] === 'no') throw new Error('broken');
      return true;
    };
    expect(() => waysOf(broken, valuesOf)).toThrow('broken');
  });
});
