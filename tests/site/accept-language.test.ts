/** A browser that asks for Welsh gets Welsh; one that says nothing gets English. */
import { expect, it } from 'vitest';
import { wantedLanguage } from '../../src/site/accept-language.ts';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['fr-FR, de;q=0.5', 'en'],
  ['cy', 'cy'],
  ['CY-GB', 'cy'],
  ['cy-GB,cy;q=0.9,en-GB;q=0.8,en;q=0.7', 'cy'],
  ['en-GB,en;q=0.9,cy;q=0.8', 'en'],
  ['en-GB;q=0.8, cy;q=0.9', 'cy'],
  ['en, cy', 'en'],
  ['cy, en', 'cy'],
  ['cy;q=0.5', 'cy'],
  ['cy;q=0, en', 'en'],
  ['cy;q=0', 'en'],
  ['fr, cy;q=0.2', 'cy'],
  ['*;q=0.5, cy', 'cy'],
  ['cy;q=0.3, *;q=0.5', 'en'],
  ['en;q=0, *', 'cy'],
  ['cymru', 'en'],
  ['cy;q=nonsense, en;q=0.1', 'en'],
  ['cy;q=7, en;q=0.1', 'en'],
  [';;;,,,cy', 'cy'],
  ['<script>', 'en'],
] as const)('Accept-Language “%s” asks for %s', (header, language) => {
  expect(wantedLanguage(header)).toBe(language);
});
