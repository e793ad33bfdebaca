/** One piece of work for all who ask at the same moment: a group commit, when the work is a transaction. */

/** How many are served by one piece of work at most: nobody should wait for a crowd. */
const mostAtOnce = 100;

interface Waiter<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A function for one item that does its work for all items of the moment at once, one piece of work at a time.
 * @param work all or nothing, with a result for each item, in order. When it fails for several, each is tried alone, so
 * that nobody fails for another’s reason
 */
export function together<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  let waiting: Waiter<Item, Result>[] = [];
  let isRunning = false;

  async function serve(waiters: readonly Waiter<Item, Result>[]): Promise<void> {
    try {
      const results = await work(waiters.map(({ item }) => item));
      for (const [at, { resolve }] of waiters.entries()) resolve(results[at]!);
    } catch (error) {
      if (waiters.length === 1) return waiters[0]!.reject(error);
      for (const waiter of waiters) await serve([waiter]);
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      // Whoever is being read or sealed in this turn of the event loop comes along.
      await new Promise((resolve) => setImmediate(resolve));
      const now = waiting.slice(0, mostAtOnce);
      waiting = waiting.slice(mostAtOnce);
      await serve(now);
    }
    isRunning = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isRunning) return;
      isRunning = true;
      void run();
    });
}
