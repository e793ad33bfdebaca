/** A line or box to write in, on a page that is no step of a journey: words come from the page’s own namespace. */
import type { FieldErrors, TextField, Values } from '#form/fields.ts';
import type { TextView } from '#ui/form/field-view.ts';

/** @param said label, hint and errors as the page says them */
export function plainField(
  field: Pick<TextField, 'id' | 'kind' | 'autocomplete'>,
  { typed, errors }: { typed: Values; errors: FieldErrors },
  said: { label: string; hint?: string | undefined; error?: string | undefined },
): TextView {
  const value = typed[field.id];
  return {
    kind: 'text',
    id: field.id,
    label: said.label,
    hint: said.hint,
    error: errors[field.id] && said.error,
    value: typeof value === 'string' ? value : '',
    lines: field.kind === 'lines',
    autocomplete: field.autocomplete,
    inputMode: 'text',
  };
}
