/** pa11y-ci over the addresses: an outside witness with runners and versions of its own. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { allAddresses, type Address } from '#site/links.ts';
import { floors } from '../pages/floors.ts';
import { findChromium, launchArguments } from './browser.ts';
import { projectFolder, startSite } from './site.ts';

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface Issue {
  readonly code?: string;
  readonly runner?: string;
  readonly selector?: string;
  readonly context?: string;
  readonly message: string;
}
type Results = Readonly<Record<string, readonly Issue[]>>;

/**
 * With more than one page at a time in one process pa11y-ci mixes pages up (pa11y/pa11y-ci issue 354): each process takes
 * one page after the other, and there is one more of them than cores, since each waits for the network to be still.
 */
const processes = 3;
const longestMs = 12 * 60_000;

/** A page with faults that either runner must see: no language, a picture without words, pale text, a field without a name. */
const canary =
  '<!doctype html><html><head><title>Canary</title></head><body><main><h1>Canary</h1><img src="/x.svg">' +
  '<p style="color:#bbb;background:#fff">Pale words</p><form><input type="text" name="a"></form></main></body></html>';

async function runOne(name: string, urls: readonly string[]): Promise<Results> {
  const config = {
    defaults: {
      concurrency: 1,
      standard: 'WCAG2AAA',
      runners: ['axe', 'htmlcs'],
      timeout: 60_000,
      viewport: { width: 390, height: 844 },
      chromeLaunchConfig: { executablePath: findChromium(), args: launchArguments },
    },
    // axe cannot tell the background of words in a drawing, and pa11y counts that as a fault: the browser tests compute it.
    urls: urls.map((url) => ({ url, hideElements: 'figure svg' })),
  };
  const file = join(projectFolder, `test-results/${name}.json`);
  writeFileSync(file, JSON.stringify(config, null, 2));
  const program = join(projectFolder, 'node_modules/pa11y-ci/bin/pa11y-ci.js');
  const child = spawn(process.execPath, [program, '--config', file, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: longestMs,
  });
  let written = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written += text));
  await new Promise((resolve) => child.once('close', resolve));
  const start = written.indexOf('{');
  if (start < 0) throw new Error(`pa11y-ci said nothing that can be read: ${written.slice(0, 500)}`);
  return (JSON.parse(written.slice(start)) as { results: Results }).results;
}

/**
 * The addresses that it looks at: each page in one variant, the next page in the next. A page has the same shape in all of its
 * variants; the browser tests look at every one in every state with axe and with the same HTML_CodeSniffer; and a page takes
 * more than two seconds here.
 */
export function addressesForPa11y(): Address[] {
  const byPage = [...Map.groupBy(allAddresses(), ({ id }) => id).values()];
  return byPage.map((variants, at) => variants[at % variants.length]!);
}

/** Judges these addresses, prints what is wrong, and counts one for each address and one for each canary. */
export async function runPa11y(): Promise<Count> {
  mkdirSync(join(projectFolder, 'test-results'), { recursive: true });
  const site = await startSite();
  const canaryServer = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(canary);
  });
  await new Promise<void>((resolve) => canaryServer.listen(0, '127.0.0.1', resolve));
  const canaryUrl = `http://127.0.0.1:${(canaryServer.address() as AddressInfo).port}/`;
  try {
    const urls = addressesForPa11y().map(({ path }) => `${site.origin}${path}`);
    const shards = Array.from({ length: processes }, (_, shard) => urls.filter((_url, at) => at % processes === shard));
    const found = await Promise.all(shards.map((shard, at) => runOne(`pa11y-${at + 1}`, [...shard, canaryUrl])));
    return judged(site.origin, urls, canaryUrl, found);
  } finally {
    canaryServer.close();
    await site.stop();
  }
}

function judged(origin: string, urls: readonly string[], canaryUrl: string, found: readonly Results[]): Count {
  let failed = 0;
  const fail = (sentence: string): void => {
    failed += 1;
    process.stdout.write(`${sentence}\n`);
  };
  for (const url of urls) {
    const issues = found.map((results) => results[url]).find((each) => each !== undefined);
    const path = url.slice(origin.length);
    if (!issues) fail(`${path}: pa11y-ci did not look at it`);
    else if (issues.length > 0) {
      fail(
        [
          `${path}:`,
          ...issues.map(({ message, code, selector }) => `  ${code ?? ''} ${message} (${selector ?? ''})`),
        ].join('\n'),
      );
    }
  }
  for (const results of found) {
    const runners = new Set(results[canaryUrl]?.map(({ runner }) => runner));
    if (!runners.has('axe') || !runners.has('htmlcs'))
      fail('pa11y-ci has gone blind: a page full of faults passed a runner');
  }
  const pages = found.reduce((sum, results) => sum + Object.keys(results).length, 0) - found.length;
  process.stdout.write(`examined: pa11y: ${pages} pages\n`);
  if (pages < floors.pa11y.pages) fail(`pa11y-ci looked at ${pages} pages; there must be ${floors.pa11y.pages}`);
  const all = urls.length + found.length;
  return { passed: Math.max(0, all - failed), failed };
}
