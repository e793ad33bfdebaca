/** The embedded Gateway over real HTTP: the first is kept, a repeat gets the same answer, all else is refused. */
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { acknowledgement, maxBodyBytes, problemDetails } from '#gateway/contract.ts';
import { readInbox } from '#gateway/embedded/received.server.ts';
import { openFrom, sealTo, sha256Of } from '#seal/seal.server.ts';
import { startEmbeddedGateway, type Listening } from './embedded-server.ts';
import { mairsReferral } from '../support/referral.ts';

type Changes = { headers?: Record<string, string | undefined>; method?: string };

async function post(to: Listening, id: string, body: Uint8Array | string, changes: Changes = {}): Promise<Response> {
  const headers: Record<string, string | undefined> = {
    authorization: `Bearer ${to.gateway.token}`,
    'idempotency-key': `"${id}"`,
    'content-type': 'application/jose',
    ...changes.headers,
  };
  const given = Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined);
  const method = changes.method ?? 'POST';
  return fetch(to.url, { method, headers: given, ...(method === 'POST' && { body: Buffer.from(body) }) });
}

const asJson = { headers: { 'content-type': 'application/json; charset=utf-8' } };
const seal = async (to: Listening, id: string, message: unknown): Promise<Uint8Array> =>
  (await sealTo(to.gateway.recipient, id, message)).sealed;

async function expectProblem(response: Response, status: number, refusal: string): Promise<string> {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const text = await response.text();
  const problem = problemDetails.parse(JSON.parse(text));
  expect(problem).toMatchObject({ status, type: `/gateway/v1/problems/${refusal}` });
  return text;
}

describe('a referral that arrives', () => {
  test('is acknowledged with its id, the hash of its bytes and a reference', async () => {
    const to = await startEmbeddedGateway();
    const message = mairsReferral();
    const body = await seal(to, message.id, message);
    const response = await post(to, message.id, body);
    expect(response.status).toBe(201);
    expect(acknowledgement.parse(await response.json())).toMatchObject({ id: message.id, sha256: sha256Of(body) });
    expect(to.events).toEqual([{ event: 'gateway.received', id: message.id }]);
  });

  test('gets the very same answer when it is sent again, also after the Gateway was off', async () => {
    const to = await startEmbeddedGateway();
    const message = mairsReferral();
    const body = await seal(to, message.id, message);
    const first = await (await post(to, message.id, body)).text();
    const second = await post(to, message.id, body);
    expect(second.status).toBe(200);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await second.text()).toBe(first);
    await to.stop();
    const again = await startEmbeddedGateway({ dataDir: to.dataDir });
    expect(again.gateway.token).toBe(to.gateway.token);
    expect(await (await post(again, message.id, body)).text()).toBe(first);
    expect((await readInbox(to.dataDir))?.messages).toHaveLength(1);
  });

  test('is kept once when twenty copies come at the same moment', async () => {
    const to = await startEmbeddedGateway();
    const message = mairsReferral();
    const body = await seal(to, message.id, message);
    const responses = await Promise.all(Array.from({ length: 20 }, () => post(to, message.id, body)));
    expect(responses.map((response) => response.status).sort()).toEqual([...Array<number>(19).fill(200), 201]);
    expect(new Set(await Promise.all(responses.map((response) => response.text()))).size).toBe(1);
    expect((await readInbox(to.dataDir))?.messages).toHaveLength(1);
  });

  test('may be JSON where that was agreed, and is kept sealed all the same', async () => {
    const to = await startEmbeddedGateway();
    const message = mairsReferral({ need: { ...mairsReferral().need, ownWords: 'canary-in-json' } });
    const body = `${JSON.stringify(message)}   `;
    const response = await post(to, message.id, body, asJson);
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ sha256: sha256Of(Buffer.from(body)) });
    expect((await post(to, message.id, body, asJson)).status).toBe(200);
    const inbox = await readInbox(to.dataDir);
    const [kept] = inbox?.messages ?? [];
    if (!inbox || !kept) throw new Error('nothing was kept');
    expect(Buffer.from(kept.sealed).toString('latin1')).not.toContain('canary');
    const opened = await openFrom(inbox.keys, kept.sealed);
    expect(JSON.parse(Buffer.from(opened?.json ?? []).toString('utf8'))).toEqual(message);
  });

  test('leaves no readable word on the disk, and its key and token only to the site’s own user', async () => {
    const to = await startEmbeddedGateway();
    const message = mairsReferral({ need: { ...mairsReferral().need, ownWords: 'canary-on-disk' } });
    await post(to, message.id, await seal(to, message.id, message));
    await to.stop();
    const folder = join(to.dataDir, 'gateway');
    expect((statSync(folder).mode & 0o777).toString(8)).toBe('700');
    for (const name of readdirSync(folder)) {
      expect((statSync(join(folder, name)).mode & 0o777).toString(8)).toBe('600');
      expect(readFileSync(join(folder, name)).includes('canary')).toBe(false);
    }
  });

  test('is the same with its id in capitals', async () => {
    const to = await startEmbeddedGateway();
    const message = mairsReferral();
    const body = await seal(to, message.id, message);
    expect((await post(to, message.id, body)).status).toBe(201);
    expect((await post(to, message.id.toUpperCase(), body)).status).toBe(200);
  });
});

describe('what is refused', () => {
  test('no token, a wrong token, or a token said otherwise', async () => {
    const to = await startEmbeddedGateway();
    const message = mairsReferral();
    const body = await seal(to, message.id, message);
    for (const authorization of [undefined, 'Bearer wrong', to.gateway.token, `Basic ${to.gateway.token}`, 'Bearer ']) {
      const response = await post(to, message.id, body, { headers: { authorization } });
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      await expectProblem(response, 401, 'not-authorised');
    }
    expect((await readInbox(to.dataDir))?.messages).toEqual([]);
  });

  test('other methods', async () => {
    const to = await startEmbeddedGateway();
    const response = await post(to, randomUUID(), '', { method: 'PUT' });
    expect(response.headers.get('allow')).toBe('GET, POST');
    await expectProblem(response, 405, 'method-not-allowed');
  });

  test('an id that is missing, without quotes, or no UUID', async () => {
    const to = await startEmbeddedGateway();
    for (const key of [undefined, randomUUID(), '"7"', '""']) {
      const response = await post(to, '', 'x', { headers: { 'idempotency-key': key } });
      await expectProblem(response, 400, 'idempotency-key-missing');
    }
  });

  test('another content type', async () => {
    const to = await startEmbeddedGateway();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jose+json']) {
      const response = await post(to, randomUUID(), 'x', { headers: { 'content-type': type } });
      await expectProblem(response, 415, 'wrong-content-type');
    }
  });

  test('the same id with other content, sealed or not', async () => {
    const to = await startEmbeddedGateway();
    const message = mairsReferral();
    await post(to, message.id, await seal(to, message.id, message));
    // The same words sealed a second time are other bytes.
    await expectProblem(await post(to, message.id, await seal(to, message.id, message)), 409, 'other-content');
    await expectProblem(await post(to, message.id, JSON.stringify(message), asJson), 409, 'other-content');
    expect((await readInbox(to.dataDir))?.messages).toHaveLength(1);
  });

  test('what does not open: no JWE, damaged, or sealed to somebody else', async () => {
    const to = await startEmbeddedGateway();
    const other = await startEmbeddedGateway();
    const message = mairsReferral();
    const right = await seal(to, message.id, message);
    const damaged = Uint8Array.from(right);
    damaged[2_000] = damaged[2_000] === 65 ? 66 : 65;
    for (const body of ['', 'not a jwe', damaged, await seal(other, message.id, message)]) {
      await expectProblem(await post(to, message.id, body), 400, 'cannot-be-opened');
    }
    expect((await post(to, message.id, right)).status).toBe(201);
  });

  test('what is not JSON in UTF-8', async () => {
    const to = await startEmbeddedGateway();
    for (const body of ['', '{"schema":', Buffer.from([0x22, 0xff, 0xfe, 0x22])]) {
      await expectProblem(await post(to, randomUUID(), body, asJson), 400, 'not-json');
    }
  });

  test('a message that breaks the schema: the answer names places and rules, never what was written', async () => {
    const to = await startEmbeddedGateway();
    const message = { ...mairsReferral(), permission: 'canary-value', 'canary-key': 'canary' };
    const text = await expectProblem(
      await post(to, message.id, await seal(to, message.id, message)),
      422,
      'not-the-schema',
    );
    expect(JSON.parse(text)).toMatchObject({
      errors: expect.arrayContaining([{ at: 'permission', rule: 'invalid_value' }]),
    });
    expect(text).not.toContain('canary');
    expect(to.events).toEqual([{ event: 'gateway.refused', refusal: 'not-the-schema', status: 422 }]);
  });

  test('a message whose obligations are not what its plan leads to, or whose plan contradicts itself', async () => {
    const to = await startEmbeddedGateway();
    const calm = { ...mairsReferral(), obligations: [] };
    const { contact } = calm;
    const called = mairsReferral({ contact: { ...contact, safe: { ...contact.safe, voice: false } } });
    for (const [message, at] of [
      [calm, 'obligations'],
      [called, 'contact.ways'],
    ] as const) {
      const response = await post(to, message.id, await seal(to, message.id, message));
      const text = await expectProblem(response, 422, 'not-the-schema');
      expect(JSON.parse(text)).toMatchObject({ errors: [{ at, rule: 'contradiction' }] });
    }
    expect((await readInbox(to.dataDir))?.messages).toEqual([]);
  });

  test('an id that is not the same in the header, the seal and the message', async () => {
    const to = await startEmbeddedGateway();
    const message = mairsReferral();
    const other = randomUUID();
    await expectProblem(await post(to, other, await seal(to, message.id, message)), 400, 'wrong-id');
    await expectProblem(await post(to, other, await seal(to, other, message)), 400, 'wrong-id');
    await expectProblem(await post(to, other, JSON.stringify(message), asJson), 400, 'wrong-id');
  });

  test('more than 80 KiB, announced or not', async () => {
    const to = await startEmbeddedGateway();
    const tooLong = 'x'.repeat(maxBodyBytes + 1);
    await expectProblem(await post(to, randomUUID(), tooLong), 413, 'too-long');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const outgoing = httpRequest(to.url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${to.gateway.token}`,
          'idempotency-key': `"${randomUUID()}"`,
          'content-type': 'application/jose',
          'transfer-encoding': 'chunked',
        },
      });
      outgoing.on('response', (incoming) => resolve(incoming.resume().statusCode));
      outgoing.on('error', reject);
      outgoing.end(tooLong);
    });
    expect(status).toBe(413);
    await expectProblem(await post(to, randomUUID(), 'x'.repeat(maxBodyBytes)), 400, 'cannot-be-opened');
  });

  test('a sender that goes away in the middle leaves nothing and harms nobody', async () => {
    const to = await startEmbeddedGateway();
    await new Promise<void>((resolve) => {
      const outgoing = httpRequest(to.url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${to.gateway.token}`,
          'idempotency-key': `"${randomUUID()}"`,
          'content-type': 'application/jose',
          'content-length': 5_000,
        },
      });
      outgoing.on('error', () => resolve());
      outgoing.write('half of it', () => setTimeout(() => outgoing.destroy(new Error('gone')), 20));
    });
    const message = mairsReferral();
    expect((await post(to, message.id, await seal(to, message.id, message))).status).toBe(201);
    expect(to.events.map(({ event }) => event)).toEqual(['gateway.received']);
  });
});
