/** `npm run gateway:inbox`, run as a command of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { prepareDelivery } from '#gateway/delivery.server.ts';
import type { EntryKind } from '#outbox/outbox.ts';
import { withdrawalIdOf } from '#referral/status.server.ts';
import { makeSealKeysText, parseSealKeys } from '#seal/key-ring.server.ts';
import { sealTo } from '#seal/seal.server.ts';
import { startEmbeddedGateway, type Listening } from './embedded-server.ts';
import { mairsReferral } from '../support/referral.ts';

function inbox(dataDir: string, ...options: string[]): { status: number | null; stdout: string; stderr: string } {
  // As in production, where nothing but the folder is known to the command.
  const env = { PATH: process.env['PATH'], DATA_DIR: dataDir, NODE_ENV: 'production' };
  const command = ['src/commands/gateway-inbox.ts', ...options];
  return spawnSync(process.execPath, command, { env, encoding: 'utf8' });
}

async function send<Message extends { id: string }>(
  to: Listening,
  message: Message,
  kind: EntryKind = 'referral',
): Promise<Message> {
  const delivery = await prepareDelivery({
    settings: { format: 'jwe' },
    embedded: { keys: to.gateway, url: () => to.url },
    ring: parseSealKeys(makeSealKeysText()),
    now: () => Date.now(),
  });
  const sealed = await sealTo(delivery.recipient!, message.id, message);
  const claim = { ...sealed, id: message.id, format: 'jwe' as const, kind, createdAt: 0, attempts: 1, lease: '' };
  expect(await delivery.send(claim, new AbortController().signal)).toMatchObject({ kind: 'acknowledged' });
  return message;
}

describe('the inbox of the embedded Gateway', () => {
  test('gives what was received as JSON, newest first, while the server runs', async () => {
    const to = await startEmbeddedGateway();
    const first = await send(to, mairsReferral());
    const second = await send(to, mairsReferral({ reference: '2AB-CDE-FGH' }));
    const { status, stdout, stderr } = inbox(to.dataDir, '--json');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { reference: '2AB-CDE-FGH', id: second.id, message: second },
      { reference: '7KQ-M4T-9XW', id: first.id, message: first },
    ]);
    const [{ receivedAt, gatewayReference }] = JSON.parse(stdout);
    expect(Date.parse(receivedAt)).toBeGreaterThan(0);
    expect(gatewayReference).toMatch(/^G-/);
    // It read, and changed nothing: the server goes on receiving.
    await send(to, mairsReferral());
  });

  test('gives it as text that a person can read', async () => {
    const to = await startEmbeddedGateway();
    await send(to, mairsReferral());
    const { status, stdout } = inbox(to.dataDir);
    expect(status).toBe(0);
    expect(stdout).toContain('7KQ-M4T-9XW · received ');
    expect(stdout).toContain('    name: Mair Llŷr');
    // How to make contact comes first, as sentences and as what a machine would keep to.
    const [before = ''] = stdout.split('schema: referral/v1');
    expect(before).toContain('- The Gateway may phone the person.');
    expect(before).toContain('- The Gateway must not leave a voice message.');
    expect(before).toContain('- Offer Welsh first, before the person asks. (active-offer-welsh)');
    expect(before).toContain('(say-nothing-to-others)');
    expect(stdout).toContain('Dw i ddim yn deall y llythyr.');
    expect(stdout.trimEnd().endsWith('1 referral.')).toBe(true);
  });

  test('shows which were taken back, whichever of the two came first', async () => {
    const to = await startEmbeddedGateway();
    const withdrawalOf = ({ id: referral, reference }: ReturnType<typeof mairsReferral>) => ({
      schema: 'withdrawal/v1',
      id: withdrawalIdOf(referral),
      referral,
      reference,
      withdrawnAt: '2026-11-24T10:00:00Z',
    });
    const [kept, before, after] = [mairsReferral(), mairsReferral(), mairsReferral()];
    await send(to, withdrawalOf(before), 'withdrawal');
    expect(JSON.parse(inbox(to.dataDir, '--json').stdout)).toMatchObject([{ message: withdrawalOf(before) }]);
    for (const message of [kept, before, after]) await send(to, message);
    await send(to, withdrawalOf(after), 'withdrawal');
    const received = JSON.parse(inbox(to.dataDir, '--json').stdout);
    expect(received).toMatchObject([
      { id: after.id, message: after, withdrawn: { gatewayReference: expect.stringMatching(/^G-/) } },
      { id: before.id, message: before, withdrawn: {} },
      { id: kept.id },
    ]);
    expect(received[2].withdrawn).toBeUndefined();
    const { stdout } = inbox(to.dataDir);
    expect(stdout.match(/ · withdrawn 20/g)).toHaveLength(2);
    expect(stdout.trimEnd().endsWith('3 referrals, 2 withdrawn.')).toBe(true);
  });

  test('works when the server is off', async () => {
    const to = await startEmbeddedGateway();
    const { id } = await send(to, mairsReferral());
    await to.stop();
    expect(JSON.parse(inbox(to.dataDir, '--json').stdout)).toMatchObject([{ id }]);
  });

  test('says kindly that nothing has come yet', async () => {
    const to = await startEmbeddedGateway();
    expect(inbox(to.dataDir)).toMatchObject({
      status: 0,
      stdout: 'The embedded Gateway has received no referral yet.\n',
    });
    expect(inbox(to.dataDir, '--json')).toMatchObject({ status: 0, stdout: '[]\n' });
  });

  test('says kindly that no Gateway has run here, and makes nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'advocate-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const nowhere = join(folder, 'not-there');
    expect(inbox(nowhere)).toMatchObject({ status: 0 });
    expect(inbox(nowhere).stdout).toContain('No embedded Gateway has kept anything in');
    expect(inbox(nowhere, '--json')).toMatchObject({ status: 0, stdout: '[]\n' });
    expect(readdirSync(folder)).toEqual([]);
  });
});
