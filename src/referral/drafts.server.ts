/** An unfinished referral: sealed in the database under a key that only the person’s cookie holds, for 24 hours at most. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ringOf } from '#seal/key-ring.server.ts';
import { open, seal } from '#seal/seal.server.ts';
import type { DraftStore } from '#store/drafts.ts';
import { newReference } from './reference.ts';

const purpose = 'referral draft';
const draftLastsMs = 24 * 60 * 60 * 1000;
const secretBytes = 32;
/** How much somebody has typed so far is theirs too. Most drafts, a long account included, are one step long. */
const sizeStep = 8 * 1024;

const value = z.union([z.string(), z.array(z.string())]);
const values = z.record(z.string(), value);
const draftShape = z.strictObject({
  /** The referral’s id from the first step on: what makes a second press of “send” the same referral. */
  id: z.uuid(),
  reference: z.string(),
  answers: z.record(z.string(), z.union([value, values])),
  /** On a form but not accepted: typed before a change of language, or refused. */
  pending: z.strictObject({ step: z.string(), typed: values, refused: z.boolean() }).optional(),
  /** Set once the referral is safe in the outbox; the answers are gone then. ISO time. */
  sentAt: z.iso.datetime().optional(),
  /** When the first step was posted, in ms since 1970, and whether the box that people cannot see was filled in: robot.ts. */
  startedAt: z.number().optional(),
  trapped: z.literal(true).optional(),
});

export type Draft = z.infer<typeof draftShape>;

/** Where drafts are kept, and who is told when the disk has changed one. */
export interface DraftKeeping {
  readonly store: DraftStore;
  readonly log: (entry: { readonly event: 'draft.damaged' }) => void;
}

/** A place for a draft: where the row is, and the key that opens it. Both come from the cookie and are kept nowhere else. */
export interface DraftPlace {
  readonly cookie: string;
  readonly keyHash: string;
  readonly secret: Uint8Array;
}

function placeOf(id: Uint8Array, secret: Uint8Array): DraftPlace {
  return {
    cookie: Buffer.concat([id, secret]).toString('base64url'),
    keyHash: createHash('sha256').update(id).digest('hex'),
    secret,
  };
}

/** The place that a cookie names; undefined if it is not one of ours. */
export function draftPlace(cookie: string | undefined): DraftPlace | undefined {
  if (cookie === undefined) return undefined;
  const bytes = Buffer.from(cookie, 'base64url');
  if (bytes.length !== 2 * secretBytes) return undefined;
  return placeOf(bytes.subarray(0, secretBytes), bytes.subarray(secretBytes));
}

export const newDraftPlace = (): DraftPlace => placeOf(randomBytes(secretBytes), randomBytes(secretBytes));

export const newDraft = (): Draft => ({ id: randomUUID(), reference: newReference(), answers: {} });

/** Why there is no draft at a place: none is there (any more), or what is there does not open. */
export type Lost = 'expired' | 'unreadable';

/** The draft at this place, or why there is none. `now` in ms since 1970. */
export async function readDraft(
  { store, log }: DraftKeeping,
  place: DraftPlace,
  now: number,
): Promise<{ readonly draft: Draft } | { readonly lost: Lost }> {
  const sealed = await store.getDraft(place.keyHash, now);
  if (sealed === undefined) return { lost: 'expired' };
  const parsed = draftShape.safeParse(open(ringOf(place.secret), { purpose, now }, sealed));
  if (parsed.success) return { draft: parsed.data };
  // Anybody can make a cookie whose key does not fit; nobody but the disk can change what was kept.
  if (await store.noteDamage(place.keyHash)) log({ event: 'draft.damaged' });
  return { lost: 'unreadable' };
}

/** The row that keeps a draft: sealed, and 24 hours from `now` (ms since 1970). */
export function sealedDraft(
  place: DraftPlace,
  draft: Draft,
  now: number,
): { keyHash: string; sealed: string; expiresAt: number } {
  const expiresAt = now + draftLastsMs;
  return {
    keyHash: place.keyHash,
    sealed: seal(ringOf(place.secret), { purpose, expiresAt, sizeStep }, draft),
    expiresAt,
  };
}
