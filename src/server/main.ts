/** Starts the site: settings, services, pages, the worker; and stops without losing anything when told to. */
import { existsSync, readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { referralsPath } from '#gateway/contract.ts';
import { readEnvironment } from './environment.ts';
import { log } from './log.ts';
import { openServices } from './services.ts';
import { createSiteServer, type AstroHandler } from './site-server.ts';
import { readStaticFiles } from './static-files.ts';

const buildFolder = resolve('dist');
/** How long open requests and deliveries have to finish once we are told to stop. */
const longestStopMs = 25_000;

async function start(): Promise<void> {
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
  const embeddedUrl = () => new URL(`http://${reachable(environment.host)}:${port}${referralsPath}`);
  const services = await openServices(environment, log, embeddedUrl);
  let stopping = false;
  const server = createSiteServer({
    services,
    files,
    astro: handler,
    publicOrigin: environment.publicOrigin,
    isReady: () => !stopping,
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(environment.port, environment.host, listening);
  });
  const address = server.address();
  if (address !== null && typeof address === 'object') port = address.port;
  services.worker.start();
  log({ event: 'server.listening', port });
  if (services.embedded) log({ event: 'gateway.embedded' });
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

/**
 * Astro reads the code of a page when somebody first asks for it. We read all of it now: that page must not fail because no
 * file can be opened at that moment, or because a newer build lies in the folder by then.
 */
async function loadPages(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.mjs')) await import(pathToFileURL(join(folder, name)).href);
  }
}

/** The address at which this process reaches a server that listens on `host`. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
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
