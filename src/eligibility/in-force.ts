/** Which days a rule counts on. */

/** A calendar day, `YYYY-MM-DD`. Days of this form compare as text. */
export type Day = string;

/** The first and the last day on which a rule counts, both included; `null` is open. */
export type Validity = { readonly from: Day | null; readonly until: Day | null };

export const inForce = ({ from, until }: Validity, on: Day): boolean =>
  (from === null || from <= on) && (until === null || on <= until);

/** Whether a value from outside is a day that exists: `2026-02-30` is not one. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const midnight = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(value);
}
