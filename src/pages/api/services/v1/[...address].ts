/** `GET /api/services/v1`, `…/services` and `…/services/{id}`: the directory as Open Referral UK, open to everybody. */
import type { APIRoute } from 'astro';
import { openReferralDetails, openReferralService, pageFrom, pageOf, pageRule } from '#directory/open-referral.ts';
import { services } from '#library/content.ts';
import { words } from '#site/words.ts';

export const prerender = false;

const say = words('en', 'check');
const areaName = (area: string): string =>
  say(area === 'wales' ? 'questions.country.options.wales' : `questions.council.options.${area}`);
const directory = [...services()].map(([file, service]) => openReferralService(file, service, areaName));

/** The profile asks for the first header on every answer, so that a page of any site may read it. */
const headers = (contentType: string, cacheControl: string) => ({
  'access-control-allow-origin': '*',
  'content-type': contentType,
  'cache-control': cacheControl,
});

const answer = (body: unknown): Response =>
  new Response(JSON.stringify(body), { headers: headers('application/json', 'public, max-age=300') });

/** Problem details (RFC 9457). */
const refuse = (status: 400 | 404, title: string, detail: string): Response =>
  new Response(JSON.stringify({ type: 'about:blank', title, status, detail }), {
    status,
    headers: headers('application/problem+json', 'no-store'),
  });

const notFound = (detail: string): Response => refuse(404, 'Not Found', detail);

export const GET: APIRoute = ({ params, url }) => {
  const [list, id, ...more] = (params['address'] ?? '').split('/').filter((part) => part !== '');
  if (list === undefined) return answer(openReferralDetails);
  if (list !== 'services' || more.length > 0) {
    return notFound('The addresses are /api/services/v1/services and /api/services/v1/services/{id}.');
  }
  if (id !== undefined) {
    const found = directory.find((service) => service.id === id.toLowerCase());
    return found ? answer(found) : notFound('No service has this id.');
  }
  const page = pageFrom(url.searchParams);
  return page ? answer(pageOf(directory, page)) : refuse(400, 'Bad Request', pageRule);
};
