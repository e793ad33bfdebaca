/**
 * What the site seals for itself, as compact JWE (RFC 7516) with `dir` and `A256GCM`, by Node’s own cipher in the same turn.
 * jose would hand each of them to another thread, which costs more than all the rest of the answer to a form; the tests
 * see to it that each opens what the other sealed.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

export interface DirectHeader {
  readonly kid: string;
  readonly purpose: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

export function sealDirect(secret: Uint8Array, header: DirectHeader, plain: Uint8Array): string {
  const protectedHeader = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', ...header })).toString('base64url');
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, secret, iv, { authTagLength: tagBytes });
  sealing.setAAD(Buffer.from(protectedHeader, 'ascii'));
  const sealed = Buffer.concat([sealing.update(plain), sealing.final()]);
  const [ivPart, sealedPart, tagPart] = [iv, sealed, sealing.getAuthTag()].map((bytes) => bytes.toString('base64url'));
  return `${protectedHeader}..${ivPart}.${sealedPart}.${tagPart}`;
}

/** The header with whatever stands in it, and the bytes. @throws if it is anything but what `sealDirect` makes */
export function openDirect(
  secretOf: (kid: unknown) => Uint8Array | undefined,
  compact: string,
): { readonly header: Readonly<Record<string, unknown>>; readonly plain: Uint8Array } {
  const [protectedHeader = '', encryptedKey, ivPart = '', sealed = '', tagPart = '', ...more] = compact.split('.');
  const header = JSON.parse(Buffer.from(protectedHeader, 'base64url').toString()) as Readonly<Record<string, unknown>>;
  const isOurs = header['alg'] === 'dir' && header['enc'] === 'A256GCM' && !('crit' in header) && !('zip' in header);
  const secret = secretOf(header['kid']);
  const [iv, tag] = [Buffer.from(ivPart, 'base64url'), Buffer.from(tagPart, 'base64url')];
  // A shorter tag would be easier to guess, and Node would take it.
  const isWhole = encryptedKey === '' && more.length === 0 && iv.length === ivBytes && tag.length === tagBytes;
  if (!isOurs || !isWhole || !secret) throw new Error('This was not sealed by the site for itself.');
  const opening = createDecipheriv(cipher, secret, iv, { authTagLength: tagBytes });
  opening.setAAD(Buffer.from(protectedHeader, 'ascii')).setAuthTag(tag);
  return { header, plain: Buffer.concat([opening.update(Buffer.from(sealed, 'base64url')), opening.final()]) };
}
