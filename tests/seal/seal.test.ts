/** Seals: what opens, for whom, until when; and that nothing changed by anybody opens at all. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { describe, expect, test } from 'vitest';
import { makeSealKeysText, parseSealKeys, recipientKeyOf, ringOf } from '#seal/key-ring.server.ts';
import {
  MessageTooLongError,
  maxMessageBytes,
  open,
  openFrom,
  paddingStepBytes,
  seal,
  sealTo,
  sha256Of,
  siteAsRecipient,
  siteRecipientKeys,
} from '#seal/seal.server.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const hour = 60 * 60_000;
const answers = { purpose: 'answers', expiresAt: noon + hour };
const asked = { purpose: 'answers', now: noon };
const oldKey = `old:${randomBytes(32).toString('base64url')}`;
const newKey = `new:${randomBytes(32).toString('base64url')}`;

describe('a value sealed by the site for itself', () => {
  const ring = parseSealKeys(newKey);

  test('opens to the same value', async () => {
    const value = { council: 'W06000015', words: 'Dw i’n ofnus — ŵ 🙂' };
    expect(await open(ring, asked, await seal(ring, answers, value))).toEqual(value);
  });

  test('shows nothing of the value, and names its key, purpose and end in the header', async () => {
    const sealed = await seal(ring, answers, { words: 'canary-canary' });
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('canary');
    expect(decodeProtectedHeader(sealed)).toEqual({
      alg: 'dir',
      enc: 'A256GCM',
      kid: 'new',
      purpose: 'answers',
      exp: (noon + hour) / 1000,
    });
  });

  test('opens under an older key after the keys were changed, and not once that key is gone', async () => {
    const sealed = await seal(parseSealKeys(oldKey), answers, 1);
    expect(await open(parseSealKeys(`${newKey},${oldKey}`), asked, sealed)).toBe(1);
    expect(await open(parseSealKeys(newKey), asked, sealed)).toBeUndefined();
  });

  test('does not open for another purpose, under another secret, or when its time is over', async () => {
    const sealed = await seal(ring, answers, 1);
    expect(await open(ring, { ...asked, purpose: 'draft' }, sealed)).toBeUndefined();
    expect(await open(parseSealKeys(`new:${randomBytes(32).toString('base64url')}`), asked, sealed)).toBeUndefined();
    expect(await open(ring, { ...asked, now: noon + hour - 1 }, sealed)).toBe(1);
    expect(await open(ring, { ...asked, now: noon + hour }, sealed)).toBeUndefined();
  });

  test('does not open when any one character has been changed', async () => {
    const sealed = await seal(ring, answers, { lives: 'wales' });
    const firstLetter = 'A'.charCodeAt(0);
    for (let place = 0; place < sealed.length; place += 1) {
      // The last character of a part may hold bits that mean nothing; change the highest bit, which always means something.
      const letter = sealed[place] ?? '';
      if (letter === '.') continue;
      const changed = letter === 'A' ? 'g' : String.fromCharCode(firstLetter);
      if (place + 1 === sealed.length || sealed[place + 1] === '.') {
        const bits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
        const flipped = bits[bits.indexOf(letter) ^ 32] ?? '';
        expect(await open(ring, asked, sealed.slice(0, place) + flipped + sealed.slice(place + 1))).toBeUndefined();
        continue;
      }
      expect(await open(ring, asked, sealed.slice(0, place) + changed + sealed.slice(place + 1))).toBeUndefined();
    }
  });

  test('does not open when somebody changes the header to live longer', async () => {
    const [, ...rest] = (await seal(ring, answers, 1)).split('.');
    const header = { alg: 'dir', enc: 'A256GCM', kid: 'new', purpose: 'answers', exp: 9_999_999_999 };
    const forged = [Buffer.from(JSON.stringify(header)).toString('base64url'), ...rest].join('.');
    expect(await open(ring, asked, forged)).toBeUndefined();
  });

  test.each([
    ['nothing', ''],
    ['dots', '....'],
    ['words', 'not a seal at all'],
    ['a token without a seal', `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`],
    [
      'a seal without an algorithm',
      `${Buffer.from('{"alg":"none","enc":"A256GCM","kid":"new"}').toString('base64url')}..AAAAAAAAAAAAAAAA.AA.AAAAAAAAAAAAAAAAAAAAAA`,
    ],
    ['a very long text', 'A'.repeat(1_000_000)],
  ])('%s does not open, and does not throw', async (_, text) => {
    expect(await open(ring, asked, text)).toBeUndefined();
  });

  test('another algorithm under the right secret does not open', async () => {
    const header = { kid: 'new', purpose: 'answers', exp: noon / 1000 + 60 };
    const wrapped = await new CompactEncrypt(Buffer.from('1'))
      .setProtectedHeader({ ...header, alg: 'A256KW', enc: 'A256GCM' })
      .encrypt(ring.writing.secret);
    expect(await open(ring, asked, wrapped)).toBeUndefined();
  });

  test('a right seal without an end does not open', async () => {
    const endless = await new CompactEncrypt(Buffer.from('1'))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: 'new', purpose: 'answers' })
      .encrypt(ring.writing.secret);
    expect(await open(ring, asked, endless)).toBeUndefined();
  });
});

describe('a draft, whose key is in the person’s cookie alone', () => {
  test('opens with that key and with no other', async () => {
    const mine = randomBytes(32);
    const draft = { purpose: 'draft', expiresAt: noon + hour };
    const sealed = await seal(ringOf(mine), draft, { step: 3 });
    expect(await open(ringOf(mine), { purpose: 'draft', now: noon }, sealed)).toEqual({ step: 3 });
    expect(await open(ringOf(randomBytes(32)), { purpose: 'draft', now: noon }, sealed)).toBeUndefined();
  });

  test('a key of the wrong length is a mistake in the program', () => {
    expect(() => ringOf(randomBytes(16))).toThrow(RangeError);
  });
});

describe('SEAL_KEYS', () => {
  test('the first key writes, all read', () => {
    const ring = parseSealKeys(` ${newKey} , ${oldKey} `);
    expect(ring.writing.id).toBe('new');
    expect([...ring.reading.keys()]).toEqual(['new', 'old']);
  });

  test('a generated key is one that can be read', () => {
    expect(parseSealKeys(makeSealKeysText()).reading.size).toBe(1);
  });

  test.each([
    ['', /SEAL_KEYS is empty/],
    ['no-colon', /exactly 32 bytes/],
    [':AAAA', /needs an id/],
    ['a b:AAAA', /needs an id/],
    ['a:AAAA', /“a” must be exactly 32 bytes/],
    [`a:${randomBytes(33).toString('base64url')}`, /exactly 32 bytes/],
    [`a:${randomBytes(32).toString('hex')}`, /exactly 32 bytes/],
    [`${newKey},${newKey}`, /two keys have the same id/],
  ])('a mistake is told in a sentence without the secret (%#)', (text, sentence) => {
    expect(() => parseSealKeys(text)).toThrow(sentence);
    try {
      parseSealKeys(text);
    } catch (error) {
      const secret = text.split(/[:,]/)[1];
      if (secret) expect(String(error)).not.toContain(secret);
    }
  });
});

describe('a referral sealed to one recipient', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const recipient = { keyId: 'gateway-2026', publicKey: pair.publicKey };
  const keys = new Map([['gateway-2026', pair.privateKey]]);
  const id = '5d0f2c6e-2f43-4a55-9a4e-0a3c5d8b7f10';
  const message = { id, words: 'Rwy’n byw gyda fy chwaer.' };

  test('is a compact JWE that any JOSE library opens with the private key', async () => {
    const { sealed, sha256, keyId } = await sealTo(recipient, id, message);
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, pair.privateKey);
    expect(JSON.parse(Buffer.from(plaintext).toString('utf8'))).toEqual(message);
    expect(protectedHeader).toMatchObject({
      alg: 'ECDH-ES',
      enc: 'A256GCM',
      kid: 'gateway-2026',
      typ: 'referral+jwe',
      cty: 'application/json',
      rid: id,
    });
    expect(Object.keys(protectedHeader).sort()).toEqual(['alg', 'cty', 'enc', 'epk', 'kid', 'rid', 'typ']);
    expect(sha256).toBe(sha256Of(sealed));
    expect(keyId).toBe('gateway-2026');
  });

  test('has the same size whether a person wrote a word or a page', async () => {
    const sizeOf = async (words: string): Promise<number> => (await sealTo(recipient, id, { words })).sealed.length;
    expect(await sizeOf('x'.repeat(3_900))).toBe(await sizeOf('x'));
    expect(await sizeOf('x'.repeat(4_200))).toBeGreaterThan(await sizeOf('x'));
    const opened = await openFrom(keys, (await sealTo(recipient, id, message)).sealed);
    expect(opened?.json.length).toBe(paddingStepBytes);
  });

  test('the longest message still fits what the Gateway takes, and a longer one is refused by name', async () => {
    const longest = 'x'.repeat(maxMessageBytes - 2);
    expect((await sealTo(recipient, id, longest)).sealed.length).toBeLessThanOrEqual(64 * 1024);
    await expect(sealTo(recipient, id, `${longest}x`)).rejects.toThrow(MessageTooLongError);
  });

  test('the site cannot read back what it has sealed', async () => {
    const site = siteRecipientKeys(parseSealKeys(newKey));
    expect(await openFrom(site, (await sealTo(recipient, id, message)).sealed)).toBeUndefined();
  });

  test('opens to its id and its bytes', async () => {
    const opened = await openFrom(keys, (await sealTo(recipient, id, message)).sealed);
    expect(opened).toMatchObject({ id, keyId: 'gateway-2026' });
    expect(JSON.parse(Buffer.from(opened?.json ?? []).toString('utf8'))).toEqual(message);
  });

  test('does not open when a bit of it has been flipped', async () => {
    const { sealed } = await sealTo(recipient, id, message);
    for (let place = 0; place < sealed.length - 1; place += 97) {
      const damaged = Uint8Array.from(sealed);
      damaged[place] = (damaged[place] ?? 0) ^ 0x01;
      expect(await openFrom(keys, damaged)).toBeUndefined();
    }
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00])],
    ['a token without a seal', Buffer.from(`${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`)],
  ])('%s does not open, and does not throw', async (_, bytes) => {
    expect(await openFrom(keys, bytes)).toBeUndefined();
  });

  test('a JWE of another kind, sealed to the same key, does not open', async () => {
    const other = await new CompactEncrypt(Buffer.from('{}'))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'gateway-2026', typ: 'JWT', rid: id })
      .encrypt(pair.publicKey);
    expect(await openFrom(keys, Buffer.from(other))).toBeUndefined();
    const weaker = await new CompactEncrypt(Buffer.from('{}'))
      .setProtectedHeader({
        alg: 'ECDH-ES+A128KW',
        enc: 'A128CBC-HS256',
        kid: 'gateway-2026',
        typ: 'referral+jwe',
        rid: id,
      })
      .encrypt(pair.publicKey);
    expect(await openFrom(keys, Buffer.from(weaker))).toBeUndefined();
  });
});

describe('the site as its own recipient, for a Gateway that cannot open JWE yet', () => {
  test('what waits opens with the site’s keys, older ones included', async () => {
    const { sealed, keyId } = await sealTo(siteAsRecipient(parseSealKeys(oldKey)), 'an-id', { a: 1 });
    expect(keyId).toBe('old');
    expect(await openFrom(siteRecipientKeys(parseSealKeys(`${newKey},${oldKey}`)), sealed)).toMatchObject({
      id: 'an-id',
    });
    expect(await openFrom(siteRecipientKeys(parseSealKeys(newKey)), sealed)).toBeUndefined();
  });

  test('the same seal key always gives the same private key, and different ones different keys', () => {
    const exported = (text: string): unknown => recipientKeyOf(parseSealKeys(text).writing).export({ format: 'jwk' });
    expect(exported(newKey)).toEqual(exported(newKey));
    expect(exported(newKey)).not.toEqual(exported(oldKey));
  });
});
