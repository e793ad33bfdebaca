/** No text makes a pattern think for long: what is typed is read in a time that grows with its length alone. */
import { expect, test } from 'vitest';
import { cleanLine, cleanText, emailAddress, phoneNumber, ukPostcode } from '#form/text.ts';

const length = 100_000;
const hostile: readonly (readonly [string, string])[] = [
  ['one letter', 'a'.repeat(length)],
  ['blanks', `a${' '.repeat(length)}b`],
  ['tabs and new lines', `a${'\t\r\n'.repeat(length / 3)}b`],
  ['at signs', '@'.repeat(length)],
  ['dots after an at sign', `a@${'.'.repeat(length)}`],
  ['a long name with dots', `a@${'a.'.repeat(length / 2)}`],
  ['digits', '1'.repeat(length)],
  ['hyphens', '-'.repeat(length)],
  ['half pairs', '\uD800'.repeat(length)],
  ['marks over one letter', `a${'\u0302'.repeat(length)}`],
  ['control characters', '\u0000'.repeat(length)],
];
const mostMs = 250;

for (const read of [cleanText, cleanLine, phoneNumber, emailAddress, ukPostcode]) {
  test.each(hostile)(`${read.name} is done with %s at once`, (_what, text) => {
    const began = performance.now();
    read(text);
    expect(performance.now() - began).toBeLessThan(mostMs);
  });
}
