/** A hash beside each draft, as beside what waits: it tells a disk that changed the bytes from a key that does not fit them. */
import type { Migration } from 'kysely/migration';

export const draftHash = (): Migration => ({
  async up(db) {
    // Empty for what an earlier version kept, or keeps while it is being replaced: a day later there is none of that left.
    await db.schema.alterTable('drafts').addColumn('sha256', 'text').execute();
  },
});
