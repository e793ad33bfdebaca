/** A store that keeps drafts in memory and forgets every referral: the bound that a real one is measured against. */
import type { OutboxStore } from '#outbox/outbox.ts';
import type { DraftStore } from '#store/drafts.ts';

export async function openStore(): Promise<
  OutboxStore & DraftStore & { checkWritable(): Promise<void>; close(): Promise<void> }
> {
  const drafts = new Map<string, string>();
  const nothing = async (): Promise<void> => {};
  return {
    async accept(_entry, { replaceDraft } = {}) {
      if (replaceDraft) drafts.set(replaceDraft.keyHash, replaceDraft.sealed);
      return 'accepted';
    },
    claim: async () => undefined,
    delivered: nothing,
    again: nothing,
    park: nothing,
    release: nothing,
    nextDueAt: async () => undefined,
    standing: async () => ({ waiting: 0, parked: 0, oldestAcceptedAt: undefined }),
    tidy: nothing,
    putDraft: async ({ keyHash, sealed }) => void drafts.set(keyHash, sealed),
    getDraft: async (keyHash) => drafts.get(keyHash),
    noteDamage: async () => false,
    dropDraft: async (keyHash) => void drafts.delete(keyHash),
    sweepDrafts: async () => 0,
    checkWritable: nothing,
    close: nothing,
  };
}
