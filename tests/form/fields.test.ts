/** A posted form becomes values or error codes, field by field, and nothing typed is lost. */
import { describe, expect, it } from 'vitest';
import { parseFields, typedIn, type Field } from '../../src/form/fields.ts';

const line = { id: 'name', kind: 'line', most: 10, autocomplete: 'off' } as const;
const parse = (field: Field, typed: string | readonly string[]) => parseFields([field], { [field.id]: typed });

describe('choosing one', () => {
  const field: Field = { id: 'drink', kind: 'one', values: ['tea', 'coffee'], required: true };

  it('gives the value', () => {
    expect(parse(field, 'tea')).toEqual({ values: { drink: 'tea' }, errors: {} });
  });

  it('of nothing is an error where one is needed, and nothing where none is', () => {
    expect(parse(field, '').errors).toEqual({ drink: 'required' });
    expect(parse({ ...field, required: false }, '')).toEqual({ values: {}, errors: {} });
  });

  it('of what is not on offer is an error', () => {
    expect(parse(field, 'water').errors).toEqual({ drink: 'not-an-option' });
    expect(parse(field, 'Tea').errors).toEqual({ drink: 'not-an-option' });
  });

  it('takes no list', () => {
    expect(parse(field, ['tea', 'coffee']).errors).toEqual({ drink: 'required' });
  });
});

describe('choosing any', () => {
  const field: Field = { id: 'days', kind: 'many', values: ['mon', 'tue', 'none'], alone: ['none'], required: true };

  it('gives the values in the order on offer', () => {
    expect(parse(field, ['tue', 'mon'])).toEqual({ values: { days: ['mon', 'tue'] }, errors: {} });
  });

  it('gives “none” on its own, and refuses it beside another', () => {
    expect(parse(field, ['none']).values).toEqual({ days: ['none'] });
    expect(parse(field, ['mon', 'none']).errors).toEqual({ days: 'conflict' });
  });

  it('of nothing is an error where one is needed, and an empty list where none is', () => {
    expect(parse(field, []).errors).toEqual({ days: 'required' });
    expect(parse({ ...field, required: false }, []).values).toEqual({ days: [] });
  });

  it('refuses a value that is not on offer before anything else', () => {
    expect(parse(field, ['none', 'sun']).errors).toEqual({ days: 'not-an-option' });
  });
});

describe('choosing what is never right', () => {
  const often: Field = { id: 'often', kind: 'many', values: ['tea', 'coffee', 'milk'], required: true };
  const never: Field = {
    id: 'never',
    kind: 'many',
    values: ['tea', 'coffee'],
    apartFrom: 'often',
    notAll: ['tea', 'coffee'],
  };
  const both = (typed: Record<string, string[]>) => parseFields([often, never], typed);

  it('is kept where it is chosen in one of the two fields only', () => {
    expect(both({ often: ['milk'], never: ['tea'] })).toEqual({
      values: { often: ['milk'], never: ['tea'] },
      errors: {},
    });
    expect(both({ often: ['tea', 'milk'], never: [] }).errors).toEqual({});
  });

  it('is an error where the same is chosen in both, and the other field is not to blame', () => {
    expect(both({ often: ['tea', 'milk'], never: ['tea'] }).errors).toEqual({ never: 'conflict' });
  });

  it('is an error where nothing would be left', () => {
    expect(both({ often: ['milk'], never: ['tea', 'coffee'] }).errors).toEqual({ never: 'conflict' });
  });
});

describe('writing', () => {
  it('is kept clean', () => {
    expect(parse(line, '  Mair \u0000 ').values).toEqual({ name: 'Mair' });
  });

  it('of blanks alone is nothing', () => {
    expect(parse(line, ' \t\n ')).toEqual({ values: {}, errors: {} });
    expect(parse({ ...line, required: true }, '\u202E ').errors).toEqual({ name: 'required' });
  });

  it('of too much is an error, not a cut', () => {
    expect(parse(line, 'a'.repeat(10)).errors).toEqual({});
    expect(parse(line, 'a'.repeat(11)).errors).toEqual({ name: 'too-long' });
  });

  it('of several lines keeps them, and of one line makes one', () => {
    expect(parse({ ...line, kind: 'lines', most: 100 }, 'a\r\nb').values).toEqual({ name: 'a\nb' });
    expect(parse({ ...line, most: 100 }, 'a\r\nb').values).toEqual({ name: 'a b' });
  });

  it.each([
    ['phone', 'ring me', 'phone'],
    ['email', 'mair at home', 'email'],
    ['postcode', 'Caerdydd', 'postcode'],
  ] as const)('of a %s that cannot be one says so', (kind, typed, error) => {
    expect(parse({ ...line, kind, most: 100 }, typed).errors).toEqual({ name: error });
  });

  it('of a postcode gives its usual form', () => {
    expect(parse({ ...line, kind: 'postcode' }, 'cf101aa').values).toEqual({ name: 'CF10 1AA' });
  });
});

describe('a field that goes with another', () => {
  const which: Field = { ...line, id: 'which', requiredWith: { field: 'language', value: 'other' } };
  const one: Field = { id: 'language', kind: 'one', values: ['cy', 'other'] };
  const many: Field = { id: 'language', kind: 'many', values: ['cy', 'other'] };

  it('is needed once its value is chosen', () => {
    expect(parseFields([one, which], { language: 'other', which: '' }).errors).toEqual({ which: 'required' });
    expect(parseFields([many, which], { language: ['cy', 'other'], which: '' }).errors).toEqual({ which: 'required' });
  });

  it('is not needed for another value, nor before anything is chosen', () => {
    expect(parseFields([one, which], { language: 'cy', which: '' }).errors).toEqual({});
    expect(parseFields([many, which], { language: [], which: '' }).errors).toEqual({});
    expect(parseFields([which], { which: '' }).errors).toEqual({});
  });
});

describe('words for another choice', () => {
  const names: Field = { ...line, id: 'names', requiredWith: { field: 'who', value: 'some' } };

  it('are left out where a radio button says otherwise', () => {
    const who: Field = { id: 'who', kind: 'one', values: ['me', 'some'] };
    expect(parseFields([who, names], { who: 'me', names: 'Siân' }).values).toEqual({ who: 'me' });
    expect(parseFields([who, names], { who: 'some', names: 'Siân' }).values).toEqual({ who: 'some', names: 'Siân' });
  });

  it('are kept where a box was perhaps only forgotten', () => {
    const who: Field = { id: 'who', kind: 'many', values: ['me', 'some'] };
    expect(parseFields([who, names], { who: ['me'], names: 'Siân' }).values).toEqual({ who: ['me'], names: 'Siân' });
    expect(parseFields([who, names], { who: [], names: 'Siân' }).values).toEqual({ who: [], names: 'Siân' });
  });
});

describe('what was posted', () => {
  const fields: readonly Field[] = [
    { id: 'days', kind: 'many', values: ['mon', 'tue'] },
    { ...line, kind: 'phone' },
  ];

  it('is kept as it was typed, wrong or right, so that nobody types it twice', () => {
    const posted = new URLSearchParams('days=mon&days=sun&days=mon&name=+ring+me+');
    expect(typedIn(fields, posted)).toEqual({ days: ['mon', 'sun'], name: ' ring me ' });
  });

  it('is read only for the fields that were asked', () => {
    expect(typedIn(fields, new URLSearchParams('admin=yes&__proto__=1'))).toEqual({ days: [], name: '' });
  });

  it('with an error in one field still gives the others', () => {
    const { values, errors } = parseFields(fields, { days: ['tue'], name: 'ring me' });
    expect(values).toEqual({ days: ['tue'] });
    expect(errors).toEqual({ name: 'phone' });
  });
});

describe('words that one choice needs and another welcomes', () => {
  const fields: readonly Field[] = [
    { id: 'who', kind: 'one', values: ['staff', 'friend'] },
    { ...line, id: 'reach', requiredWith: { field: 'who', value: 'staff', welcome: true } },
  ];

  it('are kept with both, and missed with the one alone', () => {
    expect(parseFields(fields, { who: 'friend', reach: 'Gwen' }).values).toEqual({ who: 'friend', reach: 'Gwen' });
    expect(parseFields(fields, { who: 'friend', reach: '' })).toEqual({ values: { who: 'friend' }, errors: {} });
    expect(parseFields(fields, { who: 'staff', reach: '' }).errors).toEqual({ reach: 'required' });
  });
});

describe('a text whose form follows from a choice', () => {
  const forms = { call: { kind: 'phone', most: 20 }, email: { kind: 'email', most: 30 } } as const;
  const fields: readonly Field[] = [
    { id: 'way', kind: 'one', values: ['call', 'email', 'letter'] },
    { ...line, id: 'detail', kind: 'lines', most: 40, formBy: { field: 'way', forms } },
  ];
  const parseDetail = (way: string, detail: string) => parseFields(fields, { way, detail });

  it('is read in that form, and fits its length', () => {
    expect(parseDetail('call', ' 029 2000  0000 ').values['detail']).toBe('029 2000 0000');
    expect(parseDetail('call', '1 Heol y Bont').errors).toEqual({ detail: 'phone' });
    expect(parseDetail('call', '029 2000 0000 and more').errors).toEqual({ detail: 'too-long' });
    expect(parseDetail('email', 'mair').errors).toEqual({ detail: 'email' });
  });

  it('is plain text where the choice has none, or none was made', () => {
    expect(parseDetail('letter', '1 Heol y Bont\nCaerdydd').values['detail']).toBe('1 Heol y Bont\nCaerdydd');
    expect(parseDetail('', 'Mair').values['detail']).toBe('Mair');
  });
});
