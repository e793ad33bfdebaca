/** For those who build a Gateway: opens a message, checks it, and makes the answer that the site waits for. The package exports it as “./gateway”. */
import { readPrivateKeys } from '#seal/private-keys.server.ts';
import { openFrom, sha256Of } from '#seal/seal.server.ts';
import type { Acknowledgement, ProblemDetails, Refusal } from '../contract.ts';
import { examine, refuse, type MessageSchema } from '../embedded/receive.ts';
import { referralV1, type ReferralV1 } from '../referral-v1.ts';

export type { Acknowledgement, ProblemDetails, ReferralV1 };

/** Every kind of message that the site sends, by what its field `schema` says. */
export const messageSchemas: Readonly<Record<string, MessageSchema>> = { 'referral/v1': referralV1 };

export type Opened =
  /** The message, checked; `keyId` says which of the keys opened it. */
  | { readonly message: ReferralV1; readonly keyId: string }
  /**
   * Why it cannot be taken. `problem` is the body to answer with (`application/problem+json`, its `status` the answer’s),
   * and names no word of the message. `text` is what was inside, for a person to read, where it opened at all.
   */
  | { readonly refusal: Refusal; readonly problem: ProblemDetails; readonly text?: string };

/**
 * Opens a sealed message and checks it against its schema, its id against the header’s. Never throws for a bad message.
 * @param jwe the body of the request as it came: a compact JWE, as text or bytes
 * @param privateKeys the Gateway’s private JWK or JWK set, as an object or JSON text: every key that a site may still use
 * @throws an Error with a whole sentence when the private keys themselves cannot be used
 */
export async function openReferral(jwe: string | Uint8Array, privateKeys: object | string): Promise<Opened> {
  const keyText = typeof privateKeys === 'string' ? privateKeys : JSON.stringify(privateKeys);
  const { keys } = await readPrivateKeys(keyText, 'The private key');
  const body = typeof jwe === 'string' ? Buffer.from(jwe.trim(), 'utf8') : jwe;
  const opened = await openFrom(keys, body);
  if (!opened) return refuse('cannot-be-opened') as Refused;
  const checked = checkMessage(opened.json, opened.id);
  return 'message' in checked ? { ...checked, keyId: opened.keyId } : checked;
}

type Refused = { refusal: Refusal; problem: ProblemDetails };

/**
 * Checks a message that came as JSON, or was opened elsewhere.
 * @param id the id in Idempotency-Key, or in the header `rid` of the sealed message
 */
export function checkMessage(
  json: Uint8Array,
  id: string,
):
  | { readonly message: ReferralV1 }
  | { readonly refusal: Refusal; readonly problem: ProblemDetails; readonly text: string } {
  const text = Buffer.from(json).toString('utf8').trimEnd();
  const schema = messageSchemas[schemaNameIn(text) ?? 'referral/v1'];
  const objection = schema
    ? examine(json, id.toLowerCase(), schema)
    : refuse('not-the-schema', [{ at: 'schema', rule: 'unknown' }]);
  if (objection) return { ...(objection as Refused), text };
  return { message: JSON.parse(text) as ReferralV1 };
}

function schemaNameIn(text: string): string | undefined {
  try {
    const value = JSON.parse(text) as { schema?: unknown } | null;
    return typeof value?.schema === 'string' ? value.schema : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The answer to a message that is in safe keeping: with 201 the first time, with 200 for the same bytes again, and then
 * it must be the first one word for word. Without it the site keeps sending.
 * @param received.body the bytes of the request as they came, before opening
 */
export const acknowledgementOf = (received: {
  id: string;
  body: Uint8Array;
  gatewayReference: string;
  receivedAt: Date;
}): Acknowledgement => ({
  id: received.id,
  sha256: sha256Of(received.body),
  gatewayReference: received.gatewayReference,
  receivedAt: received.receivedAt.toISOString(),
});
