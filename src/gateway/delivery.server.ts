/** Puts together where referrals go: to whom they are sealed, in which format, and how one attempt is made. */
import type { EntryKind, Format, Sender } from '#outbox/outbox.ts';
import { readGatewayKey } from '#seal/gateway-key.server.ts';
import type { KeyRing } from '#seal/key-ring.server.ts';
import { siteAsRecipient, siteRecipientKeys, type Recipient } from '#seal/seal.server.ts';
import { gatewayClient, type Deadlines } from './client.server.ts';
import { withdrawalsUrlOf } from './contract.ts';
import type { EmbeddedKeys } from './embedded/received.server.ts';
import { gatewaySender } from './sender.server.ts';

export type Delivery = { recipient: Recipient; format: Format; send: Sender };

export type GatewaySettings = {
  url?: URL | undefined;
  /** Left out: beside `url`. */
  withdrawalsUrl?: URL | undefined;
  token?: string | undefined;
  publicJwk?: string | undefined;
  format: Format;
};

/**
 * What the environment leaves open is the embedded Gateway’s own. Throws an Error with a whole sentence.
 * @param parts.embedded the embedded Gateway, if it is switched on, with the address at which it listens
 */
export async function prepareDelivery(parts: {
  settings: GatewaySettings;
  embedded?: { keys: Pick<EmbeddedKeys, 'token' | 'recipient'>; url: () => URL } | undefined;
  ring: KeyRing;
  now: () => number;
  deadlines?: Deadlines;
}): Promise<Delivery> {
  const { settings, embedded, ring, now, deadlines } = parts;
  const referralsUrl = settings.url ? () => settings.url as URL : embedded?.url;
  if (!referralsUrl) throw new Error('There is no Gateway: set GATEWAY_URL, or EMBEDDED_GATEWAY=on.');
  const url = (kind: EntryKind): URL =>
    kind === 'referral' ? referralsUrl() : (settings.withdrawalsUrl ?? withdrawalsUrlOf(referralsUrl()));
  const token = settings.token ?? embedded?.keys.token;

  return {
    recipient: await recipientOf(settings, embedded?.keys.recipient, ring),
    format: settings.format,
    send: gatewaySender(gatewayClient({ url, token, now, ...(deadlines && { deadlines }) }), siteRecipientKeys(ring)),
  };
}

async function recipientOf(
  settings: GatewaySettings,
  embedded: Recipient | undefined,
  ring: KeyRing,
): Promise<Recipient> {
  if (settings.format === 'json') return siteAsRecipient(ring);
  if (settings.publicJwk !== undefined) return readGatewayKey(settings.publicJwk);
  if (embedded) return embedded;
  throw new Error('Referrals cannot be sealed: set GATEWAY_PUBLIC_JWK to the Gateway’s public key.');
}
