/** The log: whatever is thrown at it, no word of a person comes out. */
import { describe, expect, test } from 'vitest';
import { makeLog, type LogEntry } from '#server/log.ts';

function logged(entry: unknown): string {
  const lines: string[] = [];
  makeLog(
    (line) => lines.push(line),
    () => Date.UTC(2026, 10, 23, 12),
  )(entry as LogEntry);
  return lines.join('');
}

const id = '5d0f2c6e-2f43-4a55-9a4e-0a3c5d8b7f10';

describe('the log', () => {
  test('writes one line of JSON with the time, the level, the event and its fields', () => {
    const line = logged({ event: 'outbox.delivered', id, attempts: 2, ageMs: 900 });
    expect(line.endsWith('}\n')).toBe(true);
    expect(JSON.parse(line)).toEqual({
      at: '2026-11-23T12:00:00.000Z',
      level: 'info',
      event: 'outbox.delivered',
      id: expect.stringMatching(/^[0-9a-f]{12}$/),
      attempts: 2,
      ageMs: 900,
    });
  });

  test('shows the same id as the same hash, and never the id', () => {
    const line = logged({ event: 'outbox.released', id, attempts: 1 });
    expect(line).not.toContain(id);
    expect(JSON.parse(logged({ event: 'gateway.received', id: id.toUpperCase() })).id).toBe(JSON.parse(line).id);
  });

  test('marks what a person must look at', () => {
    expect(
      JSON.parse(logged({ event: 'outbox.parked', id, attempts: 1, reason: 'refused', status: 422 })),
    ).toMatchObject({
      level: 'alarm',
      reason: 'refused',
      status: 422,
    });
  });

  test.each<[string, unknown]>([
    ['an event that is not in the list', { event: 'canary', id }],
    ['a field that is not in the list', { event: 'outbox.released', id, attempts: 1, note: 'canary' }],
    ['words instead of an id', { event: 'outbox.released', id: 'canary', attempts: 1 }],
    ['words instead of a number', { event: 'outbox.released', id, attempts: 'canary' }],
    ['a word that is not in the list', { event: 'outbox.parked', id, attempts: 1, reason: 'canary' }],
    ['the message of an error', { event: 'outbox.failed', error: new Error('canary') }],
    ['the code of an error', { event: 'outbox.failed', error: Object.assign(new Error(), { code: 'canary' }) }],
    ['the name of an error', { event: 'outbox.failed', error: Object.assign(new Error(), { name: 'canary' }) }],
    ['something thrown that is no error', { event: 'outbox.failed', error: 'canary' }],
    ['an event named after a method', { event: 'toString', note: 'canary' }],
  ])('leaves out %s', (_, entry) => {
    expect(logged(entry)).not.toContain('canary');
  });

  test('an error keeps its class, its codes and places in our own code', () => {
    const error = Object.assign(new TypeError('canary'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
    error.stack =
      'TypeError: canary\n    at accept (file:///srv/site/src/store/sqlite-store.server.ts:92:7)\n    at node:internal/x:1:1';
    expect(JSON.parse(logged({ event: 'outbox.failed', error })).error).toEqual({
      class: 'TypeError',
      code: 'ERR_SQLITE_ERROR',
      errcode: 13,
      at: ['src/store/sqlite-store.server.ts:92'],
    });
  });
});
