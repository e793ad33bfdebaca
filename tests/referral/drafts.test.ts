/** An unfinished referral: nobody but the person’s own browser can open it, and it is gone in time. */
import { describe, expect, it } from 'vitest';
import type { Answers } from '../../src/check/check-flow.ts';
import { fieldsOf, formOfStep, withPostedStep, withSwitchedStep } from '../../src/referral/draft-steps.ts';
import {
  draftPlace,
  newDraft,
  newDraftPlace,
  readDraft,
  sealedDraft,
  type Draft,
  type DraftPlace,
} from '../../src/referral/drafts.server.ts';
import { referStepOf, type ReferStep } from '../../src/referral/refer-flow.ts';
import { keepDraft, openVisit } from '../../src/referral/visit.server.ts';
import { ringOf } from '../../src/seal/key-ring.server.ts';
import type { DraftStore } from '../../src/store/drafts.ts';
import { emrysCheck } from '../support/people.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const day = 24 * 60 * 60 * 1000;

/** Damage is what its test makes of it: how a store finds it is in tests/store. */
function storeInMemory(): DraftStore & {
  rows: Map<string, { sealed: string; expiresAt: number }>;
  damaged: Set<string>;
} {
  const rows = new Map<string, { sealed: string; expiresAt: number }>();
  const damaged = new Set<string>();
  return {
    rows,
    damaged,
    noteDamage: (keyHash) => Promise.resolve(damaged.delete(keyHash)),
    putDraft: ({ keyHash, sealed, expiresAt }) => Promise.resolve(void rows.set(keyHash, { sealed, expiresAt })),
    getDraft: (keyHash, at) => {
      const row = rows.get(keyHash);
      return Promise.resolve(row && row.expiresAt > at ? row.sealed : undefined);
    },
    dropDraft: (keyHash) => Promise.resolve(void rows.delete(keyHash)),
    sweepDrafts: () => Promise.resolve(0),
  };
}

/** Reads a draft where the operator’s log is of no matter. */
const read = (store: DraftStore, place: DraftPlace, at: number) =>
  readDraft({ store, log: () => undefined }, place, at);

const mairs: Draft = { ...newDraft(), answers: { name: { name: 'Mair Llŷr' }, contact: { ways: ['letter'] } } };

describe('a draft at its place', () => {
  it('comes back as it was kept', async () => {
    const store = storeInMemory();
    const place = newDraftPlace();
    await keepDraft(store, place, mairs, now);
    expect(await read(store, place, now)).toEqual({ draft: mairs });
    expect(await read(store, draftPlace(place.cookie)!, now)).toEqual({ draft: mairs });
  });

  it('shows the one who keeps the database neither words nor the key', async () => {
    const place = newDraftPlace();
    const row = sealedDraft(place, mairs, now);
    expect(JSON.stringify(row)).not.toMatch(/Mair|letter/);
    expect(JSON.stringify(row)).not.toContain(Buffer.from(place.secret).toString('base64url'));
    expect(row.keyHash).toMatch(/^[0-9a-f]{64}$/);
    expect(place.cookie).not.toContain(row.keyHash);
    expect(row.expiresAt).toBe(now + day);
  });

  it('does not open when it was changed, with another key, or after 24 hours', async () => {
    const store = storeInMemory();
    const place = newDraftPlace();
    await keepDraft(store, place, mairs, now);
    const row = store.rows.get(place.keyHash)!;
    const stranger = { ...place, secret: newDraftPlace().secret };
    expect(await read(store, stranger, now)).toEqual({ lost: 'unreadable' });
    expect(await read(store, newDraftPlace(), now)).toEqual({ lost: 'expired' });
    expect(await read(store, place, now + day)).toEqual({ lost: 'expired' });
    store.rows.set(place.keyHash, { ...row, expiresAt: now + 10 * day });
    expect(await read(store, place, now + day + 1)).toEqual({ lost: 'unreadable' });
    store.rows.set(place.keyHash, { ...row, sealed: `${row.sealed.slice(0, -3)}AAA` });
    expect(await read(store, place, now)).toEqual({ lost: 'unreadable' });
  });

  it('is an alarm when the store finds its bytes changed, and none when a key does not fit or nothing is there', async () => {
    const store = storeInMemory();
    const place = newDraftPlace();
    await keepDraft(store, place, mairs, now);
    const told: unknown[] = [];
    const keeping = { store, log: (entry: unknown) => void told.push(entry) };
    for (const stranger of [{ ...place, secret: newDraftPlace().secret }, newDraftPlace()])
      await readDraft(keeping, stranger, now);
    expect(told).toEqual([]);
    store.rows.get(place.keyHash)!.sealed += 'A';
    store.damaged.add(place.keyHash);
    expect(await readDraft(keeping, place, now)).toEqual({ lost: 'unreadable' });
    expect(told).toEqual([{ event: 'draft.damaged' }]);
  });

  it('is not found by a cookie that is not ours', () => {
    for (const cookie of [undefined, '', 'a', 'x'.repeat(85), newDraftPlace().cookie.slice(4)]) {
      expect(draftPlace(cookie), cookie ?? 'none').toBeUndefined();
    }
  });

  it('has a place, an id and a reference of its own', () => {
    const places = Array.from({ length: 100 }, newDraftPlace);
    expect(new Set(places.map(({ cookie }) => cookie)).size).toBe(100);
    const drafts = Array.from({ length: 100 }, newDraft);
    expect(new Set(drafts.flatMap(({ id, reference }) => [id, reference])).size).toBe(200);
  });
});

describe('somebody who comes', () => {
  const ring = ringOf(new Uint8Array(32).fill(7));

  it('for the first time has a fresh draft, and nothing is kept of them yet', async () => {
    const store = storeInMemory();
    const visit = await openVisit({ ring, store, log: () => undefined }, { check: undefined, draft: undefined }, now);
    expect(visit.lost).toBeUndefined();
    expect(visit.draft.answers).toEqual({});
    expect(store.rows.size).toBe(0);
  });

  it('again finds the draft', async () => {
    const store = storeInMemory();
    const place = newDraftPlace();
    await keepDraft(store, place, mairs, now);
    const visit = await openVisit(
      { ring, store, log: () => undefined },
      { check: undefined, draft: place.cookie },
      now,
    );
    expect(visit.draft).toEqual(mairs);
    expect(visit.place.cookie).toBe(place.cookie);
  });

  it('too late is told so, and begins afresh at a new place', async () => {
    const store = storeInMemory();
    const place = newDraftPlace();
    await keepDraft(store, place, mairs, now);
    const visit = await openVisit(
      { ring, store, log: () => undefined },
      { check: undefined, draft: place.cookie },
      now + 2 * day,
    );
    expect(visit.lost).toBe('expired');
    expect(visit.place.cookie).not.toBe(place.cookie);
    expect(visit.draft.id).not.toBe(mairs.id);
  });
});

describe('posting a step', () => {
  const step = (id: string): ReferStep => referStepOf(id)!;
  const post = (id: string, body: string, draft: Draft = newDraft(), check: Answers = emrysCheck) =>
    withPostedStep(step(id), check, draft, new URLSearchParams(body));

  it('keeps what was accepted', () => {
    const { draft, accepted } = post('name', 'name=+Mair++Ll%C5%B7r');
    expect(accepted).toBe(true);
    expect(draft.answers['name']).toEqual({ name: 'Mair Llŷr' });
    expect(draft.pending).toBeUndefined();
  });

  it('keeps what was refused as it was typed, and says what is wrong', () => {
    const contact = post('contact', 'ways=call&ways=email').draft;
    const { draft, accepted } = post('contact-details', 'phone=ring+me&email=mair%40example.com', contact);
    expect(accepted).toBe(false);
    expect(formOfStep(step('contact-details'), emrysCheck, draft)).toEqual({
      typed: { phone: 'ring me', email: 'mair@example.com' },
      errors: { phone: 'phone' },
    });
    expect(draft.answers['contact-details']).toBeUndefined();
  });

  it('asks only for the details of the ways that were chosen', () => {
    const fields = (ways: string) =>
      fieldsOf(step('contact-details'), emrysCheck, post('contact', ways).draft).map(({ id }) => id);
    expect(fields('ways=call')).toEqual(['phone']);
    expect(fields('ways=letter')).toEqual(['address', 'postcode']);
    expect(fields('ways=text&ways=call&ways=video-call')).toEqual(['phone', 'videoCall']);
    expect(fields('ways=text&neverWays=call')).toEqual(['textNumber']);
    expect(fields('ways=through-someone')).toEqual(['throughSomeone']);
  });

  it('that asks a fact keeps the fact, and offers what the check knows', () => {
    expect(formOfStep(step('process'), emrysCheck, newDraft()).typed).toEqual({ process: ['assessment'] });
    expect(post('process', 'process=none').draft.answers['process']).toEqual([]);
    expect(post('process', 'process=unsure').draft.answers['process']).toBe('unsure');
  });

  it('does not offer a device’s owner’s name for somebody else', () => {
    const forOther = { ...emrysCheck, about: 'someone-else' };
    const tokenFor = (check: Answers) => {
      const [field] = fieldsOf(step('name'), check, newDraft());
      return field && 'autocomplete' in field ? field.autocomplete : undefined;
    };
    expect(tokenFor(emrysCheck)).toBe('name');
    expect(tokenFor(forOther)).toBe('off');
  });

  it('in the middle, when the language is changed, keeps what is typed and finds no fault yet', () => {
    const draft = withSwitchedStep(step('name'), emrysCheck, newDraft(), new URLSearchParams('name='));
    expect(formOfStep(step('name'), emrysCheck, draft)).toEqual({ typed: { name: '' }, errors: {} });
    expect(draft.answers).toEqual({});
  });
});
