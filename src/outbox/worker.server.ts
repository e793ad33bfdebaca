/** Delivers what waits in the outbox: claim, send, record, for as long as the process lives. */
import { createHash } from 'node:crypto';
import { makeBreaker } from './breaker.ts';
import { longestWaitMs, nextStep } from './next-step.ts';
import type { AttemptResult, Claim, Clock, OutboxLog, OutboxStore, Sender } from './outbox.ts';

export type Worker = {
  start(): void;
  /** Something new is waiting: look now. */
  nudge(): void;
  /**
   * Claims nothing more. Attempts in flight have `graceMs` to finish; then they are broken off and their claims given
   * back. Resolves when no attempt is left.
   */
  stop(graceMs?: number): Promise<void>;
};

/** Longer than any attempt may take (see the client’s deadlines), so that two attempts for one entry do not overlap. */
const leaseMs = 60_000;
/** How long the worker rests at most: entries given back by another process, and clocks that move, are found by then. */
const longestRestMs = 30_000;
/** After an error; twice as long after each more in a row, so that the log is not flooded while a disk is broken. */
const restAfterErrorMs = 1_000;
const tidyEveryMs = 10 * 60_000;
/** It does something once a day only; asking often lets a failed comparison be made up for. */
const reconcileEveryMs = 10 * 60_000;
const lanes = 4;

export function makeWorker(parts: {
  store: OutboxStore;
  send: Sender;
  clock: Clock;
  random: () => number;
  log: OutboxLog;
  /** A round of the reconciliation; see reconciliation.ts. */
  reconcile?: (signal: AbortSignal) => Promise<void>;
}): Worker {
  const { store, send, clock, random } = parts;
  const breaker = makeBreaker();

  /** A log that fails must not stop deliveries either. */
  const log: OutboxLog = (event) => {
    try {
      parts.log(event);
    } catch {
      // There is nowhere left to tell it.
    }
  };

  const stopping = new AbortController();
  const breakOff = new AbortController();
  let waking = new AbortController();
  let running: Promise<void>[] = [];

  function nudge(): void {
    const woken = waking;
    waking = new AbortController();
    woken.abort();
  }

  /** Runs until told to stop. Whatever goes wrong inside is logged and tried again: an error must not end deliveries. */
  async function forever(turn: () => Promise<number>): Promise<void> {
    let errors = 0;
    while (!stopping.signal.aborted) {
      // Taken before the turn looks at the store: a nudge that comes while it looks must not be lost.
      const woken = waking.signal;
      try {
        const restMs = await turn();
        errors = 0;
        if (restMs > 0) await clock.sleep(restMs, woken);
      } catch (error) {
        log({ event: 'outbox.failed', error });
        await clock.sleep(Math.min(restAfterErrorMs * 2 ** errors, longestRestMs), stopping.signal);
        errors += 1;
      }
    }
  }

  async function deliverOne(): Promise<number> {
    const now = clock.now();
    const heldBackMs = breaker.waitMs(now);
    if (heldBackMs > 0) {
      // Not woken by a nudge: what was accepted just now meets the same Gateway.
      await clock.sleep(heldBackMs, stopping.signal);
      return 0;
    }
    const claim = await claimOne(now);
    if (!claim) {
      const due = await store.nextDueAt();
      const untilDueMs = due === undefined ? longestRestMs : due - clock.now();
      // At least a little: an entry that is due but leased to another lane must not make this one spin.
      return Math.min(Math.max(untilDueMs, 250), longestRestMs);
    }
    const result = await attempt(claim);
    const state = breaker.record(result, clock.now());
    if (state) log({ event: 'outbox.breaker', state });
    await record(claim, result);
    return 0;
  }

  async function claimOne(now: number): Promise<Claim | undefined> {
    let claim: Claim | undefined;
    try {
      claim = await store.claim({ now, leaseMs, longestWaitMs });
      return claim;
    } finally {
      if (!claim) breaker.giveBack();
    }
  }

  async function attempt(claim: Claim): Promise<AttemptResult> {
    // A disk can change bytes without any error: what was not accepted is not sent.
    if (createHash('sha256').update(claim.sealed).digest('hex') !== claim.sha256) return { kind: 'damaged' };
    try {
      return await send(claim, breakOff.signal);
    } catch (error) {
      log({ event: 'outbox.failed', error });
      return { kind: 'no-answer', why: 'other' };
    }
  }

  async function record(claim: Claim, result: AttemptResult): Promise<void> {
    const { id, attempts } = claim;
    const next = nextStep(result, attempts, random);
    const now = clock.now();
    const status = result.kind === 'answered' ? { status: result.status } : {};
    switch (next.step) {
      case 'delivered':
        await store.delivered(claim, {
          deliveredAt: now,
          gatewayReference: next.gatewayReference,
          receivedAt: next.receivedAt,
        });
        log({ event: 'outbox.delivered', id, attempts, ageMs: now - claim.createdAt });
        return;
      case 'again':
        await store.again(claim, now + next.waitMs);
        log({
          event: 'outbox.again',
          id,
          attempts,
          waitMs: next.waitMs,
          ...status,
          ...('why' in result && { why: result.why }),
        });
        return;
      case 'alarm':
        await store.again(claim, now + next.waitMs);
        log({
          event: 'outbox.alarm',
          id,
          attempts,
          waitMs: next.waitMs,
          ...status,
          ...(result.kind === 'cannot-open' && { why: result.kind }),
          ...(result.kind === 'no-answer' && result.why === 'certificate' && { why: result.why }),
        });
        return;
      case 'park':
        await store.park(claim, { parkedAt: now, reason: next.reason });
        log({ event: 'outbox.parked', id, attempts, reason: next.reason, ...status });
        return;
      case 'release':
        await store.release(claim);
        log({ event: 'outbox.released', id, attempts });
        return;
    }
  }

  async function tidy(): Promise<number> {
    await store.tidy(clock.now());
    // Not woken by a nudge: every referral would tidy.
    await clock.sleep(tidyEveryMs, stopping.signal);
    return 0;
  }

  async function reconcile(): Promise<number> {
    try {
      await parts.reconcile?.(stopping.signal);
    } finally {
      await clock.sleep(reconcileEveryMs, stopping.signal);
    }
    return 0;
  }

  return {
    start() {
      if (running.length > 0 || stopping.signal.aborted) return;
      running = [...Array.from({ length: lanes }, () => forever(deliverOne)), forever(tidy), forever(reconcile)];
    },
    nudge,
    async stop(graceMs = 10_000) {
      stopping.abort();
      nudge();
      const patience = setTimeout(() => breakOff.abort(), graceMs);
      await Promise.all(running);
      clearTimeout(patience);
    },
  };
}
