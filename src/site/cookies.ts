/** Our strictly necessary cookies: their names, which tell nobody what they hold, and how they are set. */

/** Over TLS the names are bound to this host, to the whole site and to TLS by the browser itself. */
export const cookieNames = (https: boolean): { readonly check: string; readonly draft: string } =>
  https ? { check: '__Host-a', draft: '__Host-b' } : { check: 'a', draft: 'b' };

/** The value of a cookie in a Cookie header; undefined if it is not there. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** How our cookies are set: for the whole site, out of reach of scripts, gone when the browser closes. */
export const cookieOptions = (https: boolean) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: https }) as const;

/** How our cookies are deleted, together with an empty value. */
export const deletedCookieOptions = (https: boolean) => ({ ...cookieOptions(https), maxAge: 0 }) as const;

/** The same as Set-Cookie headers. What a cookie of ours holds has no sign that would have to be written otherwise. */
export const keptCookie = (name: string, value: string, https: boolean): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}`;
export const deletedCookie = (name: string, https: boolean): string => `${keptCookie(name, '', https)}; Max-Age=0`;

/** Added to the address that follows a browser’s first post: whoever comes there without the cookie does not keep cookies. */
export const cookieWasSet = '?c';

/** Whether the browser that asks for this address did not keep the cookie that it was just given. */
export const lostItsCookie = (url: URL, cookie: string | undefined): boolean =>
  cookie === undefined && url.search === cookieWasSet;
