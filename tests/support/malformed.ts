/** Requests that no browser of ours sends: a fixed corpus of known tricks, and a grammar that makes as many more as are wanted. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { checkFlow } from '#check/check-flow.ts';
import { referralsPath } from '#gateway/contract.ts';
import { referFlow } from '#referral/refer-flow.ts';
import { allAddresses, href, stepHref } from '#site/links.ts';
import { variantKeys } from '#site/variants.ts';

/** One request, byte for byte. */
export type Raw = Buffer;

export interface RawAnswer {
  /** 0 if the connection was closed without an answer. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A request that promises more than it brings is given up after so long a silence. */
const patienceMs = 700;

/** Sends the bytes and reads what comes back until the server closes; after a silence, says that there are no more. */
export function sendRaw(port: number, raw: Raw, longestMs = 20_000): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(raw));
    const giveUp = setTimeout(() => socket.end(), patienceMs);
    const finish = (): void => {
      clearTimeout(giveUp);
      socket.destroy();
      resolve(parsed(Buffer.concat(chunks).toString('latin1')));
    };
    socket.setTimeout(longestMs, finish);
    socket.on('data', (chunk: Buffer) => {
      giveUp.refresh();
      chunks.push(chunk);
    });
    // A reset is an answer too: what came before it counts.
    socket.on('error', finish).on('close', finish);
  });
}

function parsed(all: string): RawAnswer {
  // “100 Continue” is not yet the answer.
  const text = all.replace(/^HTTP\/1\.1 100 [^\r]*\r\n\r\n/, '');
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const;
  });
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0);
  return { status, headers: new Map(headers), body: rest.join('\r\n\r\n') };
}

/** Every address that takes a body. */
export const takers: readonly string[] = [
  ...variantKeys.flatMap((variant) => [
    ...checkFlow.map(({ id }) => stepHref('check', id, variant)),
    ...referFlow.map(({ id }) => stepHref('refer', id, variant)),
    href('refer-check', variant),
  ]),
  ...(['en', 'cy'] as const).map((variant) => href('for-staff-check', variant)),
  '/leave',
  '/api/eligibility/v1/decide',
  referralsPath,
];

const others: readonly string[] = [
  ...allAddresses().map(({ path }) => path),
  ...[
    '/healthz',
    '/readyz',
    '/metrics',
    '/api/eligibility/v1/rules.json',
    '/api/services/v1/services',
    '/1',
    '/11/qr.svg',
  ],
];

const nasty = [
  '',
  '\u0000',
  '%00',
  '../../etc/passwd',
  '..%2f..%2f',
  '%252e%252e%252f',
  '<script>alert(1)</script>',
  '\u202Ecigam\u202C',
  'Ŵyn'.normalize('NFD'),
  '\uD800',
  '🙂'.repeat(50),
  '__proto__',
  'constructor',
  'toString',
  "' OR 1=1 --",
  '${7*7}',
  '{{7*7}}',
  '=1+1',
  'a\r\nSet-Cookie: x=y',
  'x'.repeat(9000),
  'NaN',
  '1e999',
  '-1',
  'true',
  'null',
  '[object Object]',
  'unsure',
  'none',
  'yes',
  'me',
];

const fieldNames = [
  ...checkFlow.map(({ id }) => id),
  ...referFlow.flatMap(({ id, fields }) => [id, ...(fields?.({}) ?? []).map((field) => field.id)]),
  ...['switch', 'comments', '__proto__', '__proto__[a]', 'constructor', 'a[]', '', 'hasOwnProperty'],
];

const word = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 40 }));
const percent = (text: string): string => {
  try {
    return encodeURIComponent(text);
  } catch {
    return '%ED%A0%80';
  }
};

const formBody = fc
  .array(fc.tuple(fc.constantFrom(...fieldNames), word, fc.boolean()), { maxLength: 12 })
  .map((pairs) => pairs.map(([name, value, asIs]) => `${percent(name)}=${asIs ? value : percent(value)}`).join('&'));
const deep = fc
  .tuple(fc.constantFrom('[', '{"a":'), fc.integer({ min: 1, max: 5000 }))
  .map(([open, times]) => open.repeat(times));
const jsonBody = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc
    .dictionary(fc.constantFrom(...fieldNames, 'on', 'country'), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 6 })
    .map((facts) => JSON.stringify({ facts, on: '2026-11-22' })),
  fc.constantFrom(
    '{"facts":null}',
    '{"facts":{},"on":"2026-99-99"}',
    '{"facts":{},"facts":[]}',
    '{"on":1e400}',
    '"',
    '',
  ),
  deep,
);
const bytes = fc.uint8Array({ maxLength: 600 }).map((array) => Buffer.from(array));
const multipart = word.map(
  (text) => `--x\r\nContent-Disposition: form-data; name="about"; filename="${text}"\r\n\r\n${text}\r\n--x`,
);
const body = fc.oneof(
  { weight: 5, arbitrary: formBody.map((text) => Buffer.from(text)) },
  { weight: 3, arbitrary: jsonBody.map((text) => Buffer.from(text)) },
  { weight: 2, arbitrary: bytes },
  { weight: 1, arbitrary: multipart.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: formBody.map((text) => gzipSync(text)) },
  { weight: 1, arbitrary: fc.constantFrom(70_000, 65_536, 65_537).map((length) => Buffer.alloc(length, 'a=')) },
);

const token = fc.oneof(
  fc.uint8Array({ minLength: 64, maxLength: 64 }).map((array) => Buffer.from(array).toString('base64url')),
  fc.constantFrom(
    '',
    '%',
    'x'.repeat(7000),
    'eyJhbGciOiJub25lIn0.e30.',
    'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..A.B.C',
    '"',
    '{}',
  ),
  fc.base64String({ maxLength: 300 }),
);
const cookies = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', '__Host-a', '__Host-b', '__proto__', '', 'c d'), token), { maxLength: 4 })
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('; '));

/** A header’s value on the wire: anything but the bytes that would begin another line. */
const headerValue = word.map((text) => text.replaceAll(/[\r\n]/g, ' ').slice(0, 3000));
const header = fc.oneof(
  fc.tuple(fc.constant('Cookie'), cookies),
  fc.tuple(
    fc.constant('Content-Type'),
    fc.oneof(
      { weight: 4, arbitrary: fc.constant('application/x-www-form-urlencoded') },
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          'application/json',
          'application/x-www-form-urlencoded; charset=utf-7',
          'multipart/form-data; boundary=x',
          'text/plain',
          'application/jose',
          ';',
          '',
        ),
      },
      headerValue,
    ),
  ),
  fc.tuple(
    fc.constant('Origin'),
    fc.oneof(fc.constantFrom('null', 'https://evil.example', 'http://[', 'a b'), headerValue),
  ),
  fc.tuple(fc.constant('Sec-Fetch-Site'), fc.oneof(fc.constantFrom('same-origin', 'cross-site'), headerValue)),
  fc.tuple(
    fc.constantFrom(
      ...['Referer', 'Accept', 'Accept-Encoding', 'Accept-Language', 'If-None-Match', 'Range', 'Authorization'],
      ...[
        'X-Forwarded-For',
        'X-Forwarded-Host',
        'X-Forwarded-Proto',
        'Forwarded',
        'Idempotency-Key',
        'Expect',
        'Upgrade',
      ],
      ...['__proto__', 'Content-Encoding', 'X-HTTP-Method-Override', 'Connection', 'TE', 'Purpose', 'constructor'],
    ),
    headerValue,
  ),
);

const path = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...takers) },
  { weight: 2, arbitrary: fc.constantFrom(...others) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...takers, ...others), word)
      .map(([at, more]) => `${at}${at.endsWith('/') ? '' : '/'}${more.replaceAll(/[\s]/g, '+')}`),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...takers), word).map(([at, query]) => `${at}?${percent(query)}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '//evil.example/',
      'http://evil.example/en/',
      '*',
      '/%',
      '/en/%E0%A4%A',
      '/\\evil',
      '/_image?href=/x',
      '/_server-islands/x',
      '/_actions/x',
      'en/',
      '/en//',
      '/./en/',
      '/?',
      '/#',
    ),
  },
);

const method = fc.oneof(
  { weight: 8, arbitrary: fc.constant('POST') },
  { weight: 3, arbitrary: fc.constant('GET') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'PUT',
      'DELETE',
      'PATCH',
      'OPTIONS',
      'TRACE',
      'HEAD',
      'PROPFIND',
      'QUERY',
      'get',
      'FOO',
      'CONNECT',
    ),
  },
);

/** How the body’s length is told; mostly as it is. */
const length = fc.oneof(
  { weight: 10, arbitrary: fc.constant('true' as const) },
  { weight: 2, arbitrary: fc.constant('chunked' as const) },
  { weight: 1, arbitrary: fc.constantFrom('none', 'longer', 'shorter', 'both', 'twice', 'negative', 'broken-chunks') },
);

const request: fc.Arbitrary<Raw> = fc
  .record({
    method,
    path,
    version: fc.oneof(
      { weight: 20, arbitrary: fc.constant('1.1') },
      { weight: 1, arbitrary: fc.constantFrom('1.0', '2.0', '') },
    ),
    host: fc.oneof({ weight: 9, arbitrary: fc.constant('127.0.0.1') }, headerValue, fc.constant(undefined)),
    isFromUs: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    headers: fc.array(header, { maxLength: 5 }),
    body,
    length,
  })
  .map(({ method: verb, path: target, version, host, isFromUs, headers, body: sent, length: told }) => {
    const lines = [`${verb} ${target} HTTP/${version}`];
    if (host !== undefined) lines.push(`Host: ${host}`);
    // Most of what is refused at the door tells nothing about the rooms behind it.
    if (isFromUs) lines.push('Sec-Fetch-Site: same-origin', 'Content-Type: application/x-www-form-urlencoded');
    for (const [name, value] of headers) {
      const isSaid = isFromUs && /^(?:content-type|sec-fetch-site|expect)$/i.test(name);
      if (!isSaid) lines.push(`${name}: ${value}`);
    }
    const lengths: Readonly<Record<typeof told, readonly string[]>> = {
      true: [`Content-Length: ${sent.length}`],
      none: [],
      longer: [`Content-Length: ${sent.length + 10}`],
      shorter: [`Content-Length: ${Math.max(0, sent.length - 3)}`],
      both: [`Content-Length: ${sent.length}`, 'Transfer-Encoding: chunked'],
      twice: [`Content-Length: ${sent.length}`, `Content-Length: ${sent.length + 1}`],
      negative: ['Content-Length: -1'],
      chunked: ['Transfer-Encoding: chunked'],
      'broken-chunks': ['Transfer-Encoding: chunked'],
    };
    lines.push(...lengths[told], 'Connection: close');
    const chunked = Buffer.concat([Buffer.from(`${sent.length.toString(16)}\r\n`), sent, Buffer.from('\r\n0\r\n\r\n')]);
    const onTheWire = told === 'chunked' && sent.length > 0 ? chunked : sent;
    return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), onTheWire]);
  });

/** So many requests of the grammar; the same seed makes the same. */
export const randomRequests = (count: number, seed: number): Raw[] => fc.sample(request, { numRuns: count, seed });

const form = 'Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin';
const corpus = (taker: string): readonly string[] => [
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\nTransfer-Encoding: xchunked\r\nContent-Length: 1\r\n\r\na`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\nTransfer-Encoding: chunked\r\n\r\n1;${'e'.repeat(20_000)}\r\na\r\n0\r\n\r\n`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\nContent-Length: 99999999999999999999\r\n\r\na`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\nContent-Length: 1e1\r\n\r\na`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\na=b`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\nExpect: nonsense\r\nContent-Length: 3\r\n\r\na=b`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\na=b`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\nCookie: b=${Buffer.alloc(64, 7).toString('base64url')}\r\nContent-Length: 0\r\n\r\n`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\nCookie: a=${'A.'.repeat(3000)}\r\nContent-Length: 0\r\n\r\n`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\n${'X: y\r\n'.repeat(1500)}\r\n`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\n${form}\r\n__proto__: y\r\n__proto__: z\r\nContent-Length: 0\r\n\r\n`,
  `POST ${taker} HTTP/1.1\r\nHost: x\r\nHost: y\r\n${form}\r\nContent-Length: 0\r\n\r\n`,
  `POST ${taker} HTTP/1.1\r\n${form}\r\nContent-Length: 0\r\n\r\n`,
  `POST ${taker} HTTP/1.1\nHost: x\nContent-Length: 0\n\n`,
  `POST ${taker} HTTP/1.1\r\n Host: x\r\n\r\n`,
  `POST ${taker} HTTP/1.1\r\nHost : x\r\n\r\n`,
  `POST ${taker} HTTP/1.0\r\n\r\n`,
  `POST ${taker} HTTP/9.9\r\nHost: x\r\n\r\n`,
  `POST ${taker}\r\n\r\n`,
  `TRACE ${taker} HTTP/1.1\r\nHost: x\r\n\r\n`,
  `CONNECT ${taker} HTTP/1.1\r\nHost: x\r\n\r\n`,
  `GET ${taker}/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
  `GET ${taker}?${'q'.repeat(15_000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
  `GET http://evil.example${taker} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
  `GET ${taker} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n`,
  `GET ${taker} HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nHTTP2-Settings: AAAA\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n`,
  `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
  `\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003`,
  `\r\n\r\n\r\n`,
];

/** The known tricks, at every address that takes a body. */
export const corpusRequests: readonly Raw[] = takers.flatMap((taker) =>
  corpus(taker).map((text) => Buffer.from(text, 'latin1')),
);
