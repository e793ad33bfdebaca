/** A form whose body arrives in two halves: what a slow connection sends while something else happens. */
import { request } from 'node:http';
import type { Visitor } from './visitor.ts';

const restMs = 150;

/**
 * Posts to the path with the visitor’s cookies; no redirect is followed.
 * @param options.firstMs how long after the first half `inBetween` is called; the other half follows soon after it
 */
export function postInHalves(
  visitor: Visitor,
  path: string,
  { inBetween, firstMs }: { inBetween: () => void; firstMs: number },
): Promise<{ status: number; location: string }> {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const body = 'nothing=of-use';
  return new Promise((resolve, reject) => {
    const outgoing = request(visitor.origin + path, {
      method: 'POST',
      agent: false,
      headers: {
        cookie,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': body.length,
      },
    });
    outgoing.on('response', (incoming) => {
      incoming.resume();
      resolve({ status: incoming.statusCode ?? 0, location: incoming.headers.location ?? '' });
    });
    outgoing.on('error', reject);
    outgoing.write(body.slice(0, 7));
    setTimeout(() => {
      inBetween();
      setTimeout(() => outgoing.end(body.slice(7)), restMs);
    }, firstMs);
  });
}
