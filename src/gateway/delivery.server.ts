/** Puts together where referrals go: to whom they are sealed, in which format, and how one attempt is made. */
import type { EntryKind, Format, GatewayList, Sender } from '#outbox/outbox.ts';
import { openGatewayKeys, type GatewayKeys, type KeyEvent } from '#seal/gateway-key.server.ts';
import type { KeyRing } from '#seal/key-ring.server.ts';
import { siteAsRecipient, siteRecipientKeys, type Recipient } from '#seal/seal.server.ts';
import { gatewayClient, type Deadlines } from './client.server.ts';
import { withdrawalsUrlOf } from './contract.ts';
import type { EmbeddedKeys } from './embedded/received.server.ts';
import { gatewayList } from './list.server.ts';
import { gatewaySender } from './sender.server.ts';

export type Delivery = {
  /** To whom a referral is sealed at this moment; undefined once every key has ended: then none may be accepted. */
  readonly recipient: Recipient | undefined;
  format: Format;
  send: Sender;
  list: GatewayList;
  /** Finds keys that have changed or ended since, and tells of it. To be called every few seconds; never throws. */
  lookAtKeys(): Promise<void>;
};

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
  log?: (event: KeyEvent) => void;
  deadlines?: Deadlines;
}): Promise<Delivery> {
  const { settings, embedded, ring, now, log = () => undefined, deadlines } = parts;
  const referralsUrl = settings.url ? () => settings.url as URL : embedded?.url;
  if (!referralsUrl) throw new Error('There is no Gateway: set GATEWAY_URL, or EMBEDDED_GATEWAY=on.');
  const url = (kind: EntryKind): URL =>
    kind === 'referral' ? referralsUrl() : (settings.withdrawalsUrl ?? withdrawalsUrlOf(referralsUrl()));
  const token = settings.token ?? embedded?.keys.token;

  const keys = await keysOf(settings, { embedded: embedded?.keys, ring, now, log });

  return {
    get recipient() {
      return keys.current();
    },
    format: settings.format,
    send: gatewaySender(gatewayClient({ url, token, now, ...(deadlines && { deadlines }) }), siteRecipientKeys(ring)),
    // A copy, because each question gets a day of its own.
    list: gatewayList({ url: () => new URL(referralsUrl()), token }),
    lookAtKeys: () => keys.lookAgain(),
  };
}

async function keysOf(
  { format, publicJwk }: GatewaySettings,
  parts: {
    embedded: Pick<EmbeddedKeys, 'recipient'> | undefined;
    ring: KeyRing;
    now: () => number;
    log: (event: KeyEvent) => void;
  },
): Promise<GatewayKeys> {
  const { embedded, ring, now, log } = parts;
  // What is our own has no end, and the embedded Gateway looks after its keys itself.
  const lookAgain = (): Promise<void> => Promise.resolve();
  if (format === 'json') {
    const site = siteAsRecipient(ring);
    return { current: () => site, lookAgain };
  }
  if (publicJwk !== undefined) return openGatewayKeys({ value: publicJwk, now, log });
  if (embedded) return { current: () => embedded.recipient, lookAgain };
  throw new Error('Referrals cannot be sealed: set GATEWAY_PUBLIC_JWK to the Gateway’s public key.');
}
