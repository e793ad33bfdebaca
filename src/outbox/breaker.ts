/**
 * The circuit breaker: when nothing gets through, one attempt at a time finds out whether the Gateway is back, and the
 * others wait. It holds up deliveries only; referrals are accepted as ever.
 */
import { longestProbeWaitMs, probeWaitMs, signOf } from './next-step.ts';
import type { AttemptResult } from './outbox.ts';

const failuresToOpen = 5;

export type Breaker = {
  /** How long to wait before the next attempt may be made, 0 for none. When it is open, 0 gives the one probe away. */
  waitMs(now: number): number;
  /** The probe was not used: nothing was due. */
  giveBack(): void;
  /** What changed, if anything. */
  record(result: AttemptResult, now: number): 'open' | 'closed' | undefined;
};

export function makeBreaker(): Breaker {
  let failuresInARow = 0;
  let open: { probes: number; nextProbeAt: number; probing: boolean } | undefined;

  return {
    waitMs(now) {
      if (!open) return 0;
      const untilMs = open.nextProbeAt - now;
      // A probe is never this far away: the clock has been set back.
      const isDue = untilMs <= 0 || untilMs > longestProbeWaitMs;
      if (open.probing || !isDue) return Math.min(Math.max(untilMs, probeWaitMs(0)), longestProbeWaitMs);
      open.probing = true;
      return 0;
    },

    giveBack() {
      if (open) open.probing = false;
    },

    record(result, now) {
      const sign = signOf(result);
      if (sign === 'nothing') {
        if (open) open.probing = false;
        return undefined;
      }
      if (sign === 'works') {
        failuresInARow = 0;
        const wasOpen = open !== undefined;
        open = undefined;
        return wasOpen ? 'closed' : undefined;
      }
      failuresInARow += 1;
      if (open) {
        // An attempt that was under way when it opened is no probe.
        if (!open.probing) return undefined;
        open = { probes: open.probes + 1, nextProbeAt: now + probeWaitMs(open.probes + 1), probing: false };
        return undefined;
      }
      if (failuresInARow < failuresToOpen) return undefined;
      open = { probes: 0, nextProbeAt: now + probeWaitMs(0), probing: false };
      return 'open';
    },
  };
}
