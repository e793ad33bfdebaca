/** `npm run gateway:keys`: the private keys of the embedded Gateway, or of another one’s file: shows them, rotates them, gives the public set. */
import { parseArgs } from 'node:util';
import { keyFileOf } from '#gateway/embedded/received.server.ts';
import { readPrivateKeys, rotatePrivateKeys, type PrivateKeys } from '#seal/private-keys.server.ts';
import { readSecret } from '#seal/secret-file.server.ts';
import { readDataDir } from '#server/environment.ts';

const usage = `npm run gateway:keys               the ids of the keys, the newest first
npm run gateway:keys -- rotate     makes a new key; the older ones stay, to read with
npm run gateway:keys -- public     the public parts, as a JWK set for GATEWAY_PUBLIC_JWK
  --file FILE                      the keys of another Gateway; rotate makes the file if it is not there`;

function show({ keys, recipient }: PrivateKeys): void {
  for (const id of keys.keys()) console.log(`${id}${id === recipient.keyId ? '   (sealed to now)' : ''}`);
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({ options: { file: { type: 'string' } }, allowPositionals: true });
  const [what = 'list'] = positionals;
  const path = values.file ?? keyFileOf(readDataDir());
  if (what === 'rotate') {
    if (values.file === undefined && readSecret(path) === undefined) {
      console.error(`There is no embedded Gateway in ${path} yet: it makes its first key when it starts.`);
      return 1;
    }
    show(await rotatePrivateKeys(path));
    return 0;
  }
  if (what !== 'list' && what !== 'public') {
    console.error(usage);
    return 2;
  }
  const text = readSecret(path);
  if (text === undefined) {
    console.error(`There are no keys in ${path} yet.`);
    return 1;
  }
  const read = await readPrivateKeys(text, path);
  if (what === 'public') console.log(JSON.stringify({ keys: read.publicJwks }, undefined, 2));
  else show(read);
  return 0;
}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
