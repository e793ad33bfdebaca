/** Reads a page’s MDX without rendering it: its skeleton, its rows, its marks, and the words that a reader sees. */

/** A component as it stands in a page. */
export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface EasyRow {
  readonly picture: string | undefined;
  /** The paragraphs that are read; a button’s label is not among them. */
  readonly paragraphs: readonly string[];
}

export interface PageReading {
  /** Headings, blocks, links and marks in order; two pages with the same skeleton differ only in their words. */
  readonly skeleton: readonly string[];
  readonly tags: readonly Tag[];
  /** Everything that a reader sees, one paragraph, list entry, heading or label each; but for words to read out. */
  readonly texts: readonly string[];
  /** Words to read out to somebody, and their language where it is not the page’s. */
  readonly readOut: readonly { readonly text: string; readonly language: string | undefined }[];
  /** The rows between two headings, section by section. */
  readonly sections: readonly (readonly EasyRow[])[];
  /** Paragraphs that stand in no row. */
  readonly outsideRows: readonly string[];
  readonly headingLevels: readonly number[];
  /** What only code or HTML would need: imports, braces, Markdown links, tags of HTML. */
  readonly strange: readonly string[];
}

const tagPattern = /<(\/?)([A-Za-z][\w.]*)((?:\s+[\w-]+(?:=(?:"[^"]*"|\{[^}]*\}))?)*)\s*\/?>/g;
const strangePattern = /^(?:import|export)\s.*$|\{[^}]*\}|!?\[[^\]]*\]\([^)]*\)|<\/?[a-z][^>]*>/gm;

/** Their place within a paragraph follows the grammar of the language. */
const withinSentences = ['MustKnow', 'PageLink', 'OutsideLink', 'Phone', 'Cite'];
const buttons = ['Start', 'FirstStep'];

function tagsOf(block: string): { readonly opening: Tag[]; readonly closing: string[] } {
  const opening: Tag[] = [];
  const closing: string[] = [];
  for (const [, slash, name = '', attributes = ''] of block.matchAll(tagPattern)) {
    if (slash) closing.push(name);
    else opening.push({ name, attributes: attributesOf(attributes) });
  }
  return { opening, closing };
}

const attributesOf = (source: string): Record<string, string> =>
  Object.fromEntries([...source.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]));

/** The language of words to read out is no part of the skeleton: it is the other one on each page. */
const tokenOf = ({ name, attributes }: Tag): string =>
  [
    name,
    ...Object.entries(attributes)
      .filter(([key]) => key !== 'lang')
      .map(([key, value]) => `${key}=${value}`),
  ].join(' ');

/** The words of a paragraph: a telephone number or a law in it counts as one word. */
const wordsOf = (source: string): string =>
  source
    .replace(/<(?:Phone|Cite)\b[^>]*>/g, '0')
    .replace(tagPattern, '')
    .replaceAll('**', '')
    .replace(/\s+/g, ' ')
    .trim();

/** A block’s entries: the items of a list, or the one paragraph. */
const entriesOf = (block: string): string[] =>
  block.split(/\n(?=\s*(?:[-*]|\d+\.) )/).map((entry) => entry.replace(/^\s*(?:[-*]|\d+\.) /, ''));

/** @param body the MDX below the front matter */
export function readPageSource(body: string): PageReading {
  const skeleton: string[] = [];
  const tags: Tag[] = [];
  const texts: string[] = [];
  const readOut: { text: string; language: string | undefined }[] = [];
  const headingLevels: number[] = [];
  const outsideRows: string[] = [];
  const sections: EasyRow[][] = [[]];
  let row: { picture: string | undefined; paragraphs: string[] } | undefined;
  let say: Tag | undefined;

  for (const block of body.split(/\n\s*\n/)) {
    const heading = /^(#{1,6}) (.*)$/.exec(block.trim());
    if (heading) {
      const [, marks = '', words = ''] = heading;
      headingLevels.push(marks.length);
      skeleton.push(`h${marks.length}`);
      texts.push(wordsOf(words));
      sections.push([]);
      continue;
    }
    const { opening, closing } = tagsOf(block);
    tags.push(...opening);
    const inSentence = opening.filter(({ name }) => withinSentences.includes(name));
    skeleton.push(...opening.filter((tag) => !inSentence.includes(tag)).map(tokenOf));
    skeleton.push(...inSentence.map(tokenOf).sort());

    const opened = opening.find(({ name }) => name === 'Row');
    if (opened) {
      row = { picture: opened.attributes['picture'], paragraphs: [] };
      sections.at(-1)?.push(row);
    }
    say = opening.find(({ name }) => name === 'Say') ?? say;
    const isButton = opening.some(({ name }) => buttons.includes(name));
    for (const entry of entriesOf(block).map(wordsOf)) {
      if (entry === '') continue;
      if (say) {
        readOut.push({ text: entry, language: say.attributes['lang'] });
        continue;
      }
      texts.push(entry);
      if (isButton) continue;
      if (row) row.paragraphs.push(entry);
      else outsideRows.push(entry);
    }
    if (closing.includes('Say')) say = undefined;
    if (closing.includes('Row')) row = undefined;
  }
  const strange = [...body.matchAll(strangePattern)].map(([found]) => found);
  return { skeleton, tags, texts, readOut, sections, outsideRows, headingLevels, strange };
}
