/** How an entry comes into the outbox. */
import type { Kysely } from 'kysely';
import type { NewEntry } from '#outbox/outbox.ts';
import { statement, type Places } from './statement.ts';
import type { Tables } from './tables.ts';

const insert = statement((db, entry: Places<Required<NewEntry>>) =>
  db
    .insertInto('outbox')
    .values({
      id: entry.id,
      sha256: entry.sha256,
      key_id: entry.keyId,
      format: entry.format,
      kind: entry.kind,
      created_at: entry.createdAt,
      next_attempt_at: entry.createdAt,
      sealed: entry.sealed,
    })
    .onConflict((conflict) => conflict.column('id').doNothing()),
);

/** False, and nothing is changed, where its id waits already. */
export async function insertEntry(db: Kysely<Tables>, entry: NewEntry): Promise<boolean> {
  const { numAffectedRows } = await insert(db, { kind: 'referral', ...entry });
  return numAffectedRows === 1n;
}
