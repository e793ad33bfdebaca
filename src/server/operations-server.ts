/** The door for operators, on a port of its own: figures and health, and nothing of the site. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { securityHeaders } from './headers.ts';

/** @param pages by path; every other path is 404, and every method but GET and HEAD 405 */
export function createOperationsServer(pages: Readonly<Record<string, RequestListener>>): Server {
  const headers = securityHeaders({ https: false, styleHashes: [] });
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000 }, (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('cache-control', 'no-store');
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (!page) response.writeHead(404).end();
    else if (request.method !== 'GET' && request.method !== 'HEAD')
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
    else page(request, response);
  });
  server.maxConnections = 32;
  return server;
}
