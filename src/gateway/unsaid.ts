/** Why an answer is missing: the question was not put, or the person left it for later. Never a “no”. */

export const unsaid = ['not-asked', 'left-for-later'] as const;
export type Unsaid = (typeof unsaid)[number];

/** An answer that was given; undefined where there is none, for whatever reason. */
export const saidOf = <T>(answer: T | Unsaid | undefined): T | undefined =>
  unsaid.some((reason) => reason === answer) ? undefined : (answer as T | undefined);
