/** What a form step asks, field by field, and how a posted form becomes values or error codes. Codes, never sentences. */
import { cleanLine, cleanText, emailAddress, phoneNumber, ukPostcode } from './text.ts';

interface FieldBase {
  readonly id: string;
  readonly required?: boolean;
}

/** Choose one of the values. */
export interface OneField extends FieldBase {
  readonly kind: 'one';
  readonly values: readonly string[];
}
/** Choose any of the values; those in `alone` (“none of these”, “not sure”) go with no other. */
export interface ManyField extends FieldBase {
  readonly kind: 'many';
  readonly values: readonly string[];
  readonly alone?: readonly string[];
  /** Another field, of whose values none may be chosen here as well: what is never safe is not among what is safe. */
  readonly apartFrom?: string;
  /** Values that cannot all be chosen: something must be left. */
  readonly notAll?: readonly string[];
}
/** Something to write: a line, several lines, or a line of a known form. */
export interface TextField extends FieldBase {
  readonly kind: 'line' | 'lines' | 'phone' | 'email' | 'postcode';
  /** The most characters that are kept. */
  readonly most: number;
  /** The autocomplete token of HTML; `off` for what should not be offered to the next person at this device. */
  readonly autocomplete: string;
  /** Needed as soon as this value of another field is chosen. With any other it is no answer, unless it is `welcome` there too. */
  readonly requiredWith?: { readonly field: string; readonly value: string; readonly welcome?: boolean };
  /** Another form that the text must have, by the value chosen in another field. */
  readonly formBy?: {
    readonly field: string;
    readonly forms: Readonly<Record<string, Pick<TextField, 'kind' | 'most'>>>;
  };
}
export type Field = OneField | ManyField | TextField;

export type FieldErrorCode = 'required' | 'conflict' | 'not-an-option' | 'too-long' | 'phone' | 'email' | 'postcode';

export type Values = { readonly [field: string]: string | readonly string[] };
export type FieldErrors = { readonly [field: string]: FieldErrorCode };

/** What was posted, as it was typed, for the fields asked: kept so that nothing has to be typed twice. */
export function typedIn(fields: readonly Field[], posted: URLSearchParams): Values {
  const typed: Record<string, string | string[]> = {};
  for (const field of fields) {
    if (field.kind === 'many') typed[field.id] = [...new Set(posted.getAll(field.id))];
    else typed[field.id] = posted.get(field.id) ?? '';
  }
  return typed;
}

/** Reads typed values. Empty fields that are not required are left out of `values`, and so are words for another choice. */
export function parseFields(
  fields: readonly Field[],
  typed: Values,
): { readonly values: Values; readonly errors: FieldErrors } {
  const values: Record<string, string | readonly string[]> = {};
  const errors: Record<string, FieldErrorCode> = {};
  for (const field of fields) {
    if (isForAnotherChoice(field, typed)) continue;
    const asked = inTheFormOf(field, typed);
    const outcome = parseField(isNeeded(field, typed) ? { ...asked, required: true } : asked, typed[field.id]);
    if ('error' in outcome) errors[field.id] = outcome.error;
    else if (isContradicted(field, outcome.value, typed)) errors[field.id] = 'conflict';
    else if (outcome.value !== undefined) values[field.id] = outcome.value;
  }
  return { values, errors };
}

function inTheFormOf(field: Field, typed: Values): Field {
  if (!('formBy' in field)) return field;
  const chosen = typed[field.formBy.field];
  return { ...field, ...(typeof chosen === 'string' && field.formBy.forms[chosen]) };
}

function isNeeded(field: Field, typed: Values): boolean {
  if (!('requiredWith' in field)) return false;
  const other = typed[field.requiredWith.field];
  return other === field.requiredWith.value || (Array.isArray(other) && other.includes(field.requiredWith.value));
}

/** A radio button that says otherwise speaks against the words; a box that was not ticked may have been forgotten. */
function isForAnotherChoice(field: Field, typed: Values): boolean {
  if (!('requiredWith' in field) || field.requiredWith.welcome) return false;
  const other = typed[field.requiredWith.field];
  return typeof other === 'string' && other !== '' && other !== field.requiredWith.value;
}

/** Whether what is chosen is chosen in the other field as well, or leaves nothing. */
function isContradicted(field: Field, chosen: Values[string] | undefined, typed: Values): boolean {
  if (field.kind !== 'many' || typeof chosen !== 'object') return false;
  const other = field.apartFrom === undefined ? undefined : typed[field.apartFrom];
  const isInBoth = typeof other === 'object' && chosen.some((value) => other.includes(value));
  return isInBoth || (field.notAll?.every((value) => chosen.includes(value)) ?? false);
}

type Outcome = { readonly error: FieldErrorCode } | { readonly value: string | readonly string[] | undefined };

function parseField(field: Field, typed: string | readonly string[] | undefined): Outcome {
  switch (field.kind) {
    case 'one': {
      const value = typeof typed === 'string' ? typed : '';
      if (value === '') return field.required ? { error: 'required' } : { value: undefined };
      return field.values.includes(value) ? { value } : { error: 'not-an-option' };
    }
    case 'many': {
      const chosen = Array.isArray(typed) ? (typed as readonly string[]) : [];
      if (chosen.some((value) => !field.values.includes(value))) return { error: 'not-an-option' };
      if (chosen.length === 0) return field.required ? { error: 'required' } : { value: [] };
      if (chosen.length > 1 && chosen.some((value) => field.alone?.includes(value))) return { error: 'conflict' };
      return { value: field.values.filter((value) => chosen.includes(value)) };
    }
    default:
      return parseText(field, typeof typed === 'string' ? typed : '');
  }
}

function parseText(field: TextField, typed: string): Outcome {
  const text = field.kind === 'lines' ? cleanText(typed) : cleanLine(typed);
  if (text === '') return field.required ? { error: 'required' } : { value: undefined };
  if (text.length > field.most) return { error: 'too-long' };
  if (field.kind === 'line' || field.kind === 'lines') return { value: text };
  const read = { phone: phoneNumber, email: emailAddress, postcode: ukPostcode }[field.kind](text);
  return read === undefined ? { error: field.kind } : { value: read };
}
