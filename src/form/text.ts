/** What people type, made safe and comparable without correcting them. Nobody is refused for a stray character. */

// C0 and C1 controls except tab and new line: no keyboard types them, and they break logs, terminals and exports.
// eslint-disable-next-line no-control-regex -- removing control characters is this line's whole job
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
// Marks that turn text around can make “pay Ann” read as something else; letters that run right to left stay.
const turningMarks = /[\u202A-\u202E\u2066-\u2069]/g;

/** One box of text: composed letters (ŵ is one), no control or turning marks, no blanks at the ends. Lines end with \n. */
export const cleanText = (typed: string): string =>
  typed.toWellFormed().replace(/\r\n?/g, '\n').replace(controls, '').replace(turningMarks, '').normalize('NFC').trim();

/** A single line: as cleanText, with runs of blanks made one. */
export const cleanLine = (typed: string): string => cleanText(typed).replace(/\s+/g, ' ');

/** A telephone number as typed, if it has as many digits as numbers have; undefined if it cannot be one. */
export function phoneNumber(typed: string): string | undefined {
  const line = cleanLine(typed);
  const digits = line.replace(/\D/g, '').length;
  return digits >= 8 && digits <= 20 ? line : undefined;
}

/** An e-mail address without blanks; undefined if it has no “@” between something and a dotted name. */
export function emailAddress(typed: string): string | undefined {
  const line = cleanText(typed).replace(/\s/g, '');
  return /^[^@]+@[^@.]+(\.[^@.]+)+$/.test(line) && line.length <= 254 ? line : undefined;
}

/** A UK postcode in its usual form (CF10 1AA), from any spacing and case; undefined if it cannot be one. */
export function ukPostcode(typed: string): string | undefined {
  const packed = cleanText(typed).replace(/[\s-]/g, '').toUpperCase();
  return /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(packed) ? `${packed.slice(0, -3)} ${packed.slice(-3)}` : undefined;
}
