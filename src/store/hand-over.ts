/** What handing over asks of a store, besides keeping what was written where drafts are kept. */
import type { SealedDraft } from '#outbox/outbox.ts';

export interface HandOverStore {
  /**
   * In one transaction: deletes the row of the hand-over and keeps the draft that it became. False, and nothing is kept, if
   * the row is not there (any more) or has expired. `now` in ms since 1970.
   */
  takeOver(keyHash: string, draft: SealedDraft, now: number): Promise<boolean>;
}
