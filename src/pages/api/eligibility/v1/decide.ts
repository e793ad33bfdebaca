/** `POST /api/eligibility/v1/decide`: facts in, findings out. Keeps nothing and logs no facts. */
import type { APIRoute } from 'astro';
import { decide, isDay, parseFacts } from '#eligibility/decide.ts';

export const prerender = false;

/** Problem details (RFC 9457) with the names of what was wrong, so that a program can be mended. */
const refuse = (detail: string, errors?: unknown): Response =>
  new Response(JSON.stringify({ type: 'about:blank', title: 'Bad Request', status: 400, detail, errors }), {
    status: 400,
    headers: { 'content-type': 'application/problem+json' },
  });

/** Facts in an address would be kept in histories and logs: they are posted, or nothing is answered. */
export const GET: APIRoute = () =>
  new Response(
    JSON.stringify({
      type: 'about:blank',
      title: 'Method Not Allowed',
      status: 405,
      detail: 'POST a JSON body such as {"facts":{"country":"wales"},"on":"2026-11-22"}.',
    }),
    { status: 405, headers: { allow: 'POST', 'content-type': 'application/problem+json' } },
  );

export const POST: APIRoute = async ({ request, locals }) => {
  let body: unknown;
  try {
    body = JSON.parse(await request.text());
  } catch {
    return refuse('The body must be JSON, such as {"facts":{"country":"wales"},"on":"2026-11-22"}.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return refuse('The body must be an object.');
  const unknownKeys = Object.keys(body).filter((key) => key !== 'facts' && key !== 'on');
  if (unknownKeys.length > 0) return refuse(`Unknown key: ${unknownKeys.join(', ')}. The keys are “facts” and “on”.`);
  const { facts = {}, on = new Date(locals.site.now()).toISOString().slice(0, 10) } = body as Record<string, unknown>;
  if (!isDay(on)) return refuse('“on” must be a day such as 2026-11-22.');
  const parsed = parseFacts(facts);
  if (!parsed.ok) {
    const names = parsed.errors.map(({ fact, problem }) => `${fact ?? 'facts'}: ${problem}`).join('; ');
    return refuse(`The facts were not understood. ${names}.`, parsed.errors);
  }
  return Response.json(decide(parsed.facts, on));
};
