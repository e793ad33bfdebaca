/** A Gateway over real HTTP that does what it is told: receives, refuses, hangs, cuts off, talks nonsense; and notes what it got. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { compactDecrypt } from 'jose';

/**
 * `receives`: as the contract says. `closed`: nothing listens. `hangs`: reads and never answers. `500`, `503`, `422`,
 * `401`: answers that, 503 with `Retry-After: 1`. `cuts`: keeps the message and cuts the connection instead of answering.
 * `nonsense`: answers 200 with what is no acknowledgement.
 */
export type Behaviour = 'receives' | 'closed' | 'hangs' | '500' | '503' | '422' | '401' | 'cuts' | 'nonsense';

/** One request that the Gateway read whole. */
export interface Attempt {
  readonly key: string;
  readonly contentType: string;
  readonly authorization: string;
  readonly body: Buffer;
  readonly behaviour: Behaviour;
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
  const sockets = new Set<Socket>();
  let behaviour: Behaviour = 'receives';

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

  async function answer(attempt: Attempt, response: ServerResponse): Promise<void> {
    const json = (status: number, value: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
    };
    const problem = (status: number, headers: Record<string, string> = {}): void =>
      json(status, { type: 'about:blank', status }, { 'content-type': 'application/problem+json', ...headers });
    switch (attempt.behaviour) {
      case 'closed':
        return void response.destroy();
      case 'hangs':
        return;
      case '500':
      case '422':
      case '401':
        return problem(Number(attempt.behaviour));
      case '503':
        return problem(503, { 'retry-after': '1' });
      case 'nonsense':
        return json(200, { received: 'yes, thank you' });
      case 'cuts':
        await keep(attempt);
        return void response.destroy();
      case 'receives': {
        const isRepeat = kept.has(attempt.key);
        if (!(await keep(attempt))) {
          breaches.push('The same id came with other bytes.');
          return problem(409);
        }
        return json(isRepeat ? 200 : 201, {
          id: attempt.key,
          sha256: createHash('sha256').update(attempt.body).digest('hex'),
          gatewayReference: 'G-1',
          receivedAt: new Date().toISOString(),
        });
      }
    }
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { 'idempotency-key': key, 'content-type': contentType = '', authorization = '' } = request.headers;
    const quoted = /^"([0-9a-f-]{36})"$/.exec(String(key));
    if (!quoted) breaches.push('Idempotency-Key is not a UUID in double quotes.');
    if (authorization !== `Bearer ${token}`) breaches.push('The token is missing or wrong.');
    if (contentType !== (format === 'jwe' ? 'application/jose' : 'application/json'))
      breaches.push('The content type is not the one agreed.');
    const attempt = { key: quoted?.[1] ?? '', contentType, authorization, body: Buffer.concat(chunks), behaviour };
    attempts.push(attempt);
    await answer(attempt, response);
  }

  function makeServer(): Server {
    const server = createServer((request, response) => {
      receive(request, response).catch(() => response.destroy());
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    return server;
  }
  const listen = (server: Server, port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  const shut = (server: Server): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });

  let server = makeServer();
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;

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
    async behave(next) {
      if (behaviour !== 'closed' && next === 'closed') await shut(server);
      if (behaviour === 'closed' && next !== 'closed') {
        server = makeServer();
        await listen(server, port);
      }
      behaviour = next;
    },
    open,
    close: () => (behaviour === 'closed' ? Promise.resolve() : shut(server)),
  };
}
