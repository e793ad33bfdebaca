/** How a screen begins: who asks, and what they have posted. */
import { cookieNames } from '#site/cookies.ts';
import { switchIn, variantOfPath, type Variant } from '#site/variants.ts';

/** As much of `Astro` as is read here. */
interface Asked {
  readonly url: URL;
  readonly request: Request;
  readonly cookies: { get(name: string): { readonly value: string } | undefined };
  readonly locals: App.Locals;
  readonly redirect: (address: string, status: 307) => Response;
}

/** The variant that somebody reads, what their two cookies hold, and the moment, in ms since 1970. */
export function whoAsks({ url, cookies, locals: { site } }: Pick<Asked, 'url' | 'cookies' | 'locals'>) {
  const names = cookieNames(site.https);
  return {
    site,
    variant: variantOfPath(url.pathname) as Variant,
    names,
    cookies: { check: cookies.get(names.check)?.value, draft: cookies.get(names.draft)?.value },
    now: site.now(),
  };
}

/**
 * What was posted to a page that keeps nothing in between, and which switch it was posted with. `elsewhere` answers for a
 * switch to another page: with 307 the browser posts the same there, where the switch names the page itself, and leads no
 * further.
 * @param hrefIn the page in another variant; undefined where there is none
 */
export async function whatWasPosted(
  { url, request, redirect }: Pick<Asked, 'url' | 'request' | 'redirect'>,
  hrefIn: (variant: Variant) => string | undefined,
) {
  const isPost = request.method === 'POST';
  const posted = new URLSearchParams(isPost ? await request.text() : '');
  const switchTo = switchIn(posted);
  const other = switchTo && switchTo !== variantOfPath(url.pathname) ? hrefIn(switchTo) : undefined;
  return { isPost, posted, switchTo, elsewhere: other === undefined ? undefined : redirect(other, 307) };
}
