/** The Gateway’s public keys: read from the environment or a file, checked, and the one of them that is sealed to now. */
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { z } from 'zod';
import type { Recipient } from './seal.server.ts';

/** Why keys were refused, in a word that the log may hold. */
export const keyRefusals = [
  'not-readable',
  'not-json',
  'not-a-key',
  'private-part',
  'no-fitting-key',
  'damaged',
  'same-id-twice',
  'ended',
  'not-begun',
] as const;
export type KeyRefusal = (typeof keyRefusals)[number];

/** Keys that cannot be used. The message is a whole sentence and holds no part of a key. */
export class KeyError extends Error {
  override name = 'KeyError';
  readonly refusal: KeyRefusal;
  constructor(refusal: KeyRefusal, sentence: string) {
    super(sentence);
    this.refusal = refusal;
  }
}

/** A public key with the time for which it is meant: `nbf` and `exp`, in milliseconds since 1970. */
export type DatedKey = Recipient & { from: number; until: number };

const anyJwk = z.looseObject({ kty: z.string() });
const keyOrSet = z.union([z.object({ keys: z.array(anyJwk).min(1) }), anyJwk]);
/** It travels in the header of every message, which has little room beside the message. */
const longestKeyId = 200;
const seconds = z.number().min(0).max(8.64e12).optional();

/** The JWKs in a text that holds one or a set of them. Throws a KeyError. @param from what the text is, for the sentence */
export function jwksIn(text: string, from: string): JWK[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new KeyError('not-json', `${from} is not JSON: a JWK or a JWK set is needed.`);
  }
  const checked = keyOrSet.safeParse(parsed);
  if (!checked.success) throw new KeyError('not-a-key', `${from} is neither a JWK nor a JWK set.`);
  return ('keys' in checked.data ? checked.data.keys : [checked.data]) as JWK[];
}

/**
 * Every key of a JWK or a JWK set that referrals could be sealed to, now or at another time, in the order of the set.
 * Keys of other kinds are passed over in a set, so that one set can serve more than this site. Throws a KeyError.
 */
export async function readGatewayKeys(text: string, from = 'The key'): Promise<DatedKey[]> {
  const jwks = jwksIn(text, from);
  // A private part anywhere is refused, whichever key would be used: the file has leaked.
  if (jwks.some(hasPrivatePart)) {
    const sentence = `${from} contains a private key. Give the public part only, and treat that private key as leaked.`;
    throw new KeyError('private-part', sentence);
  }
  const fitting = jwks.filter((jwk) => misfit(jwk, from) === undefined);
  if (fitting.length === 0) {
    const [only, another] = jwks;
    // Of a single key it can be said what is wrong with it.
    const sentence = only && !another ? misfit(only, from) : undefined;
    throw new KeyError('no-fitting-key', sentence ?? `${from} has no key for encryption (ECDH-ES) on the curve P-256.`);
  }
  const keys = await Promise.all(fitting.map((jwk) => datedKey(jwk, from)));
  if (new Set(keys.map(({ keyId }) => keyId)).size !== keys.length) {
    throw new KeyError('same-id-twice', `${from} has two keys with the same id (kid): each needs its own.`);
  }
  return keys;
}

/** A public P-256 JWK as a recipient; its `kid`, or its thumbprint where it has none. Throws a KeyError. */
export async function recipientFromJwk(jwk: JWK, from = 'The key'): Promise<Recipient> {
  const sentence = misfit(jwk, from);
  if (sentence !== undefined) throw new KeyError('no-fitting-key', sentence);
  const { x = '', y = '' } = jwk;
  try {
    // Node refuses a point that is not on the curve.
    const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
    return { keyId: await keyIdOf(jwk), publicKey };
  } catch {
    throw new KeyError('damaged', `${from} is damaged: its x and y are not a point on the curve P-256.`);
  }
}

/** The id of a P-256 key: its `kid`, or its thumbprint (RFC 7638) where it has none. */
export const keyIdOf = async (jwk: JWK): Promise<string> => jwk.kid ?? (await calculateJwkThumbprint(jwk));

/** The key to seal to at this moment: the first of the set whose time it is. `now` in milliseconds since 1970. */
export const keyOfTheMoment = (keys: readonly DatedKey[], now: number): DatedKey | undefined =>
  keys.find(({ from, until }) => from <= now && now < until);

/** When there will be no key to seal to any more, in milliseconds since 1970; Infinity if that will not come. */
export function usableUntil(keys: readonly DatedKey[], now: number): number {
  const key = keyOfTheMoment(keys, now);
  return key ? usableUntil(keys, key.until) : now;
}

async function datedKey(jwk: JWK, from: string): Promise<DatedKey> {
  const recipient = await recipientFromJwk(jwk, from);
  const dates = z.object({ nbf: seconds, exp: seconds }).safeParse(jwk);
  if (!dates.success) {
    throw new KeyError('not-a-key', `${from} has a key whose nbf or exp is not a number of seconds since 1970.`);
  }
  if (recipient.keyId.length > longestKeyId) {
    throw new KeyError('not-a-key', `${from} has a key whose id (kid) is longer than ${longestKeyId} characters.`);
  }
  const { nbf = 0, exp = Number.POSITIVE_INFINITY } = dates.data;
  return { ...recipient, from: nbf * 1000, until: exp * 1000 };
}

/** Why nothing can be sealed to this key, as a sentence; undefined if it fits. */
function misfit(jwk: JWK, from: string): string | undefined {
  if (jwk.kty !== 'EC' || jwk.crv !== 'P-256') {
    return `${from} must be an elliptic-curve key (kty EC) on the curve P-256 (crv P-256).`;
  }
  if ((jwk.use ?? 'enc') !== 'enc') return `${from} is a key for signatures; the one for encryption is needed.`;
  if (jwk.alg !== undefined && jwk.alg !== 'ECDH-ES') {
    return `${from} is meant for ${jwk.alg}; this site seals with ECDH-ES.`;
  }
  return undefined;
}

/** `d` of a key pair, `k` of a shared secret. */
const hasPrivatePart = (jwk: JWK): boolean => 'd' in jwk || 'k' in jwk;

/** What the keys have to tell. No field can hold a part of a key. */
export type KeyEvent =
  | { event: 'keys.changed'; keys: number }
  | { event: 'keys.refused'; refusal: KeyRefusal }
  | { event: 'keys.ending'; days: number }
  | { event: 'keys.none' }
  | { event: 'keys.usable-again' };

export type GatewayKeys = {
  /** The key to seal to at this moment; undefined once every key has ended: then nothing may be accepted. */
  current(): Recipient | undefined;
  /** Reads the file again, if there is one, and tells what has changed since the last look. Never throws. */
  lookAgain(): Promise<void>;
};

const dayMs = 24 * 60 * 60_000;
const tellOfEndMs = 14 * dayMs;

/**
 * Opens `GATEWAY_PUBLIC_JWK`: a JWK, a JWK set, or the path of a file that holds either.
 * A changed file takes effect at the next look. A file that cannot be used is refused, and the last good keys stay; but a
 * set in which every key has ended is the Gateway’s own word, and is taken at it.
 * @throws a KeyError when no key can be sealed to at this moment
 */
export async function openGatewayKeys(parts: {
  value: string;
  /** Milliseconds since 1970. */
  now: () => number;
  log: (event: KeyEvent) => void;
}): Promise<GatewayKeys> {
  const { value, now, log } = parts;
  const isInline = value.trimStart().startsWith('{');
  const name = isInline ? 'GATEWAY_PUBLIC_JWK' : `GATEWAY_PUBLIC_JWK (the file ${value})`;
  const textNow = (): string => (isInline ? value : readKeyFile(value));

  let text = textNow();
  let keys = await readGatewayKeys(text, name);
  assertUsable(keys, now(), name);
  let refused: string | undefined;
  let wasUsable = true;
  let toldOfEndAt = Number.NEGATIVE_INFINITY;

  async function readAgain(): Promise<void> {
    let found: string | undefined;
    try {
      found = textNow();
      if (found !== text) {
        const read = await readGatewayKeys(found, name);
        if (read.every(({ from }) => from > now())) assertUsable(read, now(), name);
        [text, keys] = [found, read];
        log({ event: 'keys.changed', keys: read.length });
      }
      refused = undefined;
    } catch (error) {
      // Told once for each text, not at each look.
      const what = found ?? 'not readable';
      const refusal = error instanceof KeyError ? error.refusal : 'not-readable';
      if (refused !== what) log({ event: 'keys.refused', refusal });
      refused = what;
    }
  }

  return {
    current: () => keyOfTheMoment(keys, now()),
    async lookAgain() {
      await readAgain();
      const at = now();
      const isUsable = keyOfTheMoment(keys, at) !== undefined;
      if (isUsable !== wasUsable) log({ event: isUsable ? 'keys.usable-again' : 'keys.none' });
      wasUsable = isUsable;
      const leftMs = usableUntil(keys, at) - at;
      if (isUsable && leftMs < tellOfEndMs && at - toldOfEndAt >= dayMs) {
        toldOfEndAt = at;
        log({ event: 'keys.ending', days: Math.floor(leftMs / dayMs) });
      }
    },
  };
}

function assertUsable(keys: readonly DatedKey[], now: number, name: string): void {
  if (keyOfTheMoment(keys, now)) return;
  if (keys.every(({ from }) => from > now)) {
    throw new KeyError(
      'not-begun',
      `${name} holds no key that may be used already: the time of each (nbf) is still to come.`,
    );
  }
  throw new KeyError(
    'ended',
    `${name} holds no key that may still be used: their time (exp) is over. Ask the Gateway for a new one.`,
  );
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new KeyError('not-readable', `GATEWAY_PUBLIC_JWK is neither a JWK nor a file that can be read: ${path}`);
  }
}
