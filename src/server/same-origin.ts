/** Who may send us a form: only our own pages. Works behind a proxy that ends TLS, where a URL’s scheme cannot be trusted. */
import type { IncomingHttpHeaders } from 'node:http';

/**
 * True if a POST with these headers comes from one of our own pages, or from a program that is no browser.
 * Browsers of the last years say so in Sec-Fetch-Site; older ones name the page’s origin in Origin or Referer. Where all
 * three are missing there is no browser that another site could have used, and the cookies are SameSite=Lax besides.
 */
export function isFromOurPages(headers: IncomingHttpHeaders, publicOrigin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const from = headers.origin ?? headers.referer;
  if (from === undefined) return true;
  if (!URL.canParse(from)) return false;
  const { origin, host } = new URL(from);
  return origin === publicOrigin || host === headers.host;
}
