/** An unfinished referral: sealed in the database under a key that only the person’s cookie holds, for 24 hours at most. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SealedDraft } from '#outbox/outbox.ts';
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

/** Where a row is, and the key that opens it, which is kept nowhere beside it. */
export interface KeptPlace {
  readonly keyHash: string;
  readonly secret: Uint8Array;
}

/** A place for a draft: all of it comes from the cookie. */
export interface DraftPlace extends KeptPlace {
  readonly cookie: string;
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

/** Why there is nothing at a place: it is not there (any more), or what is there does not open. */
export type Lost = 'expired' | 'unreadable';

/** What is kept at a place, or why it cannot be had. `now` in ms since 1970. */
export async function readKept<Kept>(
  { store, log }: DraftKeeping,
  { keyHash, secret }: KeptPlace,
  { shape, ...sealing }: { readonly shape: z.ZodType<Kept>; readonly purpose: string; readonly now: number },
): Promise<{ readonly kept: Kept } | { readonly lost: Lost }> {
  const sealed = await store.getDraft(keyHash, sealing.now);
  if (sealed === undefined) return { lost: 'expired' };
  const parsed = shape.safeParse(open(ringOf(secret), sealing, sealed));
  if (parsed.success) return { kept: parsed.data };
  // Anybody can make a cookie whose key does not fit; nobody but the disk can change what was kept.
  if (await store.noteDamage(keyHash)) log({ event: 'draft.damaged' });
  return { lost: 'unreadable' };
}

/** The draft at this place, or why there is none. `now` in ms since 1970. */
export async function readDraft(
  keeping: DraftKeeping,
  place: DraftPlace,
  now: number,
): Promise<{ readonly draft: Draft } | { readonly lost: Lost }> {
  const read = await readKept(keeping, place, { shape: draftShape, purpose, now });
  return 'kept' in read ? { draft: read.kept } : read;
}

/** The row that keeps something at a place until a moment in ms since 1970. */
export const keptRow = (
  { keyHash, secret }: KeptPlace,
  { purpose, expiresAt }: { readonly purpose: string; readonly expiresAt: number },
  kept: unknown,
): SealedDraft => ({ keyHash, sealed: seal(ringOf(secret), { purpose, expiresAt, sizeStep }, kept), expiresAt });

/** The row that keeps a draft: 24 hours from `now` (ms since 1970). */
export const sealedDraft = (place: DraftPlace, draft: Draft, now: number): SealedDraft =>
  keptRow(place, { purpose, expiresAt: now + draftLastsMs }, draft);
