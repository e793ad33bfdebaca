/** Days as the reconciliation counts them: in UTC, written `2026-11-23`. */

export const dayMs = 24 * 60 * 60_000;

/** The day that holds a moment, in milliseconds since 1970. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The first moment of a day. */
export const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Whether this is a day that exists, such as `2026-02-28`. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(startOf(text)) && dayOf(startOf(text)) === text;
