/** What unfinished referrals ask of a store. It sees a hash and sealed text: the key is in the person’s cookie alone. */
import type { SealedDraft } from '#outbox/outbox.ts';

export interface DraftStore {
  /** Keeps or replaces a draft. Times are milliseconds since 1970. */
  putDraft(draft: SealedDraft): Promise<void>;
  /** The sealed draft, unless it has expired. */
  getDraft(keyHash: string, now: number): Promise<string | undefined>;
  /**
   * For a draft that does not open: whether its bytes are not those that were kept. True once for each draft, so that it is
   * told once; never because of a key that does not fit.
   */
  noteDamage(keyHash: string): Promise<boolean>;
  dropDraft(keyHash: string): Promise<void>;
  /** Deletes expired drafts and says how many. */
  sweepDrafts(now: number): Promise<number>;
}
