/** Notices that the machine’s clock was set: drafts then end too early or too late, and dates are wrong. */
import type { Log } from './log.ts';

/** A clock that is kept right by the network is moved by less; so is one whose machine rested for a moment. */
const leastMs = 5 * 60_000;

/**
 * @param wall milliseconds since 1970
 * @param steady milliseconds since any moment, from a clock that nobody sets
 * @returns to be called again and again; writes one line for each time that the clock was set
 */
export function watchClock({ wall, steady, log }: { wall: () => number; steady: () => number; log: Log }): () => void {
  let difference = wall() - steady();
  return () => {
    const before = difference;
    difference = wall() - steady();
    const movedMs = difference - before;
    if (Math.abs(movedMs) >= leastMs) log({ event: 'clock.moved', seconds: Math.round(movedMs / 1000) });
  };
}
