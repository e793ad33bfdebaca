// The easy-read pictures of places (maps and buildings), after the shapes that they share with the pictures of things.
import { circle, detailWidth, dot, ink, line, num, palette, path, rect, strokeWidth, svg, white } from './style.ts';
import type { Fill } from './style.ts';

const { light, tan, brown, green, blue, yellow, red, grey } = palette;

/** Parts moved to (x, y) and scaled by `scale` (one decimal), with the ink line kept at its weight. */
export const at = (x: number, y: number, scale: number, ...parts: string[]): string =>
  `<g transform="translate(${num(x)} ${num(y)}) scale(${num(scale)})" stroke-width="${num(strokeWidth / scale)}">${parts.join('')}</g>`;

/** A thick coloured line with an ink edge, for ticks, crosses, arrows and fingers. */
export const thick = (d: string, fill: Fill, width = 18): string =>
  path(d, 'none', { 'stroke-width': width + 2 * strokeWidth }) +
  path(d, 'none', { stroke: fill, 'stroke-width': width });

/** A tick around (cx, cy); `size` is half its width. */
export const tick = (cx: number, cy: number, size: number, width = 18): string => {
  const down = num(size * 0.65);
  return thick(`M${num(cx - size)} ${num(cy)}l${down} ${down} ${num(size * 1.35)} ${num(size * -1.4)}`, green, width);
};

/** A cross around (cx, cy); `size` is half its width. */
export const cross = (cx: number, cy: number, size: number, width = 18): string => {
  const [left, right, top, side] = [num(cx - size), num(cx + size), num(cy - size), num(size * 2)];
  return thick(`M${left} ${top}l${side} ${side}M${right} ${top}l-${side} ${side}`, red, width);
};

/** A straight arrow whose head ends at (x2, y2). */
export const arrow = (x1: number, y1: number, x2: number, y2: number, fill: Fill = blue, width = 16): string => {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const reach = width * 1.5;
  const corner = (side: number): string =>
    `${num(x2 - reach * (ux + side * uy))} ${num(y2 - reach * (uy - side * ux))}`;
  const tip = `${num(x2)} ${num(y2)}`;
  return thick(`M${num(x1)} ${num(y1)}L${tip}M${corner(1)}L${tip}L${corner(-1)}`, fill, width);
};

/** A question mark around (cx, cy), 100 units high at scale 1. */
export const questionMark = (cx: number, cy: number, scale: number): string =>
  at(cx, cy, scale, path('M-26-22C-26-62 30-60 28-22C27 0 0 2 0 22M0 49v1', 'none', { 'stroke-width': 17 }));

/** A heart around (cx, cy), 100 units wide at scale 1. */
export const heart = (cx: number, cy: number, scale: number): string =>
  at(cx, cy, scale, path('M0 46C-76 0-56-48-26-48Q-8-48 0-28Q8-48 26-48C56-48 76 0 0 46z', red));

/** A sheet with its top right corner folded. */
export const sheet = (x: number, y: number, width: number, height: number): string => {
  const fold = 26;
  return (
    path(`M${x} ${y}h${width - fold}l${fold} ${fold}v${height - fold}h-${width}z`, white) +
    path(`M${x + width - fold} ${y}v${fold}h${fold}z`, grey)
  );
};

/** Lines of writing, one under the other, the last one shorter. */
export const writing = (x: number, y: number, width: number, count: number, gap = 22, weight = 7): string => {
  const strokes = Array.from({ length: count }, (_, i) => {
    const end = i === count - 1 && count > 1 ? width * 0.6 : width;
    return `M${num(x)} ${num(y + i * gap)}h${num(end)}`;
  });
  return path(strokes.join(''), 'none', { 'stroke-width': weight });
};

/** The front of an envelope with its flap closed. */
export const envelope = (x: number, y: number, width: number, height: number, fill: Fill = light): string =>
  rect(x, y, width, height, fill, 6) +
  path(
    `M${num(x + 3)} ${num(y + 4)}l${num(width / 2 - 3)} ${num(height * 0.56)} ${num(width / 2 - 3)} ${num(height * -0.56)}`,
  );

/** A smartphone with an empty screen. */
export const smartphone = (x: number, y: number, width: number, height: number, screen: Fill = white): string =>
  rect(x, y, width, height, ink, 18) +
  rect(x + 9, y + 22, width - 18, height - 44, screen, 3, { stroke: 'none' }) +
  line(x + width / 2 - 10, y + 11, x + width / 2 + 10, y + 11, { stroke: grey });

/** The sign of a call, a curved handset, around (cx, cy). */
export const callSign = (cx: number, cy: number, scale: number): string =>
  at(
    cx,
    cy,
    scale,
    path('M-16-14C-16 4-4 16 14 16', 'none', { stroke: white, 'stroke-width': 9, 'stroke-linecap': 'butt' }),
    path('M-22-14l3-6 9-2 3 11-5 6-9-4zM14 22l6-3 2-9-11-3-6 5 4 9z', white, { stroke: white, 'stroke-width': 3 }),
  );

/** An open laptop; what is on its screen goes between (48, 44) and (192, 144). */
export const laptop = (screen: Fill = white): string =>
  rect(32, 28, 176, 132, ink, 12) +
  rect(44, 40, 152, 106, screen, 2) +
  path('M32 160h176l24 36q2 10-10 10H18q-12 0-10-10z', grey) +
  line(98, 186, 142, 186);

/** A pencil whose tip is at (x, y), pointing down and left. */
export const pencil = (x: number, y: number, scale: number): string =>
  `<g transform="rotate(-48 ${x} ${y})">${at(
    x,
    y,
    scale,
    path('M0 0l28-14v28z', light),
    path('M0 0l11-5.5v11z', ink),
    rect(28, -14, 76, 28, yellow),
    rect(104, -14, 12, 28, grey),
    rect(116, -14, 18, 28, red, 4),
  )}</g>`;

/** A magnifying glass with its handle to the bottom right; the lens is clear. */
export const magnifier = (cx: number, cy: number, r: number): string => {
  const rim = r * 0.75;
  return (
    path(`M${num(cx + rim)} ${num(cy + rim)}l${num(r * 0.95)} ${num(r * 0.95)}`, 'none', { 'stroke-width': 28 }) +
    path(`M${num(cx + rim + 4)} ${num(cy + rim + 4)}l${num(r * 0.95 - 4)} ${num(r * 0.95 - 4)}`, 'none', {
      'stroke-width': 18,
      stroke: brown,
    }) +
    circle(cx, cy, r, white, { 'stroke-width': 9 })
  );
};

/** A padlock; its body is 120 wide and 100 high at scale 1, centred near (x, y). */
export const padlock = (x: number, y: number, scale: number): string =>
  at(
    x,
    y,
    scale,
    thick('M-34-40v-34a34 34 0 0 1 68 0v34', grey, 16),
    rect(-60, -48, 120, 100, yellow, 10),
    circle(0, -6, 13, ink),
    path('M0-4v28', 'none', { 'stroke-width': 12 }),
  );

/** A speech bubble whose tail points down to the left or to the right. */
export const bubble = (
  x: number,
  y: number,
  width: number,
  height: number,
  tail: 'left' | 'right',
  fill: Fill = white,
): string => {
  const [right, bottom, r] = [x + width, y + height, 18];
  const point =
    tail === 'left'
      ? `H${num(x + 66)}L${num(x + 22)} ${num(bottom + 30)}L${num(x + 30)} ${num(bottom)}H${num(x + r)}`
      : `H${num(right - 30)}L${num(right - 22)} ${num(bottom + 30)}L${num(right - 66)} ${num(bottom)}H${num(x + r)}`;
  return path(
    `M${x + r} ${y}H${right - r}q${r} 0 ${r} ${r}V${bottom - r}q0 ${r}-${r} ${r}${point}q-${r} 0-${r}-${r}V${y + r}q0-${r} ${r}-${r}z`,
    fill,
  );
};

/** An open hand seen from the side, palm up, the fingers to the right; 200 wide at scale 1, its wrist at (x, y). */
export const openHand = (x: number, y: number, scale: number, skin: Fill, cuff: Fill): string =>
  at(
    x,
    y,
    scale,
    path(
      'M0 2C24-10 44-16 62-12L112-8C130-6 130 18 112 19H82L116 20L160-10C176-20 190-4 179 8L132 50C122 59 112 62 98 62H0z',
      skin,
    ),
    path('M72 19h40'),
    path('M-30-8H2V72H-30z', cuff),
  );

/** Somebody's head and shoulders, 80 wide at scale 1, the head centred on (x, y). */
export const bust = (x: number, y: number, scale: number, skin: Fill, hair: Fill, top: Fill): string =>
  at(
    x,
    y,
    scale,
    path('M-40 92V74C-40 54-28 48-11 43H11C28 48 40 54 40 74V92z', top),
    path('M-10 20V44Q0 54 10 44V20z', skin),
    path('M-25-6C-25-41 25-41 25-6C25 18 13 31 0 31C-13 31-25 18-25-6Z', skin),
    path('M-27 4C-31-44 31-44 27 4C25-8 21-15 14-20C4-14-10-13-19-15C-23-10-26-4-27 4Z', hair),
    dot(-9, 0, 3.6),
    dot(9, 0, 3.6),
    path('M-8 14Q0 21 8 14', 'none', { 'stroke-width': detailWidth / scale }),
  );

/** Hair down to the chin, to be drawn before the bust that it belongs to. */
export const longHair = (x: number, y: number, scale: number, hair: Fill): string =>
  at(x, y, scale, path('M-31-4C-34-48 34-48 31-4C33 10 38 26 34 40C15 46-15 46-34 40C-38 26-33 10-31-4Z', hair));
/** The ground under a building. */
const ground = (): string => line(8, 218, 232, 218);

/** A window with a bar down the middle. */
const pane = (x: number, y: number, width: number, height: number, fill: Fill = yellow): string =>
  rect(x, y, width, height, fill) + line(x + width / 2, y, x + width / 2, y + height);

/** A pair of doors with handles, standing on `bottom`. */
const doubleDoor = (x: number, bottom: number, width: number, height: number, fill: Fill): string =>
  rect(x, bottom - height, width, height, fill) +
  line(x + width / 2, bottom - height, x + width / 2, bottom) +
  dot(x + width / 2 - 8, bottom - height / 2, 3) +
  dot(x + width / 2 + 8, bottom - height / 2, 3);

/** A small house with a chimney, standing on (x, y); 132 units wide at scale 1. */
const house = (x: number, y: number, scale: number): string =>
  at(
    x,
    y,
    scale,
    rect(18, -136, 17, 44, brown),
    rect(-50, -90, 100, 90, light),
    path('M-66-84L0-144L66-84z', red),
    rect(6, -58, 28, 58, blue),
    dot(13, -28, 3 / scale),
    pane(-36, -58, 30, 28),
  );

/** A wide building for several people, with a heart on its gable, standing on (x, y); 220 units wide at scale 1. */
const careHouse = (x: number, y: number, scale: number): string =>
  at(
    x,
    y,
    scale,
    path('M-110-112L-78-154H78L110-112z', brown),
    rect(-100, -112, 200, 112, light),
    ...[-86, -60, 40, 66].flatMap((left) => [-98, -50].map((top) => rect(left, top, 20, 30, yellow))),
    path('M-34 0V-130L0-178L34-130V0z', white),
    heart(0, -112, 0.4),
    doubleDoor(-24, 0, 48, 72, blue),
  );

/** A hospital with a white cross on a blue sign, standing on (x, y); 200 units wide at scale 1. */
const hospitalBuilding = (x: number, y: number, scale: number): string =>
  at(
    x,
    y,
    scale,
    rect(-100, -120, 200, 120, grey),
    ...[-86, -60, 38, 64].flatMap((left) => [-102, -54].map((top) => rect(left, top, 22, 28, yellow))),
    rect(-36, -188, 72, 188, white),
    rect(-36, -188, 72, 70, blue),
    path('M0-177v48M-24-153h48', 'none', { stroke: white, 'stroke-width': 18, 'stroke-linecap': 'butt' }),
    doubleDoor(-24, 0, 48, 68, blue),
  );

// The outlines are drawn on a grid twice as fine and halved, because the coast needs it.
const lands = {
  scotland:
    'M280 205l-17 6-13 5-10 5-13-10-2 12-8-11 1-8 14-24-6-15 4-10-17 4-6 13-3 12-7 4 3-16 3-26-5-10-17-1 3-22 11-14-14-3-12-18 12-15 8 15 6-5 1-20 16-1-3-18 12-20 30 3 29-5-1 14-28 26 7 2-13 19 28-11 39 1 7 10-9 19-12 23-16 13 12 9-31 12 26 0 19 7 3 5-7 9 2 10-15 13-11 12z',
  scottishIslands: 'M185 20l-26 16-2 21 24-16zM154 65l-9 3 0 31 8-5z',
  england:
    'M311 161l13 14 6 29 8 19 17 8 7 12 8 7-3 6 9 22-14-7 9 8 10 12 2 11-10 12 10 6 5-9 24 1 13 12 1 12-6 20-11 16-9 3 2 7-16 5 9 4 21 3-1 12-13 13-22 8-16-4-15 5-10-4-12 4-13 6-16 5-15-11-14 6-3 11-6 10-13-7-18 2-10 9-4 9-16-5 19-19 11-13 6-19 9-1 3-9 19 0 16 1 0-8 9-8 1-6 0-9-9-6-5-10 5-11-5-7 4-8-4-16 12-3-5-2-3-11-6-9 5-2-2-9 7-7-6-4 1-7 6-10-11 3-13-23 7-19 10-6 11-12 15-13-2-10 7-9z',
  isleOfWight: 'M326 431l7-4 6 3-6 5z',
  isleOfMan: 'M228 253l11-18-1 12z',
  wales:
    'M292 381l-10 4-6 8-11 0-5-6-6-5-2 2-11 1 5-7-7-4-8 5-8 4-8-5 3-9-7-3 8-6 11-5 12-5 7-12 0-15-1-10-9 2-11 5 11-12 6-8-6 1-8-7 3-7 9 0 7 7 6-4 16 0 10 8 3 11 5 2-12 3 4 16-4 8 5 7-5 11 5 10 9 6 0 9z',
  northernIreland:
    'M153 201l9-7 13-3 12 1 10 20 3 5-7 7 10-3 5 11-4 10-9 3-7 9-6-3-10 3-7-14-6-6-8 16-9-1-17-16 11-8-3-5 12-5 8-14z',
  restOfIreland:
    'M182 251l2 16 5 22-4 4 6 17-6 21-5 21-18 3-18 3-9 6-21 18-24 5-15 3 9-12-21 5 15-14-19 1 12-15-15-2 16-7 0-7 21-10-22 2 16-20 6-10 8-5-23 0-13-9 7-12 9-11-15-6 2-16 22-2 22 3 13-20-18-2 11-12 3-12 20-7 7-6 14 8-9 9-8 14-12 5 3 5-11 8 17 16 9 1 8-16 6 6 7 14 10-3z',
};

type Land = 'wales' | 'england' | 'scotland' | 'northernIreland';

/** Britain and Ireland in grey with one land strong. */
const map = (strong: Land): string => {
  const islands = { wales: '', england: lands.isleOfWight, scotland: lands.scottishIslands, northernIreland: '' };
  return svg(
    at(
      0,
      0,
      0.5,
      path(Object.values(lands).join(''), grey, { 'stroke-width': 7 }),
      path(lands[strong] + islands[strong], red, { 'stroke-width': 10 }),
    ),
  );
};

const walesMap = (): string => map('wales');
const englandMap = (): string => map('england');
const scotlandMap = (): string => map('scotland');
const northernIrelandMap = (): string => map('northernIreland');

const elsewhere = (): string =>
  svg(
    path('M120 16a104 104 0 1 0 .1 0z', blue),
    path('M62 34l30-4 26 14-6 20-24 8-8 26-26 8-12 20-22-8a104 104 0 0 1 42-84z', tan),
    path('M70 128l34 6 22 24-10 30-20 34a104 104 0 0 1-40-24l2-40z', tan),
    path('M150 60l28-10 20 4a104 104 0 0 1 26 70l-24 22-10 36-20 10-18-44-26-10-2-34 16-14z', tan),
    path('M120 16a104 104 0 1 0 .1 0z'),
  );

const home = (): string => svg(ground(), house(118, 218, 1.4));

const hospital = (): string => svg(ground(), hospitalBuilding(120, 218, 1.1));

const careHome = (): string => svg(ground(), careHouse(120, 218, 1));

const council = (): string =>
  svg(
    line(120, 46, 120, 12),
    path('M120 12h34l-8 11 8 11h-34z', red),
    path('M22 96L120 42l98 54z', light),
    dot(120, 76, 9, blue),
    rect(28, 96, 184, 20, white),
    rect(36, 116, 168, 78, light),
    [44, 80, 138, 174].map((x) => rect(x, 116, 20, 78, white)).join(''),
    rect(105, 132, 28, 62, brown),
    rect(22, 194, 196, 14, white),
    rect(10, 208, 220, 16, grey),
  );

const school = (): string =>
  svg(
    ground(),
    rect(14, 108, 212, 110, red),
    [28, 58, 160, 190].map((x) => pane(x, 128, 22, 40, white)).join(''),
    path('M86 218V84L120 48l34 36V218z', light),
    path('M76 92L120 46l44 46', 'none', { 'stroke-width': 10 }),
    line(120, 46, 120, 12),
    path('M120 12h32l-8 10 8 10h-32z', yellow),
    path('M120 84a19 19 0 1 0 .1 0z', white),
    path('M120 92v12l9 5'),
    doubleDoor(98, 218, 44, 74, blue),
  );

const whereToLive = (): string => svg(house(52, 226, 0.7), careHouse(168, 226, 0.6), questionMark(108, 58, 0.9));

const closing = (): string =>
  svg(
    ground(),
    rect(26, 62, 188, 156, light),
    rect(14, 36, 212, 30, grey, 6),
    ...[42, 100, 158].map((x) => rect(x, 82, 40, 34, grey)),
    ...[42, 158].map((x) => rect(x, 142, 40, 40, grey)),
    doubleDoor(94, 218, 52, 82, brown),
    cross(120, 172, 34, 16),
  );

const post = (): string =>
  svg(
    path('M46 72h112v140H46z', red),
    path('M38 72q4-48 64-48t64 48z', red),
    rect(34, 64, 136, 16, red, 6),
    rect(32, 208, 140, 20, ink, 4),
    rect(66, 100, 88, 16, ink, 4),
    path('M120 104l86-22 16 62-86 22z', white),
    path('M120 104l54 26 32-48'),
    rect(66, 154, 48, 36, white, 4),
  );

/** A shield 104 units wide at scale 1. */
const shield = (cx: number, cy: number, scale: number): string =>
  at(cx, cy, scale, path('M0-60C18-48 34-44 52-44C54 8 40 44 0 64C-40 44-54 8-52-44C-34-44-18-48 0-60z', blue));

const safe = (): string => svg(house(96, 206, 1.3), shield(172, 162, 1), tick(170, 162, 26, 12));

const leavingHospital = (): string =>
  svg(
    hospitalBuilding(78, 226, 0.7),
    path('M172 196L164 226h8M184 196L194 226h8', 'none', { 'stroke-width': 13 }),
    rect(196, 176, 38, 32, red, 6),
    path('M206 176v-9h18v9'),
    bust(178, 124, 0.8, tan, ink, yellow),
    arrow(112, 50, 222, 50),
  );

const leaveSite = (): string =>
  svg(
    rect(24, 14, 116, 212, white),
    path('M24 14L88 44V236L24 226z', brown),
    dot(74, 140, 6),
    arrow(104, 126, 216, 126, blue, 24),
  );

const peopleAndPlaces = (): string =>
  svg(
    path('M14 190l66-30 80 30 66-30v50l-66 26-80-26-66 26z', grey),
    path('M120 214C70 160 46 128 46 92a74 74 0 0 1 148 0C194 128 170 160 120 214z', red),
    circle(120, 92, 52, white),
    bust(120, 84, 0.7, tan, ink, yellow),
  );

const night = (): string =>
  svg(
    rect(10, 10, 220, 220, ink, 16),
    path('M160 26a50 50 0 1 0 48 72a52 52 0 0 1-48-72z', yellow),
    path('M66 44l5 16 16 5-16 5-5 16-5-16-16-5 16-5zM36 104l4 11 11 4-11 4-4 11-4-11-11-4 11-4z', white, {
      stroke: 'none',
    }),
    path('M40 230V176L104 132L168 176V230z', blue),
    rect(84, 178, 40, 34, yellow),
  );

/** The picture of each place as an SVG file, by the id that content uses. */
export const places: Record<string, () => string> = {
  home,
  hospital,
  'care-home': careHome,
  council,
  school,
  'where-to-live': whereToLive,
  closing,
  post,
  wales: walesMap,
  england: englandMap,
  scotland: scotlandMap,
  'northern-ireland': northernIrelandMap,
  elsewhere,
  safe,
  night,
  'leaving-hospital': leavingHospital,
  'leave-site': leaveSite,
  'people-and-places': peopleAndPlaces,
};
