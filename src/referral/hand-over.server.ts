/** What somebody wrote for a person who has not been asked: sealed under a key that only their link holds, for 7 days, once. */
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Values } from '#form/fields.ts';
import type { DraftStore } from '#store/drafts.ts';
import type { HandOverStore } from '#store/hand-over.ts';
import {
  keptRow,
  newDraft,
  readKept,
  sealedDraft,
  type Draft,
  type DraftKeeping,
  type DraftPlace,
  type KeptPlace,
  type Lost,
} from './drafts.server.ts';
import { handOverFields } from './hand-over-fields.ts';

const purpose = 'hand-over';
const lastsMs = 7 * 24 * 60 * 60_000;

const handOverShape = z.strictObject({
  written: z.partialRecord(z.enum(handOverFields.map(({ id }) => id)), z.string()),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
});

export type HandOver = z.infer<typeof handOverShape>;

/**
 * The secret of a link. It stands in an address, where no other secret of this site may: a link is all that one person can
 * pass to another without an account. So it opens nothing until a button is pressed (previews and scanners press none), it is
 * good for one taking over and for 7 days at most, no log of ours has addresses, and no other site is told one (Referrer-Policy).
 */
const secretBytes = 16;
const secretShape = /^[A-Za-z0-9_-]{22}$/;

export const newLinkSecret = (): string => randomBytes(secretBytes).toString('base64url');

/** Where a link’s row is and what opens it: neither tells the other. Undefined for what is no secret of ours. */
function placeOf(link: string): KeptPlace | undefined {
  if (!secretShape.test(link)) return undefined;
  return {
    keyHash: createHash('sha256').update(`hand-over row ${link}`).digest('hex'),
    secret: new Uint8Array(hkdfSync('sha256', link, '', 'hand-over key', 32)),
  };
}

/** Keeps what was written, and returns the secret of the link to it. `now` in ms since 1970. */
export async function keepHandOver(store: DraftStore, values: Values, now: number): Promise<string> {
  const link = newLinkSecret();
  const expiresAt = now + lastsMs;
  const handOver: HandOver = { written: values, expiresAt };
  await store.putDraft(keptRow(placeOf(link)!, { purpose, expiresAt }, handOver));
  return link;
}

/** Whether a link still opens something, without opening it. `now` in ms since 1970. */
export async function isThere(store: DraftStore, secret: string, now: number): Promise<boolean> {
  const place = placeOf(secret);
  return place !== undefined && (await store.getDraft(place.keyHash, now)) !== undefined;
}

/**
 * What the link opens, or why it opens nothing: `expired` also where it was used or deleted, or is no link of ours. It stays
 * there. `now` in ms since 1970.
 */
export async function readHandOver(
  keeping: DraftKeeping,
  secret: string,
  now: number,
): Promise<{ readonly handOver: HandOver } | { readonly lost: Lost }> {
  const place = placeOf(secret);
  if (!place) return { lost: 'expired' };
  const read = await readKept(keeping, place, { shape: handOverShape, purpose, now });
  return 'kept' in read ? { handOver: read.kept } : read;
}

export async function deleteHandOver(store: DraftStore, secret: string): Promise<void> {
  const place = placeOf(secret);
  if (place) await store.dropDraft(place.keyHash);
}

/**
 * Makes of it a draft of the person’s own, at a place that the link does not lead to: whoever gave the link cannot follow.
 * Undefined if the link opens nothing (any more). `now` in ms since 1970.
 */
export async function takeOver(
  keeping: DraftKeeping & { readonly store: HandOverStore },
  secret: string,
  place: DraftPlace,
  now: number,
): Promise<Draft | undefined> {
  const read = await readHandOver(keeping, secret, now);
  if ('lost' in read) return undefined;
  const { name, ownWords, deadline } = read.handOver.written;
  const need = { ...(ownWords !== undefined && { ownWords }), ...(deadline !== undefined && { deadline }) };
  const draft: Draft = {
    ...newDraft(),
    answers: {
      about: 'me',
      ...(name !== undefined && { name: { name } }),
      ...(Object.keys(need).length > 0 && { need }),
    },
  };
  const { keyHash } = placeOf(secret)!;
  return (await keeping.store.takeOver(keyHash, sealedDraft(place, draft, now), now)) ? draft : undefined;
}
