/** The site’s key ring: from `SEAL_KEYS`, or from a file that is made at the first start. */
import { join } from 'node:path';
import { makeSealKeysText, parseSealKeys, type KeyRing } from './key-ring.server.ts';
import { keepSecret } from './secret-file.server.ts';

/** @param dataDir must exist already, with mode 0700 */
export function openSiteKeys(dataDir: string, sealKeys: string | undefined): KeyRing {
  return parseSealKeys(sealKeys ?? keepSecret(join(dataDir, 'seal-keys'), makeSealKeysText).trim());
}
