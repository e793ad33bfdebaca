/** Something to write: label, hint, error, and a box that never corrects or refuses while somebody types. */
import { controlId, describedBy, type TextView } from './field-view.ts';

interface Props {
  readonly field: TextView;
  readonly errorPrefix: string;
}

export function TextField({ field, errorPrefix }: Props) {
  const attributes = {
    id: controlId(field),
    name: field.id,
    autocomplete: field.autocomplete,
    'aria-describedby': describedBy(field),
    'aria-invalid': field.error ? ('true' as const) : undefined,
  };
  return (
    <div class="group">
      <label class="label" for={attributes.id}>
        {field.label}
      </label>
      {field.hint && (
        <p class="hint" id={`${field.id}-hint`}>
          {field.hint}
        </p>
      )}
      {field.error && (
        <p class="error" id={`${field.id}-error`}>
          <b>{errorPrefix}</b> {field.error}
        </p>
      )}
      {field.lines ? (
        // A browser leaves out the line break that follows the tag: without this one, it would be the first that was typed.
        <textarea {...attributes} rows={6}>{`\n${field.value}`}</textarea>
      ) : (
        // Plain text with a hint for the keyboard: the browser’s own checks speak the browser’s language, not the page’s.
        <input type="text" {...attributes} inputMode={field.inputMode} value={field.value} spellcheck={false} />
      )}
    </div>
  );
}
