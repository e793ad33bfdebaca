/** Seals: what opens, for whom, until when; and that nothing changed by anybody opens at all. */
import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { describe, expect, test } from 'vitest';
import { maxBodyBytes } from '#gateway/contract.ts';
import { referralSchema, type Json } from '#gateway/openapi.ts';
import { makeSealKeysText, parseSealKeys, recipientKeyOf, ringOf } from '#seal/key-ring.server.ts';
import {
  MessageTooLongError,
  messageBytes,
  open,
  openFrom,
  seal,
  sealTo,
  sha256Of,
  siteAsRecipient,
  siteRecipientKeys,
} from '#seal/seal.server.ts';
import { mairsReferral } from '../support/referral.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const hour = 60 * 60_000;
const answers = { purpose: 'answers', expiresAt: noon + hour };
const asked = { purpose: 'answers', now: noon };
const oldKey = `old:${randomBytes(32).toString('base64url')}`;
const newKey = `new:${randomBytes(32).toString('base64url')}`;

describe('a value sealed by the site for itself', () => {
  const ring = parseSealKeys(newKey);

  test('opens to the same value', () => {
    const value = { council: 'W06000015', words: 'Dw i’n ofnus — ŵ 🙂' };
    expect(open(ring, asked, seal(ring, answers, value))).toEqual(value);
  });

  test('shows nothing of the value, and names its key, purpose and end in the header', () => {
    const sealed = seal(ring, answers, { words: 'canary-canary' });
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('canary');
    expect(decodeProtectedHeader(sealed)).toEqual({
      alg: 'dir',
      enc: 'A256GCM',
      kid: 'new',
      purpose: 'answers',
      exp: (noon + hour) / 1000,
    });
  });

  test('is what jose makes and opens', async () => {
    const value = { words: 'ŵ' };
    const { plaintext } = await compactDecrypt(seal(ring, { ...answers, sizeStep: 64 }, value), ring.writing.secret);
    expect(plaintext).toHaveLength(64);
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toEqual(value);
    const joses = await new CompactEncrypt(Buffer.from('{"words":"ŵ"}'))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: 'new', purpose: 'answers', exp: noon / 1000 + 60 })
      .encrypt(ring.writing.secret);
    expect(open(ring, asked, joses)).toEqual(value);
  });

  test('opens under an older key after the keys were changed, and not once that key is gone', () => {
    const sealed = seal(parseSealKeys(oldKey), answers, 1);
    expect(open(parseSealKeys(`${newKey},${oldKey}`), asked, sealed)).toBe(1);
    expect(open(parseSealKeys(newKey), asked, sealed)).toBeUndefined();
  });

  test('does not open for another purpose, under another secret, or when its time is over', () => {
    const sealed = seal(ring, answers, 1);
    expect(open(ring, { ...asked, purpose: 'draft' }, sealed)).toBeUndefined();
    expect(open(parseSealKeys(`new:${randomBytes(32).toString('base64url')}`), asked, sealed)).toBeUndefined();
    expect(open(ring, { ...asked, now: noon + hour - 1 }, sealed)).toBe(1);
    expect(open(ring, { ...asked, now: noon + hour }, sealed)).toBeUndefined();
  });

  test('does not open when any one character has been changed', () => {
    const sealed = seal(ring, answers, { lives: 'wales' });
    const firstLetter = 'A'.charCodeAt(0);
    for (let place = 0; place < sealed.length; place += 1) {
      // The last character of a part may hold bits that mean nothing; change the highest bit, which always means something.
      const letter = sealed[place] ?? '';
      if (letter === '.') continue;
      const changed = letter === 'A' ? 'g' : String.fromCharCode(firstLetter);
      if (place + 1 === sealed.length || sealed[place + 1] === '.') {
        const bits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
        const flipped = bits[bits.indexOf(letter) ^ 32] ?? '';
        expect(open(ring, asked, sealed.slice(0, place) + flipped + sealed.slice(place + 1))).toBeUndefined();
        continue;
      }
      expect(open(ring, asked, sealed.slice(0, place) + changed + sealed.slice(place + 1))).toBeUndefined();
    }
  });

  test('does not open when somebody changes the header to live longer', () => {
    const [, ...rest] = seal(ring, answers, 1).split('.');
    const header = { alg: 'dir', enc: 'A256GCM', kid: 'new', purpose: 'answers', exp: 9_999_999_999 };
    const forged = [Buffer.from(JSON.stringify(header)).toString('base64url'), ...rest].join('.');
    expect(open(ring, asked, forged)).toBeUndefined();
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
  ])('%s does not open, and does not throw', (_, text) => {
    expect(open(ring, asked, text)).toBeUndefined();
  });

  test('another algorithm under the right secret does not open', async () => {
    const header = { kid: 'new', purpose: 'answers', exp: noon / 1000 + 60 };
    const wrapped = await new CompactEncrypt(Buffer.from('1'))
      .setProtectedHeader({ ...header, alg: 'A256KW', enc: 'A256GCM' })
      .encrypt(ring.writing.secret);
    expect(open(ring, asked, wrapped)).toBeUndefined();
  });

  test('a tag that was cut short does not open', () => {
    const parts = seal(ring, answers, 1).split('.');
    parts[4] = Buffer.from(parts[4]!, 'base64url').subarray(0, 12).toString('base64url');
    expect(open(ring, asked, parts.join('.'))).toBeUndefined();
  });

  test('a right seal without an end does not open', async () => {
    const endless = await new CompactEncrypt(Buffer.from('1'))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: 'new', purpose: 'answers' })
      .encrypt(ring.writing.secret);
    expect(open(ring, asked, endless)).toBeUndefined();
  });
});

describe('a draft, whose key is in the person’s cookie alone', () => {
  test('opens with that key and with no other', () => {
    const mine = randomBytes(32);
    const draft = { purpose: 'draft', expiresAt: noon + hour };
    const sealed = seal(ringOf(mine), draft, { step: 3 });
    expect(open(ringOf(mine), { purpose: 'draft', now: noon }, sealed)).toEqual({ step: 3 });
    expect(open(ringOf(randomBytes(32)), { purpose: 'draft', now: noon }, sealed)).toBeUndefined();
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

/** The longest value of a JSON Schema: as much as anybody could ever send, in letters that take three bytes each. */
function longestOf(schema: Json): unknown {
  const {
    enum: codes,
    const: only,
    anyOf,
    items,
    properties,
    maxLength,
    pattern,
    format,
  } = schema as {
    readonly enum?: readonly unknown[];
    readonly const?: unknown;
    readonly anyOf?: readonly Json[];
    readonly items?: Json;
    readonly properties?: Readonly<Record<string, Json>>;
    readonly maxLength?: number;
    readonly pattern?: string;
    readonly format?: string;
  };
  const longest = (values: readonly unknown[]): unknown =>
    [...values].sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)[0];
  if (only !== undefined) return only;
  if (codes) return longest(codes);
  if (anyOf) return longest(anyOf.map(longestOf));
  if (properties) return Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, longestOf(each)]));
  // No list is longer than its codes; findings are a dozen at most.
  if (items) return items['enum'] ?? Array.from({ length: 12 }, () => longestOf(items));
  if (format !== undefined || pattern !== undefined) return 'x'.repeat(60);
  // Up to 60 characters, codes and numbers; above, what people write.
  const most = maxLength ?? 0;
  return (most > 60 ? '’' : 'x').repeat(most);
}

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
    const sizeOf = async (ownWords: string): Promise<number> =>
      (await sealTo(recipient, id, mairsReferral({ id, need: { ...mairsReferral().need, ownWords } }))).sealed.length;
    const sizes = await Promise.all(['Help', 'x'.repeat(3_000), 'ŵ'.repeat(5_000), '🙂'.repeat(2_500)].map(sizeOf));
    expect(new Set(sizes).size).toBe(1);
    const opened = await openFrom(keys, (await sealTo(recipient, id, message)).sealed);
    expect(opened?.json.length).toBe(messageBytes);
  });

  test('of which every field is as long as it may be still has that size', async () => {
    const longest = longestOf(referralSchema());
    expect(JSON.stringify(longest).length).toBeGreaterThan(14_000);
    const fitting = (await sealTo(recipient, id, longest)).sealed;
    expect(fitting.length).toBe((await sealTo(recipient, id, message)).sealed.length);
    expect(fitting.length).toBeLessThanOrEqual(maxBodyBytes);
  });

  test('that is longer than any can be is refused by name, under the longest id of a key too', async () => {
    const longest = 'x'.repeat(messageBytes - 2);
    const named = { ...recipient, keyId: 'k'.repeat(200) };
    expect((await sealTo(named, id, longest)).sealed.length).toBeLessThanOrEqual(maxBodyBytes);
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

  test('does not open when a bit of it has been flipped, and its hash tells it: 300 of 300', async () => {
    const { sealed, sha256 } = await sealTo(recipient, id, message);
    let [noticed, unopened] = [0, 0];
    for (let flip = 0; flip < 300; flip += 1) {
      const damaged = Uint8Array.from(sealed);
      // Any bit of any byte but the last, whose lowest bits mean nothing in base64url.
      const place = randomInt(sealed.length - 1);
      damaged[place]! ^= 1 << randomInt(8);
      if (sha256Of(damaged) !== sha256) noticed += 1;
      if ((await openFrom(keys, damaged)) === undefined) unopened += 1;
    }
    expect({ noticed, unopened }).toEqual({ noticed: 300, unopened: 300 });
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
