import { describe, expect, it } from 'vitest';
import { inLines, sentencesOf } from '#site/sentences.ts';

describe('a sentence', () => {
  it('ends at its mark, where another begins', () => {
    expect(sentencesOf('It is free. You do not pay! Why? “Ask.” Then wait.')).toEqual([
      'It is free.',
      'You do not pay!',
      'Why?',
      '“Ask.”',
      'Then wait.',
    ]);
    expect(sentencesOf('Use 999bsl.co.uk for BSL. 3 people came.')).toEqual([
      'Use 999bsl.co.uk for BSL.',
      '3 people came.',
    ]);
    expect(sentencesOf('Mae’n rhad. Ŵyl yw hi.')).toHaveLength(2);
  });

  it('does not end at the number that counts it', () => {
    expect(sentencesOf('1. You decide with the council')).toHaveLength(1);
    expect(sentencesOf('It was in 2014. You decide.')).toHaveLength(2);
  });
});

describe('lines', () => {
  it('hold a sentence each in easy read, and are left to the page elsewhere', () => {
    const text = 'It is free. You do not pay.';
    expect(inLines(text, 'en.easy')).toBe('It is free.\nYou do not pay.');
    expect(inLines(text, 'en')).toBe(text);
  });
});
