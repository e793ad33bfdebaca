/** What somebody may write for a person who has not been asked. All of it may be left empty: the link alone is an invitation. */
import type { TextField } from '#form/fields.ts';

/** The last three are those of the form, with its limits. */
export const handOverFields = [
  { id: 'from', kind: 'line', most: 200, autocomplete: 'name' },
  { id: 'name', kind: 'line', most: 200, autocomplete: 'off' },
  { id: 'ownWords', kind: 'lines', most: 5000, autocomplete: 'off' },
  { id: 'deadline', kind: 'line', most: 500, autocomplete: 'off' },
] as const satisfies readonly TextField[];

export type HandOverField = (typeof handOverFields)[number]['id'];

/** What was written; what was left empty is left out. */
export type Written = Readonly<Partial<Record<HandOverField, string>>>;
