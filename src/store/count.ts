/** Counting by the day what is accepted, delivered and withdrawn, for the reconciliation. */
import { randomInt } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { dayOf } from '#outbox/days.ts';
import type { Tables } from './tables.ts';

/** Rows among which a day’s counts are spread. */
const countParts = 8;

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
  await sql`savepoint counting`.execute(transaction);
  try {
    await transaction
      .insertInto('counts')
      .values({ day: dayOf(at), part: randomInt(countParts), received: 0, delivered: 0, withdrawn: 0, ...more })
      .onConflict((conflict) =>
        conflict
          .columns(['day', 'part'])
          .doUpdateSet(
            Object.fromEntries(Object.entries(more).map(([what, by]) => [what, sql`counts.${sql.ref(what)} + ${by}`])),
          ),
      )
      .execute();
  } catch {
    await sql`rollback to savepoint counting`.execute(transaction);
  }
  await sql`release savepoint counting`.execute(transaction);
}
