/** A site reduced to what matters in a power cut: it accepts referrals in a loop and delivers them, until it is killed. */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { prepareDelivery } from '#gateway/delivery.server.ts';
import { systemClock } from '#outbox/clock.server.ts';
import { makeWorker } from '#outbox/worker.server.ts';
import { makeSealKeysText, parseSealKeys } from '#seal/key-ring.server.ts';
import { sealTo } from '#seal/seal.server.ts';
import { openStore } from '#store/open-store.server.ts';
import { mairsReferral } from '../support/referral.ts';

const [mode = '', dataDir = '', url = '', token = '', publicJwk = '', sentBefore] = process.argv.slice(2);

const delivery = await prepareDelivery({
  settings: { url: new URL(url), token, publicJwk, format: 'jwe' },
  ring: parseSealKeys(makeSealKeysText()),
  now: () => Date.now(),
  deadlines: { connectMs: 500, responseMs: 500, totalMs: 500 },
});
const store = await openStore({ dataDir });
const worker = makeWorker({
  store,
  send: delivery.send,
  clock: systemClock,
  random: () => Math.random() * 0.01,
  log: (event) => {
    // Whatever the Gateway does, the site itself must have no fault.
    if (event.event !== 'outbox.failed') return;
    console.error(event.error);
    process.exit(1);
  },
});
worker.start();

async function accept(id: string): Promise<void> {
  const message = mairsReferral({ id });
  const sealed = await sealTo(delivery.recipient!, id, message);
  const accepted = await store.accept({ ...sealed, id, format: delivery.format, createdAt: Date.now() });
  worker.nudge();
  // Synchronously: what the parent reads here, the person was told.
  if (accepted === 'accepted') writeSync(1, `${id} ${Buffer.from(sealed.sealed.subarray(400, 440)).toString()}\n`);
}

if (mode === 'drain') {
  while ((await store.standing()).waiting > 0) await wait(10);
  await worker.stop();
  await store.close();
  writeSync(1, 'drained\n');
} else {
  writeSync(1, 'ready\n');
  // Somebody whose page never came back presses send again after the site is up again.
  if (sentBefore) await accept(sentBefore);
  for (;;) {
    const id = randomUUID();
    await accept(id);
    if (Math.random() < 0.2) await accept(id);
    await wait(1 + Math.random() * 4);
  }
}
