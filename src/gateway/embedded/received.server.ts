/** What the embedded Gateway has received, still sealed, in a file of its own; and the keys that open it. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { Generated, Kysely } from 'kysely';
import { keepSecret, readSecret } from '#seal/secret-file.server.ts';
import type { Recipient, RecipientKeys } from '#seal/seal.server.ts';
import { openSqliteFile, openSqliteFileReadOnly } from '#store/sqlite-file.server.ts';
import type { Receipt } from './receive.ts';

type Tables = {
  received: {
    seq: Generated<number>;
    id: string;
    sha256: string;
    gateway_reference: string;
    received_at: string;
    sealed: Uint8Array;
  };
};

const start = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('received')
      .addColumn('seq', 'integer', (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('gateway_reference', 'text', (column) => column.notNull())
      .addColumn('received_at', 'text', (column) => column.notNull())
      .addColumn('sealed', 'blob', (column) => column.notNull())
      .execute();
  },
};

const folderOf = (dataDir: string): string => join(dataDir, 'gateway');
const fileOf = (dataDir: string): string => join(folderOf(dataDir), 'received.db');
const keyFileOf = (dataDir: string): string => join(folderOf(dataDir), 'private-key.json');
const tokenFileOf = (dataDir: string): string => join(folderOf(dataDir), 'token');

export type EmbeddedKeys = {
  token: string;
  publicJwk: JWK;
  recipient: Recipient;
  /** The private key. Whoever has it can read every referral that this Gateway has received. */
  keys: RecipientKeys;
};

/** The Gateway’s key and token, made at the first start under `DATA_DIR/gateway` (0600 in 0700). */
export async function embeddedKeys(dataDir: string): Promise<EmbeddedKeys> {
  mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
  const token = keepSecret(tokenFileOf(dataDir), () => randomBytes(32).toString('base64url'));
  const text = keepSecret(keyFileOf(dataDir), () =>
    JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })),
  );
  return { token, ...(await keysFrom(text)) };
}

async function keysFrom(text: string): Promise<Omit<EmbeddedKeys, 'token'>> {
  const privateKey = createPrivateKey({ format: 'jwk', key: JSON.parse(text) as JWK & Record<string, unknown> });
  const publicKey = createPublicKey(privateKey);
  const jwk = publicKey.export({ format: 'jwk' }) as JWK;
  const keyId = await calculateJwkThumbprint(jwk);
  return {
    publicJwk: { ...jwk, kid: keyId, use: 'enc', alg: 'ECDH-ES' },
    recipient: { keyId, publicKey },
    keys: new Map([[keyId, privateKey]]),
  };
}

export type ReceivedMessages = {
  find(id: string): Promise<Receipt | undefined>;
  /** Resolves when the message is on the disk. False if the id was there already. */
  keep(receipt: Receipt, sealed: Uint8Array): Promise<boolean>;
  /** The ids received on a day in UTC, `2026-11-23`. */
  idsOn(day: string): Promise<string[]>;
  close(): Promise<void>;
};

export async function openReceivedMessages(dataDir: string): Promise<ReceivedMessages> {
  mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
  const { db, close } = await openSqliteFile<Tables>(fileOf(dataDir), { '0001-start': start });
  return {
    async find(id) {
      const row = await db.selectFrom('received').selectAll().where('id', '=', id).executeTakeFirst();
      return row && receiptOf(row);
    },
    async keep({ id, sha256, gatewayReference, receivedAt }, sealed) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('received')
        .values({ id, sha256, gateway_reference: gatewayReference, received_at: receivedAt, sealed })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    async idsOn(day) {
      const rows = await db.selectFrom('received').select('id').where('received_at', 'like', `${day}%`).execute();
      return rows.map(({ id }) => id);
    },
    close,
  };
}

const receiptOf = (row: Omit<Tables['received'], 'seq' | 'sealed'>): Receipt => ({
  id: row.id,
  sha256: row.sha256,
  gatewayReference: row.gateway_reference,
  receivedAt: row.received_at,
});

export type Inbox = { keys: RecipientKeys; messages: (Receipt & { sealed: Uint8Array })[] };

/** Everything received, newest first, for a person at this machine; undefined where no Gateway has run yet. */
export async function readInbox(dataDir: string): Promise<Inbox | undefined> {
  const key = existsSync(fileOf(dataDir)) ? readSecret(keyFileOf(dataDir)) : undefined;
  if (key === undefined) return undefined;
  const { keys } = await keysFrom(key);
  const db = openSqliteFileReadOnly<Tables>(fileOf(dataDir));
  try {
    const rows = await db.selectFrom('received').selectAll().orderBy('seq', 'desc').execute();
    return { keys, messages: rows.map((row) => ({ ...receiptOf(row), sealed: row.sealed })) };
  } finally {
    await db.destroy();
  }
}
