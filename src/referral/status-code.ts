/** The second secret of a referral: with the reference it shows where the referral is, and takes it back. */
import { createHash, hkdfSync } from 'node:crypto';
import { referenceSigns } from './reference.ts';

const groups = 5;
const signsInAGroup = 2;
const codeLength = groups * signsInAGroup;
const referenceLength = 9;

export interface StatusSecrets {
  readonly reference: string;
  readonly code: string;
}

const grouped = (signs: string, size: number): string => (signs.match(new RegExp(`.{${size}}`, 'g')) ?? []).join('-');

/**
 * The code of a referral, such as “4K-X9-2R-7H-EC”: 17 signs in 10 places, more than 40 bits. Derived from the key that only
 * the person’s cookie holds, so that a reload shows the same and nobody need keep it. Other groups than the reference’s:
 * nobody takes the one for the other.
 */
export function statusCodeOf(draftSecret: Uint8Array, referralId: string): string {
  // 24 bytes, so that reducing them leaves no measurable preference for some signs.
  let rest = BigInt(`0x${Buffer.from(hkdfSync('sha256', draftSecret, referralId, 'status code', 24)).toString('hex')}`);
  const base = BigInt(referenceSigns.length);
  let signs = '';
  for (let place = 0; place < codeLength; place += 1) {
    signs += referenceSigns.charAt(Number(rest % base));
    rest /= base;
  }
  return grouped(signs, signsInAGroup);
}

/** Signs as people write and hear them: small letters, blanks and lines do not matter, and what looks like a sign of ours is it. */
const signsIn = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[I1]/g, 'L')
    .replace(/Z/g, '2')
    .replace(/G/g, '6')
    .replace(/[^A-Z0-9]/g, '');

/** What somebody typed as reference and code, in either order; undefined if it cannot be the two. */
export function readSecrets(reference: string, code: string): StatusSecrets | undefined {
  const [a, b] = [signsIn(reference), signsIn(code)];
  const [first, second] = a.length === codeLength ? [b, a] : [a, b];
  const ours = new RegExp(`^[${referenceSigns}]*$`);
  const isOurs = (signs: string, length: number): boolean => signs.length === length && ours.test(signs);
  if (!isOurs(first, referenceLength) || !isOurs(second, codeLength)) return undefined;
  return { reference: grouped(first, 3), code: grouped(second, signsInAGroup) };
}

/** What the store keeps instead of the two, in hex. They hold 77 bits together: nobody finds them from it by trying. */
export const statusKeyOf = ({ reference, code }: StatusSecrets): string =>
  createHash('sha256').update(`referral status\n${reference}\n${code}`).digest('hex');
