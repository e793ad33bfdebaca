/** Puts together where referrals go: to whom they are sealed, in which format, and how one attempt is made. */
import type { Format, GatewayList, Sender } from '#outbox/outbox.ts';
import { readGatewayKey } from '#seal/gateway-key.server.ts';
import type { KeyRing } from '#seal/key-ring.server.ts';
import { siteAsRecipient, siteRecipientKeys, type Recipient } from '#seal/seal.server.ts';
import { gatewayClient, type Deadlines } from './client.server.ts';
import type { EmbeddedKeys } from './embedded/received.server.ts';
import { gatewayList } from './list.server.ts';
import { gatewaySender } from './sender.server.ts';

export type Delivery = { recipient: Recipient; format: Format; send: Sender; list: GatewayList };

export type GatewaySettings = {
  url?: URL | undefined;
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
  const url = settings.url ? () => settings.url as URL : embedded?.url;
  if (!url) throw new Error('There is no Gateway: set GATEWAY_URL, or EMBEDDED_GATEWAY=on.');
  const token = settings.token ?? embedded?.keys.token;

  return {
    recipient: await recipientOf(settings, embedded?.keys.recipient, ring),
    format: settings.format,
    send: gatewaySender(gatewayClient({ url, token, now, ...(deadlines && { deadlines }) }), siteRecipientKeys(ring)),
    // A copy, because each question gets a day of its own.
    list: gatewayList({ url: () => new URL(url()), token }),
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
