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

export const onRequest = defineMiddleware(async ({ locals, isPrerendered, url }, next) => {
  if (isPrerendered) return next();
  if (import.meta.env.DEV) {
    locals.site = await (services ??= openForDevelopment());
    locals.allowScripts = () => undefined;
    locals.notFound = () => new Response('Not found', { status: 404 });
    return next();
  }
  try {
    const response = await next();
    // Astro names no charset, and a browser may guess one that knows no ŵ.
    if (response.headers.get('content-type') === 'text/html') {
      response.headers.set('content-type', 'text/html; charset=utf-8');
    }
    return response;
  } catch (error) {
    return locals.failed(error, url.pathname);
  }
});
