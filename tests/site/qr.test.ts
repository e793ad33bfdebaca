/** A camera that sees the drawing reads the text: read here by another library than the one that made it. */
import jsQR from 'jsqr';
import { expect, it } from 'vitest';
import { qrSvg } from '../../src/site/qr.ts';

const pixelsPerModule = 4;

/** The drawing as a camera would see it; it is made of squares of one module and nothing else. */
function pixelsOf(svg: string): { readonly pixels: Uint8ClampedArray; readonly side: number } {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const side = size * pixelsPerModule;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y] of svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let down = 0; down < pixelsPerModule; down += 1) {
      for (let along = 0; along < pixelsPerModule; along += 1) {
        const at = (Number(y) * pixelsPerModule + down) * side + Number(x) * pixelsPerModule + along;
        pixels.fill(0, at * 4, at * 4 + 3);
      }
    }
  }
  return { pixels, side };
}

it.each(['http://localhost:4321/324', 'https://advocate.example/140', `https://${'a'.repeat(60)}.cymru/494`])(
  'a camera reads %s',
  (text) => {
    const { pixels, side } = pixelsOf(qrSvg(text));
    expect(jsQR(pixels, side, side)?.data).toBe(text);
  },
);

it('is still read where a stain hides a corner of its words', () => {
  const { pixels, side } = pixelsOf(qrSvg('https://advocate.example/324'));
  const from = Math.round(side * 0.45);
  for (let y = from; y < from + side * 0.12; y += 1)
    pixels.fill(255, (y * side + from) * 4, (y * side + from + side * 0.12) * 4);
  expect(jsQR(pixels, side, side)?.data).toBe('https://advocate.example/324');
});

it('is black on white with a quiet edge of four modules, in every scheme of colours', () => {
  const svg = qrSvg('https://advocate.example/324');
  const places = [...svg.matchAll(/M(\d+) (\d+)h1/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
  expect(Math.min(...places)).toBe(4);
  expect(svg).toContain('fill="#fff"');
  expect(svg).not.toContain('currentColor');
});
