/** Once a day: does the Gateway have what it acknowledged, and is all that was ever accepted accounted for. */
import { dayMs, dayOf, startOf } from './days.ts';
import type { Balance, Clock, DayList, GatewayList, Ledger, OutboxLog } from './outbox.ts';

/** A day is compared when it has been over for this long: clocks differ. */
const settledAfterMs = 60 * 60_000;
const againAfterMs = 60 * 60_000;
/** Far fewer than the days for which tombstones are kept. */
const daysBack = 7;

export type DayCompared = { sent: number; missing: string[]; unknown: string[] };

/** How many referrals nothing accounts for; 0 is right. */
export const unaccounted = ({ received, delivered, withdrawn, waiting, parked }: Balance): number =>
  received - delivered - withdrawn - waiting - parked;

/** Compares one day of the Gateway’s clock, in UTC, or hands on why it could not. */
export async function compareDay(
  store: Ledger,
  list: GatewayList,
  day: string,
  signal: AbortSignal,
): Promise<DayCompared | Exclude<DayList, { kind: 'listed' }>> {
  const answer = await list(day, signal);
  if (answer.kind !== 'listed') return answer;
  const theirs = new Set(answer.ids.map((id) => id.toLowerCase()));
  const sent = await store.acknowledgedBetween(startOf(day), startOf(day) + dayMs);
  const missing = sent.filter((id) => !theirs.has(id.toLowerCase()));
  const known = await store.known([...theirs]);
  const first = await store.firstDay();
  // Before this database was in use, and on its first day, another one may have sent.
  const isOurs = first !== undefined && day > first;
  return { sent: sent.length, missing, unknown: isOurs ? [...theirs].filter((id) => !known.has(id)) : [] };
}

/** A round of the reconciliation: does what is due and not yet done, by this process or another. Call it now and then. */
export function makeReconciliation(parts: {
  store: Ledger;
  list: GatewayList;
  clock: Clock;
  log: OutboxLog;
}): (signal: AbortSignal) => Promise<void> {
  const { store, list, clock, log } = parts;
  const begin = (name: string): Promise<boolean> => {
    const now = clock.now();
    return store.beginComparison(name, { now, notSince: now - againAfterMs });
  };

  async function checkBalance(): Promise<void> {
    const name = `counts ${dayOf(clock.now())}`;
    if (!(await begin(name))) return;
    const gap = unaccounted(await store.balance());
    if (gap !== 0) log({ event: 'reconciliation.gap', missing: 0, unknown: 0, unaccounted: gap });
    await store.settleComparison(name, gap === 0 ? 'right' : 'gap');
  }

  async function checkDay(day: string, signal: AbortSignal): Promise<void> {
    const name = `list ${day}`;
    if (!(await begin(name))) return;
    const compared = await compareDay(store, list, day, signal);
    if (!('kind' in compared)) {
      const { sent, missing, unknown } = compared;
      const isRight = missing.length === 0 && unknown.length === 0;
      if (isRight) log({ event: 'reconciliation.done', sent });
      else {
        log({ event: 'reconciliation.gap', missing: missing.length, unknown: unknown.length, unaccounted: 0 });
      }
      await store.settleComparison(name, isRight ? 'right' : 'gap');
    } else if (compared.kind === 'failed') {
      const { kind: _, ...why } = compared;
      if (!signal.aborted) log({ event: 'reconciliation.failed', ...why });
    } else {
      const wasSo = (await store.lastOutcome('list ')) === 'not-available';
      log({ event: wasSo ? 'reconciliation.not-available' : 'reconciliation.no-list' });
      await store.settleComparison(name, 'not-available');
    }
  }

  return async (signal) => {
    await checkBalance();
    const first = await store.firstDay();
    if (first === undefined) return;
    const lastOver = startOf(dayOf(clock.now() - settledAfterMs)) - dayMs;
    for (let back = daysBack - 1; back >= 0; back -= 1) {
      const day = dayOf(lastOver - back * dayMs);
      if (day >= first && !signal.aborted) await checkDay(day, signal);
    }
  };
}
