/** What a page costs a visitor with prepaid data: the bytes that come over the wire, heads included. */
import { Agent, request as ask } from 'node:http';
import { scriptOf, scriptTag, type PageScript } from './page-scripts.ts';
import type { Verdict } from './verdict.ts';

export interface Weight {
  /** Bytes of the answer’s head and body as they were sent, brotli where the site offers it. */
  readonly bytes: number;
  readonly encoding: string | undefined;
}

/** One flight of a new connection is 14 600 bytes; TLS and the heads of TCP take the rest. */
export const mostPageBytes = 13_000;
/** Pages for an office, not for a phone: one lists every question and rule for a lawyer, the other asks everything at once. */
export const mostOfficePageBytes: Readonly<Record<string, number>> = {
  'for-staff-rules': 40_000,
  'for-staff-check': 20_000,
};
/** The page with every picture on it, those further down included. */
export const mostBytesWithPictures = 60_000;
/** For the median of the standard content pages. */
export const mostMedianBytes = 6_000;

/** Asks once, on a connection of its own, as a browser that knows brotli does. With `posted`, a form’s body, it posts that. */
export function weigh(url: URL, cookie = '', posted?: string): Promise<Weight> {
  return new Promise((resolve, reject) => {
    const headers = {
      'accept-encoding': 'gzip, deflate, br',
      ...(cookie && { cookie }),
      ...(posted !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    const method = posted === undefined ? 'GET' : 'POST';
    const request = ask(url, { method, headers, agent: new Agent({ keepAlive: false }) }, (response) => {
      const { socket } = response;
      response
        .resume()
        .on('end', () => resolve({ bytes: socket.bytesRead, encoding: response.headers['content-encoding'] }));
    });
    request.on('error', reject).end(posted);
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

/** A script’s weight, and what is wrong with it: it is one file, and loads nothing more. */
async function judgeScript(
  url: URL,
  { mostBytes }: PageScript,
): Promise<{ readonly bytes: number; readonly faults: readonly string[] }> {
  const { bytes, encoding } = await weigh(url);
  const code = await (await fetch(url)).text();
  const faults: string[] = [];
  if (encoding !== 'br') faults.push(`the script comes as ${encoding ?? 'plain text'}, not brotli`);
  if (bytes > mostBytes) faults.push(`the script has ${bytes} bytes; the most is ${mostBytes}`);
  if (/\bimport\s*[("'{*]|\bfrom\s*["']/.test(code)) faults.push('the script loads another file');
  return { bytes, faults };
}

/** How a page is asked for, beside its address. */
interface Asked {
  /** A Cookie header, for pages that need one. */
  readonly cookie?: string;
  /** A form’s body, for pages that only a posted form shows. */
  readonly posted?: string | undefined;
  /** The page’s `data-screen`. */
  readonly screen?: string;
}

/** Judges a page’s HTML, its weight, and that of what it loads. */
export async function judgeWeight(
  url: URL,
  html: string,
  { cookie = '', posted, screen = '' }: Asked = {},
): Promise<Verdict & { readonly weight: Weight }> {
  const weight = await weigh(url, cookie, posted);
  const script = scriptOf(screen);
  const scripts = script ? [...html.matchAll(scriptTag)].map(([, path = '']) => new URL(path, url)) : [];
  const { pictures, others } = filesOf(script ? html.replace(scriptTag, '') : html);
  const pictureWeights = await Promise.all(pictures.map((path) => weigh(new URL(path, url))));
  const judgedScripts = script ? await Promise.all(scripts.map((each) => judgeScript(each, script))) : [];
  const total = [...pictureWeights, ...judgedScripts].reduce((sum, { bytes }) => sum + bytes, weight.bytes);
  const faults: string[] = judgedScripts.flatMap((each) => each.faults);
  if (script && scripts.length !== 1) faults.push(`the page has ${scripts.length} scripts, not one`);
  if (weight.encoding !== 'br') faults.push(`the page comes as ${weight.encoding ?? 'plain text'}, not brotli`);
  const most = mostOfficePageBytes[screen] ?? mostPageBytes;
  if (weight.bytes > most) faults.push(`the page has ${weight.bytes} bytes; the most is ${most}`);
  if (total > mostBytesWithPictures) {
    faults.push(
      `the page with its ${pictures.length} pictures has ${total} bytes; the most is ${mostBytesWithPictures}`,
    );
  }
  for (const tag of others) faults.push(`the page loads more than pictures: ${tag}`);
  return { faults, nodes: 1 + pictures.length + scripts.length, weight };
}
