/** What somebody types and chooses who has not thought of us: any form half filled in, with letters, blanks and line breaks as people make them. */
import { trapField } from '#referral/robot.ts';
import type { ShownForm } from './shown-page.ts';
import type { Form } from './visitor.ts';

export const oddLine = '  Ŵyn  Llŷr-ap-Siôn & “tŷ” <b>\'é\'</b> &amp; "日本" ';
export const oddLines = `\n\n Dw i ddim yn deall y llythyr.\n\tŷ  ŵ & <p>&lt;\n${'Mae’n hir iawn. '.repeat(60)}\n\n`;

/** What somebody types and chooses who knows nothing of what is asked; `most` of the fields, in order. */
export function anything({ controls }: ShownForm, most = Infinity): Form {
  const own = controls.filter(({ name, type }) => type !== 'hidden' && name !== trapField);
  const names = [...new Set(own.map(({ name }) => name))];
  return Object.fromEntries(
    names.slice(0, most).map((name) => {
      const named = own.filter((control) => control.name === name);
      const values = named.map(({ value }) => value);
      switch (named[0]!.type) {
        case 'radio':
          return [name, named.findLast(({ isChosen }) => !isChosen)?.value ?? ''];
        case 'checkbox':
          return [name, [...new Set([values[0]!, values.at(-1)!])]];
        case 'textarea':
          return [name, oddLines];
        default:
          // Longer than any box of one line takes, where everything is filled in.
          return [name, most === Infinity ? oddLine.repeat(12) : oddLine];
      }
    }),
  );
}

/** Half of what is asked, and at least something. */
export function half(form: ShownForm): Form {
  const names = new Set(form.controls.filter(({ type }) => type !== 'hidden').map(({ name }) => name));
  names.delete(trapField);
  return anything(form, Math.ceil(names.size / 2));
}
