/** The one door: every request comes in here, is checked, and goes to a built page, to Astro, to the Gateway, or to an error page. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import compression from 'compression';
import { referralsPath, withdrawalsPath } from '#gateway/contract.ts';
import { isFromIsland, islandReads, varies } from '#island/step-answer.ts';
import { draftPlace } from '#referral/drafts.server.ts';
import { cookieIn, cookieNames, deletedCookie } from '#site/cookies.ts';
import { href } from '#site/links.ts';
import type { RouteId } from '#site/routes.ts';
import { variantKeys, variantOfPath } from '#site/variants.ts';
import { words } from '#site/words.ts';
import { keptAnswer, type KeptAnswer } from './check-answers.ts';
import { clientAddresses, isFromThisMachine } from './client-address.ts';
import type { Environment } from './environment.ts';
import { contentSecurityPolicy, neutralPage, securityHeaders } from './headers.ts';
import { makeLimits, waitSeconds, type Asked } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { questionPages } from './question-pages.ts';
import { isFromOurPages } from './same-origin.ts';
import type { Services } from './services.ts';
import type { StaticFiles } from './static-files.ts';
import { withTryAgain } from './try-again.ts';

/** Astro’s handler in middleware mode: calls `next` where no page of its own answers. */
export type AstroHandler = (
  request: IncomingMessage & { body?: string },
  response: ServerResponse,
  next: (error?: unknown) => void,
  locals: App.Locals,
) => Promise<void> | void;

interface Parts {
  readonly services: Services;
  readonly files: StaticFiles;
  readonly astro: AstroHandler;
  readonly environment: Pick<Environment, 'production' | 'publicOrigin' | 'trustProxy' | 'metrics'>;
  readonly metrics: Metrics;
  /** False while the process drains: then nothing new should be sent here. */
  readonly isReady: () => boolean;
}

/** The longest body that a program may send, in bytes. */
const longestBody = 64 * 1024;
/**
 * The longest form that is read, in bytes. A sign can take 9 bytes of it and be written as several that are put together
 * only here (Hangul, Vietnamese): every step’s longest text fits in any script, and some that is too long, to be told so.
 */
export const longestForm = 256 * 1024;
const compress = compression();

/** Pages that give a finished referral away: sending is never refused for having asked too much before. */
const sendingPaths = new Set<string>(variantKeys.map((variant) => href('refer-check', variant)));

export interface SiteServer {
  readonly server: Server;
  /** Whether we can take and keep referrals, answered as /readyz. */
  readonly readiness: (response: ServerResponse) => Promise<void>;
}

export function createSiteServer({ services, files, astro, environment, metrics, isReady }: Parts): SiteServer {
  const { https, log } = services;
  const { publicOrigin, trustProxy } = environment;
  const limits = makeLimits();
  const clientAddress = clientAddresses(trustProxy);
  // Over TLS there is a proxy: unless we were told which, everybody comes from its address.
  const isLimited = !https || trustProxy.length > 0;
  const ourHost = new URL(publicOrigin).host;
  const questions = questionPages();
  const questionPolicy = contentSecurityPolicy(files.styleHashes, { ourScript: true });
  const headers = securityHeaders({ https, styleHashes: files.styleHashes });

  /** Where the path belongs to no variant, the page for both languages. */
  function errorPage(route: RouteId, path: string): string {
    const variant = variantOfPath(path);
    return variant ? href(route, variant) : '/404.html';
  }

  /** Answers with an error page in the variant of the path; a program with problem details. */
  async function refuse(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    status: number,
  ): Promise<void> {
    log({ event: 'request.refused', status });
    if (isForPrograms(path)) return problem(response, status);
    const route: RouteId =
      status === 404 ? 'page-not-found' : status >= 500 ? 'something-went-wrong' : 'could-not-accept';
    await files.answerPage(request, response, errorPage(route, path), status);
  }

  const errorResponse = (route: RouteId, path: string, status: number): Response =>
    new Response(files.pageText(errorPage(route, path)), {
      status,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });

  const localsOf = (response: ServerResponse, path: string, isFlood: boolean): App.Locals => ({
    site: services,
    keepQuestion: (maker, page) => questions.keep(path, maker, page),
    isFlood,
    notFound: (path) => errorResponse('page-not-found', path, 404),
    failed(error, path) {
      log({ event: 'request.failed', error });
      return errorResponse('something-went-wrong', path, 500);
    },
    allowOurScript(...styles) {
      const hashes = styles.map((style) => createHash('sha256').update(style).digest('base64'));
      const policy = contentSecurityPolicy([...files.styleHashes, ...hashes], { ourScript: true });
      response.setHeader('content-security-policy', policy);
    },
  });

  async function leave(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const names = cookieNames(https);
    const place = draftPlace(cookieIn(request.headers.cookie, names.draft));
    if (place) await services.store.dropDraft(place.keyHash);
    response.setHeader('set-cookie', [deletedCookie(names.check, https), deletedCookie(names.draft, https)]);
    response.writeHead(303, { location: neutralPage, 'cache-control': 'no-store' }).end();
  }

  /** Whether this request is within what its network may ask for. */
  function isWithin(asked: Asked, request: IncomingMessage): boolean {
    const address = isLimited ? clientAddress(request) : undefined;
    return address === undefined || limits.allows(asked, address, services.now());
  }

  /** Whether somebody with a draft is about to send it: whatever else came from their network, that is taken. */
  async function isSending(request: IncomingMessage, path: string): Promise<boolean> {
    if (!sendingPaths.has(path)) return false;
    const place = draftPlace(cookieIn(request.headers.cookie, cookieNames(https).draft));
    return place !== undefined && (await services.store.getDraft(place.keyHash, services.now())) !== undefined;
  }

  /** A name that is not ours is somebody else’s site. A proxy on this machine may ask for us by our number. */
  function isForUs(request: IncomingMessage): boolean {
    const host = request.headers.host?.toLowerCase() ?? '';
    if (host === ourHost || host === `${ourHost}:443`) return true;
    return isFromThisMachine(request) && /^(?:localhost|127[.\d]+|\[::1\])(?::\d+)?$/.test(host);
  }

  async function figures(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const { token } = environment.metrics;
    if (token === undefined) return refuse(request, response, path, 404);
    if (!isToken(request.headers.authorization, token)) {
      response.setHeader('www-authenticate', 'Bearer');
      return refuse(request, response, path, 401);
    }
    response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' });
    response.end(await metrics.text());
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = pathIn(request.url);
    if (path === undefined) return refuse(request, response, request.url ?? '/', 400);
    if (request.headers.host === undefined && request.httpVersion === '1.1')
      return refuse(request, response, path, 400);
    const isForGateway = path === referralsPath || path === withdrawalsPath;
    // A proof of life is asked for by number, whatever the name of the site.
    if (environment.production && https && !isForOperators(path) && !isForGateway && !isForUs(request)) {
      return refuse(request, response, path, 421);
    }
    if (isForGateway && services.embedded) return services.embedded.handle(request, response);
    if (!['GET', 'HEAD', 'POST'].includes(request.method ?? '')) {
      response.setHeader('allow', 'GET, HEAD, POST');
      return refuse(request, response, path, 405);
    }
    if (path === '/healthz') return json(response, 200, { status: 'alive' });
    if (path === '/readyz') return readiness(response);
    if (path === '/metrics') return figures(request, response, path);
    if (await files.answer(request, response, path)) return;
    const withOrWithoutSlash = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
    if (request.method !== 'POST' && files.has(withOrWithoutSlash)) {
      response.writeHead(301, { location: withOrWithoutSlash, 'cache-control': 'public, max-age=300' }).end();
      return;
    }
    // Astro’s own addresses (images, islands, actions): we use none of them.
    if (path.startsWith('/_')) return refuse(request, response, path, 404);
    const isApi = isForPrograms(path);
    let isFlood = false;
    // A page that belongs to no variant has no page that could ask for patience.
    const isCounted = isApi || variantOfPath(path) !== undefined;
    if (request.method !== 'POST') {
      if (isCounted && !isWithin(isApi ? 'program' : 'page', request)) return tooMuch(request, response, path);
    } else {
      if (!isApi && !isFromOurPages(request.headers, publicOrigin)) return refuse(request, response, path, 403);
      if (path === '/leave') return leave(request, response);
      const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
      if (!isApi && type !== 'application/x-www-form-urlencoded') return refuse(request, response, path, 415);
      if (isCounted && !isWithin(isApi ? 'program' : 'post', request) && !(await isSending(request, path))) {
        return tooMuch(request, response, path);
      }
      isFlood = sendingPaths.has(path) && !isWithin('send', request);
      const body = await bodyOf(request, isApi ? longestBody : longestForm);
      if (body === undefined) return tooLong(request, response, path);
      const { cookie, accept } = request.headers;
      const answer = keptAnswer(services, { path, cookie, accept, body });
      if (answer) return leadOn(response, answer);
      (request as { body?: string }).body = body;
    }
    response.setHeader('cache-control', 'no-store');
    if (request.method === 'GET' && answerQuestion(request, response, path)) return;
    return throughAstro(request, response, path, isFlood);
  }

  /** False where no question is asked, or Astro has not made its page yet. */
  function answerQuestion(request: IncomingMessage, response: ServerResponse, path: string): boolean {
    const bodyFor = questions.at(path);
    if (!bodyFor) return false;
    const kept = cookieIn(request.headers.cookie, cookieNames(https).check);
    const isToIsland = isFromIsland(request.headers.accept);
    const body = bodyFor({ kept, url: new URL(`http://site.invalid${request.url}`), isToIsland });
    if (!isToIsland) response.setHeader('content-security-policy', questionPolicy);
    response.setHeader('content-type', isToIsland ? islandReads : 'text/html; charset=utf-8');
    response.setHeader('vary', varies.vary).setHeader('content-length', Buffer.byteLength(body));
    compress(request as never, response as never, () => response.end(body));
    return true;
  }

  /** Asks for a minute’s patience, with a button that sends what was typed once more. */
  async function tooMuch(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    response.setHeader('retry-after', waitSeconds);
    const variant = variantOfPath(path);
    if (!variant) return refuse(request, response, path, 429);
    const posted = request.method === 'POST' ? await bodyOf(request, longestForm) : undefined;
    if (request.method === 'POST' && posted === undefined) return tooLong(request, response, path);
    log({ event: 'request.refused', status: 429 });
    const label = words(variant, 'site')('tryAgain');
    const page = withTryAgain(files.pageText(href('wait-a-minute', variant)), { posted, label });
    response.writeHead(429, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(request.method === 'HEAD' ? undefined : page);
  }

  /** What is longer than may be is not read, and so the connection cannot be used again. */
  function tooLong(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> | void {
    response.setHeader('connection', 'close');
    if (isForPrograms(path)) return problem(response, 413, 'The body is longer than 65536 bytes.');
    return refuse(request, response, path, 413);
  }

  function throughAstro(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    isFlood: boolean,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      response.on('close', resolve);
      compress(request as never, response as never, () => {
        const next = (error?: unknown) => {
          if (error) reject(error instanceof Error ? error : new Error('Astro’s handler failed.'));
          else refuse(request, response, path, 404).then(resolve, reject);
        };
        Promise.resolve(astro(request, response, next, localsOf(response, path, isFlood))).catch(reject);
      });
    });
  }

  /** Ready to take and keep referrals: told to nobody else, and free of personal data. */
  async function readiness(response: ServerResponse): Promise<void> {
    let found;
    try {
      found = await services.store.standing();
    } catch (error) {
      log({ event: 'request.failed', error });
      return json(response, 503, { status: 'cannot-read' });
    }
    const { waiting, parked, oldestAcceptedAt } = found;
    const oldestUndeliveredSeconds =
      oldestAcceptedAt === undefined ? 0 : Math.max(0, Math.round((services.now() - oldestAcceptedAt) / 1000));
    const standing = { waiting, parked, oldestUndeliveredSeconds };
    if (!isReady()) return json(response, 503, { status: 'stopping', ...standing });
    if (!services.recipient) return json(response, 503, { status: 'no-key', ...standing });
    try {
      await services.store.checkWritable();
    } catch (error) {
      log({ event: 'request.failed', error });
      return json(response, 503, { status: 'cannot-write', ...standing });
    }
    return json(response, 200, { status: 'ready', ...standing });
  }

  const server = createServer(
    {
      // Without a Host we answer ourselves, with our headers.
      requireHostHeader: false,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 10_000,
      maxHeaderSize: 16 * 1024,
      connectionsCheckingInterval: 5_000,
    },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        // Whoever went away before the whole form was here needs no answer, and nothing of ours has failed.
        if (request.destroyed && !request.complete) {
          response.destroy();
          return;
        }
        log({ event: 'request.failed', error });
        if (response.headersSent) response.destroy();
        else refuse(request, response, pathIn(request.url) ?? '/', 500).catch(() => response.destroy());
      });
    },
  );
  // What is no HTTP, comes too slowly, or has too much before its body never becomes a request.
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = statusOfParserError[error.code ?? ''] ?? 400;
    log({ event: 'request.refused', status });
    if (socket.writable) socket.end(rawAnswer(status, headers));
    else socket.destroy();
  });
  server.on('checkExpectation', (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('connection', 'close');
    refuse(request, response, pathIn(request.url) ?? '/', 417).catch(() => response.destroy());
  });
  server.on('connect', (_request, socket) => {
    log({ event: 'request.refused', status: 405 });
    socket.end(rawAnswer(405, { ...headers, allow: 'GET, HEAD, POST' }));
  });
  server.maxConnections = 1024;
  server.maxRequestsPerSocket = 200;
  server.maxHeadersCount = 100;
  return { server, readiness };
}

const statusOfParserError: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** A whole answer for a connection on which no request was understood: nobody’s browser shows it. */
function rawAnswer(status: number, headers: Readonly<Record<string, string>>): string {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'cache-control: no-store',
    'content-length: 0',
    'connection: close',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Compared in a time that tells nothing of the token. */
function isToken(authorization: string | undefined, token: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(authorization ?? ''), hash(`Bearer ${token}`));
}

/** The decoded path of a request target, without its query; undefined if it is no path that anyone could mean. */
function pathIn(target: string | undefined): string | undefined {
  try {
    const path = decodeURIComponent(new URL(`http://site.invalid${target ?? '/'}`).pathname);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

/** Sends the browser to the page that comes next; the island is told where that is. */
function leadOn(response: ServerResponse, { setCookie, goTo, isTold }: KeptAnswer): void {
  response.setHeader('set-cookie', setCookie).setHeader('cache-control', 'no-store');
  if (!isTold) response.writeHead(303, { location: goTo }).end();
  else response.writeHead(200, { 'content-type': islandReads, ...varies }).end(JSON.stringify({ goTo }));
}

async function bodyOf(request: IncomingMessage, longest: number): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > longest) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longest) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

const isForOperators = (path: string): boolean => ['/healthz', '/readyz', '/metrics'].includes(path);
const isForPrograms = (path: string): boolean => path.startsWith('/api/') || isForOperators(path);

/** Problem details (RFC 9457), for programs. */
function problem(response: ServerResponse, status: number, detail?: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail }));
}
