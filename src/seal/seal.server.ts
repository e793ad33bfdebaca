/**
 * Seals and opens. For the site itself (cookies, drafts), and for one recipient (a referral), always as compact JWE.
 * It keeps nothing, and opening never throws: what was changed, has expired or was meant for something else is undefined.
 */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { openDirect, sealDirect } from './direct-jwe.server.ts';
import { recipientKeyOf, type KeyRing } from './key-ring.server.ts';

const encryption = 'A256GCM';
const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/** What a sealed value is for, such as `answers`. A value sealed for one purpose does not open for another. */
export type Purpose = string;

/**
 * Seals a JSON value under the ring’s writing key.
 * @param options.expiresAt milliseconds since 1970; kept in whole seconds, rounded up
 * @param options.sizeStep sizes are seen only in steps of so many bytes; left out, the size is that of the value
 */
export function seal(
  ring: KeyRing,
  options: { purpose: Purpose; expiresAt: number; sizeStep?: number },
  value: unknown,
): string {
  const { id: kid, secret } = ring.writing;
  const { purpose, expiresAt, sizeStep = 1 } = options;
  const plain = paddedTo(sizeStep, encoder.encode(JSON.stringify(value)));
  return sealDirect(secret, { kid, purpose, exp: Math.ceil(expiresAt / 1000) }, plain);
}

/**
 * The value that `seal` was given, or undefined.
 * @param options.now milliseconds since 1970
 */
export function open(ring: KeyRing, options: { purpose: Purpose; now: number }, sealed: string): unknown {
  try {
    const { header, plain } = openDirect((kid) => ring.reading.get(String(kid))?.secret, sealed);
    const { purpose, exp } = header;
    if (purpose !== options.purpose) return undefined;
    if (typeof exp !== 'number' || exp * 1000 <= options.now) return undefined;
    return JSON.parse(decoder.decode(plain)) as unknown;
  } catch {
    return undefined;
  }
}

/** JSON followed by spaces, which every JSON reader passes over, up to a multiple of `step` bytes. */
function paddedTo(step: number, json: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil(json.length / step) * step).fill(0x20);
  padded.set(json);
  return padded;
}

/** Someone to whom a referral may be sealed. The site holds their public key only. */
export type Recipient = { keyId: string; publicKey: KeyObject };

/** The private keys of a recipient, by key id. */
export type RecipientKeys = ReadonlyMap<string, KeyObject>;

/** A sealed message as it is kept and, in format `jwe`, as it is sent. `sha256` is of the sealed bytes, in hex. */
export type SealedMessage = { sealed: Uint8Array; sha256: string; keyId: string };

const sealedType = 'referral+jwe';
const contentType = 'application/json';

/**
 * The one size, in bytes, that every message has before it is sealed: the size of what waits or goes over the wire tells
 * nothing, not even that somebody had much to say. Everything that a person can send fits, and once
 * sealed it fits the Gateway’s limit of 80 KiB.
 */
export const messageBytes = 56 * 1024;

export class MessageTooLongError extends Error {
  override name = 'MessageTooLongError';
}

/**
 * Seals a JSON value to a recipient; nobody else can open it, this process included.
 * The padding is spaces after the JSON, which every JSON reader ignores: the opened text is still the document.
 * @throws MessageTooLongError when the JSON is longer than `maxBytes`
 */
export async function sealTo(
  recipient: Recipient,
  id: string,
  value: unknown,
  maxBytes: number = messageBytes,
): Promise<SealedMessage> {
  const json = encoder.encode(JSON.stringify(value));
  if (json.length > maxBytes) {
    throw new MessageTooLongError(`The message is longer than ${maxBytes} bytes and cannot be sealed.`);
  }
  const padded = paddedTo(messageBytes, json);
  json.fill(0);
  const message = await sealBytesTo(recipient, id, padded);
  padded.fill(0);
  return message;
}

/** Seals bytes as they are, without padding. What a person wrote goes through `sealTo`. */
export async function sealBytesTo(recipient: Recipient, id: string, bytes: Uint8Array): Promise<SealedMessage> {
  const compact = await new CompactEncrypt(bytes)
    .setProtectedHeader({
      alg: 'ECDH-ES',
      enc: encryption,
      kid: recipient.keyId,
      typ: sealedType,
      cty: contentType,
      rid: id,
    })
    .encrypt(recipient.publicKey);
  const sealed = encoder.encode(compact);
  return { sealed, sha256: sha256Of(sealed), keyId: recipient.keyId };
}

/** What was sealed to one of these keys: its id and the JSON’s bytes with their padding; undefined if it does not open. */
export async function openFrom(
  keys: RecipientKeys,
  sealed: Uint8Array,
): Promise<{ id: string; keyId: string; json: Uint8Array } | undefined> {
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(
      sealed,
      ({ kid }) => {
        const key = keys.get(kid ?? '');
        if (!key) throw new Error('unknown key');
        return key;
      },
      { keyManagementAlgorithms: ['ECDH-ES'], contentEncryptionAlgorithms: [encryption], maxDecompressedLength: 0 },
    );
    const { kid, typ, rid } = protectedHeader as { kid?: unknown; typ?: unknown; rid?: unknown };
    if (typ !== sealedType || typeof kid !== 'string' || typeof rid !== 'string') return undefined;
    return { id: rid, keyId: kid, json: plaintext };
  } catch {
    return undefined;
  }
}

/** The site itself as a recipient, for a Gateway that cannot open JWE yet. */
export function siteAsRecipient(ring: KeyRing): Recipient {
  return { keyId: ring.writing.id, publicKey: createPublicKey(recipientKeyOf(ring.writing)) };
}

/** What opens messages sealed to the site itself, under any of its keys. */
export function siteRecipientKeys(ring: KeyRing): RecipientKeys {
  return new Map([...ring.reading.values()].map((key) => [key.id, recipientKeyOf(key)]));
}

/** SHA-256 in lower-case hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
