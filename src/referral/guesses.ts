/** Slows guessing of status codes: a short wait for everybody, and an end of trying for one reference. Kept in memory alone. */

export interface Guesses {
  /** The same short wait before every look, right or wrong. */
  pause(): Promise<void>;
  /** Whether another try for this reference is looked at. `now` in ms since 1970. */
  allows(reference: string, now: number): boolean;
  missed(reference: string, now: number): void;
}

/** Room for somebody who reads a crumpled note three times over; at this rate 40 bits last for millions of years. */
const mostMisses = 10;
const missesLastMs = 15 * 60_000;
/** So that whoever tries many references does not fill the memory; the oldest go first. */
const mostReferences = 10_000;

/** References that do not exist are counted like others: nothing tells which do. */
export function countGuesses(pause: () => Promise<void>): Guesses {
  const misses = new Map<string, { count: number; until: number }>();
  const standing = (reference: string, now: number): { count: number; until: number } | undefined => {
    const found = misses.get(reference);
    // A clock that was set back must not close a reference for longer.
    return found && found.until > now && found.until <= now + missesLastMs ? found : undefined;
  };
  return {
    pause,
    allows: (reference, now) => (standing(reference, now)?.count ?? 0) < mostMisses,
    missed(reference, now) {
      const count = (standing(reference, now)?.count ?? 0) + 1;
      misses.delete(reference);
      misses.set(reference, { count, until: now + missesLastMs });
      const [oldest] = misses.keys();
      if (misses.size > mostReferences && oldest !== undefined) misses.delete(oldest);
    },
  };
}
