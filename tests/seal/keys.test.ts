/** Keys from outside and keys in files: what is refused, and that a secret is made once and shown to nobody. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  keyOfTheMoment,
  openGatewayKeys,
  readGatewayKeys,
  usableUntil,
  type GatewayKeys,
  type KeyEvent,
} from '#seal/gateway-key.server.ts';
import { readPrivateKeys, rotatePrivateKeys } from '#seal/private-keys.server.ts';
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

const noon = Date.UTC(2026, 10, 23, 12);
const hour = 60 * 60_000;
const day = 24 * hour;
const inSeconds = (ms: number): number => ms / 1000;
/** A new public key of the Gateway, with an id and whatever else it is to say. */
const named = (kid: string, members: Partial<JWK> & { nbf?: number; exp?: number } = {}): JWK => ({
  ...ofCurve('P-256'),
  kid,
  use: 'enc',
  alg: 'ECDH-ES',
  ...members,
});
const asSet = (...keys: JWK[]): string => JSON.stringify({ keys });

describe('the Gateway’s public keys', () => {
  test('are taken from a JWK, with its own id', async () => {
    const [recipient] = await readGatewayKeys(JSON.stringify({ ...publicJwk, kid: 'g-1', use: 'enc', alg: 'ECDH-ES' }));
    expect(recipient!.keyId).toBe('g-1');
    const { sealed } = await sealTo(recipient!, 'an-id', { a: 1 });
    expect(await openFrom(new Map([['g-1', pair.privateKey]]), sealed)).toMatchObject({ id: 'an-id' });
  });

  test('are named by their thumbprint where they have no id', async () => {
    const [recipient] = await readGatewayKeys(JSON.stringify(publicJwk));
    expect(recipient!.keyId).toBe(await calculateJwkThumbprint(publicJwk));
  });

  test('are those of a set that are for encryption, in its order; what is meant for others is passed over', async () => {
    const others = [rsa, named('signs', { use: 'sig' }), named('wraps', { alg: 'ECDH-ES+A256KW' }), ofCurve('P-384')];
    const keys = await readGatewayKeys(asSet(...others, named('first'), named('second')));
    expect(keys.map(({ keyId }) => keyId)).toEqual(['first', 'second']);
  });

  test('are used in their time: the first of the set that has begun and has not ended', async () => {
    const keys = await readGatewayKeys(
      asSet(
        named('next', { nbf: inSeconds(noon + hour) }),
        named('this', { nbf: inSeconds(noon - hour), exp: inSeconds(noon + 2 * hour) }),
        named('last', { exp: inSeconds(noon) }),
      ),
    );
    const at = (ms: number): string | undefined => keyOfTheMoment(keys, ms)?.keyId;
    expect(at(noon - 2 * hour)).toBe('last');
    expect(at(noon - hour)).toBe('this');
    expect(at(noon + hour - 1)).toBe('this');
    expect(at(noon + hour)).toBe('next');
    expect(usableUntil(keys, noon)).toBe(Number.POSITIVE_INFINITY);
    expect(usableUntil(keys.slice(1), noon - 2 * hour)).toBe(noon + 2 * hour);
  });

  test.each<[string, string, RegExp]>([
    ['a private key', JSON.stringify(privateJwk), /contains a private key/],
    ['a set with a private key', asSet(publicJwk, privateJwk), /contains a private key/],
    ['a set with the private key of a signature', asSet(publicJwk, { ...privateJwk, use: 'sig' }), /a private key/],
    ['a set with a shared secret', asSet(publicJwk, { kty: 'oct', k: 'c2VjcmV0' }), /contains a private key/],
    ['another curve', JSON.stringify(ofCurve('P-384')), /on the curve P-256/],
    ['an RSA key', JSON.stringify(rsa), /elliptic-curve key/],
    ['a key for signatures', JSON.stringify({ ...publicJwk, use: 'sig' }), /for signatures/],
    ['a key for another algorithm', JSON.stringify({ ...publicJwk, alg: 'ECDH-ES+A256KW' }), /seals with ECDH-ES/],
    ['a point that is not on the curve', JSON.stringify({ ...publicJwk, y: publicJwk.x }), /not a point on the curve/],
    ['half a key', JSON.stringify({ kty: 'EC', crv: 'P-256', x: publicJwk.x }), /not a point on the curve/],
    ['a set with a damaged key', asSet(named('good'), { ...publicJwk, y: publicJwk.x! }), /not a point on the curve/],
    ['an empty set', '{"keys":[]}', /neither a JWK nor a JWK set/],
    ['a set without a fitting key', asSet(rsa, rsa), /no key for encryption/],
    ['two keys of the same id', asSet(named('one'), named('one')), /two keys with the same id/],
    ['a date in words', JSON.stringify({ ...publicJwk, exp: '2027-01-01' }), /not a number of seconds since 1970/],
    ['an id without end', JSON.stringify(named('k'.repeat(201))), /longer than 200 characters/],
    ['broken JSON', '{"kty":', /is not JSON/],
  ])('%s is refused with a sentence', async (_, text, sentence) => {
    await expect(readGatewayKeys(text)).rejects.toThrow(sentence);
    await expect(readGatewayKeys(text)).rejects.not.toThrow(privateJwk.d);
  });
});

describe('GATEWAY_PUBLIC_JWK while the site runs', () => {
  interface Opened {
    readonly keys: GatewayKeys;
    readonly events: KeyEvent[];
    /** The id of the key that would be sealed to now. */
    readonly current: () => string | undefined;
    readonly write: (text: string) => void;
    readonly path: string;
    time: number;
  }

  async function openFile(text: string): Promise<Opened> {
    const path = join(folder(), 'gateway.jwks.json');
    writeFileSync(path, text);
    const events: KeyEvent[] = [];
    const opened = { events, path, time: noon, write: (next: string) => writeFileSync(path, next) };
    const keys = await openGatewayKeys({ value: path, now: () => opened.time, log: (event) => events.push(event) });
    return Object.assign(opened, { keys, current: () => keys.current()?.keyId });
  }

  test('a start without a key that may be used is refused with a sentence', async () => {
    const open = (value: string): Promise<GatewayKeys> =>
      openGatewayKeys({ value, now: () => noon, log: () => undefined });
    await expect(open(asSet(named('old', { exp: inSeconds(noon) })))).rejects.toThrow(/may still be used/);
    await expect(open(asSet(named('new', { nbf: inSeconds(noon + hour) })))).rejects.toThrow(/may be used already/);
    await expect(open('/nowhere/gateway.json')).rejects.toThrow(/neither a JWK nor a file that can be read/);
    await expect(open(JSON.stringify(privateJwk))).rejects.toThrow(/GATEWAY_PUBLIC_JWK contains a private key/);
  });

  test('a new set in the file is taken at the next look', async () => {
    const opened = await openFile(asSet(named('old')));
    await opened.keys.lookAgain();
    expect(opened.events).toEqual([]);
    opened.write(asSet(named('new'), named('old')));
    await opened.keys.lookAgain();
    expect(opened.current()).toBe('new');
    expect(opened.events).toEqual([{ event: 'keys.changed', keys: 2 }]);
  });

  test.each<[string, string | undefined, KeyEvent & { event: 'keys.refused' }]>([
    ['that is cut off in the middle', '{"keys":[', { event: 'keys.refused', refusal: 'not-json' }],
    ['with a private key', asSet(named('new'), privateJwk), { event: 'keys.refused', refusal: 'private-part' }],
    ['of other kinds of keys', asSet(rsa, rsa), { event: 'keys.refused', refusal: 'no-fitting-key' }],
    [
      'whose time has not come',
      asSet(named('new', { nbf: inSeconds(noon + day) })),
      { event: 'keys.refused', refusal: 'not-begun' },
    ],
    ['that is gone', undefined, { event: 'keys.refused', refusal: 'not-readable' }],
  ])('a set %s is refused with one alarm, and the last good one stays', async (_, text, alarm) => {
    const opened = await openFile(asSet(named('good')));
    if (text === undefined) rmSync(opened.path);
    else opened.write(text);
    await opened.keys.lookAgain();
    await opened.keys.lookAgain();
    expect(opened.events).toEqual([alarm]);
    expect(opened.current()).toBe('good');
    opened.write(asSet(named('better')));
    await opened.keys.lookAgain();
    expect(opened.current()).toBe('better');
  });

  test('a set whose time comes later is taken when it comes', async () => {
    const opened = await openFile(asSet(named('good')));
    opened.write(asSet(named('later', { nbf: inSeconds(noon + hour) })));
    await opened.keys.lookAgain();
    expect(opened.current()).toBe('good');
    opened.time = noon + hour;
    await opened.keys.lookAgain();
    expect(opened.current()).toBe('later');
  });

  test('once every key has ended there is none, that is an alarm, and a new set ends it', async () => {
    const opened = await openFile(asSet(named('short', { exp: inSeconds(noon + 20 * day) })));
    await opened.keys.lookAgain();
    expect(opened.events).toEqual([]);
    opened.time = noon + 10 * day;
    await opened.keys.lookAgain();
    opened.time += hour;
    await opened.keys.lookAgain();
    expect(opened.events.splice(0), 'told beforehand, once a day').toEqual([{ event: 'keys.ending', days: 10 }]);
    opened.time = noon + 20 * day;
    expect(opened.current(), 'at once, not only at the next look').toBeUndefined();
    await opened.keys.lookAgain();
    await opened.keys.lookAgain();
    expect(opened.events.splice(0)).toEqual([{ event: 'keys.none' }]);
    opened.write(asSet(named('new')));
    await opened.keys.lookAgain();
    expect(opened.events).toEqual([{ event: 'keys.changed', keys: 1 }, { event: 'keys.usable-again' }]);
    expect(opened.current()).toBe('new');
  });

  test('a set in which the Gateway says that every key has ended is taken at its word', async () => {
    const opened = await openFile(asSet(named('good')));
    opened.write(asSet(named('good', { exp: inSeconds(noon - 1000) })));
    await opened.keys.lookAgain();
    expect(opened.current()).toBeUndefined();
    expect(opened.events).toEqual([{ event: 'keys.changed', keys: 1 }, { event: 'keys.none' }]);
  });
});

describe('a Gateway’s private keys', () => {
  test('a new one goes before the old ones, which still open what was sealed to them', async () => {
    const path = join(folder(), 'private-key.json');
    writeFileSync(path, JSON.stringify(privateJwk));
    const before = await readPrivateKeys(readFileSync(path, 'utf8'), path);
    const { sealed } = await sealTo(before.recipient, 'an-id', 1);
    const after = await rotatePrivateKeys(path);
    expect([...after.keys.keys()]).toEqual([after.recipient.keyId, before.recipient.keyId]);
    expect(after.recipient.keyId).not.toBe(before.recipient.keyId);
    expect(await openFrom(after.keys, sealed)).toMatchObject({ id: 'an-id', keyId: before.recipient.keyId });
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    expect(readdirSync(join(path, '..'))).toEqual(['private-key.json']);
    expect(await readPrivateKeys(readFileSync(path, 'utf8'), path)).toMatchObject({ publicJwks: after.publicJwks });
  });

  test('have public parts that a site takes as they are', async () => {
    const { publicJwks, recipient } = await rotatePrivateKeys(join(folder(), 'new.json'));
    expect((await readGatewayKeys(asSet(...publicJwks)))[0]!.keyId).toBe(recipient.keyId);
  });

  test('two rotations at the same moment do not lose a key', async () => {
    const path = join(folder(), 'private-key.json');
    writeFileSync(`${path}.rotating`, '');
    await expect(rotatePrivateKeys(path)).rejects.toThrow(/Another rotation is under way/);
  });

  test.each<[string, string, RegExp]>([
    ['a public key', JSON.stringify(publicJwk), /must hold private keys/],
    ['a set with a public key', asSet(privateJwk, publicJwk), /must hold private keys/],
    ['a damaged key', JSON.stringify({ ...privateJwk, d: 'AA' }), /damaged/],
    ['two halves that do not belong together', JSON.stringify({ ...privateJwk, ...ofCurve('P-256') }), /damaged/],
    ['the same key twice', asSet(privateJwk, privateJwk), /same id/],
    ['broken JSON', '{', /is not JSON/],
  ])('%s is refused with a sentence', async (_, text, sentence) => {
    await expect(readPrivateKeys(text, 'The file')).rejects.toThrow(sentence);
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
