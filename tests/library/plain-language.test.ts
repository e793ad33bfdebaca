/** What a machine can see of plain language. */
import { describe, expect, it } from 'vitest';
import { readPageSource } from '../../src/library/page-source.ts';
import { remarksOn, telephoneShapesIn, wordCount } from '../../src/library/plain-language.ts';

describe('a text', () => {
  it('is counted as it is read', () => {
    expect(wordCount('Mae’r cyngor – a’r Fro – yn 3 lle.')).toBe(7);
    expect(wordCount('')).toBe(0);
  });

  it.each([
    ['cy', 'Mae hawl gen ti.', true],
    ['cy', 'Dy hawl di.', true],
    ['cy', 'Wyt ti yno?', true],
    ['cy', 'Mae’r tîm yn y tŷ, a dydy hi ddim yn dywyll.', false],
    ['en', 'The dye is cast.', false],
  ] as const)('in %s speaks to a friend or not: %s', (variant, text, isFamiliar) => {
    expect(remarksOn(text, variant).some(({ problem }) => problem.startsWith('“ti”'))).toBe(isFamiliar);
  });

  it.each([
    ['029 2018 0000', 1],
    ['+44 29 2018 0000', 1],
    ['Call 116 123 or 84001', 2],
    ['999, 111 then 2, or 101', 0],
    ['the Act of 2014, section 145, on 22 November 2026', 0],
    ['from 18 to 24, 24 hours, 7 to 9 questions', 0],
  ])('shows telephone numbers: %s', (text, count) => {
    expect(telephoneShapesIn(text)).toHaveLength(count);
  });
});

describe('a page’s source', () => {
  const reading = readPageSource(
    '\nIntro with <Phone service="a" /> in it.\n\n## One\n\n- **First** <PageLink to="b">link</PageLink>\n- Second\n\n<Row picture="p" fact="f g">\n\nA **hard** word.\n\n<Start to="check">Go</Start>\n\n</Row>\n\n<Say lang="cy">\n\nHelo. Sut mae?\n\n</Say>\n',
  );

  it('gives the words without the marks', () => {
    expect(reading.texts).toEqual(['Intro with 0 in it.', 'One', 'First link', 'Second', 'A hard word.', 'Go']);
    expect(reading.readOut).toEqual([{ text: 'Helo. Sut mae?', language: 'cy' }]);
  });

  it('gives the rows, without the labels of their buttons', () => {
    expect(reading.sections).toEqual([[], [{ picture: 'p', paragraphs: ['A hard word.'] }]]);
    expect(reading.outsideRows).toEqual(['Intro with 0 in it.', 'First link', 'Second']);
  });

  it('gives the skeleton', () => {
    expect(reading.skeleton).toEqual([
      'Phone service=a',
      'h2',
      'PageLink to=b',
      'Row picture=p fact=f g',
      'Start to=check',
      'Say',
    ]);
    expect(reading.headingLevels).toEqual([2]);
    expect(reading.strange).toEqual([]);
  });
});
