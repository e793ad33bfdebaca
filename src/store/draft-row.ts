/** How a draft lies in its table, and comes there. */
import { createHash } from 'node:crypto';
import type { SealedDraft } from '#outbox/outbox.ts';
import { statement, type Places } from './statement.ts';

/** Of the bytes that were kept, in hex: whoever reads others later knows that the disk has changed them. */
export const draftHashOf = (sealed: string): string => createHash('sha256').update(sealed).digest('hex');

interface DraftRow {
  readonly key_hash: string;
  readonly sealed: string;
  readonly sha256: string;
  readonly expires_at: number;
}

/** What is written, at first and each time that the draft is kept again. */
export const draftRow = ({ keyHash, sealed, expiresAt }: SealedDraft): DraftRow => ({
  key_hash: keyHash,
  sealed,
  sha256: draftHashOf(sealed),
  expires_at: expiresAt,
});

/** Keeps a draft, in the place of one of the same key. */
export const putDraftRow = statement((db, { key_hash, sealed, sha256, expires_at }: Places<DraftRow>) =>
  db
    .insertInto('drafts')
    .values({ key_hash, sealed, sha256, expires_at })
    .onConflict((conflict) => conflict.column('key_hash').doUpdateSet({ sealed, sha256, expires_at })),
);

/** Keeps a draft only in the place of one of the same key. */
export const replaceDraftRow = statement((db, { key_hash, sealed, sha256, expires_at }: Places<DraftRow>) =>
  db.updateTable('drafts').set({ sealed, sha256, expires_at }).where('key_hash', '=', key_hash),
);

/** `now` in ms since 1970: an expired one is not found. */
export const selectDraft = statement((db, { keyHash, now }: Places<{ keyHash: string; now: number }>) =>
  db.selectFrom('drafts').select('sealed').where('key_hash', '=', keyHash).where('expires_at', '>', now),
);
