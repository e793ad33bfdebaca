/** Whose request it is: what a client writes into a header about itself is never believed. */
import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { clientAddresses, isFromThisMachine, proxyRange } from '#server/client-address.ts';

type Asked = Pick<IncomingMessage, 'headers' | 'socket'>;

/** A request on a connection from `remoteAddress`. */
function from(remoteAddress: string | undefined, forwarded?: string): Asked {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { socket: Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress }), headers };
}
const clientOf = clientAddresses(['10.0.0.0/8', '192.0.2.1', '2001:db8::/32'].map((each) => proxyRange(each)!));

describe('the client of a request', () => {
  test.each([
    ['nobody’s proxy: the connection’s own address', '203.0.113.7', undefined, '203.0.113.7'],
    ['a header from a stranger counts for nothing', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['what our proxy names', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['what the client wrote before that counts for nothing', '10.1.2.3', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
    ['a client that claims to be our proxy', '10.1.2.3', '10.9.9.9, 198.51.100.1', '198.51.100.1'],
    ['two of our proxies, one behind the other', '10.1.2.3', '198.51.100.1, 192.0.2.1', '198.51.100.1'],
    ['IPv4 inside IPv6', '::ffff:10.1.2.3', '::ffff:198.51.100.1', '198.51.100.1'],
    ['with a port', '10.1.2.3', '198.51.100.1:50123', '198.51.100.1'],
    ['IPv6 with a port', '2001:db8::1', '[2a00::7]:443', '2a00::7'],
    ['a proxy that names nobody', '10.1.2.3', undefined, undefined],
    ['a proxy that says “unknown”', '10.1.2.3', 'unknown', undefined],
    ['a stranger’s words before “unknown” are not read', '10.1.2.3', '1.1.1.1, unknown', undefined],
    ['this machine', '127.0.0.1', '198.51.100.1', undefined],
    ['this machine by IPv6', '::1', undefined, undefined],
    ['a connection that is gone', undefined, undefined, undefined],
  ])('%s', (_what, peer, forwarded, client) => {
    expect(clientOf(from(peer, forwarded))).toBe(client);
  });

  test('a proxy on this machine has to be named too', () => {
    const local = clientAddresses([proxyRange('127.0.0.1')!]);
    expect(local(from('127.0.0.1', '198.51.100.1'))).toBe('198.51.100.1');
    expect(local(from('127.0.0.1'))).toBeUndefined();
  });

  test('this machine is known by its own addresses alone', () => {
    expect(isFromThisMachine(from('127.0.0.9'))).toBe(true);
    expect(isFromThisMachine(from('::ffff:127.0.0.1'))).toBe(true);
    expect(isFromThisMachine(from('10.0.0.1'))).toBe(false);
  });
});

test.each(['', 'proxy', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0', '::/129', '10.0.0.0/-1'])(
  '“%s” is no network of proxies',
  (text) => {
    expect(proxyRange(text)).toBeUndefined();
  },
);
