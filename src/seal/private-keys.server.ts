/** A Gateway’s private keys: the newest first, older ones to read with. None of this runs on a site that seals to somebody else. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { createECDH, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { JWK } from 'jose';
import { jwksIn, KeyError, keyIdOf } from './gateway-key.server.ts';
import type { Recipient, RecipientKeys } from './seal.server.ts';
import { readSecret, syncFolderOf } from './secret-file.server.ts';

export type PrivateKeys = {
  /** What others seal to: the public part of the newest key. */
  recipient: Recipient;
  /** Every private key, by its id. */
  keys: RecipientKeys;
  /** The public parts, newest first: what a site gets as `GATEWAY_PUBLIC_JWK`. */
  publicJwks: JWK[];
};

/** Reads a private JWK or a set of them. Throws a KeyError. @param from what the text is, for the sentence */
export async function readPrivateKeys(text: string, from: string): Promise<PrivateKeys> {
  const pairs = await Promise.all(jwksIn(text, from).map((jwk) => pairOf(jwk, from)));
  const keys = new Map(pairs.map(({ keyId, privateKey }) => [keyId, privateKey]));
  const [newest] = pairs;
  if (!newest || keys.size !== pairs.length) {
    throw new KeyError('same-id-twice', `${from} has two keys with the same id (kid): each needs its own.`);
  }
  return {
    recipient: { keyId: newest.keyId, publicKey: newest.publicKey },
    keys,
    publicJwks: pairs.map(({ keyId, publicKey }) => ({
      ...(publicKey.export({ format: 'jwk' }) as JWK),
      kid: keyId,
      use: 'enc',
      alg: 'ECDH-ES',
    })),
  };
}

async function pairOf(jwk: JWK, from: string): Promise<{ keyId: string; privateKey: KeyObject; publicKey: KeyObject }> {
  if (jwk.kty !== 'EC' || jwk.crv !== 'P-256' || jwk.d === undefined) {
    throw new KeyError(
      'no-fitting-key',
      `${from} must hold private keys (with d) on the curve P-256, and nothing else.`,
    );
  }
  try {
    const privateKey = createPrivateKey({ format: 'jwk', key: jwk });
    const publicKey = createPublicKey(privateKey);
    // Node does not compare the two halves; with a wrong pair, what is sealed would never open again.
    if (!isPair(jwk.d, publicKey.export({ format: 'jwk' }))) throw new Error('The halves do not belong together.');
    return { keyId: await keyIdOf(jwk), privateKey, publicKey };
  } catch {
    throw new KeyError('damaged', `${from} holds a key that is damaged.`);
  }
}

function isPair(d: string, { x = '', y = '' }: JsonWebKey): boolean {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(Buffer.from(d, 'base64url'));
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return ecdh.getPublicKey().equals(point);
}

/** A new private key, as the text of a key file. */
export const makePrivateKeyText = (): string => JSON.stringify(newPrivateJwk());

const newPrivateJwk = (): JWK =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });

/**
 * Puts a new key before the others in a key file (0600), or begins one. The others stay: what is on its way, and what was
 * received, was sealed to them. The file is replaced whole and is on the disk before this resolves. Throws an Error with a
 * whole sentence.
 */
export async function rotatePrivateKeys(path: string): Promise<PrivateKeys> {
  const existing = readSecret(path);
  if (existing !== undefined) await readPrivateKeys(existing, path);
  const text = JSON.stringify({ keys: [newPrivateJwk(), ...(existing === undefined ? [] : jwksIn(existing, path))] });
  const draft = `${path}.rotating`;
  let file: number;
  try {
    // Of two that rotate at once, one would lose the other’s key.
    file = openSync(draft, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new Error(`Another rotation is under way, or was cut off. If none is, remove ${draft} and try again.`, {
      cause: error,
    });
  }
  try {
    writeSync(file, text);
    fsyncSync(file);
    closeSync(file);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolderOf(path);
  return readPrivateKeys(text, path);
}
