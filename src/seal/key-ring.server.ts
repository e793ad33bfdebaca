/** The site’s own keys: one to write with, older ones to read with. */
import { createECDH, createPrivateKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';

export type SealKey = { id: string; secret: Uint8Array };

/** `writing` is also in `reading`. */
export type KeyRing = { writing: SealKey; reading: ReadonlyMap<string, SealKey> };

const secretBytes = 32;
const keyId = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Reads `SEAL_KEYS`: `id:base64url,id:base64url`, each secret 32 bytes; the first writes, all read.
 * Throws an Error whose message is a whole sentence and holds no secret.
 */
export function parseSealKeys(text: string): KeyRing {
  const keys = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part, position): SealKey => {
      const [id = '', encoded = ''] = part.split(':');
      if (!keyId.test(id)) {
        throw new Error(
          `SEAL_KEYS: key number ${position + 1} needs an id of letters, digits, dots, dashes or underscores before its colon.`,
        );
      }
      const secret = Buffer.from(encoded, 'base64url');
      if (secret.length !== secretBytes || secret.toString('base64url') !== encoded) {
        throw new Error(`SEAL_KEYS: the key “${id}” must be exactly 32 bytes written in base64url (43 characters).`);
      }
      return { id, secret };
    });
  const [writing] = keys;
  if (!writing) throw new Error('SEAL_KEYS is empty: give at least one key as id:base64url, or leave it unset.');
  const reading = new Map(keys.map((key) => [key.id, key]));
  if (reading.size !== keys.length) throw new Error('SEAL_KEYS: two keys have the same id; each needs its own.');
  return { writing, reading };
}

/** A new random key, as one entry of `SEAL_KEYS`. */
export function makeSealKeysText(): string {
  return `${randomBytes(4).toString('hex')}:${randomBytes(secretBytes).toString('base64url')}`;
}

/** A ring of one key that somebody else keeps, such as the key of a draft, which lives only in the person’s cookie. */
export function ringOf(secret: Uint8Array): KeyRing {
  if (secret.length !== secretBytes) throw new RangeError('A sealing key must be 32 bytes.');
  const writing = { id: 'held-elsewhere', secret };
  return { writing, reading: new Map([[writing.id, writing]]) };
}

/** The order of the group of P-256. */
const p256Order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

/**
 * The P-256 private key that belongs to a seal key. Derived, not stored: whoever rotates `SEAL_KEYS` rotates this too,
 * and there is no second secret to lose.
 */
export function recipientKeyOf(key: SealKey): KeyObject {
  // 48 bytes, so that reducing them leaves no measurable preference for small numbers.
  const material = Buffer.from(hkdfSync('sha256', key.secret, '', 'waiting referrals: ECDH-ES, P-256', 48));
  const scalar = (BigInt(`0x${material.toString('hex')}`) % (p256Order - 1n)) + 1n;
  const d = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex');
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(d);
  const point = pair.getPublicKey();
  return createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
      d: d.toString('base64url'),
    },
  });
}
