/** A Gateway that cannot prove who it is gets nothing, not even the token; the referral waits, and the log says why. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rightAnswer, sendJson, startServer } from '../support/faulty-gateway.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'advocate-'));
const fileOf = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const openssl = (...argv: readonly string[]): void => {
  execFileSync('openssl', argv, { cwd: folder, stdio: 'pipe' });
};
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** A certificate that nobody but itself vouches for: a server’s, or an authority’s own. */
function selfSigned(name: string, subject: string): void {
  const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`];
  const names = ['-subj', `/CN=${subject}`, '-addext', `subjectAltName=DNS:${subject}`];
  openssl('req', '-x509', ...newKey, ...files, ...names, '-days', '2');
}

/** A certificate for a host, from an authority, that ends on a day such as `20491231`. */
function signed(name: string, authority: string, host: string, end: string): void {
  openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${host}`);
  writeFileSync(fileOf('index'), '');
  const settings = [
    '[ca]',
    'default_ca = ca',
    '[ca]',
    'database = index',
    'rand_serial = yes',
    'new_certs_dir = .',
    'default_md = sha256',
    'policy = policy',
    'x509_extensions = extensions',
    '[policy]',
    'commonName = supplied',
    '[extensions]',
    `subjectAltName = DNS:${host}`,
  ];
  writeFileSync(fileOf('settings'), `${settings.join('\n')}\n`);
  const from = ['-cert', `${authority}.pem`, '-keyfile', `${authority}.key`, '-config', 'settings'];
  const time = ['-startdate', '20200101000000Z', '-enddate', `${end}000000Z`];
  openssl('ca', '-batch', '-notext', ...from, ...time, '-in', `${name}.csr`, '-out', `${name}.pem`);
}

beforeAll(() => {
  selfSigned('trusted', 'Trusted');
  selfSigned('stranger', 'Stranger');
  selfSigned('alone', 'localhost');
  signed('right', 'trusted', 'localhost', '20491231');
  signed('other-host', 'trusted', 'gateway.example', '20491231');
  signed('expired', 'trusted', 'localhost', '20200102');
  signed('not-trusted', 'stranger', 'localhost', '20491231');
});

/** Lets a site of its own try to deliver a referral, and to read the list of a day, where this certificate is shown. */
async function deliverTo(name: string, env: Readonly<Record<string, string>> = {}) {
  const { url, received } = await startServer(
    (response, request) => {
      const list = { day: new URL(request.url, 'https://localhost').searchParams.get('day'), ids: [] };
      if (request.method === 'GET') sendJson(response, 200, list);
      else sendJson(response, 201, rightAnswer(request));
    },
    { cert: readFileSync(fileOf(`${name}.pem`)), key: readFileSync(fileOf(`${name}.key`)) },
  );
  const script = join(import.meta.dirname, 'deliver-over-tls.ts');
  const site = spawn(process.execPath, [script, url.href, temporaryFolder()], {
    env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: fileOf('trusted.pem'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [written, complaints] = await Promise.all([text(site.stdout), text(site.stderr), once(site, 'close')]);
  if (site.exitCode !== 0) throw new Error(complaints);
  return { ...(JSON.parse(written) as { event: object; list: string; standing: object }), received };
}

test('a certificate for this name, from an authority that this machine trusts, is enough', async () => {
  const { event, list, standing, received } = await deliverTo('right');
  expect(event).toMatchObject({ event: 'outbox.delivered', attempts: 1 });
  expect(list).toBe('listed');
  expect(standing).toMatchObject({ waiting: 0, parked: 0 });
  expect(received.map(({ method, headers }) => [method, headers.authorization])).toEqual([
    ['POST', 'Bearer the-token'],
    ['GET', 'Bearer the-token'],
  ]);
});

test.each([
  ['signed by nobody but itself', 'alone'],
  ['for another name', 'other-host'],
  ['that has expired', 'expired'],
  ['from an authority that nobody here trusts', 'not-trusted'],
])(
  'a certificate %s: nothing is sent, the referral waits for the next attempt, and an alarm names the certificate',
  async (_, name) => {
    // Nor when somebody has told Node, for all that it does, not to look.
    for (const env of [{}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }]) {
      const { event, list, standing, received } = await deliverTo(name, env);
      expect(event).toMatchObject({ event: 'outbox.alarm', attempts: 1, why: 'certificate' });
      expect(list).toBe('failed');
      expect(standing).toMatchObject({ waiting: 1, parked: 0 });
      expect(received).toEqual([]);
    }
  },
);
