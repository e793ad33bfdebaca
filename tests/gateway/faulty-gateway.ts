/** A real HTTP server that answers as it is told, for the client to meet. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Received = { method: string; url: string; headers: IncomingMessage['headers']; body: Buffer };

/** Starts a server that reads each request whole, notes it, and then lets `answer` speak. */
export async function startServer(
  answer: (response: ServerResponse, received: Received) => void,
): Promise<{ url: URL; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const whole = { method, url, headers, body: Buffer.concat(chunks) };
      received.push(whole);
      answer(response, whole);
    });
    request.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/gateway/v1/referrals`), received };
}

export const idOf = ({ headers }: Received): string => String(headers['idempotency-key']).replaceAll('"', '');

/** The acknowledgement that the contract asks for. */
export const rightAnswer = (received: Received) => ({
  id: idOf(received),
  sha256: createHash('sha256').update(received.body).digest('hex'),
  gatewayReference: 'G-7KQM4T9X',
  receivedAt: '2026-11-23T12:00:00.000Z',
});

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}
