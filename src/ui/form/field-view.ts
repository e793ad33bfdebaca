/** What a form component is given: everything already in words, nothing to look up. */

export interface OptionView {
  readonly value: string;
  readonly label: string;
  /** The id of a picture that means this option (easy read). */
  readonly picture?: string | undefined;
  readonly chosen: boolean;
}

interface FieldViewBase {
  /** The field’s name in the form. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

export interface ChoiceView extends FieldViewBase {
  readonly kind: 'choice';
  /** Choose one, or choose any number. */
  readonly many: boolean;
  readonly options: readonly OptionView[];
}

export interface TextView extends FieldViewBase {
  readonly kind: 'text';
  readonly value: string;
  readonly lines: boolean;
  readonly autocomplete: string;
  readonly inputMode: 'text' | 'tel' | 'email';
}

export type FieldView = ChoiceView | TextView;

/** Words that every step’s form needs. */
export interface FormWords {
  readonly errorPrefix: string;
  readonly errorSummary: string;
  readonly continue: string;
}

/** The id of the control that an error’s link goes to: the first of a group. */
export const controlId = (field: FieldView): string => (field.kind === 'choice' ? `${field.id}-1` : field.id);

/** The ids that describe a field, for aria-describedby; undefined if nothing does. */
export function describedBy(field: FieldView): string | undefined {
  const ids = [...(field.hint ? [`${field.id}-hint`] : []), ...(field.error ? [`${field.id}-error`] : [])];
  return ids.length > 0 ? ids.join(' ') : undefined;
}
