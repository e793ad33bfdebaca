/** Handing over, for any database: the part of a store that hand-over.ts asks for. */
import type { Kysely } from 'kysely';
import { draftRow } from './draft-row.ts';
import type { HandOverStore } from './hand-over.ts';
import type { Tables } from './tables.ts';

export function handOverIn(db: Kysely<Tables>): HandOverStore {
  return {
    takeOver: (handedOver, draft, now) =>
      db.transaction().execute(async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('drafts')
          .where('key_hash', '=', handedOver)
          .where('expires_at', '>', now)
          .executeTakeFirstOrThrow();
        if (numDeletedRows === 0n) return false;
        await transaction.insertInto('drafts').values(draftRow(draft)).execute();
        return true;
      }),
  };
}
