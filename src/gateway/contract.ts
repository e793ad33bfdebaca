/** What the Gateway and the site agree on besides the message itself: address, headers, answers and refusals. */
import { z } from 'zod';

/** Where the embedded Gateway listens, and what GATEWAY_URL of another site may point to. */
export const referralsPath = '/gateway/v1/referrals';

/** Where a referral is taken back: beside it. */
export const withdrawalsPath = '/gateway/v1/withdrawals';

/** The address beside the one for referrals: `…/referrals` has `…/withdrawals`. */
export function withdrawalsUrlOf(referrals: URL): URL {
  const url = new URL(referrals);
  url.pathname = url.pathname.replace(/[^/]*\/?$/, 'withdrawals');
  return url;
}

export const idempotencyHeader = 'idempotency-key';
export const replayedHeader = 'idempotency-replayed';
export const contentTypes = { jwe: 'application/jose', json: 'application/json' } as const;
export const problemContentType = 'application/problem+json';

/** The longest body, in bytes: more than the one size that every sealed message has. */
export const maxBodyBytes = 80 * 1024;
/** The longest acknowledgement, in bytes, that the site reads. */
export const maxAnswerBytes = 4 * 1024;
/** The longest list of a day, in bytes, that the site reads: more than 25,000 ids. */
export const maxListBytes = 1024 * 1024;

/** `Idempotency-Key` is a string of structured fields: the id in double quotes. */
export const idempotencyKeyOf = (id: string): string => `"${id}"`;

/** The id in an `Idempotency-Key` header, in lower case, or undefined where it is not a quoted UUID. */
export function idFromIdempotencyKey(header: string | undefined): string | undefined {
  const quoted = header
    ?.trim()
    .match(/^"([^"]*)"$/)?.[1]
    ?.toLowerCase();
  return z.uuid().safeParse(quoted).data;
}

/** 201 the first time, 200 for a repeat, with the same content. */
export const acknowledgement = z.object({
  id: z.uuid(),
  /** Hex, of the body’s bytes as they were received. */
  sha256: z.string().regex(/^[0-9a-fA-F]{64}$/),
  gatewayReference: z.string().min(1).max(200),
  receivedAt: z.iso.datetime({ offset: true }),
});

export type Acknowledgement = z.infer<typeof acknowledgement>;

/** What the Gateway acknowledged as received on a day of its own clock, in UTC; in any order. */
export const receivedOnDay = z.object({ day: z.iso.date(), ids: z.array(z.uuid()) });

export type ReceivedOnDay = z.infer<typeof receivedOnDay>;

/** Every way in which the Gateway refuses, with its status. The titles are for the people who run the site. */
export const refusals = {
  'method-not-allowed': { status: 405, title: 'Only GET and POST are allowed here.' },
  'not-authorised': { status: 401, title: 'The bearer token is missing or wrong.' },
  'idempotency-key-missing': {
    status: 400,
    title: 'Idempotency-Key must be the id of the message, a UUID in double quotes.',
  },
  'wrong-content-type': { status: 415, title: 'Send application/jose, or application/json where that was agreed.' },
  'too-long': { status: 413, title: 'The body is longer than 81920 bytes.' },
  'cannot-be-opened': { status: 400, title: 'The body does not open with any key of the Gateway.' },
  'not-json': { status: 400, title: 'The message is not JSON in UTF-8.' },
  'wrong-id': { status: 400, title: 'The id of the message, of its seal and of Idempotency-Key must be the same.' },
  'not-the-schema': { status: 422, title: 'The message does not follow its schema.' },
  'wrong-day': { status: 400, title: 'Ask for a day in UTC, such as ?day=2026-11-23.' },
  'other-content': { status: 409, title: 'This id has already been received with other content.' },
  'cannot-keep': { status: 503, title: 'The message could not be kept just now. Send it again later.' },
} as const;

export type Refusal = keyof typeof refusals;

/** A refusal as problem details (RFC 9457). `errors` names places in the message and rules, never values. */
export const problemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  errors: z.array(z.object({ at: z.string(), rule: z.string() })).optional(),
});

export type ProblemDetails = z.infer<typeof problemDetails>;

export const problemOf = (refusal: Refusal, errors?: ProblemDetails['errors']): ProblemDetails => ({
  type: `/gateway/v1/problems/${refusal}`,
  ...refusals[refusal],
  ...(errors && { errors }),
});
