/** What the embedded Gateway has received, still sealed, in a file of its own; and the keys that open it. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import type { Generated, Kysely } from 'kysely';
import { KeyError, type KeyEvent } from '#seal/gateway-key.server.ts';
import { makePrivateKeyText, readPrivateKeys } from '#seal/private-keys.server.ts';
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
/** Where the embedded Gateway keeps its private keys. */
export const keyFileOf = (dataDir: string): string => join(folderOf(dataDir), 'private-key.json');
const tokenFileOf = (dataDir: string): string => join(folderOf(dataDir), 'token');

export type EmbeddedKeys = {
  readonly token: string;
  /** The public part of the newest key, to which a site seals. */
  readonly publicJwk: JWK;
  readonly recipient: Recipient;
  /** The private keys, older ones included. Whoever has them can read every referral that this Gateway has received. */
  readonly keys: RecipientKeys;
  /** Finds a key that `gateway:keys -- rotate` has made. Never throws: a file that cannot be used changes nothing. */
  lookAgain(): Promise<void>;
};

/** The Gateway’s keys and token, made at the first start under `DATA_DIR/gateway` (0600 in 0700). */
export async function embeddedKeys(dataDir: string, log: (event: KeyEvent) => void): Promise<EmbeddedKeys> {
  mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
  const token = keepSecret(tokenFileOf(dataDir), () => randomBytes(32).toString('base64url'));
  const path = keyFileOf(dataDir);
  let text = keepSecret(path, makePrivateKeyText);
  let read = await readPrivateKeys(text, path);
  let refused: string | undefined;
  return {
    token,
    get publicJwk() {
      return read.publicJwks[0] as JWK;
    },
    get recipient() {
      return read.recipient;
    },
    get keys() {
      return read.keys;
    },
    async lookAgain() {
      let found: string | undefined;
      try {
        found = readSecret(path) ?? '';
        if (found !== text) {
          read = await readPrivateKeys(found, path);
          text = found;
          log({ event: 'keys.changed', keys: read.keys.size });
        }
        refused = undefined;
      } catch (error) {
        // Told once for each text, not at each look.
        const what = found ?? 'not readable';
        const refusal = error instanceof KeyError ? error.refusal : 'not-readable';
        if (refused !== what) log({ event: 'keys.refused', refusal });
        refused = what;
      }
    },
  };
}

/** Throws a whole sentence if a Gateway’s private keys lie in the data folder of a site that sends to somebody else. */
export function refuseGatewayKeysIn(dataDir: string): void {
  if (!existsSync(keyFileOf(dataDir))) return;
  throw new Error(
    `${keyFileOf(dataDir)} holds private keys of a Gateway. In production they may not lie on the site’s machine: move the folder ${folderOf(dataDir)} away.`,
  );
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
  const { keys } = await readPrivateKeys(key, keyFileOf(dataDir));
  const db = openSqliteFileReadOnly<Tables>(fileOf(dataDir));
  try {
    const rows = await db.selectFrom('received').selectAll().orderBy('seq', 'desc').execute();
    return { keys, messages: rows.map((row) => ({ ...receiptOf(row), sealed: row.sealed })) };
  } finally {
    await db.destroy();
  }
}
