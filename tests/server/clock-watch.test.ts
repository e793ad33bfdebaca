/** A clock that is set while the site runs is told once; what moves it a little is not. */
import { expect, test } from 'vitest';
import { watchClock } from '#server/clock-watch.ts';
import type { LogEntry } from '#server/log.ts';

test('each setting by more than five minutes is one line, with its direction', () => {
  const lines: LogEntry[] = [];
  let [wall, steady] = [1_000_000, 50];
  const look = watchClock({ wall: () => wall, steady: () => steady, log: (entry) => lines.push(entry) });
  const pass = (ms: number, setBy = 0): void => {
    [wall, steady] = [wall + ms + setBy, steady + ms];
    look();
  };
  pass(5_000);
  pass(3_600_000);
  pass(5_000, 299_000);
  expect(lines).toEqual([]);
  pass(5_000, 86_400_000);
  pass(5_000);
  pass(5_000, -86_400_000);
  expect(lines).toEqual([
    { event: 'clock.moved', seconds: 86_400 },
    { event: 'clock.moved', seconds: -86_400 },
  ]);
});
