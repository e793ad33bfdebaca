/** What an operator watches, in the text format of Prometheus. Counts of everybody together: no label says who, where or about what. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Store } from '#store/store.server.ts';
import { levelOf, type Log, type LogEntry } from './log.ts';

export interface Metrics {
  /** The same log, which also counts what goes through it. */
  counting(log: Log): Log;
  /** From now on these are asked for what waits, whenever somebody reads the figures. */
  watch(store: Pick<Store, 'standing' | 'countDrafts'>, now: () => number): void;
  /** All figures as they are now. Rejects if the store does not answer. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** What an attempt to deliver came to, by the event that tells it. */
const resultOf: Partial<Record<LogEntry['event'], string>> = {
  'outbox.delivered': 'delivered',
  'outbox.again': 'again',
  'outbox.alarm': 'alarm',
  'outbox.parked': 'parked',
  'outbox.released': 'released',
};

export function makeMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });

  // Memory, processor and event loop, under the names that every dashboard knows.
  collectDefaultMetrics({ register: registry });
  const accepted = counter('advocate_referrals_accepted_total', 'Referrals that are safe on the disk.');
  const suspect = counter('advocate_referrals_suspect_total', 'Accepted referrals that were marked: perhaps a robot.');
  const notAccepted = counter('advocate_referrals_not_accepted_total', 'Referrals that could not be kept.');
  const delivered = counter('advocate_referrals_delivered_total', 'Referrals that the Gateway has acknowledged.');
  const attempts = counter('advocate_delivery_attempts_total', 'Attempts to deliver, by what they came to.', [
    'result',
  ]);
  const refused = counter('advocate_requests_refused_total', 'Requests answered with an error, by status.', ['status']);
  const alarms = counter('advocate_alarms_total', 'Lines of the log that a person must look at, by event.', ['event']);
  const waiting = gauge('advocate_referrals_waiting', 'Referrals that wait for the Gateway.');
  const parked = gauge('advocate_referrals_parked', 'Referrals that wait for a person to look at them.');
  const oldest = gauge('advocate_referral_oldest_age_seconds', 'Age of the oldest referral not delivered; 0 if none.');
  const drafts = gauge('advocate_drafts', 'Referrals begun, not sent and not yet deleted.');
  const uptime = gauge('advocate_uptime_seconds', 'How long this process has been running.');
  for (const result of new Set(Object.values(resultOf))) attempts.inc({ result }, 0);

  let refresh = async (): Promise<void> => {};

  return {
    counting: (log) => (entry) => {
      const result = resultOf[entry.event];
      if (result) attempts.inc({ result });
      if (entry.event === 'referral.accepted') accepted.inc();
      else if (entry.event === 'referral.suspect') suspect.inc();
      else if (entry.event === 'referral.not-accepted') notAccepted.inc();
      else if (entry.event === 'outbox.delivered') delivered.inc();
      else if (entry.event === 'request.refused') refused.inc({ status: entry.status });
      if (levelOf(entry.event) === 'alarm') alarms.inc({ event: entry.event });
      log(entry);
    },
    watch(store, now) {
      refresh = async () => {
        const at = now();
        const standing = await store.standing();
        waiting.set(standing.waiting);
        parked.set(standing.parked);
        oldest.set(standing.oldestAcceptedAt === undefined ? 0 : Math.max(0, (at - standing.oldestAcceptedAt) / 1000));
        drafts.set(await store.countDrafts(at));
      };
    },
    async text() {
      await refresh();
      uptime.set(process.uptime());
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
