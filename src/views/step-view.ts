/** What a step’s page shows, in words: the question or fields, what is filled in, and what is wrong with it. */
import { optionPictures } from '#check/option-pictures.ts';
import type { Field, FieldErrorCode, FieldErrors, Values } from '#form/fields.ts';
import { href } from '#site/links.ts';
import { isEasyRead, type Variant } from '#site/variants.ts';
import { words, type Words } from '#site/words.ts';
import type { CookieNoticeProps } from '#ui/form/CookieNotice.tsx';
import type { FieldView, FormWords, OptionView } from '#ui/form/field-view.ts';

export interface StepView {
  readonly title: string;
  readonly why: string | undefined;
  readonly fields: readonly FieldView[];
}

interface Filled {
  readonly typed: Values;
  readonly errors: FieldErrors;
}

interface Wording {
  readonly variant: Variant;
  /** The person whom the advocate is for is not the one who reads this page. */
  readonly isForSomeoneElse: boolean;
}

/** i18next’s context: wording that speaks of someone else, where it differs. */
const contextOf = ({ isForSomeoneElse }: Wording): { context: string } | Record<string, never> =>
  isForSomeoneElse ? { context: 'other' } : {};

export function formWords(variant: Variant): FormWords {
  const site = words(variant, 'site');
  return {
    errorPrefix: site('errorPrefix'),
    errorSummary: site('errorSummary'),
    continue: words(variant, 'check')('page.continue'),
  };
}

/** What somebody is told whose browser keeps no cookie. */
export function cookieNotice(variant: Variant): CookieNoticeProps {
  const site = words(variant, 'site');
  return { words: site('noCookie'), link: { href: href('contact', variant), words: site('navContact') } };
}

/** A question of the check: one field, whose words are the question’s own. */
export function questionView(id: string, field: Field, filled: Filled, wording: Wording): StepView {
  const say = words(wording.variant, 'check');
  const context = contextOf(wording);
  const key = `questions.${id}`;
  const code = filled.errors[id];
  const field_ = fieldView({
    field,
    filled,
    wording,
    label: say(`${key}.title`, context),
    hint: say.maybe(`${key}.hint`, context),
    error: code && questionError(say, key, code, context),
    optionLabel: (value) => say(`${key}.options.${value}`, context),
    pictureOf: (value) => optionPictures[id]?.[value],
  });
  return { title: say(`${key}.title`, context), why: say.maybe(`${key}.why`, context), fields: [field_] };
}

function questionError(say: Words, key: string, code: FieldErrorCode, context: object): string {
  if (code === 'conflict') return say(`${key}.errorConflict`, { ...context });
  return code === 'not-an-option' ? say('page.errorUnknown') : say(`${key}.error`, { ...context });
}

/** A step of the referral with fields of its own. */
export function stepView(id: string, fields: readonly Field[], filled: Filled, wording: Wording): StepView {
  const say = words(wording.variant, 'refer');
  const context = contextOf(wording);
  const key = `steps.${id}`;
  return {
    title: say(`${key}.title`, context),
    why: say.maybe(`${key}.why`, context),
    fields: fields.map((field) => {
      const fieldKey = `${key}.fields.${field.id}`;
      const code = filled.errors[field.id];
      return fieldView({
        field,
        filled,
        wording,
        label: say(`${fieldKey}.label`, context),
        hint: say.maybe(`${fieldKey}.hint`, { ...context, ...lengths(field, filled) }),
        error: code && fieldError(say, fieldKey, code, { ...context, ...lengths(field, filled) }),
        optionLabel: (value) => say(`${fieldKey}.options.${value}`, context),
        pictureOf: (value) => optionPictures[field.id]?.[value],
      });
    }),
  };
}

/** How much fits, and how much was typed, for people to read: both languages write 5,000. */
function lengths(field: Field, { typed }: Filled): Readonly<Record<string, string>> {
  if (!('most' in field)) return {};
  const [most, typedNow] = [field.most, String(typed[field.id] ?? '').length].map((count) =>
    count.toLocaleString('en-GB'),
  );
  return { most: most!, typed: typedNow! };
}

function fieldError(say: Words, key: string, code: FieldErrorCode, values: Readonly<Record<string, string>>): string {
  const own = say.maybe(`${key}.error.${code}`, values);
  if (own !== undefined) return own;
  const general = { 'too-long': 'tooLong', 'not-an-option': 'notAnOption', conflict: 'conflict' }[code as 'too-long'];
  return say(`errors.${general}`, values);
}

function fieldView(parts: {
  field: Field;
  filled: Filled;
  wording: Wording;
  label: string;
  hint: string | undefined;
  error: string | undefined;
  optionLabel: (value: string) => string;
  pictureOf: (value: string) => string | undefined;
}): FieldView {
  const { field, filled, wording, label, hint, error } = parts;
  const typed = filled.typed[field.id];
  if (field.kind === 'one' || field.kind === 'many') {
    const chosen = typed === undefined ? [] : typeof typed === 'string' ? [typed] : typed;
    const options = field.values.map((value): OptionView => ({
      value,
      label: parts.optionLabel(value),
      picture: isEasyRead(wording.variant) ? parts.pictureOf(value) : undefined,
      chosen: chosen.includes(value),
    }));
    return { kind: 'choice', id: field.id, label, hint, error, many: field.kind === 'many', options };
  }
  return {
    kind: 'text',
    id: field.id,
    label,
    hint,
    error,
    value: typeof typed === 'string' ? typed : '',
    lines: field.kind === 'lines',
    autocomplete: field.autocomplete,
    inputMode: field.kind === 'phone' ? 'tel' : field.kind === 'email' ? 'email' : 'text',
  };
}
