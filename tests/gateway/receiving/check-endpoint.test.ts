/** The check of a Gateway’s endpoint: a right one passes whole, and each way of being wrong is named. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readInbox } from '#gateway/embedded/received.server.ts';
import { checkEndpoint, nobody, type Finding } from '#gateway/receiving/check-endpoint.ts';
import { readGatewayKeys } from '#seal/gateway-key.server.ts';
import { openFrom } from '#seal/seal.server.ts';
import { rightAnswer, sendJson, startServer, type Received } from '../../support/faulty-gateway.ts';
import { startEmbeddedGateway } from '../embedded-server.ts';

const publicKeys = (jwk: object) => readGatewayKeys(JSON.stringify(jwk));

async function findingsOf(
  parts: Parameters<typeof checkEndpoint>[0],
): Promise<{ findings: Finding[]; kept: string[]; of: (what: string) => Finding | undefined }> {
  const kept = new Set<string>();
  const findings: Finding[] = [];
  for await (const finding of checkEndpoint(parts, { now: () => Date.now(), kept: (id) => kept.add(id) })) {
    findings.push(finding);
  }
  return { findings, kept: [...kept], of: (what) => findings.find(({ sentence }) => sentence.startsWith(`${what}:`)) };
}

describe('an endpoint that keeps the contract', () => {
  test.each(['jwe', 'json'] as const)(
    'passes whole, in format %s, and keeps nobody else’s referrals',
    async (format) => {
      const { gateway, dataDir, url } = await startEmbeddedGateway();
      const keys = await publicKeys(gateway.publicJwk);
      const { findings, kept } = await findingsOf({ url, token: gateway.token, format, keys });
      expect(findings.filter(({ verdict }) => verdict !== 'pass').map(({ sentence }) => sentence)).toEqual([
        'The address: it does not begin with https://, and a site in production sends nothing to such an address.',
      ]);
      expect(findings.length).toBeGreaterThan(format === 'jwe' ? 17 : 14);
      const inbox = (await readInbox(dataDir))!;
      expect(inbox.messages.map(({ id }) => id).sort()).toEqual(kept.sort());
      for (const { sealed } of inbox.messages) {
        const opened = await openFrom(inbox.keys, sealed);
        expect(JSON.parse(Buffer.from(opened!.json).toString('utf8'))).toMatchObject({ person: { name: nobody } });
      }
    },
  );
});

describe('an endpoint that does not', () => {
  const check = async (answer: Parameters<typeof startServer>[0]) => {
    const { gateway } = await startEmbeddedGateway();
    const { url } = await startServer(answer);
    return findingsOf({ url, token: 'right', format: 'jwe', keys: await publicKeys(gateway.publicJwk) });
  };

  test('takes everything from everybody: each missing refusal is named', async () => {
    const { findings, of } = await check((response, received) => sendJson(response, 201, rightAnswer(received)));
    for (const what of ['A wrong token', 'No token', 'A body that is too long', 'A body that is no message']) {
      expect(of(what), what).toMatchObject({ verdict: 'fail' });
    }
    expect(of('Other content under the same id')).toMatchObject({ verdict: 'fail' });
    expect(of('A new referral')).toMatchObject({ verdict: 'pass' });
    expect(of('The same referral again'), '201 again is only not what the contract says').toMatchObject({
      verdict: 'advice',
    });
    expect(findings.filter(({ verdict }) => verdict === 'fail').length).toBeGreaterThan(10);
  });

  test.each<[string, (received: Received) => object, RegExp]>([
    [
      'without a hash',
      (received) => ({ ...rightAnswer(received), sha256: undefined }),
      /sha256 is not as the contract/,
    ],
    ['with a wrong hash', (received) => ({ ...rightAnswer(received), sha256: '0'.repeat(64) }), /bytes that were sent/],
    [
      'with another id',
      (received) => ({ ...rightAnswer(received), id: '0d6f3c1e-6f5b-4c57-9a8e-52b1a0c7d914' }),
      /its id is not/,
    ],
    ['that is too long', (received) => ({ ...rightAnswer(received), more: 'x'.repeat(5_000) }), /longer than 4096/],
  ])('acknowledges %s: the site could not take that', async (_, answer, sentence) => {
    const { of } = await check((response, received) => sendJson(response, 201, answer(received)));
    expect(of('A new referral')?.sentence).toMatch(sentence);
    expect(of('The site’s own sender')).toMatchObject({ verdict: 'fail' });
  });

  test('gives a repeat another answer, and refuses with words of the message', async () => {
    let count = 0;
    const { of } = await check((response, received) => {
      if (received.headers.authorization !== 'Bearer right') {
        return sendJson(response, 401, { type: 'about:blank', title: 'No.', status: 401 });
      }
      if (received.body.includes('qqtestword')) return sendJson(response, 400, { got: received.body.toString() });
      count += 1;
      return sendJson(response, 200, { ...rightAnswer(received), gatewayReference: `G-${count}` });
    });
    expect(of('A wrong token')?.sentence).toMatch(/not with problem details/);
    expect(of('A body that is no message')?.sentence).toMatch(/repeats words of the message/);
    expect(of('The same referral again')?.sentence).toMatch(/not the first answer again/);
    expect(of('Five copies at the same moment')).toMatchObject({ verdict: 'fail' });
  });

  /** In capitals: an id is the same in either. */
  const listed = (day: string, ids: readonly string[]): [number, object] => [
    200,
    { day, ids: ids.map((id) => id.toUpperCase()) },
  ];
  test.each<
    [string, (day: string, ids: readonly string[]) => [status: number, answer: object], RegExp, Finding['verdict']]
  >([
    ['has no list', () => [404, {}], /: this address has none\./, 'advice'],
    ['lists another day', (_, ids) => [200, { day: '2020-01-01', ids }], /cannot take it \(not-the-contract\)/, 'fail'],
    ['fails when it is asked for a list', () => [500, {}], /cannot take it \(answered 500\)/, 'fail'],
    [
      'leaves what it received out of its list',
      (day) => [200, { day, ids: [] }],
      /the test referral is not in it/,
      'fail',
    ],
    ['gives its list to anybody', listed, /: it has the test referral\./, 'pass'],
  ])('%s', async (_, list, sentence, verdict) => {
    const ids: string[] = [];
    const { of } = await check((response, received) => {
      if (received.method === 'GET') {
        const isRight = received.headers.authorization === 'Bearer right' || list === listed;
        const day = new URL(received.url, 'http://gateway.invalid').searchParams.get('day') ?? '';
        const [status, answer] = isRight ? list(day, ids) : [401, {}];
        return sendJson(response, status, answer);
      }
      const answer = rightAnswer(received);
      if (answer.id.length === 36) ids.push(answer.id);
      return sendJson(response, 201, answer);
    });
    // The day is that of the acknowledgement, by the Gateway’s clock.
    expect(of('The list of 2026-11-23')).toEqual({ verdict, sentence: expect.stringMatching(sentence) });
    expect(of('The list of a day with a wrong token')?.verdict).toBe(list === listed ? 'fail' : undefined);
  });

  test('sends the caller elsewhere: no redirect is followed', async () => {
    const elsewhere = await startServer((response, received) => sendJson(response, 201, rightAnswer(received)));
    const { of } = await check((response) => {
      response.writeHead(307, { location: elsewhere.url.href }).end();
    });
    expect(of('A new referral')).toMatchObject({ verdict: 'fail' });
    expect(elsewhere.received).toEqual([]);
  });

  test('is not there: that is said once', async () => {
    const { gateway, url, stop } = await startEmbeddedGateway();
    await stop();
    const keys = await publicKeys(gateway.publicJwk);
    const { findings } = await findingsOf({ url, token: 'right', format: 'jwe', keys });
    expect(findings.map(({ sentence }) => sentence).at(-1)).toBe('A wrong token: there was no answer (ECONNREFUSED).');
    expect(findings).toHaveLength(2);
  });
});

describe('npm run gateway:check', () => {
  /** A process of its own, while the Gateway answers in this one. */
  async function run(...given: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
    const child = spawn(process.execPath, ['src/commands/gateway-check.ts', ...given], {
      env: { PATH: process.env['PATH'] },
    });
    const written = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (written.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (written.stderr += chunk.toString()));
    await once(child, 'close');
    return { status: child.exitCode, ...written };
  }

  test('prints a line for each thing tried and what to remove, and ends with 0', async () => {
    const { gateway, url } = await startEmbeddedGateway();
    const { status, stdout, stderr } = await run(
      url.href,
      '--token',
      gateway.token,
      '--key',
      JSON.stringify(gateway.publicJwk),
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('pass    A new referral: answered 201');
    expect(stdout).toMatch(
      /\d+ passed, 1 with advice, 0 failed\.\nTest referrals to remove there, by id:\n {2}[0-9a-f-]{36}/,
    );
    expect(stdout).not.toContain(gateway.token);
    expect(status).toBe(0);
  });

  test('ends with 1 when something fails, and with 2 and a sentence when it cannot begin', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'advocate-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { gateway, url } = await startEmbeddedGateway();
    const [tokenFile, keyFile] = [join(folder, 'token'), join(folder, 'key.json')];
    writeFileSync(tokenFile, 'a-wrong-token\n');
    writeFileSync(keyFile, JSON.stringify({ keys: [gateway.publicJwk] }));
    const wrong = await run(url.href, '--token-file', tokenFile, '--key', keyFile);
    expect(wrong.stdout).toContain('FAIL    A new referral: answered 401, where the contract says 201.');
    expect(wrong.status).toBe(1);
    expect(await run(url.href)).toMatchObject({ status: 2, stderr: expect.stringContaining('--key PUBLIC_JWK') });
    expect(await run(url.href, '--token', 'x', '--key', '{}')).toMatchObject({
      status: 2,
      stderr: 'The key is neither a JWK nor a JWK set.\n',
    });
  });
});
