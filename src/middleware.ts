/** In `npm run dev`, gives the screens what the server gives them otherwise. (Astro fixes this file’s name.) */
import { defineMiddleware } from 'astro:middleware';

let services: Promise<App.Locals['site']> | undefined;

/** Opens the same services as the server does, on first use; the embedded Gateway needs our own server, so that deliveries wait. */
async function openForDevelopment(): Promise<App.Locals['site']> {
  const [{ readEnvironment }, { log }, { openServices }] = await Promise.all([
    import('#server/environment.ts'),
    import('#server/log.ts'),
    import('#server/services.ts'),
  ]);
  return openServices(readEnvironment(), log, () => new URL('http://127.0.0.1:9/'));
}

export const onRequest = defineMiddleware(async ({ locals, isPrerendered }, next) => {
  if (import.meta.env.DEV && !isPrerendered) {
    locals.site ??= await (services ??= openForDevelopment());
    locals.notFound ??= () => new Response('Not found', { status: 404 });
  }
  return next();
});
