/** The embedded Gateway behind a real HTTP server, in a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openEmbeddedGateway, type EmbeddedGateway, type GatewayEvent } from '#gateway/embedded/gateway.server.ts';

export type Listening = {
  gateway: EmbeddedGateway;
  dataDir: string;
  url: URL;
  events: GatewayEvent[];
  /** Stops the server as a crash of the Gateway would. */
  stop(): Promise<void>;
};

/** `fault` may answer instead of the Gateway (true), or let it answer (false). */
export async function startEmbeddedGateway(
  options: {
    dataDir?: string;
    port?: number;
    fault?: (request: IncomingMessage, response: ServerResponse) => boolean;
  } = {},
): Promise<Listening> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'advocate-'));
  const events: GatewayEvent[] = [];
  const gateway = await openEmbeddedGateway({ dataDir, now: () => Date.now(), log: (event) => events.push(event) });
  const server = createServer((request, response) => {
    if (options.fault?.(request, response)) return;
    void gateway.handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await gateway.close();
  };
  onTestFinished(async () => {
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/gateway/v1/referrals`);
  return { gateway, dataDir, url, events, stop };
}
