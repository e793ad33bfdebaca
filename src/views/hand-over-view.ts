/** The boxes of a hand-over, and what was written in them, in words. */
import type { FieldErrors, Values } from '#form/fields.ts';
import { handOverFields, type Written } from '#referral/hand-over-fields.ts';
import type { Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import type { TextView } from '#ui/form/field-view.ts';
import { plainField } from './plain-field.ts';

export function handOverViews(typed: Values, errors: FieldErrors, variant: Variant): readonly TextView[] {
  const say = words(variant, 'hand-over');
  const said = {
    from: { label: say('write.from'), hint: say('write.fromHint') },
    name: { label: say('write.name') },
    ownWords: { label: say('write.ownWords'), hint: say('write.ownWordsHint') },
    deadline: { label: say('write.deadline'), hint: say('write.deadlineHint') },
  };
  // Nothing but length can be wrong.
  const error = words(variant, 'refer')('errors.tooLong');
  return handOverFields.map((field) => plainField(field, { typed, errors }, { ...said[field.id], error }));
}

/** What the person sees of it: what was left empty is not there. */
export function handOverRows(written: Written, variant: Variant): readonly { label: string; text: string }[] {
  const say = words(variant, 'hand-over');
  const labels = {
    from: say('opened.from'),
    name: say('opened.name'),
    ownWords: say('opened.ownWords'),
    deadline: say('opened.deadline'),
  };
  return handOverFields.flatMap(({ id }) => {
    const text = written[id];
    return text === undefined ? [] : [{ label: labels[id], text }];
  });
}
