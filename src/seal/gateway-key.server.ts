/** The Gateway’s public key: read from the environment, checked, and made into a recipient. */
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { z } from 'zod';
import type { Recipient } from './seal.server.ts';

const keyOrSet = z.union([z.object({ keys: z.array(z.looseObject({})).min(1) }), z.looseObject({ kty: z.string() })]);

/**
 * Reads `GATEWAY_PUBLIC_JWK`: a JWK, a JWK set, or the path of a file that holds either. Of a set, the first key that is
 * meant for encryption is taken. Throws an Error whose message is a whole sentence.
 */
export async function readGatewayKey(value: string): Promise<Recipient> {
  const inline = value.trimStart().startsWith('{');
  const text = inline ? value : readKeyFile(value);
  const from = inline ? 'GATEWAY_PUBLIC_JWK' : `GATEWAY_PUBLIC_JWK (the file ${value})`;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Error(`${from} is not JSON: give the Gateway’s public key as a JWK, or the path of a JWK set.`);
  }
  const checked = keyOrSet.safeParse(parsed);
  if (!checked.success) throw new Error(`${from} is neither a JWK nor a JWK set.`);
  if (!('keys' in checked.data)) return recipientFromJwk(checked.data, from);

  const keys = checked.data.keys as JWK[];
  // A private part anywhere in the set is refused, whichever key would be used: the file has leaked.
  if (keys.some(hasPrivatePart)) throw new Error(privatePartSentence(from));
  const usable = keys.find((key) => key.kty === 'EC' && key.crv === 'P-256' && (key.use ?? 'enc') === 'enc');
  if (!usable) throw new Error(`${from} has no key for encryption on the curve P-256.`);
  return recipientFromJwk(usable, from);
}

/** A public P-256 JWK as a recipient; its `kid`, or its thumbprint where it has none. Throws a whole sentence. */
export async function recipientFromJwk(jwk: JWK, from = 'The key'): Promise<Recipient> {
  if (hasPrivatePart(jwk)) throw new Error(privatePartSentence(from));
  if (jwk.kty !== 'EC' || jwk.crv !== 'P-256') {
    throw new Error(`${from} must be an elliptic-curve key (kty EC) on the curve P-256 (crv P-256).`);
  }
  if ((jwk.use ?? 'enc') !== 'enc')
    throw new Error(`${from} is a key for signatures; the one for encryption is needed.`);
  if (jwk.alg !== undefined && jwk.alg !== 'ECDH-ES') {
    throw new Error(`${from} is meant for ${jwk.alg}; this site seals with ECDH-ES.`);
  }
  const { kty, crv, x, y } = jwk;
  try {
    // Node refuses a point that is not on the curve.
    const publicKey = createPublicKey({ format: 'jwk', key: { kty, crv, x: x ?? '', y: y ?? '' } });
    return { keyId: jwk.kid ?? (await calculateJwkThumbprint(jwk)), publicKey };
  } catch {
    throw new Error(`${from} is damaged: its x and y are not a point on the curve P-256.`);
  }
}

const hasPrivatePart = (jwk: JWK): boolean => 'd' in jwk;

const privatePartSentence = (from: string): string =>
  `${from} contains a private key. Give the public part only, and treat that private key as leaked.`;

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Error(`GATEWAY_PUBLIC_JWK is neither a JWK nor a file that can be read: ${path}`);
  }
}
