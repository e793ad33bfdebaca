/** The words that the code speaks: in step in the four variants, and none that nobody says. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everythingSaid } from '../../src/commands/parity.ts';
import { parity } from '../../src/library/parity.ts';
import { variantKeys } from '../../src/site/variants.ts';
import { namespacesOf } from '../../src/site/words.ts';

const everything = everythingSaid();

describe('the strings', () => {
  it('have nothing to mend', () => {
    expect(parity(everything).findings.filter(({ where }) => where.startsWith('i18n/'))).toEqual([]);
  });

  it('are in a file for each namespace and variant, and in no other', () => {
    const due = variantKeys.flatMap((variant) =>
      namespacesOf(variant).map((namespace) => `i18n/${namespace}.${variant}.json`),
    );
    const others = ['i18n/same-in-both.json', 'i18n/signed-off.json'];
    expect(globSync('i18n/*.json').sort()).toEqual([...due, ...others].sort());
  });

  it('are excused from being Welsh only where they are the same', () => {
    const english = JSON.stringify([everything.strings.en, everything.strings['en.easy']]);
    const welsh = JSON.stringify([everything.strings.cy, everything.strings['cy.easy']]);
    const inBoth = (text: string): boolean => [english, welsh].every((all) => all.includes(JSON.stringify(text)));
    expect(everything.sameInBoth.filter((text) => !inBoth(text))).toEqual([]);
  });

  it('are good Unicode, composed, and end without a blank', () => {
    for (const path of globSync('{i18n,content}/**/*.{json,mdx,yaml}')) {
      const text = readFileSync(path, 'utf8');
      expect(text, path).toBe(text.normalize('NFC'));
      expect(text, path).not.toMatch(/\uFFFD|\u00AD|[\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069]/);
    }
    for (const variant of variantKeys) {
      const texts = JSON.stringify(everything.strings[variant]).match(/"(?:[^"\\]|\\.)*"/g) ?? [];
      expect(
        texts.filter((text) => /^"\s|\s"$| {2}/.test(text)),
        variant,
      ).toEqual([]);
    }
  });
});
