/** A group commit: those who come at the same moment share one, and nobody fails for another’s reason. */
import { expect, test } from 'vitest';
import { together } from '#store/together.ts';

const double = (items: readonly number[]): readonly number[] =>
  items.map((item) => {
    if (item < 0) throw new Error(`${item} is refused`);
    return item * 2;
  });

test('all who come at the same moment are served by one piece of work, each with its own result', async () => {
  const rounds: number[] = [];
  const ask = together(async (items: readonly number[]) => {
    rounds.push(items.length);
    return double(items);
  });
  expect(await Promise.all(Array.from({ length: 250 }, (_, at) => ask(at)))).toEqual(
    Array.from({ length: 250 }, (_, at) => at * 2),
  );
  expect(rounds).toEqual([100, 100, 50]);
});

test('who comes while the work is done waits for the next, and nobody is answered before it is done', async () => {
  const rounds: (readonly number[])[] = [];
  let finish: () => void = () => undefined;
  const ask = together(async (items: readonly number[]) => {
    rounds.push(items);
    await new Promise<void>((resolve) => (finish = resolve));
    return double(items);
  });
  let answered = 0;
  const first = ask(1).then((result) => ((answered += 1), result));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const second = ask(2);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect({ rounds, answered }).toEqual({ rounds: [[1]], answered: 0 });
  finish();
  expect(await first).toBe(2);
  await new Promise((resolve) => setTimeout(resolve, 20));
  finish();
  expect(await second).toBe(4);
  expect(rounds).toEqual([[1], [2]]);
});

test('when the work fails for all, it is tried for each alone: only those fail who are the reason', async () => {
  const ask = together(async (items: readonly number[]) => double(items));
  const settled = await Promise.allSettled([1, -2, 3].map(ask));
  expect(settled.map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason)))).toEqual([
    2,
    'Error: -2 is refused',
    6,
  ]);
  expect(await ask(4), 'and it goes on').toBe(8);
});
