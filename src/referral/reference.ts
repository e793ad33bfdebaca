/** The reference that a person keeps: short, random, and made of signs that nobody mixes up by eye or by ear. */
import { randomInt } from 'node:crypto';

/**
 * No letters that look alike (I l 1, O 0, S 5, Z 2 …) and none that sound alike in English or Welsh (B D P T V G, M N, A 8 …).
 * 17 signs in 9 places: about 119 thousand million references.
 */
export const referenceSigns = 'CEFHJKLRWXY234679';

/** A new reference, such as “4KX-92R-7HE”. It says nothing about the person and opens nothing. */
export function newReference(): string {
  const group = () => Array.from({ length: 3 }, () => referenceSigns[randomInt(referenceSigns.length)]).join('');
  return `${group()}-${group()}-${group()}`;
}
