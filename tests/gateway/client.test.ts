/** One attempt, against servers that behave well, badly, or not at all. */
import { randomUUID } from 'node:crypto';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { gatewayClient, retryAfterFrom, type Deadlines } from '#gateway/client.server.ts';
import type { AttemptResult } from '#outbox/outbox.ts';
import { rightAnswer, sendJson, startServer, type Received } from '../support/faulty-gateway.ts';

const deadlines: Deadlines = { connectMs: 200, responseMs: 300, totalMs: 500 };
const noon = Date.UTC(2026, 10, 23, 12);
const body = Buffer.from('sealed.bytes.of.a.referral');
const never = new AbortController().signal;

const attempt = (url: URL, signal: AbortSignal = never): Promise<AttemptResult> =>
  gatewayClient({ url: () => url, token: 'a-token', now: () => noon, deadlines })(
    { id: randomUUID(), body, format: 'jwe' },
    signal,
  );

async function attemptAt(answer: Parameters<typeof startServer>[0]): Promise<AttemptResult> {
  return attempt((await startServer(answer)).url);
}

describe('what is sent', () => {
  test('one POST with the token, the quoted id, the content type and the bytes as they are', async () => {
    const { url, received } = await startServer((response, whole) => sendJson(response, 201, rightAnswer(whole)));
    const id = randomUUID();
    const post = gatewayClient({ url: () => url, token: 'a-token', now: () => noon });
    expect(await post({ id, body, format: 'jwe' }, never)).toEqual({
      kind: 'acknowledged',
      gatewayReference: 'G-7KQM4T9X',
      receivedAt: noon,
    });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      method: 'POST',
      url: '/gateway/v1/referrals',
      headers: { authorization: 'Bearer a-token', 'idempotency-key': `"${id}"`, 'content-type': 'application/jose' },
    });
    expect(received[0]?.body.equals(body)).toBe(true);
  });

  test('JSON goes out as JSON, and without a token no Authorization is sent', async () => {
    const { url, received } = await startServer((response, whole) => sendJson(response, 200, rightAnswer(whole)));
    const post = gatewayClient({ url: () => url, now: () => noon });
    expect((await post({ id: randomUUID(), body, format: 'json' }, never)).kind).toBe('acknowledged');
    expect(received[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(received[0]?.headers).not.toHaveProperty('authorization');
  });
});

describe('what counts as an acknowledgement', () => {
  test.each<[string, (whole: Received) => unknown, AttemptResult]>([
    [
      'another id',
      (whole) => ({ ...rightAnswer(whole), id: randomUUID() }),
      { kind: 'not-acknowledged', why: 'wrong-id' },
    ],
    [
      'another hash',
      (whole) => ({ ...rightAnswer(whole), sha256: '0'.repeat(64) }),
      { kind: 'not-acknowledged', why: 'wrong-sha256' },
    ],
    [
      'no reference',
      (whole) => ({ ...rightAnswer(whole), gatewayReference: undefined }),
      { kind: 'not-acknowledged', why: 'not-the-contract' },
    ],
    [
      'an empty reference',
      (whole) => ({ ...rightAnswer(whole), gatewayReference: '' }),
      { kind: 'not-acknowledged', why: 'not-the-contract' },
    ],
    ['an empty object', () => ({}), { kind: 'not-acknowledged', why: 'not-the-contract' }],
    ['a list', () => [], { kind: 'not-acknowledged', why: 'not-the-contract' }],
    [
      'a huge answer',
      (whole) => ({ ...rightAnswer(whole), more: 'x'.repeat(10_000_000) }),
      { kind: 'not-acknowledged', why: 'too-long' },
    ],
  ])('%s does not', async (_, answer, result) => {
    expect(await attemptAt((response, whole) => sendJson(response, 201, answer(whole)))).toEqual(result);
  });

  test('the same ids and hashes in capitals do', async () => {
    const result = await attemptAt((response, whole) => {
      const right = rightAnswer(whole);
      sendJson(response, 201, { ...right, id: right.id.toUpperCase(), sha256: right.sha256.toUpperCase() });
    });
    expect(result.kind).toBe('acknowledged');
  });

  test('a web page does not, even with 200', async () => {
    const result = await attemptAt((response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to the proxy</h1>'),
    );
    expect(result).toEqual({ kind: 'not-acknowledged', why: 'not-json' });
  });

  test.each([202, 204, 206, 299])('%i does not, whatever it says', async (status) => {
    const result = await attemptAt((response, whole) => sendJson(response, status, rightAnswer(whole)));
    expect(result).toEqual({ kind: 'not-acknowledged', why: 'not-201' });
  });

  test('broken JSON and an empty answer do not', async () => {
    for (const text of ['{"id":', '']) {
      const result = await attemptAt((response) =>
        response.writeHead(201, { 'content-type': 'application/json' }).end(text),
      );
      expect(result).toEqual({ kind: 'not-acknowledged', why: 'not-json' });
    }
  });
});

describe('refusals and faults', () => {
  test.each([400, 401, 403, 404, 409, 413, 415, 422, 500, 502])('%i is handed on as it is', async (status) => {
    expect(await attemptAt((response) => sendJson(response, status, { title: 'no' }))).toEqual({
      kind: 'answered',
      status,
    });
  });

  test('a redirect is not followed', async () => {
    const elsewhere = await startServer((response, whole) => sendJson(response, 201, rightAnswer(whole)));
    const result = await attemptAt((response) =>
      response.writeHead(307, { location: elsewhere.url.href, 'content-type': 'application/json' }).end(),
    );
    expect(result).toEqual({ kind: 'answered', status: 307 });
    expect(elsewhere.received).toHaveLength(0);
  });

  test('503 carries the time to come back, in seconds or as a date', async () => {
    const at = (retryAfter: string): Promise<AttemptResult> =>
      attemptAt((response) => sendJson(response, 503, {}, { 'retry-after': retryAfter }));
    expect(await at('120')).toEqual({ kind: 'answered', status: 503, retryAfterMs: 120_000 });
    expect(await at(new Date(noon + 60_000).toUTCString())).toEqual({
      kind: 'answered',
      status: 503,
      retryAfterMs: 60_000,
    });
    expect(await at('soon')).toEqual({ kind: 'answered', status: 503 });
  });

  test('a Retry-After that lies in the past or is absurd does no harm', () => {
    expect(retryAfterFrom(new Date(noon - 1_000).toUTCString(), noon)).toBe(0);
    expect(retryAfterFrom('999999999999', noon)).toBe(999_999_999_999_000);
    expect(retryAfterFrom('-5', noon)).not.toBeLessThan(0);
    expect(retryAfterFrom(undefined, noon)).toBeUndefined();
  });

  test('a refusal with an endless body is understood from its first line', async () => {
    const result = await attemptAt((response) => {
      response.writeHead(422, { 'content-type': 'application/problem+json' });
      const more = setInterval(() => response.write('x'.repeat(10_000)), 1);
      response.on('close', () => clearInterval(more));
    });
    expect(result).toEqual({ kind: 'answered', status: 422 });
  });

  test('nobody listens', async () => {
    const { url } = await startServer(() => {});
    const closed = new URL(url);
    closed.port = '9';
    expect(await attempt(closed)).toEqual({ kind: 'no-answer', why: 'no-connection' });
  });

  test('a name that does not exist', async () => {
    const result = await attempt(new URL('http://gateway.invalid/referrals'));
    expect(result.kind).toBe('no-answer');
  });

  test('a server that takes the connection and says nothing runs into the deadline', async () => {
    const begun = performance.now();
    expect(await attemptAt(() => {})).toEqual({ kind: 'no-answer', why: 'time-out' });
    expect(performance.now() - begun).toBeLessThan(450);
  });

  test('an answer that trickles for ever runs into the total deadline', async () => {
    const result = await attemptAt((response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      const more = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(more));
    });
    expect(result).toEqual({ kind: 'no-answer', why: 'time-out' });
  });

  test('a connection that never comes to stand runs into its own deadline', async () => {
    // TLS is asked of a server that never speaks it.
    const mute = createTcpServer(() => {});
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void mute.close());
    const begun = performance.now();
    const result = await attempt(new URL(`https://127.0.0.1:${(mute.address() as AddressInfo).port}/`));
    expect(result).toEqual({ kind: 'no-answer', why: 'time-out' });
    expect(performance.now() - begun).toBeLessThan(290);
  });

  test('a connection cut after the referral was received is a fault, not an acknowledgement', async () => {
    expect(await attemptAt((response) => response.socket?.destroy())).toEqual({ kind: 'no-answer', why: 'cut' });
  });

  test('an answer cut in the middle is a fault', async () => {
    const result = await attemptAt((response, whole) => {
      const text = JSON.stringify(rightAnswer(whole));
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': text.length });
      response.write(text.slice(0, 30), () => response.socket?.destroy());
    });
    expect(result).toEqual({ kind: 'no-answer', why: 'cut' });
  });

  test('something that is not HTTP is a fault', async () => {
    const strange = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    await new Promise<void>((resolve) => strange.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void strange.close());
    const result = await attempt(new URL(`http://127.0.0.1:${(strange.address() as AddressInfo).port}/`));
    expect(result.kind).toBe('no-answer');
  });

  test('an attempt can be broken off, before it begins and in the middle', async () => {
    const { url } = await startServer(() => {});
    expect(await attempt(url, AbortSignal.abort())).toEqual({ kind: 'stopped' });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    expect(await attempt(url, stop.signal)).toEqual({ kind: 'stopped' });
  });
});
