/** What stands around every screen: an error becomes the error page of the site, never a stack trace. (Astro fixes this file’s name.) */
import { defineMiddleware } from 'astro:middleware';

let services: Promise<App.Locals['site']> | undefined;

/** `npm run dev` has no server of ours to hand the services in. Deliveries wait: the embedded Gateway needs that server too. */
async function openForDevelopment(): Promise<App.Locals['site']> {
  const [{ readEnvironment }, { log }, { openServices }] = await Promise.all([
    import('#server/environment.ts'),
    import('#server/log.ts'),
    import('#server/services.ts'),
  ]);
  return openServices(readEnvironment(), log, () => new URL('http://127.0.0.1:9/'));
}

/** What our own server would have answered before Astro is asked. */
async function answeredBefore(request: Request, site: App.Locals['site'], url: URL): Promise<Response | undefined> {
  if (request.method !== 'POST') return undefined;
  const { keptAnswer } = await import('#server/check-answers.ts');
  const [cookie, accept] = ['cookie', 'accept'].map((name) => request.headers.get(name) ?? undefined);
  const body = await request.clone().text();
  const answer = keptAnswer(site, { path: decodeURIComponent(url.pathname), cookie, accept, body });
  if (!answer) return undefined;
  const { goTo, isTold } = answer;
  const headers = { 'set-cookie': answer.setCookie };
  if (isTold) return Response.json({ goTo }, { headers });
  return new Response(null, { status: 303, headers: { ...headers, location: goTo } });
}

export const onRequest = defineMiddleware(async ({ locals, isPrerendered, request, url }, next) => {
  if (isPrerendered) return next();
  if (import.meta.env.DEV) {
    locals.site = await (services ??= openForDevelopment());
    locals.notFound = () => new Response('Not found', { status: 404 });
    // Without our server there is no policy that could forbid it.
    locals.allowOurScript = () => {};
    return (await answeredBefore(request, locals.site, url)) ?? next();
  }
  try {
    const response = await next();
    // Astro names no charset, and a browser may guess one that knows no ŵ.
    if (response.headers.get('content-type') === 'text/html') {
      response.headers.set('content-type', 'text/html; charset=utf-8');
    }
    if (!locals.question || !locals.keepQuestion) return response;
    const page = await response.text();
    locals.keepQuestion(locals.question, page);
    return new Response(page, response);
  } catch (error) {
    return locals.failed(error, url.pathname);
  }
});
