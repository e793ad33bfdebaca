/** Delivers a claimed entry: as it is, or, for a Gateway that cannot open JWE yet, opened for the moment of sending. */
import type { Sender } from '#outbox/outbox.ts';
import { openFrom, type RecipientKeys } from '#seal/seal.server.ts';
import type { GatewayClient } from './client.server.ts';

/** @param siteKeys what opens entries of format `json`; the keys of `SEAL_KEYS`, older ones included */
export function gatewaySender(post: GatewayClient, siteKeys: RecipientKeys): Sender {
  return async ({ id, sealed, format, kind }, signal) => {
    // The entry’s own format, not today’s setting: one id never goes out with two bodies.
    if (format === 'jwe') return post({ id, body: sealed, format, kind }, signal);
    const opened = await openFrom(siteKeys, sealed);
    if (opened?.id !== id) return { kind: 'cannot-open' };
    return post({ id, body: opened.json, format, kind }, signal);
  };
}
