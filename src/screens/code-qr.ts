/** The QR code of a short code: made from the address that visitors see, so that it never leads anywhere else. */
import { readCode } from '#site/codes.ts';
import { codeHref } from '#site/links.ts';
import { qrSvg } from '#site/qr.ts';

interface Asked {
  readonly url: URL;
  readonly locals: App.Locals;
}

export function GET({ url, locals }: Asked): Response {
  const digits = url.pathname.split('/')[1] ?? '';
  const { route, variant } = readCode(digits);
  if (!route || !variant || !/^\d+$/.test(digits)) return locals.notFound(url.pathname);
  return new Response(qrSvg(`${locals.site.publicOrigin}${codeHref(route, variant)}`), {
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=300' },
  });
}
