/** After sending: the second secret, where a referral is, and taking it back. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { withdrawalV1 } from '#gateway/withdrawal-v1.ts';
import type { NewEntry } from '#outbox/outbox.ts';
import { countGuesses } from '#referral/guesses.ts';
import { readSecrets, statusCodeOf, statusKeyOf } from '#referral/status-code.ts';
import { findStatus, withdrawalIdOf, withdrawReferral, type Found } from '#referral/status.server.ts';
import { parseSealKeys, makeSealKeysText } from '#seal/key-ring.server.ts';
import { openFrom, siteAsRecipient, siteRecipientKeys } from '#seal/seal.server.ts';
import { openSqliteStore } from '#store/sqlite-store.server.ts';
import type { Store } from '#store/store.server.ts';
import { newEntry } from '../store/contract.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;
const day = 24 * 60 * minute;
const when = { now: noon, leaseMs: minute, longestWaitMs: 66 * minute };
const ring = parseSealKeys(makeSealKeysText());
const secrets = { reference: '4KX-92R-7HE', code: '4K-X9-2R-7H-EC' };

async function openStore(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'advocate-'));
  const store = await openSqliteStore(join(folder, 'site.db'));
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return store;
}

const sent = async (store: Store): Promise<NewEntry> => {
  const entry = newEntry();
  await store.accept(entry, { statusKey: statusKeyOf(secrets) });
  return entry;
};

const guesses = () => countGuesses(() => Promise.resolve());
const look = (store: Store, now = noon, typed = secrets, counted = guesses()): Promise<Found | undefined> =>
  findStatus({ store, guesses: counted, now }, typed);
const takeBack = (store: Store, found: Pick<Found, 'id' | 'secrets'>, now = noon) =>
  withdrawReferral({ store, recipient: siteAsRecipient(ring), format: 'jwe', now }, found);

async function claimed(store: Store, now = noon) {
  const claim = await store.claim({ ...when, now });
  if (!claim) throw new Error('nothing was due');
  return claim;
}
const deliver = async (store: Store, gatewayReference: string, now = noon): Promise<void> =>
  store.delivered(await claimed(store, now), { deliveredAt: now, gatewayReference });

describe('the code beside a reference', () => {
  it('is the same after a reload, another for every referral, and made of more than 40 bits', () => {
    const secret = randomBytes(32);
    const id = randomUUID();
    expect(statusCodeOf(secret, id)).toMatch(/^([CEFHJKLRWXY234679]{2}-){4}[CEFHJKLRWXY234679]{2}$/);
    expect(statusCodeOf(secret, id)).toBe(statusCodeOf(secret, id));
    const codes = Array.from({ length: 500 }, () => statusCodeOf(secret, randomUUID()));
    expect(new Set(codes).size).toBe(500);
    const signs = new Set(codes.join('').replaceAll('-', ''));
    expect(signs.size).toBe(17);
    expect(Math.log2(17 ** 10)).toBeGreaterThan(40);
  });

  it('is read as people write it, and in the wrong box too', () => {
    for (const [reference, code] of [
      ['4KX-92R-7HE', '4K-X9-2R-7H-EC'],
      [' 4kx 92r 7he ', '4kx92r7hec'],
      ['4K-X9-2R-7H-EC', '4KX-92R-7HE'],
      ['4KX.9ZR.7HE', '4K–X9–ZR–7H–EC'],
    ] as const) {
      expect(readSecrets(reference, code), reference).toEqual(secrets);
    }
    expect(readSecrets('1kx-92r-7he', 'ik-xg-2r-7h-ec')).toEqual({ reference: 'LKX-92R-7HE', code: 'LK-X6-2R-7H-EC' });
  });

  it('is not taken for one that it cannot be', () => {
    for (const [reference, code] of [
      ['', ''],
      ['4KX-92R-7HE', ''],
      ['4KX-92R-7HE', '4K-X9-2R-7H-E'],
      ['4KX-92R-7HE', '4K-X9-2R-7H-EB'],
      ['4KX-92R-7HE', 'ŵŵŵŵŵŵŵŵŵŵ'],
    ] as const) {
      expect(readSecrets(reference, code), code).toBeUndefined();
    }
  });
});

describe('where a referral is', () => {
  it('is told: waiting here, then received, with the Gateway’s reference, the time, and until when we know', async () => {
    const store = await openStore();
    const { id } = await sent(store);
    expect(await look(store)).toEqual({ id, secrets, status: { state: 'waiting' } });
    await deliver(store, 'G-1', noon + minute);
    expect((await look(store))?.status).toEqual({
      state: 'received',
      since: noon + minute,
      gatewayReference: 'G-1',
      forgottenAt: noon + minute + 30 * day,
    });
  });

  it('is forgotten together with the tombstone, and not while anything waits', async () => {
    const store = await openStore();
    await sent(store);
    await store.tidy(noon + 90 * day);
    expect((await look(store))?.status).toEqual({ state: 'waiting' });
    await deliver(store, 'G-1');
    await store.tidy(noon + 30 * day - 1);
    expect(await look(store)).toBeDefined();
    await store.tidy(noon + 30 * day);
    expect(await look(store)).toBeUndefined();
    expect(await store.referralOf(statusKeyOf(secrets))).toBeUndefined();
  });

  it('is told to nobody with another reference or another code', async () => {
    const store = await openStore();
    await sent(store);
    expect(await look(store, noon, { ...secrets, code: '4K-X9-2R-7H-EE' })).toBeUndefined();
    expect(await look(store, noon, { ...secrets, reference: '4KX-92R-7HH' })).toBeUndefined();
  });

  it('is in the database without the two secrets', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'advocate-'));
    const store = await openSqliteStore(join(folder, 'site.db'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    await sent(store);
    await store.close();
    const bytes = readFileSync(join(folder, 'site.db')).toString('latin1');
    expect(bytes).toContain(statusKeyOf(secrets));
    for (const secret of [secrets.reference, secrets.code, secrets.code.replaceAll('-', '')]) {
      expect(bytes).not.toContain(secret);
    }
  });

  it('is looked for after a pause; ten wrong codes close a reference for a quarter of an hour', async () => {
    const store = await openStore();
    await sent(store);
    let pauses = 0;
    const counted = countGuesses(() => Promise.resolve(void (pauses += 1)));
    for (let guess = 0; guess < 10; guess += 1) {
      expect(await look(store, noon, { ...secrets, code: '4K-X9-2R-7H-EE' }, counted)).toBeUndefined();
    }
    expect(pauses).toBe(10);
    // The right code then gets the same answer as a wrong one: a guesser learns nothing.
    expect(await look(store, noon + minute, secrets, counted)).toBeUndefined();
    expect(await look(store, noon + 15 * minute, secrets, counted)).toBeDefined();
    expect(await look(store, noon - day, secrets, counted)).toBeDefined();
  });

  it('does not fill the memory of whoever counts the guesses, and another reference is not closed by them', () => {
    const counted = guesses();
    for (let at = 0; at < 25_000; at += 1) counted.missed(`reference ${at}`, noon);
    for (let at = 0; at < 10; at += 1) counted.missed('4KX-92R-7HE', noon);
    expect(counted.allows('4KX-92R-7HE', noon)).toBe(false);
    expect(counted.allows('reference 24999', noon)).toBe(true);
  });
});

describe('taking a referral back', () => {
  it('before any attempt erases it, and nothing is ever sent', async () => {
    const store = await openStore();
    const { id } = await sent(store);
    const found = await look(store);
    expect(await takeBack(store, found!)).toBe('never-sent');
    expect((await look(store))?.status).toEqual({
      state: 'withdrawn',
      since: noon,
      gateway: 'never-sent',
      forgottenAt: noon + 30 * day,
    });
    expect(await store.claim(when)).toBeUndefined();
    // An old tab that presses send once more changes nothing.
    expect(await store.accept(newEntry({ id }))).toBe('already-delivered');
    expect(await store.claim(when)).toBeUndefined();
  });

  it('after a delivery tells the Gateway, once, with an id of its own', async () => {
    const store = await openStore();
    const { id } = await sent(store);
    await deliver(store, 'G-1');
    const found = (await look(store))!;
    expect(await takeBack(store, found, noon + minute)).toBe('to-be-told');
    expect(await takeBack(store, found, noon + 2 * minute)).toBe('before');
    expect((await look(store))?.status).toMatchObject({ state: 'withdrawn', gateway: 'being-told' });

    const claim = await claimed(store, noon + minute);
    expect(claim).toMatchObject({ id: withdrawalIdOf(id), kind: 'withdrawal', format: 'jwe' });
    const opened = await openFrom(siteRecipientKeys(ring), claim.sealed);
    expect(opened?.id).toBe(withdrawalIdOf(id));
    expect(withdrawalV1.parse(JSON.parse(Buffer.from(opened!.json).toString('utf8')))).toEqual({
      schema: 'withdrawal/v1',
      id: withdrawalIdOf(id),
      referral: id,
      reference: secrets.reference,
      withdrawnAt: new Date(noon + minute).toISOString(),
    });
    await store.delivered(claim, { deliveredAt: noon + 3 * minute, gatewayReference: 'G-2' });
    expect(await takeBack(store, found, noon + 4 * minute)).toBe('before');
    expect((await look(store))?.status).toEqual({
      state: 'withdrawn',
      gateway: 'told',
      forgottenAt: noon + 30 * day,
    });
    expect(await store.claim({ ...when, now: noon + day })).toBeUndefined();
  });

  it.each([
    ['went wrong', async (store: Store) => store.again(await claimed(store), noon + minute)],
    ['was broken off', async (store: Store) => store.release(await claimed(store))],
    ['was refused', async (store: Store) => store.park(await claimed(store), { parkedAt: noon, reason: 'refused' })],
    ['is still under way', (store: Store): Promise<unknown> => claimed(store)],
  ])('after an attempt that %s erases it here, and tells the Gateway, who may have it', async (_, attempt) => {
    const store = await openStore();
    const { id } = await sent(store);
    await attempt(store);
    expect(await takeBack(store, (await look(store))!)).toBe('to-be-told');
    expect(await store.whereIs(id)).toMatchObject({ at: 'withdrawn' });
    expect((await claimed(store)).kind).toBe('withdrawal');
    expect(await store.claim(when)).toBeUndefined();
  });

  it('holds when the Gateway acknowledges the referral a moment later', async () => {
    const store = await openStore();
    await sent(store);
    const underWay = await claimed(store);
    const found = (await look(store))!;
    await takeBack(store, found);
    await store.delivered(underWay, { deliveredAt: noon + 1, gatewayReference: 'G-1' });
    expect((await look(store))?.status).toMatchObject({ state: 'withdrawn', gateway: 'being-told' });
    expect(await takeBack(store, found)).toBe('before');
  });

  it('fifty times at once is one withdrawal', async () => {
    const store = await openStore();
    await sent(store);
    await deliver(store, 'G-1');
    const found = (await look(store))!;
    const all = await Promise.all(Array.from({ length: 50 }, () => takeBack(store, found)));
    expect(all.filter((each) => each === 'to-be-told')).toHaveLength(1);
    expect(await store.standing()).toMatchObject({ waiting: 1 });
  });

  it('has an id that is a UUID, the same for the same referral, and never the referral’s', () => {
    const id = randomUUID();
    expect(z.uuid().parse(withdrawalIdOf(id))).toBe(withdrawalIdOf(id.toUpperCase()));
    expect(withdrawalIdOf(id)).not.toBe(id);
    expect(withdrawalIdOf(id)).not.toBe(withdrawalIdOf(randomUUID()));
  });
});
