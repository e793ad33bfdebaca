/** Which of our two languages a browser asks for. */
import type { Language } from './variants.ts';

/**
 * Welsh where the header wants it more than English, or first of the two; English where it says nothing.
 * @param header the value of Accept-Language, quality values included; what cannot be read in it is passed over
 */
export function wantedLanguage(header: string | null | undefined): Language {
  const wanted = (header ?? '').split(',').map((part) => {
    const [, tag = '', quality = '1'] =
      /^\s*([A-Za-z*]{1,8})(?:-[\w-]+)?\s*(?:;\s*q\s*=\s*([\d.]+)\s*)?$/.exec(part) ?? [];
    return { tag: tag.toLowerCase(), quality: Number(quality) };
  });
  const best = (language: Language): { readonly quality: number; readonly place: number } => {
    const named = wanted.filter(({ tag }) => tag === language);
    const counted = named.length > 0 ? named : wanted.filter(({ tag }) => tag === '*');
    const quality = Math.max(0, ...counted.map((each) => (each.quality <= 1 ? each.quality : 0)));
    return { quality, place: wanted.findIndex((each) => counted.includes(each) && each.quality === quality) };
  };
  const [welsh, english] = [best('cy'), best('en')];
  if (welsh.quality === 0) return 'en';
  return welsh.quality > english.quality || (welsh.quality === english.quality && welsh.place < english.place)
    ? 'cy'
    : 'en';
}
