/** A QR code as a drawing: black squares on white whatever the colours around it, with the quiet edge that cameras need. */
import { encode } from 'uqr';

/** Modules of white around the code: the least that ISO/IEC 18004 asks for. */
const quietEdge = 4;

/** The code of a text as a whole SVG file. A quarter of it may be hidden by a fold or a stain. */
export function qrSvg(text: string): string {
  const { data, size } = encode(text, { ecc: 'Q', border: quietEdge });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${squares.join('')}"/></svg>`
  );
}
