// The one drawing style of all easy-read pictures: the ink line, the eight flat colours, the shapes and the svg wrapper.

/** Dark line around every shape; also the fill of eyes and black hair. */
export const ink = '#1b2733';

/** Line width in grid units (the grid is 240 by 240). */
export const strokeWidth = 5;

/** Line width of small inner details only: faces, folds, lines on a paper. Outlines always keep `strokeWidth`. */
export const detailWidth = 3.5;

/**
 * The eight flat colours. White (paper, the card) and ink stand outside the count.
 * Green clothing belongs to the advocate alone, so that the advocate is known at a glance; ticks may be green too.
 */
export const palette = {
  light: '#f8d5b8',
  tan: '#d69f6c',
  brown: '#a56b45',
  green: '#3f9a6d',
  blue: '#78b2e0',
  yellow: '#f4c653',
  red: '#dc6450',
  grey: '#cdd3d9',
} as const;

export const white = '#fff';

/** A fill: one of the palette, white, ink, or `none` for a line only. */
export type Fill = (typeof palette)[keyof typeof palette] | typeof white | typeof ink | 'none';

/** Extra attributes of a shape, e.g. `{ 'stroke-width': 3 }` or `{ transform: 'rotate(20 120 120)' }`. */
export type Extra = Record<string, string | number>;

/** Writes a number of grid units with at most one decimal, without a trailing zero. */
export const num = (value: number): string => String(Math.round(value * 10) / 10 + 0);

const element = (name: string, attributes: Extra): string =>
  `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? num(value) : value}"`)
    .join('')}/>`;

/** A path in grid units; closed shapes end with Z. Without a fill it is a line. */
export const path = (d: string, fill: Fill = 'none', extra: Extra = {}): string =>
  element('path', { d, ...(fill === 'none' ? {} : { fill }), ...extra });

/** A circle with its centre at (cx, cy). */
export const circle = (cx: number, cy: number, r: number, fill: Fill = 'none', extra: Extra = {}): string =>
  element('circle', { cx, cy, r, ...(fill === 'none' ? {} : { fill }), ...extra });

/** A rectangle from its top left corner; `radius` rounds the corners. */
export const rect = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: Fill = 'none',
  radius = 0,
  extra: Extra = {},
): string =>
  element('rect', {
    x,
    y,
    width,
    height,
    ...(radius === 0 ? {} : { rx: radius }),
    ...(fill === 'none' ? {} : { fill }),
    ...extra,
  });

/** A straight line. */
export const line = (x1: number, y1: number, x2: number, y2: number, extra: Extra = {}): string =>
  path(`M${num(x1)} ${num(y1)}L${num(x2)} ${num(y2)}`, 'none', extra);

/** A small solid dot of ink without an outline, e.g. an eye. */
export const dot = (cx: number, cy: number, r: number, fill: Fill = ink): string =>
  circle(cx, cy, r, fill, { stroke: 'none' });

/** Parts drawn together, optionally moved, turned or mirrored by an SVG transform. */
export const group = (parts: string[], transform?: string): string =>
  transform === undefined ? parts.join('') : `<g transform="${roundNumbers(transform)}">${parts.join('')}</g>`;

const roundNumbers = (text: string): string => text.replace(/-?\d*\.\d+/g, (match) => num(Number(match)));

/**
 * The finished picture file: a 240 by 240 svg with one ink line for everything inside it.
 * Every decimal in the parts is rounded to one place, so that the files stay small.
 */
export const svg = (...parts: string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="0 0 240 240" fill="none" ` +
  `stroke="${ink}" stroke-width="${num(strokeWidth)}" stroke-linecap="round" stroke-linejoin="round">` +
  `${roundNumbers(parts.join(''))}</svg>\n`;
