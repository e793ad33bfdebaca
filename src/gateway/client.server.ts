/** Makes one attempt at the Gateway: one POST to one fixed address, with a deadline, and a hard look at the answer. */
import { createHash } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AttemptResult, EntryKind, NoAnswer } from '#outbox/outbox.ts';
import { acknowledgement, contentTypes, idempotencyHeader, idempotencyKeyOf, maxAnswerBytes } from './contract.ts';

export type Deadlines = {
  /** Until the connection stands, TLS included. */
  connectMs: number;
  /** Until the Gateway begins to answer, counted from the start. */
  responseMs: number;
  totalMs: number;
};

const usualDeadlines: Deadlines = { connectMs: 5_000, responseMs: 25_000, totalMs: 30_000 };

export type Delivery = {
  id: string;
  body: Uint8Array;
  format: keyof typeof contentTypes;
  /** Left out: a referral. */
  kind?: EntryKind | undefined;
};

export type GatewayClient = (delivery: Delivery, signal: AbortSignal) => Promise<AttemptResult>;

/**
 * @param options.url where each kind goes; asked for at each attempt, because an embedded Gateway’s port is known only once it listens
 * @param options.token without one, no Authorization is sent
 */
export function gatewayClient(options: {
  url: (kind: EntryKind) => URL;
  token?: string | undefined;
  now: () => number;
  deadlines?: Deadlines;
}): GatewayClient {
  const deadlines = options.deadlines ?? usualDeadlines;

  return ({ id, body, format, kind = 'referral' }, signal) =>
    new Promise((resolve) => {
      const url = options.url(kind);
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      let settled = false;

      const settle = (result: AttemptResult): void => {
        if (settled) return;
        settled = true;
        for (const timer of timers) clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        // Nothing more of the answer is wanted, however long it is.
        outgoing.destroy();
        resolve(result);
      };
      const timeOut = (): void => settle({ kind: 'no-answer', why: 'time-out' });
      const stop = (): void => settle({ kind: 'stopped' });

      // One connection for each attempt: a few a day do not repay what reuse can do to answers.
      const outgoing = send(url, {
        method: 'POST',
        agent: false,
        // Said here, no setting of Node’s own switches it off.
        rejectUnauthorized: true,
        headers: {
          ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
          [idempotencyHeader]: idempotencyKeyOf(id),
          'content-type': contentTypes[format],
          'content-length': body.byteLength,
          accept: 'application/json',
        },
      });
      const connecting = setTimeout(timeOut, deadlines.connectMs);
      const answering = setTimeout(timeOut, deadlines.responseMs);
      const timers = [connecting, answering, setTimeout(timeOut, deadlines.totalMs)];

      outgoing.on('socket', (socket) => {
        socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting));
      });
      // Stays for the request’s whole life: a destroyed one may still report an error, which nobody else would catch.
      outgoing.on('error', (error) => settle({ kind: 'no-answer', why: reasonOf(error) }));
      outgoing.on('response', (incoming) => {
        clearTimeout(answering);
        readAnswer(incoming, id, body, options.now).then(settle, () => settle({ kind: 'no-answer', why: 'cut' }));
      });
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop, { once: true });
      outgoing.end(body);
    });
}

async function readAnswer(
  incoming: IncomingMessage,
  id: string,
  body: Uint8Array,
  now: () => number,
): Promise<AttemptResult> {
  const status = incoming.statusCode ?? 0;
  if (status < 200 || status > 299) {
    const retryAfterMs = retryAfterFrom(incoming.headers['retry-after'], now());
    return { kind: 'answered', status, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  if (status > 201) return { kind: 'not-acknowledged', why: 'not-201' };
  if (!/^application\/json\s*(;|$)/i.test(incoming.headers['content-type'] ?? '')) {
    return { kind: 'not-acknowledged', why: 'not-json' };
  }

  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxAnswerBytes) return { kind: 'not-acknowledged', why: 'too-long' };
    chunks.push(chunk);
  }
  let answer: unknown;
  try {
    answer = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return { kind: 'not-acknowledged', why: 'not-json' };
  }
  const { success, data } = acknowledgement.safeParse(answer);
  if (!success) return { kind: 'not-acknowledged', why: 'not-the-contract' };
  if (data.id.toLowerCase() !== id.toLowerCase()) return { kind: 'not-acknowledged', why: 'wrong-id' };
  const sha256 = createHash('sha256').update(body).digest('hex');
  if (data.sha256.toLowerCase() !== sha256) return { kind: 'not-acknowledged', why: 'wrong-sha256' };
  return {
    kind: 'acknowledged',
    gatewayReference: data.gatewayReference,
    receivedAt: Date.parse(data.receivedAt),
  };
}

/** `Retry-After` in milliseconds from now: seconds or an HTTP date; undefined where it says nothing that can be read. */
export function retryAfterFrom(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d{1,12}\s*$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function reasonOf(error: NodeJS.ErrnoException): NoAnswer {
  const code = error.code ?? '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name-not-found';
  if (code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'no-connection';
  if (code === 'ETIMEDOUT') return 'time-out';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'cut';
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|EPROTO|ERR_SSL/.test(code)) return 'certificate';
  return 'other';
}
