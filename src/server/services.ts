/** What the process holds for all visitors: the store, the keys, the way to the Gateway, the worker that delivers. */
import { openEmbeddedGateway, type EmbeddedGateway } from '#gateway/embedded/gateway.server.ts';
import { prepareDelivery } from '#gateway/delivery.server.ts';
import type { Format } from '#outbox/outbox.ts';
import { makeWorker, type Worker } from '#outbox/worker.server.ts';
import { systemClock } from '#outbox/clock.server.ts';
import { countGuesses, type Guesses } from '#referral/guesses.ts';
import type { KeyRing } from '#seal/key-ring.server.ts';
import type { Recipient } from '#seal/seal.server.ts';
import { openStore } from '#store/open-store.server.ts';
import { openSiteKeys } from '#seal/site-keys.server.ts';
import type { Store } from '#store/sqlite-store.server.ts';
import type { Environment } from './environment.ts';
import type { Log } from './log.ts';

/** What a screen may ask for, through `Astro.locals.site`. */
export interface SiteServices {
  /** Milliseconds since 1970. Nothing but the server reads a clock. */
  readonly now: () => number;
  readonly ring: KeyRing;
  readonly store: Store;
  readonly recipient: Recipient;
  readonly format: Format;
  readonly log: Log;
  /** Tries at references and codes, in this process’s memory. */
  readonly guesses: Guesses;
  /** A referral is waiting: deliver it now. */
  readonly nudge: () => void;
  /** Whether visitors come over TLS: then cookies are `__Host-` and Secure. */
  readonly https: boolean;
  /** Scheme, host and port as visitors see them; no slash at the end. */
  readonly publicOrigin: string;
}

export interface Services extends SiteServices {
  readonly worker: Worker;
  readonly embedded: EmbeddedGateway | undefined;
  close(): Promise<void>;
}

/** Nobody who knows their code minds; whoever tries codes gets nowhere. */
const pauseBeforeStatusMs = 300;

/**
 * Opens everything. The worker is made and not yet started.
 * @param embeddedUrl where the embedded Gateway will listen; asked for at each delivery, when the port is known
 * @throws an Error with a whole sentence when a setting, the disk or the store does not allow a safe start
 */
export async function openServices(environment: Environment, log: Log, embeddedUrl: () => URL): Promise<Services> {
  const now = () => Date.now();
  const { dataDir, databaseUrl, publicOrigin, gateway, embeddedGateway } = environment;
  const store = await openStore({ dataDir, databaseUrl });
  const ring = openSiteKeys(dataDir, environment.sealKeys);
  const embedded = embeddedGateway ? await openEmbeddedGateway({ dataDir, now, log }) : undefined;
  const { recipient, format, send } = await prepareDelivery({
    settings: gateway,
    embedded: embedded && { keys: embedded, url: embeddedUrl },
    ring,
    now,
  });
  const worker = makeWorker({ store, send, clock: systemClock, random: Math.random, log });
  return {
    now,
    ring,
    store,
    recipient,
    format,
    log,
    guesses: countGuesses(() => new Promise((resolve) => setTimeout(resolve, pauseBeforeStatusMs))),
    nudge: worker.nudge,
    https: publicOrigin.startsWith('https:'),
    publicOrigin,
    worker,
    embedded,
    async close() {
      await worker.stop();
      await embedded?.close();
      await store.close();
    },
  };
}
