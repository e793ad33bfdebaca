/** What a page shows, read as a browser reads it, and what its form posts when one of its buttons is pressed: for a visitor without a browser. */
import { defaultTreeAdapter as tree, parse, serialize, type DefaultTreeAdapterTypes } from 'parse5';
import { variantKeys, type Variant } from '#site/variants.ts';
import type { Answer, Form, Visitor } from './visitor.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

export interface Control {
  readonly name: string;
  readonly type: 'text' | 'textarea' | 'hidden' | 'radio' | 'checkbox';
  /** What is in the box, with \n at the ends of lines; of a choice, what it posts when it is chosen. */
  readonly value: string;
  readonly isChosen: boolean;
}

interface Button {
  readonly name: string;
  readonly value: string;
  /** Where it posts to, if not where the form does. */
  readonly action: string | undefined;
  readonly isSwitch: boolean;
}

export interface ShownForm {
  readonly action: string;
  readonly controls: readonly Control[];
  readonly buttons: readonly Button[];
}

export interface ShownPage {
  /** The address, without its fragment. */
  readonly path: string;
  readonly lang: string;
  readonly title: string;
  readonly screen: string;
  readonly variant: string;
  /** What is wrong: the field that each line of the error summary leads to, and its words. */
  readonly errors: readonly { readonly leadsTo: string; readonly words: string }[];
  /** The whole of `main` but what is in its boxes and what is chosen. */
  readonly says: string;
  /** The form that the switches belong to, or the one to go on with; undefined where there is none. */
  readonly form: ShownForm | undefined;
  /** The step that the form asks. */
  readonly step: string | undefined;
  /** Where the switches lead that are links. */
  readonly links: ReadonlyMap<Variant, string>;
}

const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((each) => each.name === name)?.value;

function* elementsIn(node: Node): Generator<Element> {
  if (tree.isElementNode(node)) yield node;
  if ('childNodes' in node) for (const child of node.childNodes) yield* elementsIn(child);
}

const textOf = (node: Node): string =>
  tree.isTextNode(node) ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';

const wordsOf = (node: Node): string => textOf(node).replace(/\s+/g, ' ').trim();

function formOwner(element: Element, all: readonly Element[]): Element | undefined {
  const id = attribute(element, 'form');
  if (id !== undefined) return all.find((each) => each.tagName === 'form' && attribute(each, 'id') === id);
  for (let at: Node | null = element; at && 'parentNode' in at; at = at.parentNode) {
    if (tree.isElementNode(at) && at.tagName === 'form') return at;
  }
  return undefined;
}

/** Throws for a kind of control that is not known here: its value would otherwise be lost in silence. */
function controlOf(element: Element): Control | undefined {
  const name = attribute(element, 'name');
  if (name === undefined) return undefined;
  if (element.tagName === 'textarea') return { name, type: 'textarea', value: textOf(element), isChosen: true };
  const type = attribute(element, 'type') ?? 'text';
  const value = attribute(element, 'value');
  if (type === 'text' || type === 'hidden') return { name, type, value: value ?? '', isChosen: true };
  if (type !== 'radio' && type !== 'checkbox') throw new Error(`shown-page.ts does not know the input “${type}”`);
  return { name, type, value: value ?? 'on', isChosen: attribute(element, 'checked') !== undefined };
}

/** @throws for a page that is not this site’s, or whose form holds a kind of control that is not known here */
export function shownPage({ path, status, text }: Pick<Answer, 'path' | 'status' | 'text'>): ShownPage {
  if (status !== 200) throw new Error(`${path} answers ${status}`);
  const document = parse(text);
  const all = [...elementsIn(document)];
  const find = (is: (element: Element) => boolean): Element | undefined => all.find(is);
  const main = find(({ tagName }) => tagName === 'main');
  const root = find(({ tagName }) => tagName === 'html');
  if (!main || !root) throw new Error(`${path} has no main`);

  const switches = all.filter((each) => attribute(each, 'data-switch') !== undefined);
  const form =
    switches.map((each) => formOwner(each, all)).find((owner) => owner !== undefined) ??
    [...elementsIn(main)].find(({ tagName }) => tagName === 'form');
  const own = form ? all.filter((each) => formOwner(each, all) === form) : [];
  if (own.some(({ tagName }) => tagName === 'select')) throw new Error('shown-page.ts does not know a select');
  const controls = own.filter(({ tagName }) => tagName === 'input' || tagName === 'textarea');
  const shownForm = form && {
    action: attribute(form, 'action') ?? '',
    controls: controls.flatMap((element) => controlOf(element) ?? []),
    buttons: own
      .filter(({ tagName }) => tagName === 'button')
      .map((button) => ({
        name: attribute(button, 'name') ?? '',
        value: attribute(button, 'value') ?? '',
        action: attribute(button, 'formaction'),
        isSwitch: attribute(button, 'data-switch') !== undefined,
      })),
  };

  const summary = find((each) => attribute(each, 'id') === 'errors');
  const links = new Map<Variant, string>();
  for (const each of switches) {
    const to = variantKeys.find((variant) => variant === attribute(each, 'data-switch'));
    const address = attribute(each, 'href');
    if (to && address !== undefined) links.set(to, address);
  }
  const shown = {
    path: path.replace(/#.*/, ''),
    lang: attribute(root, 'lang') ?? '',
    title: wordsOf(find(({ tagName }) => tagName === 'title')!),
    screen: attribute(main, 'data-screen') ?? '',
    variant: attribute(main, 'data-variant') ?? '',
    errors: (summary ? [...elementsIn(summary)] : [])
      .filter(({ tagName }) => tagName === 'a')
      .map((link) => ({ leadsTo: (attribute(link, 'href') ?? '').slice(1), words: wordsOf(link) })),
    form: shownForm,
    step: form && (attribute(form, 'data-question') ?? attribute(form, 'data-step')),
    links,
  };
  for (const element of controls) {
    const isChoice = ['radio', 'checkbox'].includes(attribute(element, 'type') ?? '');
    element.attrs = element.attrs.filter(({ name }) => name !== (isChoice ? 'checked' : 'value'));
    if (element.tagName === 'textarea') element.childNodes = [];
  }
  return { ...shown, says: serialize(main) };
}

/** The form of a page that must have one. */
export function formIn({ form, path }: ShownPage): ShownForm {
  if (!form) throw new Error(`${path} has no form`);
  return form;
}

const isTyped = ({ type }: Control): boolean => type === 'text' || type === 'textarea';

/** What the form holds for a person to see, by field: the values chosen, or the text typed. */
export function held({ controls }: ShownForm): Readonly<Record<string, readonly string[]>> {
  const byName: Record<string, string[]> = {};
  for (const control of controls) {
    if (control.type === 'hidden') continue;
    const values = (byName[control.name] ??= []);
    if (control.isChosen) values.push(control.value);
  }
  return byName;
}

/** The form after somebody has typed and chosen; what is not named is left as it is. Throws for what the form does not offer. */
export function fill(form: ShownForm, filled: Form): ShownForm {
  for (const [name, value] of Object.entries(filled)) {
    const named = form.controls.filter((control) => control.name === name);
    const offered = named.map((control) => control.value);
    const isOffered = named.some(isTyped) || [value].flat().every((each) => offered.includes(each));
    if (named.length === 0 || !isOffered) throw new Error(`The form does not offer ${name}=${String(value)}`);
  }
  return {
    ...form,
    controls: form.controls.map((control) => {
      const value = filled[control.name];
      if (value === undefined || control.type === 'hidden') return control;
      return isTyped(control)
        ? { ...control, value: String(value) }
        : { ...control, isChosen: [value].flat().includes(control.value) };
    }),
  };
}

/** The form with nothing typed and nothing chosen. */
export const emptied = (form: ShownForm): ShownForm => ({
  ...form,
  controls: form.controls.map((control) =>
    control.type === 'hidden'
      ? control
      : isTyped(control)
        ? { ...control, value: '' }
        : { ...control, isChosen: false },
  ),
});

/** What the form posts when this button is pressed, as the HTML standard has it: the controls that count, and the button. */
function entries({ controls }: ShownForm, { name, value }: Button): Form {
  const posted: Record<string, string[]> = {};
  for (const control of controls) {
    if (!control.isChosen) continue;
    (posted[control.name] ??= []).push(control.value.replace(/\r\n?|\n/g, '\r\n'));
  }
  if (name !== '') (posted[name] ??= []).push(value);
  return posted;
}

/** Presses a button of the page’s form, as it is filled in now. */
export async function press(
  visitor: Visitor,
  page: ShownPage,
  form: ShownForm,
  button: Button | undefined,
): Promise<ShownPage> {
  if (!button) throw new Error(`${page.path} has no such button`);
  const base = new URL(page.path, visitor.origin);
  const { pathname, search } = new URL(button.action ?? (form.action === '' ? base.href : form.action), base);
  return shownPage(await visitor.post(pathname + search, entries(form, button)));
}

/** Presses the button that goes on, or the one with this value. */
export const goOn = (visitor: Visitor, page: ShownPage, form: ShownForm, value = ''): Promise<ShownPage> =>
  press(
    visitor,
    page,
    form,
    form.buttons.find((button) => !button.isSwitch && button.value === value),
  );

/** Presses the switch to this variant: a button of the form, or a link. */
export async function switchTo(visitor: Visitor, page: ShownPage, variant: Variant): Promise<ShownPage> {
  const link = page.links.get(variant);
  if (link !== undefined) return shownPage(await visitor.get(link));
  const form = formIn(page);
  return press(
    visitor,
    page,
    form,
    form.buttons.find((button) => button.isSwitch && button.value === variant),
  );
}
