/** The embedded Gateway behind HTTP: for development, demonstrations and tests. It keeps what it receives, sealed. */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KeyEvent } from '#seal/gateway-key.server.ts';
import { openFrom, sealTo, sha256Of } from '#seal/seal.server.ts';
import {
  contentTypes,
  idFromIdempotencyKey,
  idempotencyHeader,
  maxBodyBytes,
  problemContentType,
  receivedOnDay,
  replayedHeader,
  withdrawalsPath,
  type Refusal,
} from '../contract.ts';
import { referralV1 } from '../referral-v1.ts';
import { withdrawalV1 } from '../withdrawal-v1.ts';
import { answerToRepeat, examine, refuse, type Answer, type MessageSchema } from './receive.ts';
import { embeddedKeys, openReceivedMessages, type EmbeddedKeys } from './received.server.ts';

export type GatewayEvent =
  | { event: 'gateway.received'; id: string }
  | { event: 'gateway.repeated'; id: string }
  | { event: 'gateway.refused'; refusal: Refusal; status: number }
  | { event: 'gateway.failed'; error: unknown }
  | KeyEvent;

export type EmbeddedGateway = EmbeddedKeys & {
  /** Answers a request for `withdrawalsPath`, and any other as one for `referralsPath`. Never throws. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
};

/** Opens the Gateway’s own file and keys under `DATA_DIR/gateway`, making them if absent. */
export async function openEmbeddedGateway(options: {
  dataDir: string;
  now: () => number;
  log: (event: GatewayEvent) => void;
}): Promise<EmbeddedGateway> {
  const { dataDir, now, log } = options;
  const own = await embeddedKeys(dataDir, log);
  const received = await openReceivedMessages(dataDir);

  async function list(address: string): Promise<Answer> {
    const { searchParams } = new URL(address, 'http://gateway.invalid');
    const { success, data: day } = receivedOnDay.shape.day.safeParse(searchParams.get('day'));
    return success ? { status: 200, list: { day, ids: await received.idsOn(day) } } : refuse('wrong-day');
  }

  async function receive(request: IncomingMessage): Promise<Answer> {
    const isWithdrawal = pathOf(request) === withdrawalsPath;
    if (request.method !== 'POST' && (request.method !== 'GET' || isWithdrawal)) return refuse('method-not-allowed');
    if (!sameToken(request.headers.authorization, own.token)) return refuse('not-authorised');
    if (request.method === 'GET') return list(request.url ?? '');
    const id = idFromIdempotencyKey(request.headers[idempotencyHeader] as string | undefined);
    if (id === undefined) return refuse('idempotency-key-missing');
    const contentType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (contentType !== contentTypes.jwe && contentType !== contentTypes.json) return refuse('wrong-content-type');
    const body = await readBody(request);
    if (body === undefined) return refuse('too-long');

    const sha256 = sha256Of(body);
    const known = await received.find(id);
    if (known) return answerToRepeat(known, sha256);

    let sealed: Uint8Array = body;
    let json: Uint8Array = body;
    if (contentType === contentTypes.jwe) {
      const opened = await openFrom(own.keys, body);
      if (!opened) return refuse('cannot-be-opened');
      if (opened.id.toLowerCase() !== id) return refuse('wrong-id');
      json = opened.json;
    }
    // A withdrawal may come before its referral: each is kept as it comes, and the inbox puts them together.
    const schema: MessageSchema = isWithdrawal ? withdrawalV1 : referralV1;
    const objection = examine(json, id, schema);
    if (objection) return objection;
    if (contentType === contentTypes.json) {
      // Here nothing is sent on, so that the limit of a sealed body does not count.
      const value: unknown = JSON.parse(Buffer.from(json).toString('utf8'));
      ({ sealed } = await sealTo(own.recipient, id, value, Number.POSITIVE_INFINITY));
    }

    const receipt = { id, sha256, gatewayReference: newGatewayReference(), receivedAt: new Date(now()).toISOString() };
    if (await received.keep(receipt, sealed)) return { status: 201, acknowledgement: receipt };
    // Somebody sent the same id at the same moment and was first.
    const first = await received.find(id);
    return first ? answerToRepeat(first, sha256) : refuse('cannot-keep');
  }

  return {
    token: own.token,
    // Asked for at each use: a rotation changes them.
    get publicJwk() {
      return own.publicJwk;
    },
    get recipient() {
      return own.recipient;
    },
    get keys() {
      return own.keys;
    },
    lookAgain: () => own.lookAgain(),
    async handle(request, response) {
      try {
        const answer = await receive(request);
        if ('refusal' in answer) {
          log({ event: 'gateway.refused', refusal: answer.refusal, status: answer.problem.status });
        } else if ('acknowledgement' in answer) {
          log({
            event: answer.status === 201 ? 'gateway.received' : 'gateway.repeated',
            id: answer.acknowledgement.id,
          });
        }
        reply(request, response, answer);
      } catch (error) {
        // The sender went away in the middle of its message, and will come back.
        if (request.destroyed && !request.complete) return;
        log({ event: 'gateway.failed', error });
        reply(request, response, refuse('cannot-keep'));
      }
    },
    close: () => received.close(),
  };
}

function reply(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.headersSent || response.destroyed) return;
  const refused = 'refusal' in answer;
  const text = JSON.stringify(refused ? answer.problem : 'list' in answer ? answer.list : answer.acknowledgement);
  response.writeHead(refused ? answer.problem.status : answer.status, {
    'content-type': refused ? problemContentType : 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...(refused && answer.refusal === 'not-authorised' && { 'www-authenticate': 'Bearer' }),
    ...(refused && answer.refusal === 'method-not-allowed' && { allow: 'GET, POST' }),
    ...(!refused && answer.status === 200 && 'acknowledgement' in answer && { [replayedHeader]: 'true' }),
    // What is left of a body that was not read must not be taken for the next request.
    ...(!request.complete && { connection: 'close' }),
  });
  response.end(text);
}

const pathOf = (request: IncomingMessage): string => (request.url ?? '').replace(/\?.*$/, '');

/** The whole body, or undefined if it is longer than the contract allows. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function sameToken(authorization: string | undefined, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  // Digests, because timingSafeEqual needs equal lengths.
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
}

/** Letters and digits that cannot be taken for one another when read aloud. */
const sayable = '23456789ABCDEFGHJKMNPQRTUVWXY';

function newGatewayReference(): string {
  return `G-${Array.from({ length: 8 }, () => sayable[randomInt(sayable.length)]).join('')}`;
}
