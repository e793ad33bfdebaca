/** The pages and pictures that were built ahead: read once, kept in memory, compressed once, answered with a strong ETag. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { publicOrigin as builtOrigin } from '#site/public-origin.ts';
import { variantKeys, variants } from '#site/variants.ts';

type Encoding = 'br' | 'gzip' | 'identity';

interface StaticFile {
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
  readonly cacheControl: string;
  /** Made when first asked for. */
  readonly encoded: Map<Encoding, Promise<Buffer>>;
}

export interface StaticFiles {
  /** Answers GET and HEAD for a path that a file has; false if none has. */
  answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean>;
  /** Answers with a page, whatever the path asked for: for errors. */
  answerPage(request: IncomingMessage, response: ServerResponse, path: string, status: number): Promise<void>;
  has(path: string): boolean;
  /** The text of a page; throws if the build has none at this path. */
  pageText(path: string): string;
  /** SHA-256, in base64, of the inline styles of all pages. */
  readonly styleHashes: readonly string[];
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.xml': 'application/xml',
};

const homes = new Set<string>(variantKeys.map((variant) => variants[variant].prefix));

/** `/en/contact` for en/contact/index.html; a variant’s home ends with a slash; other files keep their names. */
function pathOf(file: string): string {
  const path = `/${file.split(sep).join('/')}`;
  if (!path.endsWith('/index.html')) return path;
  const folder = path.slice(0, -'/index.html'.length);
  return folder === '' || homes.has(folder) ? `${folder}/` : folder;
}

/**
 * Reads a folder of built files.
 * @param folder the build’s client folder
 * @param publicOrigin takes the place of the origin that the build wrote
 */
export function readStaticFiles(folder: string, publicOrigin: string): StaticFiles {
  const files = new Map<string, StaticFile>();
  const styleHashes = new Set<string>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath, entry.name);
    const isPage = extname(entry.name) === '.html';
    let body: Buffer = readFileSync(full);
    if (isPage) {
      const html = body.toString('utf8').replaceAll(builtOrigin, publicOrigin);
      for (const [, style] of html.matchAll(/<style>([\s\S]*?)<\/style>/g)) {
        styleHashes.add(
          createHash('sha256')
            .update(style ?? '')
            .digest('base64'),
        );
      }
      body = Buffer.from(html);
    }
    const file = relative(folder, full);
    files.set(pathOf(file), {
      type: types[extname(entry.name)] ?? 'application/octet-stream',
      body,
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      cacheControl: file.startsWith('_astro') ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
      encoded: new Map(),
    });
  }

  async function send(
    request: IncomingMessage,
    response: ServerResponse,
    file: StaticFile,
    status: number,
  ): Promise<void> {
    response.setHeader('content-type', file.type);
    response.setHeader('vary', 'accept-encoding');
    if (status === 200) {
      response.setHeader('cache-control', file.cacheControl);
      response.setHeader('etag', file.etag);
      if (request.headers['if-none-match']?.includes(file.etag)) {
        response.writeHead(304).end();
        return;
      }
    } else {
      response.setHeader('cache-control', 'no-store');
    }
    const encoding = encodingFor(request);
    if (encoding !== 'identity') response.setHeader('content-encoding', encoding);
    const body = await encodedAs(file, encoding);
    response.setHeader('content-length', body.length);
    response.writeHead(status).end(request.method === 'HEAD' ? undefined : body);
  }

  function pageAt(path: string): StaticFile {
    const file = files.get(path);
    if (!file) throw new Error(`The build has no page at ${path}`);
    return file;
  }

  return {
    styleHashes: [...styleHashes],
    has: (path) => files.has(path),
    pageText: (path) => pageAt(path).body.toString('utf8'),
    async answer(request, response, path) {
      const file = files.get(path);
      if (!file || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
      await send(request, response, file, 200);
      return true;
    },
    async answerPage(request, response, path, status) {
      await send(request, response, pageAt(path), status);
    },
  };
}

function encodingFor(request: IncomingMessage): Encoding {
  const accepted = request.headers['accept-encoding'] ?? '';
  if (/\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted) ? 'gzip' : 'identity';
}

const compressed: Readonly<Record<Exclude<Encoding, 'identity'>, (body: Buffer) => Promise<Buffer>>> = {
  br: (body) =>
    promisify(brotliCompress)(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }),
  gzip: (body) => promisify(gzip)(body, { level: 9 }),
};

function encodedAs(file: StaticFile, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'identity') return Promise.resolve(file.body);
  let made = file.encoded.get(encoding);
  if (!made) {
    made = compressed[encoding](file.body);
    file.encoded.set(encoding, made);
  }
  return made;
}
