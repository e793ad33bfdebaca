/** What somebody wrote for a person who has not been asked: sealed under a key that only their link holds, for 7 days, once. */
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Values } from '#form/fields.ts';
import { ringOf } from '#seal/key-ring.server.ts';
import { open, seal } from '#seal/seal.server.ts';
import type { DraftStore } from '#store/drafts.ts';
import type { HandOverStore } from '#store/hand-over.ts';
import { newDraft, sealedDraft, type Draft, type DraftKeeping, type DraftPlace } from './drafts.server.ts';
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

interface HandOverPlace {
  readonly keyHash: string;
  readonly key: Uint8Array;
}

/** Where a link’s row is and what opens it: neither tells the other. Undefined for what is no secret of ours. */
function placeOf(secret: string): HandOverPlace | undefined {
  if (!secretShape.test(secret)) return undefined;
  return {
    keyHash: createHash('sha256').update(`hand-over row ${secret}`).digest('hex'),
    key: new Uint8Array(hkdfSync('sha256', secret, '', 'hand-over key', 32)),
  };
}

/** Keeps what was written, and returns the secret of the link to it. `now` in ms since 1970. */
export async function keepHandOver(store: DraftStore, values: Values, now: number): Promise<string> {
  const secret = newLinkSecret();
  const { keyHash, key } = placeOf(secret)!;
  const expiresAt = now + lastsMs;
  const handOver: HandOver = { written: values, expiresAt };
  await store.putDraft({ keyHash, sealed: seal(ringOf(key), { purpose, expiresAt }, handOver), expiresAt });
  return secret;
}

/** Whether a link still opens something, without opening it. `now` in ms since 1970. */
export async function isThere(store: DraftStore, secret: string, now: number): Promise<boolean> {
  const place = placeOf(secret);
  return place !== undefined && (await store.getDraft(place.keyHash, now)) !== undefined;
}

/** What the link opens; undefined if it was used, deleted or has expired. It stays there. `now` in ms since 1970. */
export async function readHandOver(
  { store, log }: DraftKeeping,
  secret: string,
  now: number,
): Promise<HandOver | undefined> {
  const place = placeOf(secret);
  const sealed = place && (await store.getDraft(place.keyHash, now));
  if (!place || sealed === undefined) return undefined;
  const parsed = handOverShape.safeParse(open(ringOf(place.key), { purpose, now }, sealed));
  if (parsed.success) return parsed.data;
  if (await store.noteDamage(place.keyHash)) log({ event: 'draft.damaged' });
  return undefined;
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
  const handOver = await readHandOver(keeping, secret, now);
  if (!handOver) return undefined;
  const { name, ownWords, deadline } = handOver.written;
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
