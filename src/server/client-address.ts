/** Whose request this is, for the limits: the address of the connection, or the one that a proxy we were told about names. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** `10.0.0.7` or `10.0.0.0/8`. */
export interface ProxyRange {
  readonly address: string;
  /** Bits; left out: this one address. */
  readonly prefix?: number;
}

/** Reads an address or a network; undefined if it is neither. */
export function proxyRange(text: string): ProxyRange | undefined {
  const [address = '', prefix, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return undefined;
  if (prefix === undefined) return { address };
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Infinity;
  return bits <= (family === 4 ? 32 : 128) ? { address, prefix: bits } : undefined;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** A socket that listens for both families names an IPv4 address inside an IPv6 one; some proxies add the port. */
function plainAddress(text: string | undefined): string | undefined {
  const bare = (text ?? '')
    .trim()
    .replace(/^\[([^\]]+)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(bare) === 0 ? undefined : bare;
}

/**
 * A function that names the client of a request, or undefined where nobody can be told from anybody else: this machine
 * itself, or a proxy that names no one. X-Forwarded-For counts only on connections from `proxies`, and is read from its
 * end: what stands before the last address that is no proxy’s was written by the client.
 */
export function clientAddresses(
  proxies: readonly ProxyRange[],
): (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string | undefined {
  const known = new BlockList();
  for (const { address, prefix } of proxies) {
    if (prefix === undefined) known.addAddress(address, familyOf(address));
    else known.addSubnet(address, prefix, familyOf(address));
  }
  const isProxy = (address: string): boolean => known.check(address, familyOf(address));

  return ({ headers, socket }) => {
    const peer = plainAddress(socket.remoteAddress);
    if (peer === undefined || !isProxy(peer)) return peer === undefined || isLoopback(peer) ? undefined : peer;
    const forwarded = [headers['x-forwarded-for'] ?? ''].flat().join(',').split(',');
    for (const text of forwarded.reverse()) {
      const address = plainAddress(text);
      if (address === undefined || !isProxy(address)) return address;
    }
    return undefined;
  };
}

/** Whether this address is this machine’s own. */
export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** Whether the connection of a request comes from this machine. */
export const isFromThisMachine = ({ socket }: Pick<IncomingMessage, 'socket'>): boolean =>
  isLoopback(plainAddress(socket.remoteAddress) ?? '');
