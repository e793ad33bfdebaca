/** Where the embedded Gateway is, seen from this machine. */
import { referralsPath } from '#gateway/contract.ts';

/** @param host what the server listens on; an address that stands for all is reached at this machine’s own */
export function embeddedGatewayUrl(host: string, port: number): URL {
  return new URL(`http://${reachable(host)}:${port}${referralsPath}`);
}

function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
