/** Three instances over one PostgreSQL, replaced one after the other while people send: every reference shown arrives once. */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { referFlow } from '#referral/refer-flow.ts';
import { makeSealKeysText } from '#seal/key-ring.server.ts';
import { href } from '#site/links.ts';
import { startFaultyGateway } from '../support/faulty-gateway.ts';
import { fillReferral } from '../support/journeys.ts';
import { mair } from '../support/people.ts';
import { startPostgres } from '../support/postgres.ts';
import { startSite, type Site } from '../support/site.ts';
import { Visitor } from '../support/visitor.ts';

const steps = referFlow.map(({ id }) => id);
const checkAddress = href('refer-check', 'en');

const referenceIn = (text: string): string | undefined =>
  /<output[^>]*>\s*([A-Z2-9-]{11})\s*<\/output>/.exec(text)?.[1];

/**
 * Sends each request to the next instance. One that does not listen any more is passed over, and so is one that closed before
 * it took the connection from the system: whatever is posted to us may be posted again.
 */
async function balance(sites: readonly Site[]): Promise<string> {
  let turn = 0;

  function hand(incoming: IncomingMessage, body: Buffer, response: ServerResponse, triesLeft: number): void {
    const site = sites[turn++ % sites.length]!;
    const { method, url, headers } = incoming;
    const outgoing = request(new URL(url ?? '/', site.origin), { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const isGone = error.code === 'ECONNREFUSED' || (error.code === 'ECONNRESET' && !response.headersSent);
      if (isGone && triesLeft > 0) hand(incoming, body, response, triesLeft - 1);
      else response.destroy();
    });
    outgoing.end(body);
  }

  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => hand(incoming, Buffer.concat(chunks), response, sites.length));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('while three instances are replaced one by one, nobody meets an error, and every referral arrives once', async () => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const gateway = await startFaultyGateway();
  onTestFinished(() => gateway.close());
  const env = {
    ...gateway.env,
    DATABASE_URL: await postgres.newDatabase(),
    SEAL_KEYS: makeSealKeysText(),
    PUBLIC_ORIGIN: 'http://advocate.example',
  };
  const sites = await Promise.all([startSite({ env }), startSite({ env }), startSite({ env })]);
  onTestFinished(async () => {
    await Promise.all(sites.map((site) => site.stop('SIGKILL')));
  });
  const origin = await balance(sites);

  const shown: string[] = [];
  const replaced = new AbortController();
  const somebody = async (): Promise<void> => {
    while (!replaced.signal.aborted) {
      // Each page comes from another instance than the one before.
      const visitor = new Visitor(origin);
      const { path } = await fillReferral(visitor, 'en', mair, steps);
      expect(path).toBe(checkAddress);
      const { status, text } = await visitor.post(checkAddress, {});
      expect(status).toBe(200);
      const reference = referenceIn(text);
      expect(reference).toBeDefined();
      shown.push(reference!);
    }
  };
  const people = Promise.all([somebody(), somebody(), somebody()]);
  // What went wrong for one of them is told below, when the instances are in peace again.
  people.catch(() => replaced.abort());
  for (const turn of [0, 1, 2]) {
    expect(await sites[turn]!.stop()).toBe(0);
    sites[turn] = await startSite({ env });
  }
  replaced.abort();
  await people;

  await expect
    .poll(async () => (await (await fetch(`${origin}/readyz`)).json()) as unknown, { timeout: 60_000, interval: 200 })
    .toMatchObject({ waiting: 0, parked: 0 });
  expect(shown.length).toBeGreaterThan(2);
  expect(gateway.kept.map(({ reference }) => reference).sort()).toEqual([...shown].sort());
  expect(gateway.breaches).toEqual([]);
  for (const site of sites) expect(site.logs()).not.toContain('"level":"alarm"');
}, 180_000);
