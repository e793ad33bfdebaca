/** The figures: what happens is counted, and nothing in them points at a person. */
import { expect, test } from 'vitest';
import { makeMetrics } from '#server/metrics.ts';
import type { LogEntry } from '#server/log.ts';

const id = '5d0f2c6e-2f43-4a55-9a4e-0a3c5d8b7f10';
const now = Date.UTC(2026, 10, 23, 12);

async function figuresAfter(...entries: LogEntry[]): Promise<string> {
  const metrics = makeMetrics();
  const logged: LogEntry[] = [];
  const log = metrics.counting((entry) => logged.push(entry));
  metrics.watch(
    {
      standing: () => Promise.resolve({ waiting: 3, parked: 1, oldestAcceptedAt: now - 90_000 }),
      countDrafts: () => Promise.resolve(12),
    },
    () => now,
  );
  for (const entry of entries) log(entry);
  expect(logged).toEqual(entries);
  return metrics.text();
}

test('what waits, how long, and how many drafts there are is asked of the store each time', async () => {
  const text = await figuresAfter();
  for (const line of [
    'advocate_referrals_waiting 3',
    'advocate_referrals_parked 1',
    'advocate_referral_oldest_age_seconds 90',
    'advocate_drafts 12',
    'advocate_referrals_accepted_total 0',
    'advocate_delivery_attempts_total{result="again"} 0',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).toMatch(/^process_resident_memory_bytes \d/m);
  expect(text).toMatch(/^advocate_uptime_seconds \d/m);
});

test('what is logged is counted by kind, and logged', async () => {
  const text = await figuresAfter(
    { event: 'referral.accepted', id, ms: 9 },
    { event: 'referral.suspect' },
    { event: 'outbox.again', id, attempts: 1, waitMs: 5, status: 503 },
    { event: 'outbox.delivered', id, attempts: 2, ageMs: 900 },
    { event: 'outbox.parked', id, attempts: 1, reason: 'refused', status: 422 },
    { event: 'request.refused', status: 404 },
    { event: 'request.refused', status: 404 },
    { event: 'referral.not-accepted', error: new Error('canary') },
  );
  for (const line of [
    'advocate_referrals_accepted_total 1',
    'advocate_referrals_suspect_total 1',
    'advocate_referrals_not_accepted_total 1',
    'advocate_referrals_delivered_total 1',
    'advocate_delivery_attempts_total{result="again"} 1',
    'advocate_delivery_attempts_total{result="delivered"} 1',
    'advocate_delivery_attempts_total{result="parked"} 1',
    'advocate_requests_refused_total{status="404"} 2',
    'advocate_alarms_total{event="outbox.parked"} 1',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).not.toContain(id);
  expect(text).not.toContain('canary');
});

test('no label says who, where, in which language or about what', async () => {
  const text = await figuresAfter({ event: 'request.refused', status: 413 });
  const ours = text.split('\n').filter((line) => line.startsWith('advocate_'));
  const labels = new Set(ours.flatMap((line) => [...line.matchAll(/[{,](\w+)=/g)].map(([, name]) => name)));
  expect([...labels].sort()).toEqual(['result', 'status']);
});
