/** The one door: every request comes in here, is checked, and goes to a built page, to Astro, to the Gateway, or to an error page. */
import { createHash } from 'node:crypto';
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import compression from 'compression';
import { referralsPath, withdrawalsPath } from '#gateway/contract.ts';
import { draftPlace } from '#referral/drafts.server.ts';
import { cookieIn, cookieNames, deletedCookie } from '#site/cookies.ts';
import { href } from '#site/links.ts';
import type { RouteId } from '#site/routes.ts';
import { variantOfPath } from '#site/variants.ts';
import { contentSecurityPolicy, neutralPage, securityHeaders } from './headers.ts';
import { isFromOurPages } from './same-origin.ts';
import type { Services } from './services.ts';
import type { StaticFiles } from './static-files.ts';

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
  readonly publicOrigin: string;
  /** False while the process drains: then nothing new should be sent here. */
  readonly isReady: () => boolean;
}

/** The longest form that is read, in bytes: several times what all its fields may hold. */
const longestBody = 64 * 1024;
const compress = compression();

export function createSiteServer({ services, files, astro, publicOrigin, isReady }: Parts): Server {
  const { https, log } = services;
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

  const localsOf = (response: ServerResponse): App.Locals => ({
    site: services,
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

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = pathIn(request.url);
    if (path === undefined) return refuse(request, response, request.url ?? '/', 400);
    if ((path === referralsPath || path === withdrawalsPath) && services.embedded) {
      return services.embedded.handle(request, response);
    }
    if (!['GET', 'HEAD', 'POST'].includes(request.method ?? '')) {
      response.setHeader('allow', 'GET, HEAD, POST');
      return refuse(request, response, path, 405);
    }
    if (path === '/healthz') return json(response, 200, { status: 'alive' });
    if (path === '/readyz') return readiness(response);
    if (await files.answer(request, response, path)) return;
    const withOrWithoutSlash = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
    if (request.method !== 'POST' && files.has(withOrWithoutSlash)) {
      response.writeHead(301, { location: withOrWithoutSlash }).end();
      return;
    }
    const isApi = isForPrograms(path);
    if (request.method === 'POST') {
      if (!isApi && !isFromOurPages(request.headers, publicOrigin)) return refuse(request, response, path, 403);
      if (path === '/leave') return leave(request, response);
      const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
      if (!isApi && type !== 'application/x-www-form-urlencoded') return refuse(request, response, path, 415);
      const body = await bodyOf(request);
      if (body === undefined) {
        response.setHeader('connection', 'close');
        return isApi
          ? problem(response, 413, 'The body is longer than 65536 bytes.')
          : refuse(request, response, path, 413);
      }
      (request as { body?: string }).body = body;
    }
    response.setHeader('cache-control', 'no-store');
    return throughAstro(request, response, path);
  }

  function throughAstro(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      response.on('close', resolve);
      compress(request as never, response as never, () => {
        const next = (error?: unknown) => {
          if (error) reject(error instanceof Error ? error : new Error('Astro’s handler failed.'));
          else refuse(request, response, path, 404).then(resolve, reject);
        };
        Promise.resolve(astro(request, response, next, localsOf(response))).catch(reject);
      });
    });
  }

  /** Ready to take and keep referrals: told to nobody else, and free of personal data. */
  async function readiness(response: ServerResponse): Promise<void> {
    const { waiting, parked, oldestAcceptedAt } = await services.store.standing();
    const oldestUndeliveredSeconds =
      oldestAcceptedAt === undefined ? 0 : Math.max(0, Math.round((services.now() - oldestAcceptedAt) / 1000));
    const standing = { waiting, parked, oldestUndeliveredSeconds };
    if (!isReady()) return json(response, 503, { status: 'stopping', ...standing });
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
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 10_000,
      maxHeaderSize: 16 * 1024,
      connectionsCheckingInterval: 5_000,
    },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        log({ event: 'request.failed', error });
        if (response.headersSent) response.destroy();
        else refuse(request, response, pathIn(request.url) ?? '/', 500).catch(() => response.destroy());
      });
    },
  );
  server.maxConnections = 512;
  server.maxRequestsPerSocket = 200;
  return server;
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

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > longestBody) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

const isForPrograms = (path: string): boolean => path.startsWith('/api/');

/** Problem details (RFC 9457), for programs. */
function problem(response: ServerResponse, status: number, detail?: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail }));
}
