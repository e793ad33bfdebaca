/** Gateways over real HTTP that do what they are told: receive, refuse, hang, cut off, talk nonsense; and note what they got. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { compactDecrypt } from 'jose';
import { onTestFinished } from 'vitest';

/** One request, read whole. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

type Answering = (response: ServerResponse, received: Received) => unknown;

async function readWhole(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const { method = '', url = '', headers } = request;
  return { method, url, headers, body: Buffer.concat(chunks) };
}

/** A server that reads each request whole and then lets `answer` speak; a request that breaks off is let go. */
function serverThat(answer: Answering, tls?: ServerOptions): Server {
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    readWhole(request)
      .then((received) => answer(response, received))
      .catch(() => response.destroy());
  };
  return tls ? createTlsServer(tls, listener) : createServer(listener);
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });

const shut = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

const idOf = ({ headers }: Received): string => String(headers['idempotency-key']).replaceAll('"', '');

/** The acknowledgement that the contract asks for. */
export const rightAnswer = (received: Received) => ({
  id: idOf(received),
  sha256: createHash('sha256').update(received.body).digest('hex'),
  gatewayReference: 'G-7KQM4T9X',
  receivedAt: '2026-11-23T12:00:00.000Z',
});

/**
 * Starts a server for one test that notes each request and lets `answer` speak.
 * @param tls the certificate and its key; left out: without TLS
 */
export async function startServer(answer: Answering, tls?: ServerOptions): Promise<{ url: URL; received: Received[] }> {
  const received: Received[] = [];
  const server = serverThat((response, whole) => {
    received.push(whole);
    return answer(response, whole);
  }, tls);
  await listen(server, 0);
  onTestFinished(() => shut(server));
  const origin = tls ? 'https://localhost' : 'http://127.0.0.1';
  return { url: new URL(`${origin}:${portOf(server)}/gateway/v1/referrals`), received };
}

/**
 * `receives`: as the contract says. `closed`: nothing listens. `hangs`: reads and never answers. `500`, `503`, `422`,
 * `401`: answers that, 503 with `Retry-After: 1`. `cuts`: keeps the message and cuts the connection instead of answering.
 * `nonsense`: answers 200 with what is no acknowledgement. `by chance`: each time one of these, 422 and 401 left out.
 */
export type Behaviour =
  'receives' | 'closed' | 'hangs' | '500' | '503' | '422' | '401' | 'cuts' | 'nonsense' | 'by chance';

/** How often each is met by chance, of 24 attempts: half of them succeed. */
const chances: Readonly<Record<Exclude<Behaviour, 'by chance' | '422' | '401'>, number>> = {
  receives: 12,
  closed: 2,
  hangs: 1,
  '500': 2,
  '503': 2,
  cuts: 3,
  nonsense: 2,
};

/** Draws by chance, and meets each behaviour so often in every 24: a short run meets them all too. */
function chanceOfBehaviours(): () => Exclude<Behaviour, 'by chance'> {
  let bag: Exclude<Behaviour, 'by chance'>[] = [];
  return () => {
    if (bag.length === 0) {
      bag = Object.entries(chances).flatMap(([behaviour, often]) =>
        Array.from({ length: often }, () => behaviour as keyof typeof chances),
      );
    }
    return bag.splice(Math.floor(Math.random() * bag.length), 1)[0]!;
  };
}

/** One request that the Gateway read whole. */
export interface Attempt {
  readonly key: string;
  readonly contentType: string;
  readonly authorization: string;
  readonly body: Buffer;
  /** What the Gateway then did. */
  readonly behaviour: Exclude<Behaviour, 'by chance'>;
}

/** The message inside; the tests say of it what they need to know. */
export interface ReceivedReferral {
  readonly id: string;
  readonly reference: string;
  readonly [key: string]: unknown;
}

export interface FaultyGateway {
  /** Settings for the site that sends here. */
  readonly env: Readonly<Record<string, string>>;
  readonly token: string;
  /** All requests so far, in order. */
  readonly attempts: readonly Attempt[];
  /** What the Gateway has kept: each id once, whatever was sent again. */
  readonly kept: readonly ReceivedReferral[];
  /** Complaints of a Gateway that holds the site to the contract: another body under the same id, a wrong header. */
  readonly breaches: readonly string[];
  /** The most requests that were open at the same moment. */
  readonly mostAtOnce: number;
  /** From now on it behaves so; what hung before is cut, as by a restart. */
  behave(behaviour: Behaviour): Promise<void>;
  /** Opens a body with this Gateway’s private key, or reads it as JSON. */
  open(attempt: Attempt): Promise<ReceivedReferral>;
  close(): Promise<void>;
}

/** Starts a Gateway on a free port of this machine. @param format what it asks the site to send */
export async function startFaultyGateway(format: 'jwe' | 'json' = 'jwe'): Promise<FaultyGateway> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicJwk = { ...publicKey.export({ format: 'jwk' }), kid: 'the-gateway', use: 'enc', alg: 'ECDH-ES' };
  const token = 'a-token-for-tests';
  const attempts: Attempt[] = [];
  const kept = new Map<string, { sha256: string; message: ReceivedReferral }>();
  const breaches: string[] = [];
  const hanging = new Set<ServerResponse>();
  const byChance = chanceOfBehaviours();
  let behaviour: Behaviour = 'receives';
  let [atOnce, mostAtOnce] = [0, 0];

  async function open({ body, contentType }: Attempt): Promise<ReceivedReferral> {
    if (contentType === 'application/json') return JSON.parse(body.toString('utf8')) as ReceivedReferral;
    const { plaintext } = await compactDecrypt(body, privateKey);
    return JSON.parse(Buffer.from(plaintext).toString('utf8')) as ReceivedReferral;
  }

  /** True if these bytes are under this id for the first time or again; false if the id came with others before. */
  async function keep(attempt: Attempt): Promise<boolean> {
    const sha256 = createHash('sha256').update(attempt.body).digest('hex');
    const before = kept.get(attempt.key);
    if (before) return before.sha256 === sha256;
    const message = await open(attempt);
    if (message.id !== attempt.key) breaches.push('The id inside is not the idempotency key.');
    if (!kept.has(attempt.key)) kept.set(attempt.key, { sha256, message });
    return true;
  }

  async function answer(attempt: Attempt, response: ServerResponse, received: Received): Promise<void> {
    const problem = (status: number, headers: Record<string, string> = {}): void =>
      sendJson(
        response,
        status,
        { type: 'about:blank', status },
        { 'content-type': 'application/problem+json', ...headers },
      );
    switch (attempt.behaviour) {
      case 'closed':
        return void response.destroy();
      case 'hangs':
        return void hanging.add(response);
      case '500':
      case '422':
      case '401':
        return problem(Number(attempt.behaviour));
      case '503':
        return problem(503, { 'retry-after': '1' });
      case 'nonsense':
        return sendJson(response, 200, { received: 'yes, thank you' });
      case 'cuts':
        await keep(attempt);
        return void response.destroy();
      case 'receives': {
        const isRepeat = kept.has(attempt.key);
        if (!(await keep(attempt))) {
          breaches.push('The same id came with other bytes.');
          return problem(409);
        }
        return sendJson(response, isRepeat ? 200 : 201, rightAnswer(received));
      }
    }
  }

  async function receive(response: ServerResponse, received: Received): Promise<void> {
    const { 'idempotency-key': key, 'content-type': contentType = '', authorization = '' } = received.headers;
    const quoted = /^"([0-9a-f-]{36})"$/.exec(String(key));
    if (!quoted) breaches.push('Idempotency-Key is not a UUID in double quotes.');
    if (authorization !== `Bearer ${token}`) breaches.push('The token is missing or wrong.');
    if (contentType !== (format === 'jwe' ? 'application/jose' : 'application/json'))
      breaches.push('The content type is not the one agreed.');
    const now = behaviour === 'by chance' ? byChance() : behaviour;
    const attempt = { key: quoted?.[1] ?? '', contentType, authorization, body: received.body, behaviour: now };
    attempts.push(attempt);
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    response.once('close', () => {
      atOnce -= 1;
      hanging.delete(response);
    });
    await answer(attempt, response, received);
  }

  let server = serverThat(receive);
  await listen(server, 0);
  const port = portOf(server);

  return {
    env: {
      GATEWAY_URL: `http://127.0.0.1:${port}/referrals`,
      GATEWAY_TOKEN: token,
      ...(format === 'jwe' ? { GATEWAY_PUBLIC_JWK: JSON.stringify(publicJwk) } : { GATEWAY_FORMAT: 'json' }),
    },
    token,
    attempts,
    get kept() {
      return [...kept.values()].map(({ message }) => message);
    },
    breaches,
    get mostAtOnce() {
      return mostAtOnce;
    },
    async behave(next) {
      for (const response of hanging) response.destroy();
      if (behaviour !== 'closed' && next === 'closed') await shut(server);
      if (behaviour === 'closed' && next !== 'closed') {
        server = serverThat(receive);
        await listen(server, port);
      }
      behaviour = next;
    },
    open,
    close: () => (behaviour === 'closed' ? Promise.resolve() : shut(server)),
  };
}
