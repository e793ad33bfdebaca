/** The four versions of everything that a visitor reads. A variant key is the same string in file names, code and routes. */

export const variants = {
  en: { language: 'en', format: 'standard', prefix: '/en' },
  'en.easy': { language: 'en', format: 'easy', prefix: '/en/easy-read' },
  cy: { language: 'cy', format: 'standard', prefix: '/cy' },
  'cy.easy': { language: 'cy', format: 'easy', prefix: '/cy/hawdd-ei-ddeall' },
} as const;

export type Variant = keyof typeof variants;
export type Language = (typeof variants)[Variant]['language'];
export type Format = (typeof variants)[Variant]['format'];

export const variantKeys = Object.keys(variants) as Variant[];

/** The variant with this language and format. */
export const variantOf = (language: Language, format: Format): Variant =>
  format === 'easy' ? `${language}.easy` : language;

/** The same format in the other language. */
export const inOtherLanguage = (variant: Variant): Variant =>
  variantOf(variants[variant].language === 'en' ? 'cy' : 'en', variants[variant].format);

/** The same language in the other format. */
export const inOtherFormat = (variant: Variant): Variant =>
  variantOf(variants[variant].language, variants[variant].format === 'easy' ? 'standard' : 'easy');

export const isEasyRead = (variant: Variant): boolean => variants[variant].format === 'easy';

/** The variant whose switch a posted form was sent with; undefined where another button was pressed. */
export const switchIn = (posted: URLSearchParams): Variant | undefined =>
  variantKeys.find((key) => key === posted.get('switch'));

/** The variant that a path belongs to, or undefined for paths outside all four (the longest prefix wins). */
export function variantOfPath(path: string): Variant | undefined {
  return [...variantKeys]
    .sort((a, b) => variants[b].prefix.length - variants[a].prefix.length)
    .find((key) => path === variants[key].prefix || path.startsWith(`${variants[key].prefix}/`));
}
