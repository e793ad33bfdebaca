/** What people type: kept as they typed it where it can be, and never refused for a stray sign. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText, emailAddress, phoneNumber, ukPostcode } from '../../src/form/text.ts';

describe('a telephone number', () => {
  it.each([
    '02920123456',
    '029 2012 3456',
    '029-2012-3456',
    '029.2012.3456',
    '(029) 2012 3456',
    '(029)20123456',
    '+44 29 2012 3456',
    '+44 (0)29 2012 3456',
    '+442920123456',
    '0044 29 2012 3456',
    '07700900123',
    '07700 900123',
    '07700 900 123',
    '077 00 90 01 23',
    '+44 7700 900123',
    '0808 157 0123',
    '08081570123',
    '01446 123456',
    '01446 123456 ext 12',
    '01446 123456 x12',
    '01446 123456 est. 12',
    '029 2012 3456 (only after 6)',
    'Mam: 07700 900123',
    '18001 07700 900123',
    '1800107700900123',
    '029 2012 3456',
    '029 2012 3456',
    '029–2012–3456',
    '020 7946 0958',
    '20123456',
  ])('is taken as it is typed: %s', (typed) => {
    expect(phoneNumber(typed)).toBe(cleanLine(typed));
  });

  it('loses the blanks around it and the doubled ones within', () => {
    expect(phoneNumber('  029   2012\t3456 \n')).toBe('029 2012 3456');
  });

  it.each(['', ' ', '12345', '999', 'ring my mother', '029', '0'.repeat(21), '+', '()', 'mam@example.com'])(
    'is not “%s”',
    (typed) => {
      expect(phoneNumber(typed)).toBeUndefined();
    },
  );
});

describe('a postcode', () => {
  it.each([
    ['CF10 1AA', 'CF10 1AA'],
    ['cf10 1aa', 'CF10 1AA'],
    ['CF101AA', 'CF10 1AA'],
    ['cf101aa', 'CF10 1AA'],
    ['Cf10 1Aa', 'CF10 1AA'],
    ['CF 10 1AA', 'CF10 1AA'],
    ['CF10  1AA', 'CF10 1AA'],
    [' CF10 1AA ', 'CF10 1AA'],
    ['C F 1 0 1 A A', 'CF10 1AA'],
    ['CF10-1AA', 'CF10 1AA'],
    ['CF10\t1AA', 'CF10 1AA'],
    ['CF10\n1AA', 'CF10 1AA'],
    ['CF10\u00A01AA', 'CF10 1AA'],
    ['CF10\u202F1AA', 'CF10 1AA'],
    ['CF5 4LL', 'CF5 4LL'],
    ['cf54ll', 'CF5 4LL'],
    ['CF62 8AB', 'CF62 8AB'],
    ['CF83 3XY', 'CF83 3XY'],
    ['SA1 1AA', 'SA1 1AA'],
    ['sa11aa', 'SA1 1AA'],
    ['LL77 7TW', 'LL77 7TW'],
    ['NP20 4UR', 'NP20 4UR'],
    ['SY23 3BY', 'SY23 3BY'],
    ['LD1 5LG', 'LD1 5LG'],
    ['CH7 6NR', 'CH7 6NR'],
    ['HR1 2AA', 'HR1 2AA'],
    ['W1A 1AA', 'W1A 1AA'],
    ['EC1A 1BB', 'EC1A 1BB'],
    ['M1 1AE', 'M1 1AE'],
    ['B33 8TH', 'B33 8TH'],
    ['DN55 1PT', 'DN55 1PT'],
    ['BT1 1AA', 'BT1 1AA'],
  ])('is read from %j', (typed, read) => {
    expect(ukPostcode(typed)).toBe(read);
  });

  it.each(['', 'CF10', 'CF10 1A', '1AA CF10', 'CARDIFF', '12345', 'CF10 1AAA', 'CFX10 1AA', 'ĈF10 1AA', '🏠'])(
    'is not read from “%s”',
    (typed) => {
      expect(ukPostcode(typed)).toBeUndefined();
    },
  );
});

describe('an e-mail address', () => {
  it.each([
    ['mair@example.com', 'mair@example.com'],
    [' mair@example.com ', 'mair@example.com'],
    ['mair @ example.com', 'mair@example.com'],
    ['Mair.Jones+advocate@Example.CO.UK', 'Mair.Jones+advocate@Example.CO.UK'],
    ['mair@enghraifft.cymru', 'mair@enghraifft.cymru'],
    ['siân@tŷ.cymru', 'siân@tŷ.cymru'],
  ])('is read from %j', (typed, read) => {
    expect(emailAddress(typed)).toBe(read);
  });

  it.each([
    '',
    'mair',
    'mair@',
    '@example.com',
    'mair@example',
    'mair@@example.com',
    'mair@.com',
    'mair@example.',
    `${'m'.repeat(250)}@example.com`,
  ])('is not read from “%s”', (typed) => {
    expect(emailAddress(typed)).toBeUndefined();
  });
});

describe('a name', () => {
  it.each([
    'Mair',
    'Siân',
    'Dŵr',
    'Tŷ',
    'Llŷr ap Gruffydd',
    'Ffion D’Arcy',
    "Ffion D'Arcy",
    'O’Neill-Ŵyn',
    'Nguyễn Thị Ánh',
    '李小龍',
    'محمد',
    'Ж',
    'X Æ A-12',
  ])('stays as it is: %s', (name) => {
    expect(cleanLine(name)).toBe(name);
  });

  it('in the two code points that some phones type is the same name', () => {
    expect(cleanLine('w\u0302')).toBe('ŵ');
    expect(cleanLine('Lly\u0302r')).toBe('Llŷr');
    expect(cleanLine('Sia\u0302n')).toBe('Siân');
  });
});

describe('any text', () => {
  it('loses NUL and other signs that no keyboard types', () => {
    expect(cleanText('Ma\u0000ir\u0007 \u001B[31mJones\u009F')).toBe('Mair [31mJones');
  });

  it('loses marks that turn text around, and keeps letters that run right to left', () => {
    expect(cleanText('pay \u202Enna\u202C \u2066Ann\u2069')).toBe('pay nna Ann');
    expect(cleanText('שלום')).toBe('שלום');
  });

  it('is composed also where a control sign stood between a letter and its accent', () => {
    expect(cleanText('w\u0000\u0302 y\u202E\u0302')).toBe('ŵ ŷ');
  });

  it('keeps its lines and tabs, in one kind of line end', () => {
    expect(cleanText('one\r\ntwo\rthree\nfour\tfive')).toBe('one\ntwo\nthree\nfour\tfive');
  });

  it('survives half a pair of code units', () => {
    expect(cleanText('a\uD800b')).toBe('a\uFFFDb');
    expect(cleanText('\uDC00')).toBe('\uFFFD');
  });

  it('keeps a thousand emoji, joined ones too', () => {
    const family = '👩‍👩‍👧‍👦';
    expect(cleanText('😀'.repeat(1000))).toBe('😀'.repeat(1000));
    expect(cleanLine(family.repeat(1000))).toBe(family.repeat(1000));
  });

  it('is the same when it is cleaned twice, and is always good Unicode', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
        const text = cleanText(typed);
        expect(cleanText(text)).toBe(text);
        expect(cleanLine(cleanLine(typed))).toBe(cleanLine(typed));
        expect(text.isWellFormed()).toBe(true);
        // eslint-disable-next-line no-control-regex -- control characters are what must be gone
        expect(text).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
      }),
      { numRuns: 60 },
    );
  });
});
