/** A group of radio buttons or tick boxes: whole rows to press, words first read, the error tied to the group. */
import { Picture } from '../Picture.tsx';
import { controlId, describedBy, type ChoiceView } from './field-view.ts';

interface Props {
  readonly field: ChoiceView;
  readonly errorPrefix: string;
  /** The group’s legend is the page’s h1 where the page asks this one thing. */
  readonly asHeading: boolean;
  /** Shown below the heading, before the options: why we ask. */
  readonly why?: string | undefined;
  /** Shown first: that nobody has to answer. */
  readonly note?: string | undefined;
}

export function Choice({ field, errorPrefix, asHeading, why, note }: Props) {
  const type = field.many ? 'checkbox' : 'radio';
  return (
    <fieldset class="group" aria-describedby={describedBy(field)}>
      <legend>{asHeading ? <h1>{field.label}</h1> : <span class="label">{field.label}</span>}</legend>
      {note && <p class="why">{note}</p>}
      {why && <p class="why">{why}</p>}
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
      <div class="choices">
        {field.options.map((option, at) => (
          <label class="choice" key={option.value}>
            <input
              type={type}
              name={field.id}
              value={option.value}
              id={at === 0 ? controlId(field) : `${field.id}-${at + 1}`}
              checked={option.chosen}
            />
            {option.picture && <Picture id={option.picture} />}
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
