/** Asks the Gateway which ids it received on a day: one GET to the address of the referrals, with a deadline and a limit. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { DayList, GatewayList } from '#outbox/outbox.ts';
import { maxListBytes, receivedOnDay } from './contract.ts';

const usualDeadlineMs = 60_000;
/** How Gateways say that there is nothing of the kind. */
const notThere = new Set([404, 405, 501]);

/** @param options as of the client that delivers */
export function gatewayList(options: { url: () => URL; token?: string | undefined; deadlineMs?: number }): GatewayList {
  return (day, signal) =>
    new Promise((resolve) => {
      const url = options.url();
      url.searchParams.set('day', day);
      const ask = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const outgoing = ask(url, {
        agent: false,
        // As the client that delivers: the token is for the Gateway alone.
        rejectUnauthorized: true,
        headers: {
          ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
          accept: 'application/json',
        },
        signal: AbortSignal.any([signal, AbortSignal.timeout(options.deadlineMs ?? usualDeadlineMs)]),
      });
      const settle = (list: DayList): void => {
        outgoing.destroy();
        resolve(list);
      };
      const noAnswer = (): void => settle({ kind: 'failed', why: 'no-answer' });
      outgoing.on('error', noAnswer);
      outgoing.on('response', (incoming) => {
        readList(incoming, day).then(settle, noAnswer);
      });
      outgoing.end();
    });
}

async function readList(incoming: IncomingMessage, day: string): Promise<DayList> {
  const status = incoming.statusCode ?? 0;
  if (notThere.has(status)) return { kind: 'not-available' };
  if (status !== 200) return { kind: 'failed', status };
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxListBytes) return { kind: 'failed', why: 'too-long' };
    chunks.push(chunk);
  }
  let answer: unknown;
  try {
    answer = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return { kind: 'failed', why: 'not-the-contract' };
  }
  const { success, data } = receivedOnDay.safeParse(answer);
  // The list of another day would be one long gap.
  if (!success || data.day !== day) return { kind: 'failed', why: 'not-the-contract' };
  return { kind: 'listed', ids: data.ids };
}
