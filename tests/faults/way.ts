/** Faults of the way to the Gateway: certificates that are not its own, and a name that cannot be looked up. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { installUnless } from '../support/debian.ts';
import { arrivedOnce, drained, freePort, must, readiness, until, type Ground } from './ground.ts';
import { makeMachine } from './machine.ts';
import { send } from './person.ts';

interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Makes certificates for Gateways in this folder; `ca.pem` is the authority that the site is told to trust. */
function authority(
  folder: string,
): (what: { name: string; days?: number; signer?: 'ca' | 'another' | 'itself' }) => Certificate {
  installUnless('openssl', 'openssl');
  const file = (name: string): string => join(folder, name);
  const openssl = (...argv: string[]): void => {
    try {
      execFileSync('openssl', argv, { stdio: 'pipe' });
    } catch (error) {
      throw new Error('Certificates could not be made: is “openssl” installed?', { cause: error });
    }
  };
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  for (const ca of ['ca', 'another']) {
    const files = ['-keyout', file(`${ca}.key`), '-out', file(`${ca}.pem`)];
    openssl('req', '-x509', ...newKey, ...files, '-subj', `/CN=${ca}`, '-days', '2');
  }
  return ({ name, days = 2, signer = 'ca' }) => {
    openssl('req', ...newKey, '-keyout', file('key'), '-out', file('request'), '-subj', `/CN=${name}`);
    writeFileSync(file('names'), `subjectAltName=DNS:${name}`);
    const signedBy =
      signer === 'itself'
        ? ['-signkey', file('key')]
        : ['-CA', file(`${signer}.pem`), '-CAkey', file(`${signer}.key`), '-CAcreateserial'];
    const validity = ['-days', String(days), '-extfile', file('names')];
    openssl('x509', '-req', '-in', file('request'), '-out', file('cert'), ...signedBy, ...validity);
    return { key: readFileSync(file('key'), 'utf8'), cert: readFileSync(file('cert'), 'utf8') };
  };
}

/** Whoever is not proved to be the Gateway is sent nothing, and the operator is called; then the right one gets all. */
export async function falseCertificates(ground: Ground): Promise<string> {
  const folder = ground.folder();
  const certify = authority(folder);
  const wrong = {
    'signed by itself': certify({ name: 'localhost', signer: 'itself' }),
    'of an unknown authority': certify({ name: 'localhost', signer: 'another' }),
    'for another name': certify({ name: 'gateway.example' }),
    'that has ended': certify({ name: 'localhost', days: -1 }),
  };
  const gateway = await ground.gateway();
  const inFront = createServer(Object.values(wrong)[0]!, (incoming) => {
    const onward = connect(Number(new URL(gateway.env['GATEWAY_URL']!).port), '127.0.0.1');
    for (const end of [incoming, onward]) end.on('error', () => undefined).once('close', () => void onward.destroy());
    incoming.pipe(onward).pipe(incoming);
  });
  inFront.on('tlsClientError', () => undefined);
  const port = await freePort();
  await new Promise<void>((resolve) => void inFront.listen(port, 'localhost', resolve));
  ground.atEnd(() => inFront.close());

  const dataDir = ground.folder();
  const env = {
    ...gateway.env,
    GATEWAY_URL: `https://localhost:${port}/referrals`,
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
  };
  const shown: string[] = [];
  for (const [what, certificate] of Object.entries(wrong)) {
    inFront.setSecureContext(certificate);
    const site = await ground.site({ env, dataDir });
    shown.push(await send(site.origin));
    // At the start what waits is tried, and then what was sent now.
    await until(
      `a certificate ${what} is an alarm for each referral`,
      () => site.logs().split(/"level":"alarm","event":"outbox\.alarm"[^\n]*"why":"certificate"/).length - 1,
      (alarms) => alarms === shown.length,
      20_000,
    );
    must(gateway.attempts.length === 0, `nothing is sent to a certificate ${what}`);
    must((await readiness(site.origin)).waiting === shown.length, 'everything is kept');
    must((await site.stop()) === 0, 'it stops cleanly');
  }
  inFront.setSecureContext(certify({ name: 'localhost' }));
  const site = await ground.site({ env, dataDir });
  await drained(site.origin);
  arrivedOnce(gateway, shown);
  must((await site.stop()) === 0, 'it stops cleanly');
  return `certificates ${Object.keys(wrong).join(', ')}: nothing sent, all kept, an alarm each; with the right one ${shown.length} of ${shown.length} arrived`;
}

/** The Gateway’s name cannot be looked up for a while. */
export async function nameNotFound(ground: Ground): Promise<string> {
  const gateway = await ground.gateway();
  const dataDir = ground.folder();
  const machine = makeMachine(ground.folder(), dataDir);
  const env = {
    ...gateway.env,
    ...machine.env,
    GATEWAY_URL: gateway.env['GATEWAY_URL']!.replace('127.0.0.1', 'localhost'),
  };
  const site = await ground.site({ env, dataDir });
  machine.failNames(true);
  const shown = [await send(site.origin), await send(site.origin)];
  await until(
    'the operator is warned',
    () => site.logs(),
    (logs) => /"level":"warning","event":"outbox\.again"[^\n]*"why":"name-not-found"/.test(logs),
    20_000,
  );
  must((await readiness(site.origin)).waiting === shown.length && gateway.attempts.length === 0, 'everything is kept');
  machine.failNames(false);
  await drained(site.origin);
  arrivedOnce(gateway, shown);
  must((await site.stop()) === 0, 'it stops cleanly');
  return `a name that cannot be looked up: ${shown.length} kept, delivered without a start when it can`;
}
