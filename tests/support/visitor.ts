/** A visitor without a browser: keeps cookies, follows our redirects, posts forms as a browser without scripts does. */

export interface Answer {
  /** The path that answered in the end, after redirects, with its fragment. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What was posted, where the answer came to that and not to a redirect after it. */
  readonly posted?: Form;
  /** Every Set-Cookie header on the way. */
  readonly setCookies: readonly string[];
}

export type Form = Readonly<Record<string, string | readonly string[]>>;

/** A form as a browser posts it; a list has its name once for each value. */
export function formBody(form: Form): string {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    for (const each of typeof value === 'string' ? [value] : value) body.append(name, each);
  }
  return body.toString();
}

export class Visitor {
  readonly origin: string;
  readonly #cookies = new Map<string, string>();

  /** @param cookies those of a visit that goes on, such as after a restart at another port */
  constructor(origin: string, cookies: ReadonlyMap<string, string> = new Map()) {
    this.origin = origin;
    for (const [name, value] of cookies) this.#cookies.set(name, value);
  }

  /** The cookies held now, by name. */
  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  get(path: string): Promise<Answer> {
    return this.#ask(path, {});
  }

  /** Posts a form; a list posts its name once for each value. */
  post(path: string, form: Form): Promise<Answer> {
    return this.#ask(path, { method: 'POST', body: new URLSearchParams(formBody(form)) }, form);
  }

  /** Posts a form and does not load the page that it leads to: for many visitors at little cost. */
  postAndGoOn(path: string, form: Form): Promise<Answer> {
    return this.#ask(path, { method: 'POST', body: new URLSearchParams(formBody(form)) }, form, false);
  }

  async #ask(path: string, request: RequestInit, form?: Form, follows = true): Promise<Answer> {
    const setCookies: string[] = [];
    let [at, how] = [path, request];
    for (let hops = 0; hops < 10; hops += 1) {
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(new URL(at, this.origin), {
        ...how,
        redirect: 'manual',
        headers: { 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }) },
      });
      for (const header of response.headers.getSetCookie()) {
        setCookies.push(header);
        this.#keep(header);
      }
      const location = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || !location) {
        const { status, headers } = response;
        const posted = how === request && form ? { posted: form } : {};
        return { path: at, status, headers, text: await response.text(), ...posted, setCookies };
      }
      await response.arrayBuffer();
      const to = new URL(location, new URL(at, this.origin));
      if (to.origin !== this.origin || !follows) {
        return {
          path: follows ? to.href : to.pathname,
          status: response.status,
          headers: response.headers,
          text: '',
          setCookies,
        };
      }
      // After 307 a browser posts the same form once more, to the new address.
      [at, how] = [to.pathname + to.search + to.hash, response.status === 307 ? how : {}];
    }
    throw new Error(`${path} redirects without end`);
  }

  #keep(header: string): void {
    const [pair = '', ...attributes] = header.split(';');
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    const isDeleted = value === '' || attributes.some((each) => /^\s*max-age=0\s*$/i.test(each));
    if (isDeleted) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}
