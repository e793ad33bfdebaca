/** A store that keeps drafts in memory and forgets every referral: the bound that a real one is measured against. */
import type { Ledger, OutboxStore } from '#outbox/outbox.ts';
import type { DraftStore } from '#store/drafts.ts';
import type { Store } from '#store/store.server.ts';

type Asked = OutboxStore &
  DraftStore &
  Pick<Ledger, 'beginComparison' | 'firstDay'> &
  Pick<Store, 'checkWritable' | 'close'>;

export async function openStore(): Promise<Asked> {
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
    beginComparison: async () => false,
    firstDay: async () => undefined,
    checkWritable: nothing,
    close: nothing,
  };
}
