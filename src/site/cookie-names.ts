/** The names of our strictly necessary cookies. They tell nobody what they hold. */

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

/** A Set-Cookie header that ends with the browser’s session; an empty value deletes. */
export const sessionCookie = (name: string, value: string, https: boolean): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}${value === '' ? '; Max-Age=0' : ''}`;
