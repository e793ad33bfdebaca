/** The bound for sealing: the same JWE (ECDH-ES on P-256, A256GCM) made in one go with node:crypto, on one thread. */
import {
  createCipheriv,
  createHash,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

const numbered = (bytes: Uint8Array): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** Compact JWE. @param header what stands in its protected header beside `alg`, `enc` and `epk` */
export function sealInOneGo(publicKey: KeyObject, header: Readonly<Record<string, string>>, bytes: Uint8Array): string {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = own.publicKey.export({ format: 'jwk' });
  const whole = { alg: 'ECDH-ES', enc: 'A256GCM', epk: { kty, crv, x, y }, ...header };
  const protectedHeader = Buffer.from(JSON.stringify(whole)).toString('base64url');
  // RFC 7518, 4.6.2, with neither party named; 256 bits.
  const key = createHash('sha256')
    .update(Buffer.from([0, 0, 0, 1]))
    .update(diffieHellman({ privateKey: own.privateKey, publicKey }))
    .update(numbered(Buffer.from('A256GCM')))
    .update(Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]))
    .digest();
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(protectedHeader));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return [protectedHeader, '', ...[iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join(
    '.',
  );
}
