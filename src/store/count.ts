/** Counting by the day what is accepted, delivered and withdrawn, for the reconciliation. */
import { randomInt } from 'node:crypto';
import { CompiledQuery, type Transaction } from 'kysely';
import { dayOf } from '#outbox/days.ts';
import { statement, type Places } from './statement.ts';
import type { Tables } from './tables.ts';

/** Rows among which a day’s counts are spread. */
const countParts = 8;

const mark = CompiledQuery.raw('savepoint counting');
const undo = CompiledQuery.raw('rollback to savepoint counting');
const unmark = CompiledQuery.raw('release savepoint counting');

const addToDay = statement((db, row: Places<Tables['counts']>) =>
  db
    .insertInto('counts')
    .values({
      day: row.day,
      part: row.part,
      received: row.received,
      delivered: row.delivered,
      withdrawn: row.withdrawn,
    })
    .onConflict((conflict) =>
      conflict.columns(['day', 'part']).doUpdateSet(({ eb, ref }) => ({
        received: eb('counts.received', '+', ref('excluded.received')),
        delivered: eb('counts.delivered', '+', ref('excluded.delivered')),
        withdrawn: eb('counts.withdrawn', '+', ref('excluded.withdrawn')),
      })),
    ),
);

/**
 * Counts so many more of each, in the same transaction: once, and last in it, so that nobody waits for anybody in a circle.
 * Counting is for the reconciliation alone: where it fails, the referral goes its way, and the reconciliation finds the
 * difference. `at` in ms since 1970.
 */
export async function count(
  transaction: Transaction<Tables>,
  more: Readonly<Partial<Record<'received' | 'delivered' | 'withdrawn', number>>>,
  at: number,
): Promise<void> {
  await transaction.executeQuery(mark);
  try {
    const nothing = { received: 0, delivered: 0, withdrawn: 0 };
    await addToDay(transaction, { day: dayOf(at), part: randomInt(countParts), ...nothing, ...more });
  } catch {
    await transaction.executeQuery(undo);
  }
  await transaction.executeQuery(unmark);
}
