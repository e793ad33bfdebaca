/** Who is asking: the answers of their check and their draft, from their two cookies. */
import { openCheck } from '#check/answers-cookie.server.ts';
import type { Answers } from '#check/check-flow.ts';
import type { KeyRing } from '#seal/key-ring.server.ts';
import type { DraftStore } from '#store/drafts.ts';
import {
  draftPlace,
  newDraft,
  newDraftPlace,
  readDraft,
  sealedDraft,
  type Draft,
  type DraftKeeping,
  type DraftPlace,
  type Lost,
} from './drafts.server.ts';

export interface Visit {
  readonly check: Answers;
  readonly draft: Draft;
  readonly place: DraftPlace;
  /** The cookie names a draft that is not to be had any more: the one above is a new one. */
  readonly lost?: Lost;
}

/** `now` in ms since 1970. Nothing is kept yet for somebody who only looks. */
export async function openVisit(
  keeping: DraftKeeping & { readonly ring: KeyRing },
  cookies: { check: string | undefined; draft: string | undefined },
  now: number,
): Promise<Visit> {
  const { answers: check } = openCheck(keeping.ring, cookies.check, now);
  const known = draftPlace(cookies.draft);
  const read = known && (await readDraft(keeping, known, now));
  if (known && read && 'draft' in read) return { check, draft: read.draft, place: known };
  return { check, draft: newDraft(), place: newDraftPlace(), ...read };
}

/** The visit of somebody whose draft cannot be read now: what their cookies hold, and an empty draft in its place. */
export function visitOfStranger(
  { ring }: { ring: KeyRing },
  cookies: { check: string | undefined; draft: string | undefined },
  now: number,
): Visit {
  const { answers: check } = openCheck(ring, cookies.check, now);
  return { check, draft: newDraft(), place: draftPlace(cookies.draft) ?? newDraftPlace() };
}

/** Keeps the draft; the visit’s place then belongs in the draft’s cookie. */
export async function keepDraft(store: DraftStore, place: DraftPlace, draft: Draft, now: number): Promise<void> {
  await store.putDraft(sealedDraft(place, draft, now));
}
