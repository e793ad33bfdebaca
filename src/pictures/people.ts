// The people of the easy-read pictures: the parts of one family of figures, and each picture drawn with them.

import {
  circle,
  detailWidth,
  dot,
  group,
  ink,
  line,
  num,
  palette,
  path,
  rect,
  strokeWidth,
  svg,
  white,
} from './style.ts';
import type { Fill } from './style.ts';

// Clothes carry meaning in every picture: yellow is the person the page speaks to ("you"), green with a round badge
// is the advocate, blue with a card on a ribbon is somebody paid to help, red, grey and white are everybody else.

type Point = readonly [number, number];
type Skin = typeof palette.light | typeof palette.tan | typeof palette.brown;
type Mood = 'calm' | 'happy' | 'talk' | 'worried' | 'sad' | 'stern' | 'puzzled' | 'asleep' | 'rest';
type Hair =
  | 'short'
  | 'swept'
  | 'long'
  | 'bob'
  | 'curly'
  | 'afro'
  | 'bun'
  | 'ponytail'
  | 'tufts'
  | 'bald'
  | 'headscarf'
  | 'turban'
  | 'flatcap';
type Wear = 'plain' | 'vneck' | 'shirt' | 'cardigan' | 'advocate' | 'worker' | 'coat' | 'hoodie' | 'stripes' | 'heart';

/** What somebody looks like: stays the same wherever they appear. `build` is half the shoulder width at scale 1. */
interface Looks {
  skin: Skin;
  hair: Hair;
  hairColour?: Fill;
  top: Fill;
  wear?: Wear;
  build?: number;
  legs?: Fill;
  beard?: boolean;
  glasses?: boolean;
  shades?: boolean;
  hearingAid?: boolean;
  older?: boolean;
  child?: boolean;
}

/** Where a hand goes, in grid units. The elbow falls down and outwards; `flip` puts it on the other side. */
interface Reach {
  to: Point;
  flip?: boolean;
  hand?: 'mitt' | 'point' | 'palm' | 'none';
  angle?: number;
  behind?: boolean;
}

/**
 * Head centre (x, y), scale k, and what the figure does. `look` turns the face: minus is left, plus is right.
 * `under` lies behind the trunk (legs), `over` between the trunk and the arms (a lap, a wheel).
 */
interface Pose {
  x: number;
  y: number;
  k: number;
  mood?: Mood;
  look?: number;
  left?: Reach | 'hang' | 'none';
  right?: Reach | 'hang' | 'none';
  bottom?: number;
  under?: string;
  over?: string;
}

/**
 * Moves and scales a path written around (0, 0) and makes its steps relative, which keeps the files small.
 * Only M, L, C, Q and Z are used, or c and l straight after them.
 */
const place = (d: string, x: number, y: number, k: number, flip: 1 | -1 = 1): string => {
  let [penX, penY] = [0, 0];
  let [startX, startY] = [0, 0];
  let begun = false;
  const write = (values: readonly number[]) => values.map(num).join(' ').replaceAll(' -', '-');
  return d.replace(/([A-Za-z])([^A-Za-z]*)/g, (_, command: string, numbers: string) => {
    if (command === 'Z') {
      [penX, penY] = [startX, startY];
      return 'z';
    }
    const relative = command === command.toLowerCase();
    const values = (numbers.match(/-?\d+(?:\.\d+)?/g) ?? []).map((text, i) => {
      const scaled = Number(text) * k * (i % 2 === 0 ? flip : 1);
      const absolute = relative ? scaled + (i % 2 === 0 ? penX : penY) : scaled + (i % 2 === 0 ? x : y);
      return Math.round(absolute * 10) / 10;
    });
    const steps = values.map((value, i) => value - (i % 2 === 0 ? penX : penY));
    [penX, penY] = values.slice(-2) as [number, number];
    if (command !== 'M') return command.toLowerCase() + write(steps);
    [startX, startY] = [penX, penY];
    const move = begun ? `m${write(steps)}` : `M${write(values)}`;
    begun = true;
    return move;
  });
};

/** Dots of ink drawn as one path, e.g. the eyes. */
const dots = (points: readonly Point[], r: number): string =>
  path(points.map(([x, y]) => `M${num(x)} ${num(y)}h0`).join(''), 'none', { 'stroke-width': r * 2 });

const detail = { 'stroke-width': detailWidth };

/** A limb: an ink line with a coloured line on it, so that the outline keeps its weight at every angle. */
const tube = (points: readonly Point[], width: number, fill: Fill, cap: 'round' | 'butt' = 'round'): string => {
  const d = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${num(x)} ${num(y)}`).join('');
  const capAttribute = cap === 'round' ? {} : { 'stroke-linecap': 'butt' };
  return (
    path(d, 'none', { 'stroke-width': width + strokeWidth, ...capAttribute }) +
    path(d, 'none', { stroke: fill, 'stroke-width': width - strokeWidth, ...capAttribute })
  );
};

const towards = ([x, y]: Point, degrees: number, distance: number): Point => [
  x + Math.cos((degrees * Math.PI) / 180) * distance,
  y + Math.sin((degrees * Math.PI) / 180) * distance,
];

/** Elbow of an arm with two equal halves: the lower, outer one of the two places where it can be. */
const elbowOf = (shoulder: Point, hand: Point, half: number, side: 1 | -1, flip: boolean): Point => {
  const dx = hand[0] - shoulder[0];
  const dy = hand[1] - shoulder[1];
  const distance = Math.max(1, Math.hypot(dx, dy));
  const height = Math.sqrt(Math.max(0, half * half - (distance * distance) / 4));
  const at = (bend: 1 | -1): Point => [
    shoulder[0] + dx / 2 - (dy / distance) * height * bend,
    shoulder[1] + dy / 2 + (dx / distance) * height * bend,
  ];
  const ease = ([x, y]: Point): number => y + x * side * 0.5;
  const [first, second] = [at(1), at(-1)];
  return ease(first) > ease(second) !== flip ? first : second;
};

/** A hand at the end of an arm. `angle` is the direction of the fingers in degrees, 0 to the right, 90 down. */
const handAt = (at: Point, angle: number, k: number, skin: Skin, kind: Reach['hand'], side: 1 | -1): string => {
  if (kind === 'none') return '';
  if (kind === 'palm') {
    const tips = [-33, -11, 11, 33].map((spread) => towards(at, angle + spread, 29 * k));
    const thumb = towards(at, angle - 82 * side, 24 * k);
    const fingers = [...tips, thumb].map(([x, y]) => `M${num(at[0])} ${num(at[1])}L${num(x)} ${num(y)}`).join('');
    return (
      path(fingers, 'none', { 'stroke-width': 8 * k + strokeWidth }) +
      circle(at[0], at[1], 15 * k, skin) +
      path(fingers, 'none', { stroke: skin, 'stroke-width': 8 * k - 1.5 }) +
      dot(at[0], at[1], 14 * k, skin)
    );
  }
  if (kind === 'point') {
    const tip = towards(at, angle, 24 * k);
    return tube([at, tip], 9 * k, skin) + circle(at[0], at[1], 10.5 * k, skin);
  }
  const tip = towards(at, angle, 7 * k);
  const thumb = k < 0.8 ? '' : tube([at, towards(at, angle - 60 * side, 13 * k)], 10 * k, skin);
  return thumb + tube([at, tip], 18 * k, skin);
};

/** Shoulder, elbow (unless the arm is straight) and hand. */
const bones = (shoulder: Point, reach: Reach, k: number, side: 1 | -1): Point[] => {
  const half = 47 * k;
  const distance = Math.hypot(reach.to[0] - shoulder[0], reach.to[1] - shoulder[1]);
  return distance >= half * 2 - 1
    ? [shoulder, reach.to]
    : [shoulder, elbowOf(shoulder, reach.to, half, side, reach.flip ?? false), reach.to];
};

const between = ([ax, ay]: Point, [bx, by]: Point, units: number): Point => {
  const share = units / Math.max(1, Math.hypot(bx - ax, by - ay));
  return [ax + (bx - ax) * share, ay + (by - ay) * share];
};

/** The line of a sleeve with a soft elbow; it begins `from` and ends `short` units before the hand. */
const sleeveLine = (points: readonly Point[], from: number, short: number): string => {
  const write = ([x, y]: Point) => `${num(x)} ${num(y)}`;
  const [shoulder, middle, hand] = points as [Point, Point, Point | undefined];
  const start = between(shoulder, middle, from);
  if (hand === undefined) return `M${write(start)}L${write(between(middle, shoulder, short))}`;
  const upper = Math.hypot(middle[0] - shoulder[0], middle[1] - shoulder[1]);
  const bow = Math.min(16, upper * 0.4);
  return `M${write(start)}L${write(between(middle, shoulder, bow))}Q${write(middle)} ${write(between(middle, hand, bow))}L${write(between(hand, middle, short))}`;
};

const sleeveWidth = 22;

interface Arm {
  side: 1 | -1;
  reach: Reach;
  points: Point[];
  hanging: boolean;
}

/** The outline of the shoulders; it lies behind the trunk, so that no line crosses the chest. */
const armsBehind = (arms: readonly Arm[], k: number): string =>
  arms.length === 0
    ? ''
    : path(arms.map(({ points }) => sleeveLine(points, 0, 24 * k)).join(''), 'none', {
        'stroke-width': sleeveWidth * k + strokeWidth,
      });

/** A hand that would lie outside the picture is not drawn. */
const handOf = (looks: Looks, { points, reach, side }: Arm, k: number): string => {
  const last = points[points.length - 1] as Point;
  const before = points[points.length - 2] as Point;
  if (last[1] > 250) return '';
  const angle = reach.angle ?? (Math.atan2(last[1] - before[1], last[0] - before[0]) * 180) / Math.PI;
  return handAt(reach.to, angle, k, looks.skin, reach.hand ?? 'mitt', side);
};

const hangingHands = (looks: Looks, arms: readonly Arm[], k: number): string => {
  const d = arms
    .filter(({ reach }) => reach.to[1] < 250)
    .map(({ reach: { to } }) => `M${num(to[0])} ${num(to[1])}v${num(7 * k)}`)
    .join('');
  return d === ''
    ? ''
    : path(d, 'none', { 'stroke-width': 18 * k + strokeWidth }) +
        path(d, 'none', { stroke: looks.skin, 'stroke-width': 18 * k - strokeWidth });
};

/** Hands and sleeves; both arms at once only where they do not cross. */
const armsInFront = (looks: Looks, arms: readonly Arm[], k: number): string => {
  const lines = (from: number): string =>
    arms.map(({ points, reach }) => sleeveLine(points, from, (reach.hand === 'palm' ? 27 : 19) * k)).join('');
  if (arms.length === 0) return '';
  return (
    (arms.every((arm) => arm.hanging)
      ? hangingHands(looks, arms, k)
      : arms.map((arm) => handOf(looks, arm, k)).join('')) +
    path(lines(28 * k), 'none', { 'stroke-width': sleeveWidth * k + strokeWidth }) +
    path(lines(0), 'none', { stroke: looks.top, 'stroke-width': sleeveWidth * k - strokeWidth })
  );
};

/** Hair that lies behind the head and the shoulders. */
const hairBehind = (looks: Looks, x: number, y: number, k: number): string => {
  const colour = looks.hairColour ?? ink;
  switch (looks.hair) {
    case 'long':
      return path(
        place('M-30 -4C-34 -48 34 -48 30 -4C30 20 40 40 36 62C20 72 -20 72 -36 62C-40 40 -30 20 -30 -4Z', x, y, k),
        colour,
      );
    case 'bob':
      return path(
        place('M-31 -4C-34 -48 34 -48 31 -4C33 10 36 22 32 32C15 40 -15 40 -32 32C-36 22 -33 10 -31 -4Z', x, y, k),
        colour,
      );
    case 'afro':
      return circle(x, y - 12 * k, 41 * k, colour);
    case 'bun':
      return circle(x, y - 40 * k, 14 * k, colour);
    case 'ponytail':
      return path(place('M14 -32C50 -42 52 6 42 40C34 30 30 10 22 -2Z', x, y, k), colour);
    default:
      return '';
  }
};

const fringe = 'M-27 4C-31 -44 31 -44 27 4C25 -8 21 -15 14 -20C4 -14 -10 -13 -19 -15C-23 -10 -26 -4 -27 4Z';

/** Hair or cloth over the forehead. */
const hairInFront = (looks: Looks, x: number, y: number, k: number): string => {
  const colour = looks.hairColour ?? ink;
  const draw = (d: string, fill: Fill = colour) => path(place(d, x, y, k), fill);
  switch (looks.hair) {
    case 'short':
    case 'bun':
    case 'ponytail':
      return draw(fringe);
    case 'swept':
      return draw(
        'M-27 2C-34 -40 -4 -50 12 -39C28 -36 31 -14 27 2C24 -6 21 -12 19 -17C8 -12 -8 -16 -14 -24C-17 -14 -24 -8 -27 2Z',
      );
    case 'long':
    case 'bob':
      return draw('M-28 8C-33 -46 33 -46 28 8C26 -8 14 -18 2 -28C-8 -16 -25 -10 -28 8Z');
    case 'afro':
      return draw('M-26 0C-32 -46 32 -46 26 0C20 -16 10 -20 0 -20C-10 -20 -20 -16 -26 0Z');
    case 'curly':
      return draw(
        'M-28 6Q-40 -4 -31 -15Q-36 -30 -21 -31Q-16 -44 -3 -38Q8 -47 17 -36Q32 -34 30 -18Q40 -6 28 6Q26 -8 19 -15Q10 -10 4 -16Q-6 -11 -12 -17Q-17 -11 -21 -13Q-26 -6 -28 6Z',
      );
    case 'tufts':
      return draw(
        'M-22 -18C-34 -16 -33 -2 -27 2C-25 -6 -24 -10 -22 -18ZM22 -18C34 -16 33 -2 27 2C25 -6 24 -10 22 -18Z',
      );
    case 'bald':
    case 'headscarf':
      return '';
    case 'turban':
      return (
        draw('M-31 -8C-38 -52 38 -52 31 -8C20 -18 8 -22 0 -22C-8 -22 -20 -18 -31 -8Z') +
        path(place('M-29 -14C-14 -34 2 -38 18 -38M29 -14C16 -30 8 -34 -2 -36', x, y, k), 'none', detail)
      );
    case 'flatcap':
      return (
        draw('M-24 -12C-31 -10 -30 0 -26 4ZM24 -12C31 -10 30 0 26 4Z', palette.grey) +
        draw('M-31 -12C-32 -44 26 -46 31 -16C34 -10 20 -8 0 -10C-14 -12 -24 -12 -31 -12Z')
      );
  }
};

/** Eyes, brows, nose and mouth; calm unless the picture is about a feeling. */
const face = (looks: Looks, x: number, y: number, k: number, mood: Mood, look: number): string => {
  const cx = x + look * k;
  const eyeY = y - 1 * k;
  const stroke = { 'stroke-width': Math.max(3, detailWidth * Math.min(1.25, k)) };
  const draw = (d: string, fill: Fill = 'none') => path(place(d, cx, y, k), fill, stroke);
  const closed = mood === 'asleep' || mood === 'rest';
  const brows = {
    calm: 'M-15 -11Q-10 -14 -5 -11M5 -11Q10 -14 15 -11',
    happy: 'M-15 -12Q-10 -16 -5 -12M5 -12Q10 -16 15 -12',
    talk: 'M-15 -12Q-10 -16 -5 -12M5 -12Q10 -16 15 -12',
    worried: 'M-16 -9L-5 -15M5 -15L16 -9',
    sad: 'M-16 -9L-6 -14M6 -14L16 -9',
    stern: 'M-16 -14L-4 -9M4 -9L16 -14',
    puzzled: 'M-16 -9L-5 -10M5 -15Q11 -18 16 -14',
    asleep: '',
    rest: 'M-15 -11Q-10 -14 -5 -11M5 -11Q10 -14 15 -11',
  }[mood];
  const mouth = {
    calm: 'M-8 15Q0 21 8 15',
    happy: 'M-10 13Q0 24 10 13',
    talk: 'M-8 13Q0 15 8 13Q7 23 0 23Q-7 23 -8 13Z',
    worried: 'M-9 18Q-4 12 0 16Q4 20 9 16',
    sad: 'M-8 19Q0 12 8 19',
    stern: 'M-8 17L8 17',
    puzzled: 'M-8 18Q0 14 8 15',
    asleep: 'M-4 16Q0 18 4 16',
    rest: 'M-8 14Q0 21 8 14',
  }[mood];
  const nose = look < 0 ? 'M0 1L-3 9L1 9' : 'M0 1L3 9L-1 9';
  const lines = brows + nose + (mood === 'talk' ? '' : mouth) + (closed ? 'M-15 -1Q-10 4 -5 -1M5 -1Q10 4 15 -1' : '');
  return (
    (closed
      ? ''
      : dots(
          [
            [cx - 10 * k, eyeY],
            [cx + 10 * k, eyeY],
          ],
          3.6 * k,
        )) +
    (looks.shades === true
      ? dots(
          [
            [cx - 10 * k, eyeY],
            [cx + 10 * k, eyeY],
          ],
          9 * k,
        ) + line(cx - 10 * k, eyeY, cx + 10 * k, eyeY)
      : '') +
    (looks.glasses === true
      ? circle(cx - 10.5 * k, eyeY, 9 * k, 'none', stroke) + circle(cx + 10.5 * k, eyeY, 9 * k, 'none', stroke)
      : '') +
    draw(lines) +
    (mood === 'talk' ? draw(mouth, ink) : '') +
    (looks.older === true && looks.glasses !== true && k >= 0.9
      ? path(place('M-15 8Q-10 10 -6 7M15 8Q10 10 6 7', cx, y, k), 'none', { 'stroke-width': 2 })
      : '')
  );
};

/** The head with ears, hair and face, centred on (x, y). */
const head = (looks: Looks, x: number, y: number, k: number, mood: Mood, look: number): string => {
  if (looks.hair === 'headscarf') {
    return (
      path(
        place('M-33 -2C-36 -50 36 -50 33 -2C33 18 34 32 34 48C20 66 -20 66 -34 48C-34 32 -33 18 -33 -2Z', x, y, k),
        looks.hairColour ?? palette.red,
      ) +
      path(place('M-22 -4C-22 -32 22 -32 22 -4C22 18 11 28 0 28C-11 28 -22 18 -22 -4Z', x, y, k), looks.skin) +
      path(place('M-18 38Q4 48 26 40', x, y, k), 'none', detail) +
      face(looks, x, y, k, mood, look * 0.7)
    );
  }
  const hidden = looks.hair === 'long' || looks.hair === 'bob' || looks.hair === 'afro';
  const rightEar = hidden || look > 4 ? 'C26 6 25 10 24 12' : 'C37 -10 37 16 24 12';
  const leftEar = hidden || look < -4 ? 'C-25 10 -26 6 -25 -4' : 'C-37 16 -37 -10 -25 -4';
  const skull = path(
    place(`M-25 -4C-27 -41 27 -41 25 -4${rightEar}C20 25 10 31 0 31C-10 31 -20 25 -24 12${leftEar}Z`, x, y, k),
    looks.skin,
  );
  const beard =
    looks.beard === true
      ? path(
          place('M-25 0C-23 14 -16 13 -9 10Q0 6 9 10C16 13 23 14 25 0C27 26 13 40 0 40C-13 40 -27 26 -25 0Z', x, y, k),
          looks.hair === 'turban' ? ink : (looks.hairColour ?? ink),
        ) +
        path(place('M-8 15Q0 10 8 15Q7 24 0 24Q-7 24 -8 15Z', x + look * k * 0.6, y, k), looks.skin, { stroke: 'none' })
      : '';
  const aidSide = look > 0 ? -1 : 1;
  const aid =
    looks.hearingAid === true
      ? path(place('M27 -6C30 -14 39 -10 37 6', x, y, k, aidSide), 'none', { 'stroke-width': 4 * k + 6 }) +
        path(place('M27 -6C30 -14 39 -10 37 6', x, y, k, aidSide), 'none', {
          stroke: palette.blue,
          'stroke-width': 4 * k + 1,
        })
      : '';
  return skull + beard + face(looks, x, y, k, mood, look) + hairInFront(looks, x, y, k) + aid;
};

/** The trunk from neck to `bottom`, with what the clothes say about the person. */
const trunk = (looks: Looks, x: number, y: number, k: number, bottom: number): string => {
  const w = looks.build ?? 40;
  const low = (bottom - y) / k;
  const hip = w - 5;
  const draw = (d: string, fill: Fill = 'none', extra = {}) => path(place(d, x, y, k), fill, extra);
  const shape = `M-${hip} ${low}L-${w} 74C-${w + 1} 56 -${w - 6} 49 -${w - 20} 45L-11 41Q0 50 11 41L${w - 20} 45C${w - 6} 49 ${w + 1} 56 ${w} 74L${hip} ${low}Z`;
  const neck = draw('M-10 20L-11 44Q0 54 11 44L10 20Z', looks.skin);
  const body = draw(shape, looks.top);
  switch (looks.wear ?? 'plain') {
    case 'plain':
      return neck + body;
    case 'vneck':
      return neck + body + draw('M-11 42L0 62L11 42Q0 50 -11 42Z', looks.skin);
    case 'shirt':
      return (
        neck +
        body +
        draw(`M0 58L0 ${low}`, 'none', detail) +
        draw('M-11 41L-17 54L0 58L-5 47ZM11 41L17 54L0 58L5 47Z', looks.top)
      );
    case 'cardigan':
      return (
        neck +
        body +
        draw(`M-12 43L0 84L12 43Q0 52 -12 43Z`, white) +
        draw(`M0 84L0 ${low}`) +
        dots(
          [98, 116, 134].filter((at) => at < low - 6).map((at): Point => [x + 8 * k, y + at * k]),
          3 * k,
        )
      );
    case 'advocate':
      return (
        neck +
        body +
        draw(`M-11 42L-9 ${low}L9 ${low}L11 42Q0 52 -11 42Z`, white) +
        draw('M-12 42L-22 58L-14 64L-10 88M12 42L22 58L14 64L10 88', 'none', detail)
      );
    case 'worker':
      return neck + body + draw('M-11 43L0 84L11 43', 'none', detail);
    case 'coat':
      return (
        neck +
        body +
        draw('M-11 42L0 78L11 42Q0 50 -11 42Z', palette.blue) +
        draw(`M0 78L0 ${low}`) +
        draw('M-12 42L-20 62L-10 70L0 84M12 42L20 62L10 70L0 84', 'none', detail)
      );
    case 'hoodie':
      return (
        neck +
        body +
        draw('M-22 45C-14 62 14 62 22 45C12 36 -12 36 -22 45Z', looks.top) +
        draw('M-8 58L-8 76M8 58L8 76', 'none', detail)
      );
    case 'stripes':
      return (
        neck +
        body +
        draw(
          [72, 92, 112, 132]
            .filter((at) => at < low - 6)
            .map((at) => `M-${w - 3} ${at}L${w - 3} ${at}`)
            .join(''),
        )
      );
    case 'heart':
      return neck + body + draw('M0 98C-26 78 -12 62 0 74C12 62 26 78 0 98Z', white, detail);
  }
};

/** Badge and card lie over the arms, so that they are never hidden. */
const sign = (looks: Looks, x: number, y: number, k: number): string => {
  if (looks.wear === 'advocate') return circle(x + 24 * k, y + 78 * k, 8.5 * k, palette.yellow);
  if (looks.wear === 'worker') {
    return (
      rect(x - 11 * k, y + 82 * k, 22 * k, 28 * k, white, 3 * k) +
      dot(x, y + 91 * k, 4 * k) +
      path(place('M-5 103L5 103', x, y, k), 'none', detail)
    );
  }
  return '';
};

/** A figure from the head down to `bottom` (grid units), with its arms. */
const person = (looks: Looks, pose: Pose): string => {
  const { x, y, k } = pose;
  const { body, bodyY } = bodyOf(looks, y, k);
  const w = looks.build ?? 40;
  const arms = ([-1, 1] as const).flatMap((side): Arm[] => {
    const reach = (side === 1 ? pose.right : pose.left) ?? 'hang';
    if (reach === 'none') return [];
    const shoulder: Point = [x + side * (w - 11) * body, bodyY + 64 * body];
    const goal: Reach = reach === 'hang' ? { to: [x + side * (w - 2) * body, bodyY + 158 * body], angle: 90 } : reach;
    return [{ side, reach: goal, points: bones(shoulder, goal, body, side), hanging: reach === 'hang' }];
  });
  const hanging = arms.filter((one) => one.hanging);
  const behind = arms.filter((one) => one.reach.behind === true);
  const doing = arms.filter((one) => !one.hanging && one.reach.behind !== true);
  return (
    armsBehind(arms, body) +
    behind.map((one) => armsInFront(looks, [one], body)).join('') +
    hairBehind(looks, x, y, k) +
    (pose.under ?? '') +
    trunk(looks, x, bodyY, body, pose.bottom ?? 252) +
    head(looks, x, y, k, pose.mood ?? 'calm', pose.look ?? 0) +
    (pose.over ?? '') +
    armsInFront(looks, hanging, body) +
    doing.map((one) => armsInFront(looks, [one], body)).join('') +
    sign(looks, x, bodyY, body)
  );
};

/** A child’s body is smaller against the head than a grown person’s. */
const bodyOf = (looks: Looks, y: number, k: number): { body: number; bodyY: number } => {
  if (looks.child !== true) return { body: k, bodyY: y };
  const body = k * 0.76;
  return { body, bodyY: y + 41 * (k - body) - 4 * k };
};

type Full = Omit<Pose, 'y' | 'bottom' | 'under'> & { foot: number };

/** A standing figure whose shoes are on `foot`. */
const standing = (looks: Looks, pose: Full): string => {
  const { x, k, foot } = pose;
  const body = looks.child === true ? k * 0.76 : k;
  const bodyY = foot - 252 * body;
  const y = looks.child === true ? bodyY - 41 * (k - body) + 4 * k : bodyY;
  const shoe = (side: 1 | -1) =>
    path(place('M-12 0C-12 -14 8 -16 14 0Z', x + side * 15 * body, foot - 2, body, side), ink);
  const leg = (side: 1 | -1): string =>
    tube(
      [
        [x + side * 15 * body, bodyY + 136 * body],
        [x + side * 15 * body, foot - 12 * body],
      ],
      25 * body,
      looks.legs ?? palette.grey,
      'butt',
    );
  return person(looks, { ...pose, y, bottom: bodyY + 148 * body, under: shoe(-1) + shoe(1) + leg(-1) + leg(1) });
};

interface Seated extends Omit<Pose, 'x' | 'y' | 'bottom' | 'over' | 'under'> {
  hip: Point;
  facing: 1 | -1;
  seat: 'chair' | 'wheelchair' | 'armchair';
}

/** A figure sitting sideways; its shoes are 66 k under the hip. */
const seated = (looks: Looks, pose: Seated): string => {
  const { hip, facing: f, k } = pose;
  const [x, y] = hip;
  const knee: Point = [x + f * 50 * k, y - 2 * k];
  const ankle: Point = [x + f * 54 * k, y + 54 * k];
  const colour = looks.legs ?? palette.grey;
  const shoe = path(place('M-12 12L-12 0L8 0C14 2 22 4 23 12Z', ankle[0], ankle[1], k, f), ink);
  const inner = (reach: Pose['left']): Pose['left'] =>
    typeof reach === 'object' ? { ...reach, flip: !(reach.flip ?? false) } : reach;
  const reaches = f === 1 ? { right: inner(pose.right) ?? 'hang' } : { left: inner(pose.left) ?? 'hang' };
  const legs = shoe + tube([knee, ankle], 23 * k, colour, 'butt') + tube([[x, y], knee], 27 * k, colour);
  return (
    seatBehind(pose.seat, hip, f, k) +
    person(
      { ...looks, build: (looks.build ?? 40) - 5 },
      {
        ...pose,
        ...reaches,
        x,
        y: y - 122 * k,
        bottom: y + 8 * k,
        look: pose.look ?? f * 5,
        over: legs + seatInFront(pose.seat, hip, f, k),
      },
    )
  );
};

const seatBehind = (seat: Seated['seat'], [x, y]: Point, f: 1 | -1, k: number): string => {
  if (seat === 'armchair') {
    return path(place('M-54 66L-54 -66C-54 -84 -22 -84 -18 -66L-14 10L50 10L50 66Z', x, y, k, f), palette.blue);
  }
  if (seat === 'wheelchair') {
    return (
      tube(
        [
          [x - f * 36 * k, y - 58 * k],
          [x - f * 36 * k, y + 14 * k],
        ],
        13 * k,
        palette.grey,
      ) +
      path(place('M-36 -58L-54 -58', x, y, k, f), 'none', { 'stroke-width': 8 }) +
      path(place('M-36 18L50 18L58 66L76 66', x, y, k, f), 'none', { 'stroke-width': 7 }) +
      circle(x + f * 48 * k, y + 57 * k, 9 * k, palette.grey)
    );
  }
  return emptyChair([x, y], f, k);
};

const emptyChair = ([x, y]: Point, f: 1 | -1, k: number): string =>
  path(place('M-30 14L-34 66M34 14L36 66', x, y, k, f), 'none', { 'stroke-width': 8 }) +
  tube(
    [
      [x - f * 36 * k, y - 66 * k],
      [x - f * 32 * k, y + 8 * k],
    ],
    13 * k,
    palette.brown,
  ) +
  tube(
    [
      [x - f * 32 * k, y + 16 * k],
      [x + f * 36 * k, y + 16 * k],
    ],
    13 * k,
    palette.brown,
  );

const seatInFront = (seat: Seated['seat'], [x, y]: Point, f: 1 | -1, k: number): string => {
  if (seat === 'armchair')
    return path(place('M-20 -22L34 -22C46 -22 46 2 34 2L-20 2Z', x, y + 10 * k, k, f), palette.blue);
  if (seat === 'chair') return '';
  const hub: Point = [x - f * 10 * k, y + 28 * k];
  return (
    path(place('M-36 0L36 0M0 -36L0 36M-25 -25L25 25M25 -25L-25 25', hub[0], hub[1], k), 'none', {
      'stroke-width': 2.5,
    }) +
    circle(hub[0], hub[1], 37 * k, 'none', { 'stroke-width': 8 }) +
    circle(hub[0], hub[1], 7 * k, palette.grey)
  );
};

/** Speech bubble with its tail ending at `tip`; the tail leaves the side that faces the tip. */
const bubble = (x: number, y: number, w: number, h: number, tip: Point, base: number, fill: Fill = white): string => {
  const r = Math.min(18, h / 2);
  const [right, low] = [x + w, y + h];
  const tail = `L${num(tip[0])} ${num(tip[1])}`;
  const below = tip[1] > low ? `L${base + 9} ${low}${tail}L${base - 9} ${low}` : '';
  const atRight = tip[1] <= low && tip[0] > right ? `L${right} ${base - 9}${tail}L${right} ${base + 9}` : '';
  const atLeft = tip[1] <= low && tip[0] < x ? `L${x} ${base + 9}${tail}L${x} ${base - 9}` : '';
  return path(
    `M${x + r} ${y}L${right - r} ${y}Q${right} ${y} ${right} ${y + r}${atRight}L${right} ${low - r}Q${right} ${low} ${right - r} ${low}` +
      `${below}L${x + r} ${low}Q${x} ${low} ${x} ${low - r}${atLeft}L${x} ${y + r}Q${x} ${y} ${x + r} ${y}Z`,
    fill,
  );
};

/** Lines that stand for words: in a bubble, on a paper. */
const words = (x: number, y: number, widths: readonly number[], gap = 15): string =>
  widths.map((width, i) => line(x, y + i * gap, x + width, y + i * gap)).join('');

const cloud = (x: number, y: number, kx: number, trail: readonly [number, number, number][]): string =>
  trail.map(([cx, cy, r]) => circle(cx, cy, r, white)).join('') +
  path(
    place(
      'M-30 28C-54 30 -60 4 -44 -6C-50 -30 -22 -42 -8 -30C2 -46 32 -42 32 -24C56 -26 62 6 44 12C46 32 18 40 6 28C-4 40 -24 38 -30 28Z',
      x,
      y,
      kx,
    ),
    white,
  );

const mark = (kind: 'yes' | 'no', x: number, y: number, k: number): string =>
  circle(x, y, 24 * k, kind === 'yes' ? palette.green : palette.red) +
  path(place(kind === 'yes' ? 'M-12 1L-3 10L12 -9' : 'M-9 -9L9 9M9 -9L-9 9', x, y, k), 'none', {
    stroke: white,
    'stroke-width': 7 * k,
  });

const questionMark = (x: number, y: number, k: number): string =>
  path(place('M-11 -9C-11 -26 13 -25 12 -9C12 1 0 1 0 12', x, y, k), 'none', { 'stroke-width': 7 * k }) +
  dot(x, y + 24 * k, 5 * k);

const paper = (x: number, y: number, w: number, h: number): string =>
  rect(x, y, w, h, white, 3) +
  path(
    Array.from(
      { length: Math.floor((h - 14) / 13) },
      (_, i) => `M${num(x + 10)} ${num(y + 15 + i * 13)}L${num(x + w - 10)} ${num(y + 15 + i * 13)}`,
    ).join(''),
    'none',
    detail,
  );

const clipboard = (x: number, y: number, w: number, h: number): string =>
  rect(x, y, w, h, palette.brown, 6) +
  rect(x + 7, y + 10, w - 14, h - 17, white) +
  rect(x + w / 2 - 12, y - 5, 24, 13, palette.grey, 4) +
  path(
    [0.4, 0.6, 0.8]
      .map((share) => `M${num(x + 15)} ${num(y + h * share)}L${num(x + w - 15)} ${num(y + h * share)}`)
      .join(''),
    'none',
    detail,
  );

const council = (x: number, y: number, k: number): string =>
  rect(x - 38 * k, y - 14 * k, 76 * k, 52 * k, palette.grey) +
  path(place('M-46 -14L0 -44L46 -14Z', x, y, k), palette.grey) +
  path(place('M-22 -12L-22 36M0 -12L0 36M22 -12L22 36', x, y, k), 'none', { 'stroke-width': 6 }) +
  rect(x - 46 * k, y + 36 * k, 92 * k, 11 * k, palette.grey);

const mug = (x: number, y: number, k: number): string =>
  path(place('M14 -10C34 -14 34 14 14 10', x, y, k)) +
  path(place('M-16 -18L16 -18L13 18L-13 18Z', x, y, k), palette.red);

const steam = (x: number, y: number): string =>
  path(place('M-7 0c-6 -8 6 -12 0 -20M7 0c-6 -8 6 -12 0 -20', x, y, 1), 'none', detail);

const mobile = (x: number, y: number, angle: number): string =>
  rect(x - 10, y - 20, 20, 40, palette.blue, 5, { transform: `rotate(${angle} ${num(x)} ${num(y)})` });

const desk = (y: number): string => path(`M2 ${y}L238 ${y}L238 252L2 252Z`, palette.brown);

/** A bed seen from the side with somebody in it; the pillow is on the left. */
const bed = (looks: Looks, y: number, mood: Mood): string =>
  path(`M12 ${y - 52}L12 ${y + 62}M228 ${y - 6}L228 ${y + 62}`, 'none', { 'stroke-width': 9 }) +
  rect(14, y + 12, 212, 28, palette.grey, 4) +
  rect(20, y - 26, 74, 38, white, 14) +
  group([head(looks, 62, y - 30, 0.86, mood, 0)], `rotate(-68 62 ${y - 30})`) +
  path(
    `M86 ${y + 12}C84 ${y - 34} 104 ${y - 42} 136 ${y - 36}L206 ${y - 24}Q226 ${y - 20} 226 ${y + 12}Z`,
    palette.blue,
  );

const lightBulb = (x: number, y: number, k: number): string =>
  path(place('M-40 -12L-52 -16M-29 -36L-38 -46M0 -44L0 -57M29 -36L38 -46M40 -12L52 -16', x, y, k)) +
  path(place('M-12 24C-12 10 -28 2 -28 -14C-28 -44 28 -44 28 -14C28 2 12 10 12 24Z', x, y, k), palette.yellow) +
  rect(x - 12 * k, y + 24 * k, 24 * k, 14 * k, palette.grey, 3);

const scribble = (x: number, y: number, k: number): string =>
  path(
    place(
      'M-34 6C-40 -24 0 -34 8 -12C14 8 -22 14 -20 -4C-18 -24 30 -32 34 -8C38 16 2 22 4 4C6 -10 24 -10 22 2',
      x,
      y,
      k,
    ),
  );

const calendarPage = (x: number, y: number): string =>
  rect(x - 24, y - 18, 48, 42, white, 4) +
  path(`M${x - 24} ${y - 18}L${x + 24} ${y - 18}L${x + 24} ${y - 6}L${x - 24} ${y - 6}Z`, palette.red) +
  path(`M${x - 12} ${y - 25}L${x - 12} ${y - 14}M${x + 12} ${y - 25}L${x + 12} ${y - 14}`) +
  [-12, 0, 12]
    .flatMap((dx) =>
      [4, 15].map((dy) =>
        dot(x + dx, y + dy, dx === 0 && dy === 15 ? 5 : 2.8, dx === 0 && dy === 15 ? palette.red : ink),
      ),
    )
    .join('');

const clock = (x: number, y: number, r: number): string =>
  circle(x, y, r, white) +
  path(place('M0 -32L0 -28M32 0L28 0M0 32L0 28M-32 0L-28 0', x, y, r / 38), 'none', detail) +
  path(place('M0 -22L0 0L15 9', x, y, r / 38));

const guideDog = (x: number, y: number, k: number): string =>
  path(place('M-34 48C-50 44 -54 24 -44 16', x, y, k), 'none', { 'stroke-width': 8 }) +
  path(place('M-34 50C-40 14 -22 -8 -2 -16L22 -14C26 8 22 30 24 50Z', x, y, k), palette.yellow) +
  path(place('M8 50L8 18M22 50L24 40', x, y, k)) +
  path(place('M-6 -20C-6 -46 20 -50 30 -38L48 -30C50 -20 42 -14 30 -14C22 -6 -4 -4 -6 -20Z', x, y, k), palette.yellow) +
  path(place('M-6 -40C-18 -36 -16 -14 -8 -12C0 -16 2 -30 2 -38Z', x, y, k), palette.brown) +
  dot(x + 20 * k, y - 29 * k, 3.4 * k) +
  dot(x + 47 * k, y - 27 * k, 4.5 * k) +
  path(place('M-12 4L24 0M-6 4L-18 -34L-34 -44', x, y, k), 'none', { stroke: white, 'stroke-width': 9 }) +
  path(place('M-12 4L24 0M-6 4L-18 -34L-34 -44', x, y, k));

const cast = {
  advocate: { skin: palette.brown, hair: 'curly', top: palette.green, wear: 'advocate', legs: palette.blue },
  you: { skin: palette.tan, hair: 'short', top: palette.yellow },
  youWoman: {
    skin: palette.light,
    hair: 'bob',
    hairColour: palette.brown,
    top: palette.yellow,
    wear: 'vneck',
    build: 45,
  },
  youScarf: { skin: palette.tan, hair: 'headscarf', hairColour: palette.red, top: palette.yellow },
  youOlder: {
    skin: palette.light,
    hair: 'tufts',
    hairColour: palette.grey,
    top: palette.yellow,
    wear: 'cardigan',
    glasses: true,
    hearingAid: true,
    older: true,
  },
  youBeard: { skin: palette.brown, hair: 'short', beard: true, top: palette.yellow, wear: 'shirt', build: 46 },
  youBun: { skin: palette.brown, hair: 'bun', top: palette.yellow, wear: 'vneck' },
  youFair: {
    skin: palette.light,
    hair: 'swept',
    hairColour: palette.red,
    top: palette.yellow,
    wear: 'shirt',
    hearingAid: true,
  },
  youChild: { skin: palette.tan, hair: 'short', top: palette.yellow, wear: 'stripes', child: true },
  worker: { skin: palette.light, hair: 'ponytail', hairColour: palette.brown, top: palette.blue, wear: 'worker' },
  workerMan: { skin: palette.brown, hair: 'bald', top: palette.blue, wear: 'worker', build: 45 },
  workerGlasses: { skin: palette.tan, hair: 'swept', top: palette.blue, wear: 'worker', glasses: true },
  doctor: { skin: palette.tan, hair: 'bun', top: white, wear: 'coat', glasses: true },
  redMan: { skin: palette.light, hair: 'short', hairColour: palette.brown, top: palette.red, wear: 'vneck', build: 44 },
  redWoman: { skin: palette.tan, hair: 'long', top: palette.red, wear: 'vneck' },
  whiteMan: { skin: palette.brown, hair: 'short', beard: true, top: white, wear: 'shirt', build: 44 },
  greyAfro: { skin: palette.brown, hair: 'afro', top: palette.grey, wear: 'vneck' },
  olderWoman: {
    skin: palette.light,
    hair: 'bun',
    hairColour: palette.grey,
    top: palette.red,
    wear: 'cardigan',
    glasses: true,
    older: true,
  },
  olderMan: {
    skin: palette.brown,
    hair: 'flatcap',
    hairColour: palette.blue,
    top: palette.grey,
    wear: 'cardigan',
    older: true,
    build: 44,
  },
  turbanMan: {
    skin: palette.tan,
    hair: 'turban',
    hairColour: palette.red,
    beard: true,
    top: white,
    wear: 'shirt',
    build: 44,
  },
} satisfies Record<string, Looks>;

const advocate = (): string =>
  svg(
    person(cast.you, { x: 60, y: 116, k: 0.94, look: 4 }),
    person(cast.advocate, { x: 174, y: 112, k: 0.94, mood: 'talk', look: -4, left: { to: [112, 192], angle: 200 } }),
    bubble(40, 5, 124, 58, [136, 112], 118),
    circle(102, 24, 12, palette.tan),
    path('M80 61C80 39 124 39 124 61', palette.yellow),
  );

const you = (): string =>
  svg(person(cast.you, { x: 120, y: 80, k: 1.4, left: { to: [116, 186], hand: 'palm', angle: -18 } }));

const someoneElse = (): string =>
  svg(
    person(cast.olderMan, { x: 190, y: 88, k: 0.95, look: -3 }),
    person(cast.youWoman, {
      x: 82,
      y: 60,
      k: 1,
      mood: 'talk',
      look: 3,
      left: { to: [48, 84], angle: -80 },
      right: { to: [150, 168], hand: 'palm', angle: 0 },
    }),
    mobile(44, 68, 8),
  );

const speakUp = (): string =>
  svg(
    person(cast.youBun, {
      x: 92,
      y: 108,
      k: 1.15,
      mood: 'talk',
      look: 4,
      left: { to: [28, 84], hand: 'palm', angle: -95 },
    }),
    bubble(126, 8, 108, 72, [134, 118], 160, white),
    words(144, 32, [70, 48], 22),
  );

const listen = (): string =>
  svg(
    person(cast.youFair, { x: 56, y: 122, k: 0.92, mood: 'talk', look: 5 }),
    person(cast.advocate, { x: 176, y: 88, k: 1.08, look: -6, left: { to: [132, 100], angle: -70 } }),
    bubble(8, 8, 112, 58, [84, 120], 78),
    words(26, 28, [74, 50], 18),
  );

const meeting = (): string =>
  svg(
    person(cast.worker, { x: 40, y: 72, k: 0.86, look: 5, mood: 'talk', bottom: 194 }),
    person(cast.advocate, { x: 200, y: 76, k: 0.86, look: -5 }),
    person(cast.youOlder, {
      x: 120,
      y: 84,
      k: 0.86,
      left: { to: [104, 196], angle: 40 },
      right: { to: [136, 196], angle: 140 },
      over: desk(188),
    }),
    path('M28 206L70 202L76 224L34 228Z', white),
    path('M172 202L212 206L206 228L166 224Z', white),
  );

const alone = (): string =>
  svg(
    emptyChair([186, 170], -1, 0.95),
    seated(cast.youWoman, {
      hip: [54, 170],
      facing: 1,
      k: 0.95,
      seat: 'chair',
      mood: 'sad',
      look: 2,
      left: { to: [84, 160], angle: 10 },
      right: { to: [94, 160], angle: 20 },
    }),
  );

const family = (): string =>
  svg(
    person(cast.olderWoman, { x: 122, y: 46, k: 0.76, mood: 'happy', left: 'none', right: 'none' }),
    person(cast.redWoman, { x: 58, y: 76, k: 0.9, mood: 'happy', look: 3 }),
    person(cast.whiteMan, { x: 184, y: 70, k: 0.9, mood: 'happy', look: -3 }),
    person(cast.youChild, { x: 121, y: 142, k: 0.86, mood: 'happy' }),
  );

const friend = (): string =>
  svg(
    path('M20 146L8 232', 'none', { 'stroke-width': 11 }),
    path('M20 146L10 218', 'none', { stroke: white, 'stroke-width': 5 }),
    path('M9 226L8 232', 'none', { stroke: palette.red, 'stroke-width': 5 }),
    standing(cast.redWoman, { x: 164, foot: 236, k: 0.8, mood: 'happy', look: -5, left: { to: [144, 136], angle: 0 } }),
    standing(
      { ...cast.youBeard, shades: true },
      {
        x: 78,
        foot: 236,
        k: 0.8,
        mood: 'happy',
        look: 4,
        left: { to: [24, 146], angle: 110 },
        right: { to: [138, 122], angle: 40 },
      },
    ),
  );

const carer = (): string =>
  svg(
    path('M8 240L8 88L120 8L232 88L232 240', palette.grey),
    seated(cast.youOlder, {
      hip: [72, 170],
      facing: 1,
      k: 0.82,
      seat: 'armchair',
      mood: 'happy',
      right: { to: [122, 132], angle: -30, flip: true },
      left: { to: [90, 152], angle: 20 },
    }),
    standing(cast.redMan, {
      x: 186,
      foot: 236,
      k: 0.72,
      look: -5,
      mood: 'happy',
      left: { to: [140, 130], angle: 180 },
    }),
    mug(132, 116, 0.7),
  );

const paidStaff = (): string =>
  svg(
    standing(cast.workerMan, {
      x: 62,
      foot: 236,
      k: 0.78,
      mood: 'happy',
      look: 4,
      right: { to: [106, 120], angle: 20 },
    }),
    seated(cast.youBun, {
      hip: [154, 168],
      facing: 1,
      k: 0.86,
      seat: 'wheelchair',
      left: { to: [180, 158], angle: 20 },
      right: { to: [190, 156], angle: 20 },
    }),
  );

const socialWorker = (): string =>
  svg(
    council(60, 62, 1),
    person(cast.workerGlasses, {
      x: 154,
      y: 74,
      k: 1.16,
      left: { to: [76, 190], angle: 100 },
      over: path('M32 172L52 166L62 174L106 170L110 232L38 236Z', palette.yellow),
    }),
  );

const doctor = (): string =>
  svg(
    person(cast.doctor, { x: 120, y: 90, k: 1.3 }),
    path('M92 142C84 190 124 182 124 208M148 142C156 174 130 172 124 192', 'none', { 'stroke-width': 7 }),
    circle(124, 216, 14, palette.grey),
  );

const child = (): string =>
  svg(
    standing(cast.redMan, { x: 186, foot: 236, k: 1.2, left: { to: [128, 116], angle: 110 } }),
    standing(cast.youChild, {
      x: 78,
      foot: 236,
      k: 0.98,
      mood: 'happy',
      look: 2,
      right: { to: [126, 132], angle: -80 },
    }),
  );

const youngPerson = (): string =>
  svg(
    person(
      { skin: palette.tan, hair: 'swept', top: palette.red, wear: 'hoodie', build: 36 },
      {
        x: 112,
        y: 78,
        k: 1.26,
        look: 3,
        right: { to: [172, 178], angle: -80 },
        over: path('M80 132L76 240M144 132L148 240', 'none', { 'stroke-width': 12 }),
      },
    ),
    mobile(176, 156, 10),
  );

const adult = (): string =>
  svg(person(cast.greyAfro, { x: 66, y: 74, k: 1.02 }), person(cast.turbanMan, { x: 176, y: 68, k: 1.06 }));

const olderPerson = (): string =>
  svg(
    path('M164 178C164 148 206 148 206 178L206 252', 'none', { 'stroke-width': 15 }),
    path('M164 178C164 148 206 148 206 178L206 252', 'none', { 'stroke-width': 5, stroke: palette.brown }),
    person(
      { ...cast.olderWoman, hearingAid: true, build: 44 },
      { x: 102, y: 80, k: 1.16, right: { to: [184, 154], angle: 8 } },
    ),
  );

const together = (): string =>
  svg(
    person({ ...cast.greyAfro, wear: 'plain' }, { x: 80, y: 100, k: 0.74, mood: 'happy', left: 'none', right: 'none' }),
    person(cast.youScarf, { x: 164, y: 98, k: 0.74, mood: 'happy', left: 'none', right: 'none' }),
    person(
      { ...cast.youFair, wear: 'plain', hearingAid: false },
      { x: 52, y: 148, k: 0.8, mood: 'talk', left: { to: [16, 124], angle: -90 }, right: 'none' },
    ),
    person({ ...cast.olderMan, wear: 'plain' }, { x: 122, y: 150, k: 0.8, mood: 'talk', left: 'none', right: 'none' }),
    person(
      { ...cast.redWoman, wear: 'plain' },
      { x: 190, y: 148, k: 0.8, mood: 'talk', right: { to: [224, 124], angle: -90 }, left: 'none' },
    ),
    bubble(46, 6, 148, 40, [120, 64], 120),
    words(70, 19, [100, 66], 15),
  );

const peer = (): string =>
  svg(
    seated(cast.youFair, {
      hip: [56, 174],
      facing: 1,
      k: 0.8,
      seat: 'wheelchair',
      mood: 'talk',
      left: { to: [80, 166], angle: 20 },
      right: { to: [108, 138], angle: -20, flip: true },
    }),
    seated(cast.greyAfro, {
      hip: [186, 174],
      facing: -1,
      k: 0.8,
      seat: 'wheelchair',
      mood: 'happy',
      right: { to: [162, 166], angle: 160 },
      left: { to: [152, 160], angle: 160 },
    }),
    bubble(84, 4, 70, 40, [86, 72], 100),
    words(98, 18, [42, 28], 13),
  );

const volunteer = (): string =>
  svg(
    person(
      { skin: palette.brown, hair: 'short', top: palette.red, wear: 'heart', build: 42 },
      { x: 60, y: 62, k: 1, mood: 'happy', look: 5, right: { to: [118, 152], angle: 30 } },
    ),
    person(
      { ...cast.olderWoman, top: palette.yellow },
      { x: 188, y: 82, k: 0.95, mood: 'happy', look: -5, left: { to: [140, 200], angle: 180 } },
    ),
    path('M96 172L146 172L142 236L100 236Z', palette.brown),
    path('M108 172C108 144 134 144 134 172'),
    tube(
      [
        [140, 204],
        [146, 204],
      ],
      16,
      palette.light,
    ),
  );

const independent = (): string =>
  svg(
    path('M163 10L163 236', 'none', { 'stroke-dasharray': '1 16', 'stroke-width': 8 }),
    council(204, 130, 0.7),
    person(cast.advocate, { x: 114, y: 80, k: 0.82, look: -3 }),
    person(cast.you, { x: 42, y: 92, k: 0.82, look: 3 }),
  );

const worried = (): string =>
  svg(
    person(cast.youWoman, {
      x: 120,
      y: 106,
      k: 1.3,
      mood: 'worried',
      left: { to: [84, 132], angle: -75 },
      right: { to: [156, 132], angle: -105 },
    }),
    scribble(120, 28, 0.85),
  );

const calm = (): string =>
  svg(
    person(cast.youBeard, {
      x: 120,
      y: 76,
      k: 1.34,
      mood: 'rest',
      left: { to: [106, 206], angle: -20 },
      right: { to: [140, 206], angle: 200 },
    }),
    mug(122, 192, 1.1),
    steam(122, 168),
  );

const sayingNo = (): string =>
  svg(
    person(cast.redMan, { x: 188, y: 66, k: 0.98, mood: 'sad', look: -4 }),
    person(cast.youScarf, {
      x: 58,
      y: 66,
      k: 1,
      mood: 'stern',
      look: 4,
      right: { to: [128, 112], hand: 'palm', angle: -88 },
    }),
  );

const cannotHelp = (): string =>
  svg(
    person(cast.you, { x: 56, y: 88, k: 0.96, mood: 'sad', look: 4 }),
    person(cast.redMan, { x: 168, y: 76, k: 1.12, mood: 'sad', left: 'none', right: 'none' }),
    dot(151, 90, 6.5, palette.red),
    dot(185, 90, 6.5, palette.red),
    path('M112 252C106 176 124 144 152 126L168 148L184 126C220 144 236 176 230 252Z', palette.grey),
    path('M168 148L168 252'),
    tube(
      [
        [174, 97],
        [214, 110],
      ],
      13,
      white,
    ),
    line(200, 105.5, 214, 110, { stroke: palette.red }),
  );

const partOfProblem = (): string =>
  svg(
    person(cast.redMan, {
      x: 178,
      y: 58,
      k: 1.12,
      mood: 'stern',
      look: -5,
      left: { to: [122, 118], hand: 'point', angle: 180 },
    }),
    person(cast.youBun, {
      x: 54,
      y: 98,
      k: 0.94,
      mood: 'worried',
      look: -5,
      right: { to: [72, 168], angle: 200 },
      left: { to: [40, 168], angle: -20 },
    }),
  );

const parentAndWorker = (): string =>
  svg(
    person(cast.youBun, { x: 54, y: 62, k: 0.94, look: 3, right: { to: [96, 158], angle: 60 } }),
    person(cast.workerGlasses, { x: 190, y: 58, k: 0.94, look: -4, mood: 'talk', left: { to: [170, 200], angle: 0 } }),
    person({ ...cast.youChild, top: palette.red, skin: palette.brown }, { x: 118, y: 150, k: 0.84, look: 2 }),
    clipboard(172, 172, 50, 64),
  );

const understand = (): string =>
  svg(
    person(cast.youScarf, {
      x: 96,
      y: 108,
      k: 1.22,
      mood: 'happy',
      look: 3,
      right: { to: [168, 144], hand: 'point', angle: -85 },
    }),
    lightBulb(186, 62, 0.92),
  );

const notUnderstand = (): string =>
  svg(
    person(cast.you, {
      x: 116,
      y: 96,
      k: 1.08,
      mood: 'puzzled',
      left: { to: [74, 218], angle: -20 },
      right: { to: [158, 218], angle: 200 },
    }),
    paper(82, 166, 68, 84),
    scribble(176, 36, 0.9),
    questionMark(46, 38, 0.9),
  );

const remember = (): string =>
  svg(
    person(cast.youOlder, { x: 92, y: 116, k: 1.12, look: 5, left: { to: [54, 152], hand: 'point', angle: -72 } }),
    cloud(176, 52, 1.08, [
      [130, 94, 6],
      [140, 84, 8],
    ]),
    calendarPage(176, 50),
  );

const decide = (): string =>
  svg(
    person(cast.youFair, {
      x: 120,
      y: 122,
      k: 1.1,
      mood: 'puzzled',
      left: 'hang',
      right: { to: [132, 166], angle: -110 },
    }),
    cloud(54, 52, 0.92, [[84, 96, 7]]),
    cloud(186, 52, 0.92, [[156, 96, 7]]),
    mug(50, 52, 0.85),
    path('M172 34L200 34L195 72L177 72Z', palette.yellow),
    path('M190 34L198 18'),
  );

const communicate = (): string =>
  svg(
    person(cast.redMan, { x: 192, y: 58, k: 0.94, look: -5, mood: 'happy' }),
    person(cast.youBun, {
      x: 48,
      y: 62,
      k: 0.94,
      look: 5,
      right: { to: [84, 190], hand: 'point', angle: -8, flip: true },
      over:
        rect(98, 106, 108, 108, white, 6) +
        path('M152 106L152 214M98 160L206 160') +
        circle(179, 133, 15, palette.yellow) +
        path('M114 202L114 186L128 172L142 186L142 202Z', palette.red) +
        path('M114 118L136 118L132 148L118 148Z', palette.blue) +
        mug(175, 188, 0.8),
    }),
    tube(
      [
        [204, 186],
        [210, 186],
      ],
      17,
      palette.light,
    ),
  );

const signLanguage = (): string =>
  svg(
    person(
      { ...cast.youFair, build: 42 },
      {
        x: 120,
        y: 66,
        k: 1.16,
        mood: 'happy',
        left: { to: [50, 128], hand: 'palm', angle: -84 },
        right: { to: [152, 190], hand: 'palm', angle: 205 },
      },
    ),
    path('M24 74C34 62 52 58 66 64M36 88C44 80 54 78 64 82M206 214C198 224 188 230 174 232'),
  );

const interpreter = (): string =>
  svg(
    person(cast.youScarf, { x: 38, y: 124, k: 0.8, mood: 'talk', look: 5 }),
    person(cast.workerMan, { x: 202, y: 120, k: 0.8, look: -5 }),
    person(cast.redWoman, { x: 120, y: 112, k: 0.84, mood: 'talk' }),
    bubble(6, 10, 76, 48, [54, 92], 44, palette.yellow),
    path('M20 34q8 -14 16 0t16 0t16 0'),
    bubble(158, 10, 76, 48, [146, 84], 172, palette.blue),
    path('M174 42L184 26L194 42L204 26L214 42'),
    path('M94 34L142 34M130 22L144 34L130 46', 'none', { 'stroke-width': 7 }),
  );

const carerAssessment = (): string =>
  svg(
    standing({ ...cast.youWoman, wear: 'plain' }, { x: 114, foot: 236, k: 0.74, look: 5, left: 'none', right: 'none' }),
    seated(
      { ...cast.olderMan, wear: 'plain' },
      { hip: [72, 182], facing: -1, k: 0.72, seat: 'wheelchair', right: { to: [50, 172], angle: 160 }, left: 'none' },
    ),
    standing(cast.workerMan, {
      x: 196,
      foot: 236,
      k: 0.76,
      look: -5,
      mood: 'talk',
      left: { to: [158, 130], angle: 0 },
    }),
    clipboard(138, 96, 36, 46),
  );

const assessment = (): string =>
  svg(
    person(cast.youBeard, { x: 58, y: 112, k: 0.96, look: 5 }),
    person(cast.worker, {
      x: 178,
      y: 104,
      k: 1,
      mood: 'talk',
      look: -5,
      left: { to: [134, 196], angle: 20 },
      right: { to: [186, 212], angle: 180 },
    }),
    clipboard(128, 172, 58, 74),
    bubble(60, 6, 80, 62, [148, 110], 118),
    questionMark(100, 32, 0.9),
  );

const notAsked = (): string =>
  svg(
    person(cast.you, { x: 122, y: 92, k: 0.8, mood: 'sad' }),
    person(cast.workerGlasses, { x: 40, y: 102, k: 1, mood: 'talk', look: 6, left: 'none' }),
    person(cast.redWoman, { x: 204, y: 102, k: 1, mood: 'talk', look: -6, right: 'none' }),
    bubble(20, 6, 86, 42, [66, 94], 62),
    words(36, 20, [54, 36], 14),
    bubble(138, 6, 86, 42, [178, 94], 182),
    words(154, 20, [54, 36], 14),
  );

const agree = (): string =>
  svg(
    person(cast.youScarf, { x: 54, y: 86, k: 1, mood: 'happy', look: 5, right: { to: [113, 202], angle: 0 } }),
    person(cast.workerMan, {
      x: 188,
      y: 82,
      k: 1,
      mood: 'happy',
      look: -5,
      left: { to: [127, 202], angle: 180, flip: true },
    }),
    mark('yes', 120, 36, 1.3),
  );

const notAgree = (): string =>
  svg(
    person(cast.youBeard, {
      x: 54,
      y: 86,
      k: 1,
      mood: 'stern',
      look: -6,
      right: { to: [36, 164], angle: 180 },
      left: { to: [74, 170], angle: 0 },
    }),
    person(cast.redWoman, {
      x: 186,
      y: 82,
      k: 1,
      mood: 'stern',
      look: 6,
      left: { to: [204, 160], angle: 0 },
      right: { to: [166, 166], angle: 180 },
    }),
    mark('no', 120, 36, 1.3),
  );

const cannotAgree = (): string =>
  svg(
    person(cast.redWoman, {
      x: 172,
      y: 60,
      k: 0.9,
      mood: 'worried',
      look: -5,
      left: { to: [132, 136], angle: 160 },
      bottom: 186,
      right: 'none',
    }),
    bed(cast.youOlder, 174, 'asleep'),
  );

const visit = (): string =>
  svg(
    rect(4, 6, 124, 232, palette.brown),
    rect(20, 22, 92, 216, palette.grey),
    standing(cast.youWoman, { x: 66, foot: 236, k: 0.7, mood: 'happy', look: 5 }),
    standing(cast.advocate, {
      x: 186,
      foot: 236,
      k: 0.76,
      mood: 'happy',
      look: -5,
      left: { to: [148, 92], hand: 'palm', angle: -90 },
    }),
  );

const handOnShoulder = (): string =>
  svg(
    person(cast.youBeard, { x: 72, y: 88, k: 1.06, mood: 'calm', look: 3 }),
    person(cast.redWoman, { x: 174, y: 64, k: 1.06, look: -5, left: { to: [106, 146], angle: 190 } }),
  );

const chooseWho = (): string =>
  svg(
    circle(120, 66, 51, palette.yellow),
    person(cast.olderMan, { x: 40, y: 40, k: 0.62, bottom: 124, left: 'none', right: 'none' }),
    person(cast.advocate, { x: 120, y: 40, k: 0.62, bottom: 124, left: 'none', right: 'none', mood: 'happy' }),
    person(cast.redWoman, { x: 200, y: 40, k: 0.62, bottom: 124, left: 'none', right: 'none' }),
    person(cast.youFair, { x: 76, y: 180, k: 0.94, look: 3, right: { to: [122, 160], hand: 'point', angle: -86 } }),
  );

const waiting = (): string =>
  svg(
    clock(182, 52, 42),
    seated(cast.youBun, {
      hip: [66, 170],
      facing: 1,
      k: 0.94,
      seat: 'chair',
      look: 3,
      left: { to: [92, 160], angle: 10 },
      right: { to: [104, 158], angle: 20 },
    }),
    guideDog(190, 194, 0.84),
  );

const staffPhone = (): string =>
  svg(
    person(cast.workerMan, { x: 120, y: 84, k: 1.36, mood: 'talk' }),
    path('M80 82C76 10 164 10 160 82', 'none', { 'stroke-width': 8 }),
    rect(70, 70, 20, 36, palette.red, 8),
    rect(150, 70, 20, 36, palette.red, 8),
    path('M160 106C160 126 148 126 136 122', 'none', { 'stroke-width': 6 }),
  );

const childAndAdvocate = (): string =>
  svg(
    person(cast.advocate, { x: 166, y: 84, k: 1.1, mood: 'happy', look: -5 }),
    person(cast.youChild, { x: 64, y: 134, k: 1.02, mood: 'talk', look: 5 }),
    bubble(14, 8, 100, 52, [94, 128], 82),
    words(32, 26, [62, 40], 16),
  );

/** Every people picture by its id; each call gives the svg text. */
export const people: Record<string, () => string> = {
  advocate,
  person: you,
  'someone-else': someoneElse,
  'speak-up': speakUp,
  listen,
  meeting,
  alone,
  family,
  friend,
  carer,
  'paid-staff': paidStaff,
  'social-worker': socialWorker,
  doctor,
  child,
  'young-person': youngPerson,
  adult,
  'older-person': olderPerson,
  group: together,
  peer,
  volunteer,
  independent,
  worried,
  calm,
  'angry-not-wanted': sayingNo,
  'cannot-help': cannotHelp,
  'part-of-problem': partOfProblem,
  'parent-and-worker': parentAndWorker,
  understand,
  'not-understand': notUnderstand,
  remember,
  decide,
  communicate,
  'sign-language': signLanguage,
  interpreter,
  'carer-assessment': carerAssessment,
  assessment,
  'not-asked': notAsked,
  agree,
  'not-agree': notAgree,
  'cannot-agree': cannotAgree,
  visit,
  'hug-support': handOnShoulder,
  'choose-who': chooseWho,
  waiting,
  'staff-phone': staffPhone,
  'child-and-advocate': childAndAdvocate,
};
