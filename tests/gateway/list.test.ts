/** The Gateway’s list of a day: what the embedded one answers, and what the site makes of good, bad and strange answers. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { gatewayList } from '#gateway/list.server.ts';
import type { DayList } from '#outbox/outbox.ts';
import { sealTo } from '#seal/seal.server.ts';
import { startEmbeddedGateway } from './embedded-server.ts';
import { sendJson, startServer } from '../support/faulty-gateway.ts';
import { mairsReferral } from '../support/referral.ts';

const day = '2026-11-23';
const never = new AbortController().signal;

async function listFrom(answer: Parameters<typeof startServer>[0]): Promise<DayList> {
  const { url } = await startServer(answer);
  return gatewayList({ url: () => new URL(url), token: 'a-token', deadlineMs: 1_000 })(day, never);
}

describe('the embedded Gateway', () => {
  test('lists the ids that it received on a day, and those alone', async () => {
    const to = await startEmbeddedGateway();
    const message = mairsReferral();
    const { sealed } = await sealTo(to.gateway.recipient, message.id, message);
    const { token } = to.gateway;
    await fetch(to.url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'idempotency-key': `"${message.id}"`,
        'content-type': 'application/jose',
      },
      body: Buffer.from(sealed),
    });
    const list = gatewayList({ url: () => new URL(to.url), token });
    const today = new Date().toISOString().slice(0, 10);
    expect(await list(today, never)).toEqual({ kind: 'listed', ids: [message.id] });
    expect(await list('2020-01-01', never)).toEqual({ kind: 'listed', ids: [] });
  });

  test('tells nobody else, and refuses what is no day', async () => {
    const to = await startEmbeddedGateway();
    const list = (token: string, on = day): Promise<DayList> =>
      gatewayList({ url: () => new URL(to.url), token })(on, never);
    expect(await list('another')).toEqual({ kind: 'failed', status: 401 });
    for (const on of ['', '%', '2026-02-30', '2026-11']) {
      expect(await list(to.gateway.token, on)).toEqual({ kind: 'failed', status: 400 });
    }
  });
});

describe('what the site makes of the answer', () => {
  test('one GET with the day and the token', async () => {
    const ids = [randomUUID()];
    const { url, received } = await startServer((response) => sendJson(response, 200, { day, ids }));
    url.searchParams.set('site', 'wales');
    expect(await gatewayList({ url: () => new URL(url), token: 'a-token' })(day, never)).toEqual({
      kind: 'listed',
      ids,
    });
    expect(received[0]).toMatchObject({
      method: 'GET',
      url: `/gateway/v1/referrals?site=wales&day=${day}`,
      headers: { authorization: 'Bearer a-token' },
    });
  });

  test.each([404, 405, 501])('%i means that this Gateway has no list', async (status) => {
    expect(await listFrom((response) => sendJson(response, status, {}))).toEqual({ kind: 'not-available' });
  });

  test.each([201, 204, 301, 401, 429, 500, 503])('%i is a failure, to be tried again', async (status) => {
    expect(await listFrom((response) => response.writeHead(status).end())).toEqual({ kind: 'failed', status });
  });

  test.each<[string, unknown]>([
    ['another day', { day: '2026-11-22', ids: [] }],
    ['no ids', { day }],
    ['ids that are none', { day, ids: ['7'] }],
    ['a list without its day', []],
    ['nothing', null],
  ])('%s is not a list', async (_, answer) => {
    expect(await listFrom((response) => sendJson(response, 200, answer))).toEqual({
      kind: 'failed',
      why: 'not-the-contract',
    });
  });

  test('a web page is not one either', async () => {
    expect(await listFrom((response) => response.writeHead(200).end('<h1>Welcome</h1>'))).toEqual({
      kind: 'failed',
      why: 'not-the-contract',
    });
  });

  test('a list that never ends is left at its limit', async () => {
    const answer = listFrom((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = setInterval(() => response.write('x'.repeat(400_000)), 1);
      response.on('close', () => clearInterval(more));
    });
    expect(await answer).toEqual({ kind: 'failed', why: 'too-long' });
  });

  test('silence runs into the deadline, and nobody there is no answer', async () => {
    expect(await listFrom(() => {})).toEqual({ kind: 'failed', why: 'no-answer' });
    const nobody = gatewayList({ url: () => new URL('http://127.0.0.1:9/') });
    expect(await nobody(day, never)).toEqual({ kind: 'failed', why: 'no-answer' });
  });
});
