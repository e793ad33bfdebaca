/** What a condition turns on: found by asking it, never written beside it. */

/** One way through a condition: the answers that it read, with what it found there, and what it came to. */
export interface Way<Result> {
  readonly read: ReadonlyMap<string, unknown>;
  readonly result: Result;
}

/** Thrown where an answer is read of which nothing is known yet. One for all: to make one each time is what would take long. */
const notKnownYet = new Error('Nothing is known of this answer yet.');

/**
 * Every way through a condition. Each answer that it reads is given, in turn, every value that it may have; what it never reads
 * is never varied. An answer that was read and made no difference on a way is not named there.
 * @param valuesOf all that an answer may be; `undefined` among them where it may be missing
 */
export function waysOf<Result>(
  condition: (answers: Readonly<Record<string, unknown>>) => Result,
  valuesOf: (id: string) => readonly unknown[],
): Way<Result>[] {
  const from = (known: ReadonlyMap<string, unknown>): Way<Result>[] => {
    const asked = { id: undefined as string | undefined };
    const answers = new Proxy<Record<string, unknown>>(
      {},
      {
        get: (_, id) => {
          if (typeof id === 'string' && !known.has(id)) {
            asked.id = id;
            throw notKnownYet;
          }
          return typeof id === 'string' ? known.get(id) : undefined;
        },
      },
    );
    try {
      return [{ read: known, result: condition(answers) }];
    } catch (error) {
      const { id } = asked;
      if (id === undefined || error !== notKnownYet) throw error;
      const each = valuesOf(id).map((value) => from(new Map([...known, [id, value]])));
      const results = new Set(each.map((ways) => (ways.length === 1 ? ways[0]?.result : ways)));
      const [only] = results;
      return results.size === 1 && each[0]?.length === 1 ? [{ read: known, result: only as Result }] : each.flat();
    }
  };
  return from(new Map());
}
