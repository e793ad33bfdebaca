/** Boxes with words in them, and where they stand: SVG breaks no lines and stacks nothing by itself. All lengths are units of the drawing. */

/** The size of the words, and from one line to the next. */
export const fontSize = 16;
export const lineHeight = 21;
const padding = 11;

/** Wide enough for the widest of the fonts that the pages may be shown in. */
const letterWidth = 8.7;

/** The words in lines that fit the width. A word that is wider than a line has a line of its own. */
export function linesOf(text: string, width: number): string[] {
  const most = Math.floor((width - 2 * padding) / letterWidth);
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export interface Box {
  readonly id: string;
  readonly lines: readonly string[];
  readonly y: number;
  readonly height: number;
}

export const heightOf = (lines: readonly string[]): number => lines.length * lineHeight + 2 * padding - 5;

/** Where the first line of a box’s words stands, from its top; the next follow by `lineHeight`. */
export const firstBaseline = padding + fontSize - 4;

/** Where the words begin, from the box’s side. */
export const inset = padding;

export const middleOf = ({ y, height }: Box): number => y + height / 2;

interface Wished {
  readonly id: string;
  readonly lines: readonly string[];
  /** Where its middle would best be. */
  readonly middle: number;
}

/** Stands the boxes below each other, none over another, each as near as it can be to where it would best be. */
export function settled(wished: readonly Wished[], top: number, bottom: number, gap: number): Box[] {
  const sorted = [...wished].sort((a, b) => a.middle - b.middle);
  const heights = sorted.map(({ lines }) => heightOf(lines));
  const below = heights.map((_, at) => heights.slice(at).reduce((sum, height) => sum + height + gap, -gap));
  let next = top;
  return sorted.map(({ id, lines, middle }, at) => {
    const height = heights[at] ?? 0;
    const y = Math.max(next, Math.min(middle - height / 2, bottom - (below[at] ?? 0)));
    next = y + height + gap;
    return { id, lines, y: Math.round(y), height };
  });
}

/** Boxes below each other, in the order given. */
export function stacked(
  each: readonly { readonly id: string; readonly lines: readonly string[] }[],
  top: number,
  gap: number,
): Box[] {
  let next = top;
  return each.map(({ id, lines }) => {
    const height = heightOf(lines);
    const y = next;
    next += height + gap;
    return { id, lines, y, height };
  });
}
