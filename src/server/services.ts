/** What the process holds for all visitors: the store, the keys, the way to the Gateway, the worker that delivers. */
import { openEmbeddedGateway, type EmbeddedGateway } from '#gateway/embedded/gateway.server.ts';
import { refuseGatewayKeysIn } from '#gateway/embedded/received.server.ts';
import { prepareDelivery } from '#gateway/delivery.server.ts';
import type { Format } from '#outbox/outbox.ts';
import { makeWorker, type Worker } from '#outbox/worker.server.ts';
import { makeReconciliation } from '#outbox/reconciliation.ts';
import { systemClock } from '#outbox/clock.server.ts';
import { countGuesses, type Guesses } from '#referral/guesses.ts';
import type { KeyRing } from '#seal/key-ring.server.ts';
import type { Recipient } from '#seal/seal.server.ts';
import { openStore } from '#store/open-store.server.ts';
import { openSiteKeys } from '#seal/site-keys.server.ts';
import type { Store } from '#store/store.server.ts';
import { watchClock } from './clock-watch.ts';
import type { Environment } from './environment.ts';
import type { Log } from './log.ts';

/** What a screen may ask for, through `Astro.locals.site`. */
export interface SiteServices {
  /** Milliseconds since 1970. Nothing but the server reads a clock. */
  readonly now: () => number;
  readonly ring: KeyRing;
  readonly store: Store;
  /** To whom a referral is sealed at this moment; undefined while the Gateway has no key for it: then none is taken. */
  readonly recipient: Recipient | undefined;
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

/** How soon a new key of the Gateway, the end of one, or a clock that was set is noticed at the latest. */
const lookEveryMs = 5_000;
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
  if (environment.production && !embeddedGateway) refuseGatewayKeysIn(dataDir);
  const store = await openStore({ dataDir, databaseUrl });
  if (store.wasCutOff) log({ event: 'server.recovered', waiting: (await store.standing()).waiting });
  const ring = openSiteKeys(dataDir, environment.sealKeys);
  const embedded = embeddedGateway ? await openEmbeddedGateway({ dataDir, now, log }) : undefined;
  const delivery = await prepareDelivery({
    settings: gateway,
    embedded: embedded && { keys: embedded, url: embeddedUrl },
    ring,
    now,
    log,
  });
  const lookAtClock = watchClock({ wall: now, steady: () => performance.now(), log });
  const looking = setInterval(() => {
    lookAtClock();
    void delivery.lookAtKeys();
    void embedded?.lookAgain();
  }, lookEveryMs).unref();
  const clock = systemClock;
  const reconcile = makeReconciliation({ store, list: delivery.list, clock, log });
  const worker = makeWorker({ store, send: delivery.send, clock, random: Math.random, log, reconcile });
  return {
    now,
    ring,
    store,
    get recipient() {
      return delivery.recipient;
    },
    format: delivery.format,
    log,
    guesses: countGuesses(() => new Promise((resolve) => setTimeout(resolve, pauseBeforeStatusMs))),
    nudge: worker.nudge,
    https: publicOrigin.startsWith('https:'),
    publicOrigin,
    worker,
    embedded,
    async close() {
      clearInterval(looking);
      await worker.stop();
      await embedded?.close();
      await store.close();
    },
  };
}
