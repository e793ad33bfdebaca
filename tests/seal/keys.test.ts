/** Keys from outside and keys in files: what is refused, and that a secret is made once and shown to nobody. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readGatewayKey } from '#seal/gateway-key.server.ts';
import { openFrom, sealTo } from '#seal/seal.server.ts';
import { keepSecret } from '#seal/secret-file.server.ts';
import { openSiteKeys } from '#seal/site-keys.server.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicJwk = pair.publicKey.export({ format: 'jwk' }) as JWK;
const privateJwk = pair.privateKey.export({ format: 'jwk' }) as JWK;
const ofCurve = (namedCurve: string): JWK =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }) as JWK;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'advocate-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe('the Gateway’s public key', () => {
  test('is taken from a JWK, with its own id', async () => {
    const recipient = await readGatewayKey(JSON.stringify({ ...publicJwk, kid: 'g-1', use: 'enc', alg: 'ECDH-ES' }));
    expect(recipient.keyId).toBe('g-1');
    const { sealed } = await sealTo(recipient, 'an-id', { a: 1 });
    expect(await openFrom(new Map([['g-1', pair.privateKey]]), sealed)).toMatchObject({ id: 'an-id' });
  });

  test('is named by its thumbprint where it has no id', async () => {
    expect((await readGatewayKey(JSON.stringify(publicJwk))).keyId).toBe(await calculateJwkThumbprint(publicJwk));
  });

  test('is the first key for encryption in the file of a key set', async () => {
    const path = join(folder(), 'gateway.jwks.json');
    const signing = { ...ofCurve('P-256'), kid: 'signs', use: 'sig' };
    writeFileSync(path, JSON.stringify({ keys: [rsa, signing, { ...publicJwk, kid: 'seals', use: 'enc' }] }));
    expect((await readGatewayKey(path)).keyId).toBe('seals');
  });

  test.each<[string, string, RegExp]>([
    ['a private key', JSON.stringify(privateJwk), /contains a private key/],
    ['a set with a private key', JSON.stringify({ keys: [publicJwk, privateJwk] }), /contains a private key/],
    ['another curve', JSON.stringify(ofCurve('P-384')), /on the curve P-256/],
    ['an RSA key', JSON.stringify(rsa), /elliptic-curve key/],
    ['a key for signatures', JSON.stringify({ ...publicJwk, use: 'sig' }), /for signatures/],
    ['a key for another algorithm', JSON.stringify({ ...publicJwk, alg: 'ECDH-ES+A256KW' }), /seals with ECDH-ES/],
    ['a point that is not on the curve', JSON.stringify({ ...publicJwk, y: publicJwk.x }), /not a point on the curve/],
    ['half a key', JSON.stringify({ kty: 'EC', crv: 'P-256', x: publicJwk.x }), /not a point on the curve/],
    ['an empty set', '{"keys":[]}', /neither a JWK nor a JWK set/],
    ['a set without a fitting key', JSON.stringify({ keys: [rsa] }), /no key for encryption/],
    ['broken JSON', '{"kty":', /is not JSON/],
    ['a file that is not there', '/nowhere/gateway.json', /neither a JWK nor a file that can be read/],
  ])('%s is refused with a sentence', async (_, value, sentence) => {
    await expect(readGatewayKey(value)).rejects.toThrow(sentence);
    await expect(readGatewayKey(value)).rejects.not.toThrow(privateJwk.d);
  });
});

describe('a secret in a file', () => {
  test('is made once, for the site’s own user alone, and nothing else is left beside it', () => {
    const path = join(folder(), 'secret');
    expect(keepSecret(path, () => 'first')).toBe('first');
    expect(keepSecret(path, () => 'second')).toBe('first');
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    expect(readdirSync(join(path, '..'))).toEqual(['secret']);
  });

  test('is closed to other users if somebody has opened it to them', () => {
    const path = join(folder(), 'secret');
    keepSecret(path, () => 'first');
    chmodSync(path, 0o644);
    keepSecret(path, () => 'second');
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
  });

  test('is the same for processes that start at the same moment', async () => {
    const path = join(folder(), 'secret');
    const code = `import { keepSecret } from '#seal/secret-file.server.ts';
      while (Date.now() < ${Date.now() + 700}) {}
      console.log(keepSecret(${JSON.stringify(path)}, () => String(process.pid)));`;
    const answers = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        let text = '';
        child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
        await once(child, 'close');
        return text.trim();
      }),
    );
    expect(new Set(answers)).toEqual(new Set([readFileSync(path, 'utf8')]));
  });

  test('the site’s keys are made at the first start and found at the second; SEAL_KEYS goes before them', () => {
    const dataDir = folder();
    const first = openSiteKeys(dataDir, undefined);
    expect(openSiteKeys(dataDir, undefined)).toEqual(first);
    const given = `mine:${Buffer.alloc(32, 7).toString('base64url')}`;
    expect(openSiteKeys(dataDir, given).writing.id).toBe('mine');
  });
});
