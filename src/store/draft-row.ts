/** How a draft lies in its table. */
import { createHash } from 'node:crypto';
import type { SealedDraft } from '#outbox/outbox.ts';

/** Of the bytes that were kept, in hex: whoever reads others later knows that the disk has changed them. */
export const draftHashOf = (sealed: string): string => createHash('sha256').update(sealed).digest('hex');

/** What is written, at first and each time that the draft is kept again. */
export const draftRow = ({
  sealed,
  expiresAt,
}: SealedDraft): { sealed: string; sha256: string; expires_at: number } => ({
  sealed,
  sha256: draftHashOf(sealed),
  expires_at: expiresAt,
});
