/** What a page costs a visitor with prepaid data: the bytes that come over the wire, heads included. */
import { Agent, get } from 'node:http';
import { islandTag, mostIslandBytes } from './island-pages.ts';
import type { Verdict } from './verdict.ts';

export interface Weight {
  /** Bytes of the answer’s head and body as they were sent, brotli where the site offers it. */
  readonly bytes: number;
  readonly encoding: string | undefined;
}

/** One flight of a new connection is 14 600 bytes; TLS and the heads of TCP take the rest. */
export const mostPageBytes = 13_000;
/** The page that a lawyer signs draws and lists every question and rule: it is for an office, not for a phone. */
export const mostBytesOfTheRules = 40_000;
const isTheRules = (html: string): boolean => html.includes('data-screen="for-staff-rules"');
/** The page with every picture on it, those further down included. */
export const mostBytesWithPictures = 60_000;
/** For the median of the standard content pages. */
export const mostMedianBytes = 6_000;

/** Asks once, on a connection of its own, as a browser that knows brotli does. */
export function weigh(url: URL, cookie = ''): Promise<Weight> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'gzip, deflate, br', ...(cookie && { cookie }) };
    const request = get(url, { headers, agent: new Agent({ keepAlive: false }) }, (response) => {
      const { socket } = response;
      response
        .resume()
        .on('end', () => resolve({ bytes: socket.bytesRead, encoding: response.headers['content-encoding'] }));
    });
    request.on('error', reject);
  });
}

/** The paths of all that a browser loads with this page. */
export function filesOf(html: string): { readonly pictures: readonly string[]; readonly others: readonly string[] } {
  const sources = (pattern: RegExp): string[] => [
    ...new Set([...html.matchAll(pattern)].map(([, path]) => path ?? '')),
  ];
  const icons = sources(/<link\b[^>]*\brel="icon"[^>]*\bhref="([^"]+)"/g);
  const iconsTheOtherWayRound = sources(/<link\b[^>]*\bhref="([^"]+)"[^>]*\brel="icon"/g);
  const links = [...html.matchAll(/<link\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => /\brel="(stylesheet|preload|modulepreload|prefetch|manifest|preconnect|dns-prefetch)"/.test(tag));
  return {
    pictures: [...sources(/<img\b[^>]*\bsrc="([^"]+)"/g), ...icons, ...iconsTheOtherWayRound],
    others: [
      ...links,
      ...[...html.matchAll(/<(script|iframe|object|embed|video|audio|source|track)\b[^>]*>/g)].map(([tag]) => tag),
      ...[...html.matchAll(/@import[^;]*|url\((?!['"]?data:)[^)]*\)/g)].map(([css]) => css),
    ],
  };
}

/** The island’s weight, and what is wrong with it: it is one file, and loads nothing more. */
async function judgeIsland(url: URL): Promise<{ readonly bytes: number; readonly faults: readonly string[] }> {
  const { bytes, encoding } = await weigh(url);
  const code = await (await fetch(url)).text();
  const faults: string[] = [];
  if (encoding !== 'br') faults.push(`the island comes as ${encoding ?? 'plain text'}, not brotli`);
  if (bytes > mostIslandBytes) faults.push(`the island has ${bytes} bytes; the most is ${mostIslandBytes}`);
  if (/\bimport\s*[("'{*]|\bfrom\s*["']/.test(code)) faults.push('the island loads another file');
  return { bytes, faults };
}

/**
 * Judges a page’s HTML, its weight, and that of what it loads.
 * @param options.cookie a Cookie header for pages that need one; @param options.hasIsland whether the page has the one script
 */
export async function judgeWeight(
  url: URL,
  html: string,
  { cookie = '', hasIsland = false } = {},
): Promise<Verdict & { readonly weight: Weight }> {
  const weight = await weigh(url, cookie);
  const islands = hasIsland ? [...html.matchAll(islandTag)].map(([, path = '']) => new URL(path, url)) : [];
  const { pictures, others } = filesOf(hasIsland ? html.replace(islandTag, '') : html);
  const pictureWeights = await Promise.all(pictures.map((path) => weigh(new URL(path, url))));
  const judgedIslands = await Promise.all(islands.map(judgeIsland));
  const total = [...pictureWeights, ...judgedIslands].reduce((sum, { bytes }) => sum + bytes, weight.bytes);
  const faults: string[] = judgedIslands.flatMap((island) => island.faults);
  if (hasIsland && islands.length !== 1) faults.push(`the page has ${islands.length} islands, not one`);
  if (weight.encoding !== 'br') faults.push(`the page comes as ${weight.encoding ?? 'plain text'}, not brotli`);
  const most = isTheRules(html) ? mostBytesOfTheRules : mostPageBytes;
  if (weight.bytes > most) faults.push(`the page has ${weight.bytes} bytes; the most is ${most}`);
  if (total > mostBytesWithPictures) {
    faults.push(
      `the page with its ${pictures.length} pictures has ${total} bytes; the most is ${mostBytesWithPictures}`,
    );
  }
  for (const tag of others) faults.push(`the page loads more than pictures: ${tag}`);
  return { faults, nodes: 1 + pictures.length + islands.length, weight };
}
