/** After sending: where a referral is, for whoever has both secrets, and taking it back. */
import { createHash } from 'node:crypto';
import { withdrawalV1 } from '#gateway/withdrawal-v1.ts';
import type { Format } from '#outbox/outbox.ts';
import { sealTo, type Recipient } from '#seal/seal.server.ts';
import type { AfterwardsStore, Withdrawn } from '#store/afterwards.ts';
import type { Guesses } from './guesses.ts';
import { readSecrets, statusKeyOf, type StatusSecrets } from './status-code.ts';

/** Times are milliseconds since 1970. `forgottenAt`: from then on nothing here knows of the referral. */
export type Status =
  | { readonly state: 'waiting' }
  | {
      readonly state: 'received';
      readonly since: number;
      readonly gatewayReference: string;
      readonly forgottenAt: number;
    }
  | {
      readonly state: 'withdrawn';
      /** Left out where the Gateway had the referral before: then that is the time which is known. */
      readonly since?: number;
      /** What the Gateway knows of it: nothing at all, soon, or already. */
      readonly gateway: 'never-sent' | 'being-told' | 'told';
      readonly forgottenAt: number;
    };

export interface Found {
  readonly id: string;
  readonly secrets: StatusSecrets;
  readonly status: Status;
}

interface Parts {
  readonly store: AfterwardsStore;
  readonly guesses: Guesses;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Undefined for a wrong pair, one that is known no more, and after too many tries: nothing tells which. */
export async function findStatus(
  { store, guesses, now }: Parts,
  typed: { reference: string; code: string },
): Promise<Found | undefined> {
  await guesses.pause();
  const secrets = readSecrets(typed.reference, typed.code);
  if (!secrets || !guesses.allows(secrets.reference, now)) return undefined;
  const id = await store.referralOf(statusKeyOf(secrets));
  const status = id === undefined ? undefined : await statusOf(store, id);
  if (id !== undefined && status) return { id, secrets, status };
  guesses.missed(secrets.reference, now);
  return undefined;
}

/** Where this referral is; undefined if it is known no more. */
export async function statusOf(store: AfterwardsStore, id: string): Promise<Status | undefined> {
  const referral = await store.whereIs(id);
  if (!referral) return undefined;
  if (referral.at === 'here') return { state: 'waiting' };
  const { since, forgottenAt } = referral;
  const withdrawal = await store.whereIs(withdrawalIdOf(id));
  const gateway = !withdrawal ? 'never-sent' : withdrawal.at === 'here' ? 'being-told' : 'told';
  if (referral.at === 'withdrawn') return { state: 'withdrawn', since, gateway, forgottenAt };
  if (withdrawal) return { state: 'withdrawn', gateway, forgottenAt };
  return { state: 'received', since, gatewayReference: referral.gatewayReference, forgottenAt };
}

/** The id of a referral’s withdrawal: made from the referral’s, so that asking twice is the same withdrawal. */
export function withdrawalIdOf(referralId: string): string {
  const bytes = createHash('sha256').update(`withdrawal of ${referralId.toLowerCase()}`).digest();
  // Version 8 of RFC 9562: a UUID made in a way of one’s own.
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/**
 * Takes a referral back. Whatever of it still waits is erased when this resolves; where the Gateway may have it, the message
 * that tells them is in the outbox by then. `no-key`: there is nobody to whom that could be sealed just now; nothing has changed.
 * @throws database errors: then nothing has changed
 */
export async function withdrawReferral(
  parts: { store: AfterwardsStore; recipient: Recipient | undefined; format: Format; now: number },
  { id: referral, secrets }: Pick<Found, 'id' | 'secrets'>,
): Promise<Withdrawn | 'no-key'> {
  const { store, recipient, format, now } = parts;
  if (!recipient) return 'no-key';
  const id = withdrawalIdOf(referral);
  const message = withdrawalV1.parse({
    schema: 'withdrawal/v1',
    id,
    referral,
    reference: secrets.reference,
    withdrawnAt: new Date(now).toISOString(),
  });
  const { sealed, sha256, keyId } = await sealTo(recipient, id, message);
  return store.withdraw({
    referralId: referral,
    message: { id, sealed, sha256, keyId, format, kind: 'withdrawal', createdAt: now },
    withdrawnAt: now,
  });
}
