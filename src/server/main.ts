/** Starts the site: settings, services, pages, the worker; and stops without losing anything when told to. */
import { existsSync, readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readEnvironment } from './environment.ts';
import { embeddedGatewayUrl } from './embedded-gateway-url.ts';
import { log as processLog } from './log.ts';
import { makeMetrics } from './metrics.ts';
import { createOperationsServer } from './operations-server.ts';
import { openServices } from './services.ts';
import { createSiteServer, type AstroHandler } from './site-server.ts';
import { readStaticFiles } from './static-files.ts';

const buildFolder = resolve('dist');
/** How long open requests and deliveries have to finish once we are told to stop. */
const longestStopMs = 25_000;

const embeddedInProduction =
  'EMBEDDED_GATEWAY=on in production: this machine holds the private key and can read every referral. Do not let the public use it.';

async function start(): Promise<void> {
  const metrics = makeMetrics();
  const log = metrics.counting(processLog);
  const environment = readEnvironment();
  if (!existsSync(join(buildFolder, 'server/entry.mjs'))) {
    throw new Error('The site has not been built yet. Run “npm run build”, or “npm start”, which builds and starts.');
  }
  const { handler } = (await import(pathToFileURL(join(buildFolder, 'server/entry.mjs')).href)) as {
    handler: AstroHandler;
  };
  await loadPages(join(buildFolder, 'server/chunks'));
  const files = readStaticFiles(join(buildFolder, 'client'), environment.publicOrigin);

  let port = environment.port;
  const embeddedUrl = () => embeddedGatewayUrl(environment.host, port);
  const services = await openServices(environment, log, embeddedUrl);
  metrics.watch(services.store, services.now);
  let stopping = false;
  const isReady = (): boolean => !stopping;
  const { server, readiness } = createSiteServer({ services, files, astro: handler, environment, metrics, isReady });
  port = await listening(server, environment.port, environment.host);
  const { metrics: forOperators, trustProxy } = environment;
  if (forOperators.port !== undefined) {
    const figures = createOperationsServer({
      '/metrics': (_request, response) => {
        metrics.text().then(
          (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
          () => response.writeHead(503).end(),
        );
      },
      '/readyz': (_request, response) => {
        readiness(response).catch(() => response.writeHead(503).end());
      },
    });
    log({ event: 'metrics.listening', port: await listening(figures, forOperators.port, forOperators.host) });
    figures.unref();
  }
  services.worker.start();
  if (services.https && trustProxy.length === 0) log({ event: 'limits.off' });
  log({ event: 'server.listening', port });
  if (services.embedded) log({ event: 'gateway.embedded' });
  if (services.embedded && environment.production) {
    log({ event: 'gateway.embedded-in-production' });
    process.stderr.write(`${embeddedInProduction}\n`);
  }
  if (!environment.production) greet(environment.publicOrigin, environment.host, port, services.embedded !== undefined);

  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    const began = services.now();
    log({ event: 'server.stopping' });
    setTimeout(() => process.exit(1), longestStopMs).unref();
    // The worker first: the embedded Gateway, which answers its last attempt, is part of the same server.
    services.worker
      .stop()
      .then(() => closed(server))
      .then(() => services.close())
      .then(
        () => {
          log({ event: 'server.stopped', ms: services.now() - began });
          process.exit(0);
        },
        (error: unknown) => {
          log({ event: 'server.failed', error });
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Resolves, when the server listens, with its port. */
function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}

/**
 * Astro reads the code of a page when somebody first asks for it. We read all of it now: that page must not fail because no
 * file can be opened at that moment, or because a newer build lies in the folder by then.
 */
async function loadPages(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.mjs')) await import(pathToFileURL(join(folder, name)).href);
  }
}

/** Takes no new connection and resolves when the requests on the open ones are answered. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A browser that keeps its connection open must not hold us up longer than the requests on it.
    const idle = setInterval(() => server.closeIdleConnections(), 250);
    server.close(() => {
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** For the person who started us in a terminal. */
function greet(publicOrigin: string, host: string, port: number, embedded: boolean): void {
  const lines = [
    '',
    `  Get an Advocate · Cael Eiriolwr`,
    `  ${publicOrigin}/ (listening on http://${host}:${port})`,
    ...(embedded
      ? ['  The embedded Gateway is on: this machine can read what it receives.', '  To read it: npm run gateway:inbox']
      : []),
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

start().catch((error: unknown) => {
  // A start that fails has seen no visitor yet: its sentence is safe to show, and somebody needs it.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
