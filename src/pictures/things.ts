// The easy-read pictures of things, drawn with the shared shapes of places.ts; the places are merged in at the end.
import {
  arrow,
  at,
  bubble,
  bust,
  callSign,
  cross,
  envelope,
  heart,
  laptop,
  longHair,
  magnifier,
  openHand,
  padlock,
  pencil,
  places,
  questionMark,
  sheet,
  smartphone,
  thick,
  tick,
  writing,
} from './places.ts';
import { circle, detailWidth, dot, ink, num, palette, path, rect, svg, white } from './style.ts';

const { light, tan, brown, green, blue, yellow, red, grey } = palette;

/** A coin with a pound sign. */
const coin = (cx: number, cy: number, r: number): string => circle(cx, cy, r, yellow) + pound(cx, cy, r, 6);

/** A pound sign drawn as a line of `weight`, for a coin of radius `r`. */
const pound = (cx: number, cy: number, r: number, weight: number): string => {
  const n = (value: number): string => num((value * r) / 40);
  return path(
    `M${num(cx + 0.35 * r)} ${num(cy - 0.34 * r)}c${n(-3)} ${n(-14)} ${n(-27)} ${n(-13)} ${n(-26)} ${n(5)}c0 ${n(13)} ${n(7)} ${n(22)}-${n(4)} ${n(31)}h${n(32)}` +
      `M${num(cx - 0.42 * r)} ${num(cy + 0.12 * r)}h${n(24)}`,
    'none',
    { 'stroke-width': weight },
  );
};

/** A wall calendar without a date; days are squares. */
const wallCalendar = (x: number, y: number, width: number, height: number): string =>
  rect(x, y, width, height, white, 10) +
  path(`M${x} ${y + 44}V${y + 10}q0-10 10-10h${width - 20}q10 0 10 10v34z`, red) +
  [0.25, 0.75].map((part) => thick(`M${num(x + width * part)} ${y - 12}v24`, grey, 6)).join('');

/** The days of a calendar as grey squares. */
const days = (x: number, y: number, columns: number, rows: number, step: number): string =>
  path(
    Array.from(
      { length: columns * rows },
      (_, i) => `M${x + (i % columns) * step} ${y + Math.floor(i / columns) * step}h14v14h-14z`,
    ).join(''),
    grey,
    { 'stroke-width': detailWidth },
  );

/** A clock face that shows four o’clock. */
const clock = (cx: number, cy: number, r: number): string =>
  circle(cx, cy, r, white, { 'stroke-width': 9 }) +
  [0, 90, 180, 270]
    .map((turn) => `<path d="M${cx} ${cy - r + 14}v10" stroke-width="7" transform="rotate(${turn} ${cx} ${cy})"/>`)
    .join('') +
  path(`M${cx} ${num(cy - r * 0.58)}V${cy}L${num(cx + r * 0.42)} ${num(cy + r * 0.26)}`, 'none', { 'stroke-width': 9 });

const phone = (): string =>
  svg(
    smartphone(70, 14, 100, 212, blue),
    circle(120, 88, 26, white),
    path('M120 76a9 9 0 1 0 .1 0zM103 106q17-22 34 0', ink),
    circle(120, 164, 27, green),
    callSign(120, 164, 0.8),
    path('M50 84q-16 36 0 72M26 66q-24 54 0 108M190 84q16 36 0 72M214 66q24 54 0 108', 'none', { 'stroke-width': 8 }),
  );

const textMessage = (): string =>
  svg(
    smartphone(20, 40, 98, 190),
    rect(38, 132, 44, 24, blue, 12, { 'stroke-width': detailWidth }),
    rect(56, 166, 44, 24, grey, 12, { 'stroke-width': detailWidth }),
    bubble(64, 14, 164, 88, 'left', yellow),
    writing(88, 40, 116, 3, 19, 7),
  );

const email = (): string => svg(laptop(blue), envelope(68, 54, 104, 76, white));

const letter = (): string =>
  svg(
    rect(12, 50, 216, 146, white, 6),
    path('M170 66h40v48h-40z', red, { 'stroke-width': 5 }),
    path('M190 78a8 8 0 1 0 .1 0zM178 106q12-16 24 0', white, { stroke: white, 'stroke-width': 2 }),
    path('M124 66q12 8 24 0M124 82q12 8 24 0', 'none', { 'stroke-width': 4 }),
    writing(42, 130, 104, 3, 22, 8),
  );

const videoCall = (): string =>
  svg(
    laptop(blue),
    bust(104, 84, 0.7, brown, ink, green),
    rect(152, 46, 40, 40, white, 4),
    circle(172, 62, 8, tan, { 'stroke-width': detailWidth }),
    path('M159 84q0-12 13-12t13 12z', yellow, { 'stroke-width': detailWidth }),
  );

const voicemail = (): string =>
  svg(
    smartphone(20, 40, 98, 190, blue),
    circle(69, 176, 22, green),
    callSign(69, 176, 0.7),
    bubble(60, 18, 168, 92, 'left', yellow),
    path('M84 42v44l34-22z', ink),
    path('M138 56v16M156 44v40M174 50v28M192 40v48M210 56v16', 'none', { 'stroke-width': 9 }),
  );

const noPhone = (): string =>
  svg(
    smartphone(70, 14, 100, 212, blue),
    circle(120, 164, 27, green),
    callSign(120, 164, 0.8),
    thick('M36 36L204 204', red, 22),
  );

const law = (): string =>
  svg(
    path('M50 196H200V228H50q-16 0-16-16t16-16z', white),
    path('M34 212V32q0-16 16-16H206V196H50q-16 0-16 16z', red),
    path('M50 228H206'),
    path('M120 48v118M84 168h72M70 74h100', 'none', { 'stroke-width': 8 }),
    path('M70 76l-20 46M70 76l20 46M170 76l-20 46M170 76l20 46'),
    path('M46 122h48q-4 22-24 22t-24-22zM146 122h48q-4 22-24 22t-24-22z', yellow),
  );

const rights = (): string =>
  svg(
    sheet(42, 12, 156, 216),
    star(120, 66, 40),
    tick(72, 128, 14, 9),
    writing(104, 128, 68, 1),
    tick(72, 164, 14, 9),
    writing(104, 164, 68, 1),
    tick(72, 200, 14, 9),
    writing(104, 200, 68, 1),
  );

/** A star with five points. */
const star = (cx: number, cy: number, r: number): string => {
  const points = Array.from({ length: 10 }, (_, i) => {
    const radius = i % 2 === 0 ? r : r * 0.45;
    const angle = (i * Math.PI) / 5 - Math.PI / 2;
    return `${num(cx + radius * Math.cos(angle))} ${num(cy + radius * Math.sin(angle))}`;
  });
  return path(`M${points.join('L')}z`, yellow);
};

const question = (): string => svg(bubble(20, 16, 200, 160, 'left', yellow), questionMark(120, 92, 1.1));

const yes = (): string => svg(tick(120, 126, 88, 32));

const no = (): string => svg(cross(120, 120, 74, 32));

const choice = (): string =>
  svg(
    thick('M120 250V224C120 192 66 206 66 160M120 224C120 192 174 206 174 160', grey, 28),
    rect(20, 12, 88, 150, white),
    rect(34, 26, 60, 136, blue),
    dot(82, 96, 5),
    rect(132, 12, 88, 150, white),
    rect(146, 26, 60, 136, yellow),
    dot(194, 96, 5),
  );

const money = (): string =>
  svg(
    `<g transform="rotate(-8 120 90)">${rect(22, 40, 190, 104, blue, 6)}${rect(38, 54, 158, 76, 'none', 2, { 'stroke-width': detailWidth })}${circle(117, 92, 30, white)}${pound(117, 92, 34, 6)}</g>`,
    coin(66, 184, 42),
    coin(170, 178, 48),
  );

const free = (): string => svg(circle(120, 120, 96, yellow), pound(124, 120, 78, 13), thick('M36 36L204 204', red, 22));

const danger = (): string =>
  svg(
    path('M120 24L226 208H14z', yellow, { 'stroke-width': 12 }),
    path('M120 88v58M120 178v.1', 'none', { 'stroke-width': 20 }),
  );

const urgentCall = (): string =>
  svg(
    circle(120, 120, 108, red),
    smartphone(82, 48, 76, 146),
    path('M120 84v44M120 154v.1', 'none', { 'stroke-width': 15 }),
    path('M62 88q-14 32 0 64M40 74q-22 46 0 92M178 88q14 32 0 64M200 74q22 46 0 92', 'none', {
      'stroke-width': 9,
      stroke: white,
    }),
  );

const time = (): string => svg(clock(120, 120, 100));

const calendar = (): string =>
  svg(
    wallCalendar(22, 34, 196, 188),
    days(48, 98, 5, 4, 32),
    circle(151, 137, 20, 'none', { stroke: red, 'stroke-width': 8 }),
  );

const form = (): string =>
  svg(
    sheet(24, 12, 156, 216),
    [54, 104, 154].map((y) => rect(44, y, 30, 30, white) + writing(92, y + 15, 62, 1)).join(''),
    tick(60, 66, 14, 8),
    pencil(122, 204, 1),
  );

const checkAnswers = (): string =>
  svg(
    sheet(20, 12, 150, 216),
    [60, 106, 152, 198].map((y) => tick(54, y, 14, 9) + writing(86, y, 56, 1)).join(''),
    magnifier(142, 130, 46),
    tick(142, 132, 24, 12),
  );

const send = (): string =>
  svg(
    sheet(70, 14, 100, 130),
    writing(88, 54, 60, 2),
    path('M20 120l100 66 100-66v104H20z', light),
    path('M20 224l76-54M220 224l-76-54'),
    arrow(120, 84, 120, 150),
  );

const received = (): string =>
  svg(envelope(46, 20, 150, 104), tick(196, 110, 30, 14), openHand(44, 162, 1, brown, blue));

const lock = (): string => svg(padlock(120, 154, 1.2));

const secretKeep = (): string =>
  svg(
    path('M20 214V42q0-8 8-8H92l20 26H212q8 0 8 8V214z', tan),
    path('M20 92H220V206q0 8-8 8H28q-8 0-8-8z', light),
    padlock(120, 166, 0.6),
  );

const bin = (): string =>
  svg(
    path('M66 78L72 14H140L166 40V78', white),
    path('M140 14V40H166'),
    writing(90, 44, 36, 2, 18, 6),
    path('M44 84H196L182 228H58z', grey),
    path('M88 110l6 92M120 110v92M152 110l-6 92', 'none', { 'stroke-width': 8 }),
    rect(32, 72, 176, 20, grey, 8),
  );

const complaint = (): string =>
  svg(
    sheet(34, 10, 140, 176),
    writing(58, 60, 76, 3),
    envelope(14, 112, 176, 116),
    path('M188 14a44 44 0 1 0 .1 0z', red),
    path('M188 34v28M188 82v.1', 'none', { 'stroke-width': 13, stroke: white }),
  );

const languages = (): string =>
  svg(
    bubble(14, 18, 132, 90, 'left', yellow),
    path('M36 48q8-12 16 0t16 0 16 0 16 0 16 0M36 76q8-12 16 0t16 0 16 0', 'none', { 'stroke-width': 7 }),
    bubble(94, 116, 132, 84, 'right', blue),
    path('M118 144l10-10 10 10 10-10 10 10 10-10 10 10 10-10 10 10M118 172l10-10 10 10 10-10 10 10', 'none', {
      'stroke-width': 7,
    }),
  );

const largePrint = (): string =>
  svg(
    rect(10, 70, 70, 96, white),
    writing(24, 92, 42, 4, 16, 4),
    arrow(96, 118, 124, 118, yellow, 10),
    rect(140, 14, 92, 212, white),
    writing(160, 56, 52, 4, 44, 18),
  );

const audio = (): string =>
  svg(
    thick('M40 150V128a80 80 0 0 1 160 0v22', grey, 14),
    rect(20, 138, 44, 76, blue, 14),
    rect(176, 138, 44, 76, blue, 14),
    path('M88 162v28M104 146v60M120 128v96M136 146v60M152 162v28', 'none', { 'stroke-width': 8 }),
  );

const easyRead = (): string =>
  svg(
    rect(24, 10, 192, 220, white, 6),
    rect(42, 28, 66, 82, blue),
    bust(75, 62, 0.5, tan, ink, yellow),
    writing(128, 46, 66, 3, 24, 9),
    rect(42, 130, 66, 82, white),
    heart(75, 171, 0.4),
    writing(128, 148, 66, 3, 24, 9),
  );

const braille = (): string =>
  svg(
    rect(14, 12, 212, 164, white, 6),
    path(
      'M44 42v.1M44 66v.1M66 42v.1M104 42v.1M126 66v.1M104 90v.1M164 42v.1M186 66v.1M164 66v.1M44 120v.1M66 144v.1M44 144v.1M104 120v.1M186 96v.1',
      'none',
      { 'stroke-width': 16 },
    ),
    path(
      'M150 240L142 200C138 186 154 180 160 194L166 206L120 142C110 126 130 112 142 126L196 190C214 196 222 216 224 240z',
      brown,
    ),
    path('M178 202l-14-20M194 196l-12-14'),
  );

const website = (): string =>
  svg(
    laptop(),
    rect(44, 40, 152, 24, blue),
    dot(58, 52, 4, white),
    dot(72, 52, 4, white),
    rect(58, 78, 50, 52, yellow),
    writing(122, 84, 58, 3, 20, 7),
    path('M150 96v66l15-14 11 24 15-7-11-23h20z', white),
  );

/** A round arrow that comes back to where it began. */
const turn = (cx: number, cy: number, r: number): string => {
  const [x, y] = [num(cx + r * 0.7), num(cy - r * 0.7)];
  return thick(
    `M${x} ${y}A${r} ${r} 0 1 0 ${num(cx + r)} ${cy}M${x} ${num(cy - r * 0.7 - 28)}V${y}H${num(cx + r * 0.7 - 28)}`,
    blue,
    14,
  );
};

const review = (): string =>
  svg(
    sheet(16, 12, 140, 196),
    writing(40, 60, 88, 5, 26),
    circle(162, 160, 68, white, { stroke: 'none' }),
    turn(160, 160, 48),
  );

const carePlan = (): string =>
  svg(
    rect(36, 30, 168, 200, brown, 10),
    rect(52, 48, 136, 166, white),
    rect(86, 16, 68, 34, grey, 8),
    heart(120, 104, 0.7),
    writing(76, 164, 88, 2, 24),
  );

const safeguarding = (): string => {
  const hand = `<g transform="translate(66 190) rotate(74) scale(-1 1)">${openHand(0, -16, 0.8, tan, blue)}</g>`;
  return svg(bust(120, 96, 1, light, brown, yellow), hand, `<g transform="translate(240 0) scale(-1 1)">${hand}</g>`);
};

const lessSupport = (): string => svg(hands(82, 120, 0.7), arrow(196, 40, 196, 204, red, 18));

const familyChange = (): string =>
  svg(
    longHair(46, 132, 0.9, brown),
    bust(46, 132, 0.9, tan, brown, red),
    bust(100, 151, 0.7, tan, ink, yellow),
    bust(196, 132, 0.9, light, ink, grey),
    arrow(126, 48, 220, 48),
  );

/** A hand laid over another hand: help. */
const hands = (x: number, y: number, scale: number): string => {
  const lower = openHand(-86, 4, 1, tan, yellow);
  const upper = openHand(-86, 4, 1, brown, green);
  return at(x, y, scale, lower, `<g transform="rotate(180)">${upper}</g>`);
};

const help = (): string => svg(hands(120, 120, 0.9));

/** The four fingers and the thumb of a raised hand. */
const fingers = 'M86 126V58M112 118V40M138 118V48M164 130V72M62 160L82 176';

const stop = (): string =>
  svg(
    path('M76 12H164L228 76V164L164 228H76L12 164V76z', red),
    path('M92 120h66v40q0 34-33 34t-40-30z', tan, { 'stroke-width': 26 }),
    path(fingers, 'none', { 'stroke-width': 26 }),
    path(fingers, 'none', { stroke: tan, 'stroke-width': 17 }),
    path('M92 120h66v40q0 34-33 34t-40-30z', tan, { stroke: tan, 'stroke-width': 17 }),
  );

const changeMind = (): string =>
  svg(
    circle(62, 168, 52, white),
    tick(60, 170, 28, 13),
    circle(178, 168, 52, white),
    cross(178, 168, 22, 13),
    thick('M62 88C72 20 168 20 178 84M152 66L178 88L200 62', yellow, 16),
  );

const print = (): string =>
  svg(
    rect(66, 16, 108, 76, white),
    rect(20, 84, 200, 92, grey, 12),
    circle(192, 108, 6, green, { 'stroke-width': detailWidth }),
    rect(48, 132, 144, 12, ink, 4),
    rect(62, 138, 116, 88, white),
    writing(82, 162, 76, 3, 20),
  );

const find = (): string =>
  svg(sheet(16, 12, 150, 212), writing(40, 58, 100, 6, 26), magnifier(140, 136, 48), writing(116, 128, 48, 2, 22, 10));

const planMeetingDate = (): string =>
  svg(
    wallCalendar(22, 28, 196, 150),
    days(48, 88, 5, 2, 32),
    circle(151, 95, 20, 'none', { stroke: red, 'stroke-width': 8 }),
    bust(66, 172, 0.7, tan, ink, yellow),
    bust(174, 172, 0.7, brown, ink, green),
  );

const words = (): string => svg(rect(20, 34, 170, 190, white), writing(44, 74, 122, 4, 34, 9), pencil(118, 178, 1.1));

/** The picture of each thing and place as an SVG file, by the id that content uses. */
export const things: Record<string, () => string> = {
  phone,
  'text-message': textMessage,
  email,
  letter,
  'video-call': videoCall,
  voicemail,
  'no-phone': noPhone,
  law,
  rights,
  question,
  yes,
  no,
  choice,
  money,
  free,
  danger,
  'urgent-call': urgentCall,
  time,
  calendar,
  form,
  'check-answers': checkAnswers,
  send,
  received,
  lock,
  'secret-keep': secretKeep,
  delete: bin,
  complaint,
  languages,
  'large-print': largePrint,
  audio,
  'easy-read': easyRead,
  braille,
  website,
  review,
  'care-plan': carePlan,
  safeguarding,
  'less-support': lessSupport,
  'family-change': familyChange,
  help,
  stop,
  'change-mind': changeMind,
  print,
  find,
  'plan-meeting-date': planMeetingDate,
  words,
  ...places,
};
