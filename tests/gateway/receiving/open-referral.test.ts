/** What the Gateway’s team builds on: a message opens, is checked, and gets the answer that the site waits for. */
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { acknowledgement } from '#gateway/contract.ts';
import { acknowledgementOf, openReferral } from '#gateway/receiving/open-referral.ts';
import { readGatewayKeys } from '#seal/gateway-key.server.ts';
import { rotatePrivateKeys } from '#seal/private-keys.server.ts';
import { sealBytesTo, sealTo, sha256Of } from '#seal/seal.server.ts';
import { startEmbeddedGateway } from '../embedded-server.ts';
import { mairsReferral } from '../../support/referral.ts';

const newKey = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateJwk: privateKey.export({ format: 'jwk' }), publicJwk: publicKey.export({ format: 'jwk' }) };
};
const { privateJwk, publicJwk } = newKey();
const recipient = (await readGatewayKeys(JSON.stringify(publicJwk)))[0]!;
const seal = async (message: { id: string }): Promise<string> =>
  Buffer.from((await sealTo(recipient, message.id, message)).sealed).toString('utf8');

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'advocate-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe('openReferral', () => {
  test('is what the package gives as “./gateway”', async () => {
    const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, string> };
    const given = (await import(/* @vite-ignore */ join(process.cwd(), exports['./gateway']!))) as object;
    expect(Object.keys(given).sort()).toEqual(['acknowledgementOf', 'checkMessage', 'messageSchemas', 'openReferral']);
  });

  test('gives the message and the key that opened it, whether the keys are a JWK, a set, or their text', async () => {
    const message = mairsReferral();
    const jwe = await seal(message);
    const set = { keys: [newKey().privateJwk, privateJwk] };
    for (const keys of [privateJwk, set, JSON.stringify(set)]) {
      expect(await openReferral(jwe, keys)).toEqual({ message, keyId: recipient.keyId });
    }
    expect(await openReferral(Buffer.from(jwe), privateJwk)).toMatchObject({ message });
  });

  test('says why a message cannot be taken, ready to be answered, and shows what was inside to a person', async () => {
    const message = mairsReferral();
    const jwe = await seal(message);
    expect(await openReferral(jwe, newKey().privateJwk)).toMatchObject({
      refusal: 'cannot-be-opened',
      problem: { status: 400 },
    });
    expect(await openReferral(`${jwe.slice(0, -9)}AAAAAAAAA`, privateJwk)).toMatchObject({
      refusal: 'cannot-be-opened',
    });
    const broken = { ...message, permission: 'no' };
    expect(await openReferral(await seal(broken), privateJwk)).toEqual({
      refusal: 'not-the-schema',
      problem: expect.objectContaining({ status: 422, errors: [{ at: 'permission', rule: 'invalid_value' }] }),
      text: JSON.stringify(broken),
    });
    const unknown = { id: message.id, schema: 'news/v1' };
    expect(await openReferral(await seal(unknown), privateJwk)).toMatchObject({
      refusal: 'not-the-schema',
      problem: { errors: [{ at: 'schema', rule: 'unknown' }] },
    });
    const { sealed } = await sealTo(recipient, mairsReferral().id, message);
    expect(await openReferral(sealed, privateJwk)).toMatchObject({ refusal: 'wrong-id', problem: { status: 400 } });
    const text = await sealBytesTo(recipient, message.id, Buffer.from('no JSON'));
    expect(await openReferral(text.sealed, privateJwk)).toMatchObject({ refusal: 'not-json', text: 'no JSON' });
  });

  test('throws a sentence when the private key itself cannot be used', async () => {
    await expect(openReferral('', publicJwk)).rejects.toThrow('The private key must hold private keys (with d)');
  });

  test('the acknowledgement made of it is the one that the contract asks for', async () => {
    const message = mairsReferral();
    const body = Buffer.from(await seal(message));
    const answer = acknowledgementOf({ id: message.id, body, gatewayReference: 'G-1', receivedAt: new Date(0) });
    expect(acknowledgement.parse(answer)).toEqual({
      id: message.id,
      sha256: sha256Of(body),
      gatewayReference: 'G-1',
      receivedAt: '1970-01-01T00:00:00.000Z',
    });
  });
});

/** A command as a process of its own, with nothing but the folder known to it. */
function run(command: string, given: string[], env: Record<string, string> = {}, input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`src/commands/${command}.ts`, ...given], {
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
    input,
  });
  return { status, stdout, stderr };
}

describe('npm run gateway:open', () => {
  test('prints the message of a file or of standard input', async () => {
    const at = folder();
    const message = mairsReferral();
    const jwe = await seal(message);
    writeFileSync(join(at, 'one.jwe'), `${jwe}\n`);
    writeFileSync(join(at, 'key.json'), JSON.stringify(privateJwk));
    const fromFile = run('gateway-open', [join(at, 'one.jwe'), '--key', join(at, 'key.json')]);
    expect(fromFile).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(fromFile.stdout)).toEqual(message);
    expect(run('gateway-open', ['-', '--key', join(at, 'key.json')], {}, jwe)).toEqual(fromFile);
  });

  test('shows what breaks the schema, and ends with 1; without its key it opens nothing', async () => {
    const at = folder();
    writeFileSync(join(at, 'one.jwe'), await seal({ ...mairsReferral(), reference: 'x' } as { id: string }));
    writeFileSync(join(at, 'key.json'), JSON.stringify(privateJwk));
    writeFileSync(join(at, 'other.json'), JSON.stringify(newKey().privateJwk));
    const shown = run('gateway-open', [join(at, 'one.jwe'), '--key', join(at, 'key.json')]);
    expect(shown).toMatchObject({ status: 1, stdout: expect.stringContaining('Mair Llŷr') });
    expect(shown.stderr).toContain('  reference: invalid_format');
    expect(run('gateway-open', [join(at, 'one.jwe'), '--key', join(at, 'other.json')])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'The body does not open with any key of the Gateway.\n',
    });
    expect(run('gateway-open', [join(at, 'one.jwe')])).toMatchObject({ status: 2 });
  });
});

describe('npm run gateway:keys', () => {
  test('rotates the embedded Gateway’s key while it runs: new referrals go to the new key, and all can be read', async () => {
    const to = await startEmbeddedGateway();
    const send = async () => {
      const message = mairsReferral();
      const { sealed } = await sealTo(to.gateway.recipient, message.id, message);
      const headers = {
        authorization: `Bearer ${to.gateway.token}`,
        'idempotency-key': `"${message.id}"`,
        'content-type': 'application/jose',
      };
      return { id: message.id, post: () => fetch(to.url, { method: 'POST', headers, body: Buffer.from(sealed) }) };
    };
    const [before, waiting] = [await send(), await send()];
    expect((await before.post()).status).toBe(201);
    const first = to.gateway.recipient.keyId;
    const rotated = run('gateway-keys', ['rotate'], { DATA_DIR: to.dataDir });
    expect(rotated).toMatchObject({ status: 0, stderr: '' });
    await to.gateway.lookAgain();
    expect(to.gateway.recipient.keyId).not.toBe(first);
    expect(rotated.stdout).toBe(`${to.gateway.recipient.keyId}   (sealed to now)\n${first}\n`);
    expect(to.events.at(-1)).toEqual({ event: 'keys.changed', keys: 2 });
    expect((await waiting.post()).status, 'sealed before the rotation').toBe(201);
    const after = await send();
    expect((await after.post()).status).toBe(201);
    const inbox = run('gateway-inbox', ['--json'], { DATA_DIR: to.dataDir });
    expect(inbox.status).toBe(0);
    expect((JSON.parse(inbox.stdout) as { id: string }[]).map(({ id }) => id)).toEqual([
      after.id,
      waiting.id,
      before.id,
    ]);
    const listed = run('gateway-keys', ['public'], { DATA_DIR: to.dataDir });
    const keys = await readGatewayKeys(listed.stdout);
    expect(keys.map(({ keyId }) => keyId)).toEqual([...to.gateway.keys.keys()]);
    expect(listed.stdout).not.toContain('"d"');
  });

  test('a key file that is broken under a running Gateway changes nothing but the alarm', async () => {
    const to = await startEmbeddedGateway();
    const { keyId } = to.gateway.recipient;
    writeFileSync(join(to.dataDir, 'gateway', 'private-key.json'), '{"keys":');
    await to.gateway.lookAgain();
    await to.gateway.lookAgain();
    expect(to.events).toEqual([{ event: 'keys.refused', refusal: 'not-json' }]);
    expect(to.gateway.recipient.keyId).toBe(keyId);
  });

  test('makes and rotates the file of another Gateway, and says kindly where there is none', async () => {
    const at = folder();
    const file = join(at, 'ours.json');
    expect(run('gateway-keys', ['rotate', '--file', file])).toMatchObject({ status: 0 });
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect(run('gateway-keys', ['rotate', '--file', file]).stdout.trim().split('\n')).toHaveLength(2);
    expect(run('gateway-keys', ['--file', file]).stdout).toContain('(sealed to now)');
    expect((await rotatePrivateKeys(file)).keys.size).toBe(3);
    expect(run('gateway-keys', ['rotate'], { DATA_DIR: at })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('There is no embedded Gateway'),
    });
    expect(run('gateway-keys', ['nonsense'], { DATA_DIR: at })).toMatchObject({ status: 2 });
  });
});
