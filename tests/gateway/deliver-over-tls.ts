/** A site reduced to delivering one referral over TLS, as a process of its own: Node reads which authorities it trusts only at its start. */
import { randomUUID } from 'node:crypto';
import { prepareDelivery } from '#gateway/delivery.server.ts';
import { systemClock } from '#outbox/clock.server.ts';
import type { OutboxEvent } from '#outbox/outbox.ts';
import { makeWorker } from '#outbox/worker.server.ts';
import { makeSealKeysText, parseSealKeys } from '#seal/key-ring.server.ts';
import { sealTo } from '#seal/seal.server.ts';
import { openStore } from '#store/open-store.server.ts';
import { mairsReferral } from '../support/referral.ts';

const [url = '', dataDir = ''] = process.argv.slice(2);

const delivery = await prepareDelivery({
  settings: { url: new URL(url), token: 'the-token', format: 'json' },
  ring: parseSealKeys(makeSealKeysText()),
  now: () => Date.now(),
});
const store = await openStore({ dataDir });
const id = randomUUID();
const sealed = await sealTo(delivery.recipient!, id, mairsReferral({ id }));
await store.accept({ ...sealed, id, format: delivery.format, createdAt: Date.now() });

const event = await new Promise<OutboxEvent>((resolve) => {
  const worker = makeWorker({
    store,
    send: delivery.send,
    clock: systemClock,
    random: () => 0.9,
    log: (first) => void worker.stop().then(() => resolve(first)),
  });
  worker.start();
});
const list = await delivery.list('2026-11-23', AbortSignal.timeout(30_000));
console.log(JSON.stringify({ event, list: list.kind, standing: await store.standing() }));
await store.close();
