/** Holds an endpoint to the contract: sends it what the site sends, right and wrong, and says in sentences what it did. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { dayOf } from '#outbox/days.ts';
import type { DayList } from '#outbox/outbox.ts';
import type { DatedKey } from '#seal/gateway-key.server.ts';
import { sealBytesTo, sealTo, sha256Of } from '#seal/seal.server.ts';
import { gatewayClient } from '../client.server.ts';
import {
  acknowledgement,
  contentTypes,
  idempotencyHeader,
  idempotencyKeyOf,
  maxAnswerBytes,
  maxBodyBytes,
  problemContentType,
  problemDetails,
} from '../contract.ts';
import { gatewayList } from '../list.server.ts';
import { exampleReferrals } from '../openapi.ts';
import type { ReferralV1 } from '../referral-v1.ts';

/** `advice`: the site gets by with it, but the contract says otherwise. */
export type Finding = { readonly verdict: 'pass' | 'advice' | 'fail'; readonly sentence: string };

export interface Endpoint {
  readonly url: URL;
  readonly token: string;
  readonly format: keyof typeof contentTypes;
  /** The Gateway’s public keys, the newest first; not needed in format `json`. */
  readonly keys: readonly DatedKey[];
}

/** Who the test referrals are about. The schema has no mark for a test, so that the person herself says so. */
export const nobody = 'PRAWF – TEST (nid person go iawn – not a real person)';
const testWords =
  'Prawf o’r cyfeiriad hwn yw hyn. Peidiwch â chysylltu â neb. This is a test of this address. Do not contact anybody.';
/** In the bodies that must be refused: an answer may not say it back. */
const mark = 'qqtestword';

const longestMs = 30_000;

/** A whole, right referral of somebody who does not exist. @param now milliseconds since 1970 */
export function testReferral(now: number, language: keyof typeof exampleReferrals = 'cy'): ReferralV1 {
  const example = exampleReferrals[language];
  return {
    ...example,
    id: randomUUID(),
    reference: 'TST-TST-TST',
    submittedAt: new Date(now).toISOString(),
    person: { ...example.person, name: nobody },
    need: { ...example.need, ownWords: testWords },
  };
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/**
 * Tries everything that the contract says, most harmless first, and yields a finding for each.
 * The endpoint keeps a few test referrals of nobody; `kept` is told the id of each.
 */
export async function* checkEndpoint(
  { url, token, format, keys }: Endpoint,
  { now, kept }: { now: () => number; kept: (id: string) => void },
): AsyncGenerator<Finding> {
  const seal = async (message: { id: string }, key = keys[0]): Promise<Uint8Array> =>
    format === 'json' || !key ? Buffer.from(JSON.stringify(message)) : (await sealTo(key, message.id, message)).sealed;

  async function post(id: string, body: Uint8Array, changes: Record<string, string | undefined> = {}): Promise<Reply> {
    const headers: Record<string, string | undefined> = {
      authorization: `Bearer ${token}`,
      [idempotencyHeader]: idempotencyKeyOf(id),
      'content-type': contentTypes[format],
      accept: 'application/json',
      ...changes,
    };
    const given = Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined);
    const signal = AbortSignal.timeout(longestMs);
    // The site follows no redirect either.
    const response = await fetch(url, {
      method: 'POST',
      headers: given,
      body: Buffer.from(body),
      redirect: 'manual',
      signal,
    });
    return {
      status: response.status,
      type: response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '',
      text: await response.text(),
    };
  }

  /** One request whose answer is judged; an endpoint that does not answer has failed. */
  async function tried(what: string, ask: () => Promise<Reply>, judge: (reply: Reply) => Finding): Promise<Finding> {
    try {
      return judge(await ask());
    } catch (error) {
      const { name, cause } = error as Error & { cause?: { code?: string } };
      const why =
        name === 'TimeoutError' ? `no answer in ${longestMs / 1000} seconds` : (cause?.code ?? 'no connection');
      return { verdict: 'fail', sentence: `${what}: there was no answer (${why}).` };
    }
  }

  const refused =
    (what: string, wanted: number, asGood: readonly number[]) =>
    ({ status, type, text }: Reply): Finding => {
      const said = `${what}: answered ${status}`;
      if (status !== wanted && !asGood.includes(status)) {
        return { verdict: 'fail', sentence: `${said}, where the contract says ${wanted}.` };
      }
      if (text.includes(mark))
        return { verdict: 'fail', sentence: `${said}, but the answer repeats words of the message.` };
      if (type !== problemContentType || !problemDetails.safeParse(jsonIn(text)).success) {
        return {
          verdict: 'fail',
          sentence: `${said}, but not with problem details (RFC 9457, ${problemContentType}).`,
        };
      }
      return status === wanted
        ? { verdict: 'pass', sentence: `${said}, with problem details.` }
        : {
            verdict: 'advice',
            sentence: `${said}. The site takes that as it takes ${wanted}, which the contract says.`,
          };
    };
  /** The site parks a message after any of these, and tells a person. */
  const aPersonLooks = [400, 413, 415, 422];
  const wrongSetUp = [401, 403];

  if (url.protocol !== 'https:') {
    yield {
      verdict: isThisMachine(url) ? 'advice' : 'fail',
      sentence:
        'The address: it does not begin with https://, and a site in production sends nothing to such an address.',
    };
  }

  const wrong = { ...testReferral(now(), 'en'), variant: mark };
  const body = await seal(wrong);
  const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
  for (const [what, authorization] of [
    ['A wrong token', `Bearer ${token}x`],
    ['No token', undefined],
  ] as const) {
    const finding = await tried(what, () => post(wrong.id, body, { authorization }), refused(what, 401, wrongSetUp));
    yield finding;
    // Of an address at which nobody answers there is nothing more to say.
    if (finding.sentence.includes('there was no answer')) return;
  }
  const refusals: [what: string, status: number, ask: () => Promise<Reply>][] = [
    ['No Idempotency-Key', 400, () => post(wrong.id, body, { [idempotencyHeader]: undefined })],
    ['An Idempotency-Key that is no UUID', 400, () => post('1', body)],
    ['Another content type', 415, () => post(wrong.id, body, { 'content-type': 'text/plain' })],
    ['A body that is no message', 400, () => post(randomUUID(), bytes(`${mark} {`))],
    ['A message that does not follow the schema', 422, () => post(wrong.id, body)],
    ['A body that is too long', 413, () => post(randomUUID(), bytes('x'.repeat(maxBodyBytes + 1)))],
    ['A message under the id of another', 400, async () => post(randomUUID(), await seal(testReferral(now())))],
  ];
  const [newest] = keys;
  if (format === 'jwe' && newest) {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const sealedTo = async (key: { keyId: string; publicKey: typeof publicKey }, id: string, text: string) =>
      (await sealBytesTo(key, id, bytes(text))).sealed;
    const strange = testReferral(now());
    refusals.push(
      [
        'A sealed message without JSON inside',
        400,
        async () => post(wrong.id, await sealedTo(newest, wrong.id, `${mark} {`)),
      ],
      [
        'A message sealed to another key under your key’s id',
        400,
        async () => post(strange.id, (await sealTo({ ...newest, publicKey }, strange.id, strange)).sealed),
      ],
      [
        'A message sealed to a key that you do not have',
        400,
        async () =>
          post(strange.id, (await sealTo({ keyId: 'nobody-has-this', publicKey }, strange.id, strange)).sealed),
      ],
    );
  }
  for (const [what, status, ask] of refusals) yield await tried(what, ask, refused(what, status, aPersonLooks));

  const first = testReferral(now());
  const firstBody = await seal(first);
  let firstAnswer: string | undefined;
  /** Whether it is this Gateway’s acknowledgement of these bytes, and the same as before. */
  const acknowledged =
    (what: string, wanted: number, message: { id: string }, sent: Uint8Array, before?: string) =>
    ({ status, type, text }: Reply): Finding => {
      const said = `${what}: answered ${status}`;
      if (status !== 200 && status !== 201)
        return { verdict: 'fail', sentence: `${said}, where the contract says ${wanted}.` };
      kept(message.id);
      const answer = acknowledgement.safeParse(jsonIn(text));
      const wrongPart =
        type !== 'application/json'
          ? 'its content type is not application/json'
          : Buffer.byteLength(text) > maxAnswerBytes
            ? `it is longer than ${maxAnswerBytes} bytes`
            : !answer.success
              ? `${answer.error.issues.map(({ path }) => path.join('.') || 'the body').join(', ')} is not as the contract says`
              : answer.data.id.toLowerCase() !== message.id
                ? 'its id is not that of the referral'
                : answer.data.sha256.toLowerCase() !== sha256Of(sent)
                  ? 'its sha256 is not that of the bytes that were sent'
                  : before !== undefined && JSON.stringify(jsonIn(text)) !== JSON.stringify(jsonIn(before))
                    ? 'it is not the first answer again'
                    : undefined;
      if (wrongPart !== undefined)
        return { verdict: 'fail', sentence: `${said}, but the site cannot take the answer: ${wrongPart}.` };
      return status === wanted
        ? { verdict: 'pass', sentence: `${said}, with the acknowledgement that the site waits for.` }
        : { verdict: 'advice', sentence: `${said}. The site takes it; the contract says ${wanted}.` };
    };

  const asFirst = async (): Promise<Reply> => {
    const reply = await post(first.id, firstBody);
    firstAnswer ??= reply.text;
    return reply;
  };
  yield await tried('A new referral', asFirst, acknowledged('A new referral', 201, first, firstBody));
  const again = (what: string): Promise<Finding> =>
    tried(
      what,
      () => post(first.id, firstBody),
      (reply) => acknowledged(what, 200, first, firstBody, firstAnswer)(reply),
    );
  yield await again('The same referral again');
  const other = 'Other content under the same id';
  const changed: ReferralV1 = { ...first, variant: 'en' };
  const otherBody = await seal(changed);
  yield await tried(other, () => post(first.id, otherBody), refused(other, 409, []));
  yield await again('The first content once more');

  const ways = gatewayClient({ url: () => url, token, now });
  const result = await ways({ id: first.id, body: firstBody, format }, AbortSignal.timeout(longestMs));
  yield result.kind === 'acknowledged'
    ? { verdict: 'pass', sentence: 'The site’s own sender: it takes this as delivered.' }
    : {
        verdict: 'fail',
        sentence: `The site’s own sender: it would keep sending (${'why' in result ? result.why : result.kind}).`,
      };

  const receivedAt = result.kind === 'acknowledged' ? result.receivedAt : undefined;
  const day = dayOf(receivedAt ?? now());
  const listFor = (bearer: string) => gatewayList({ url: () => new URL(url), token: bearer, deadlineMs: longestMs });
  const never = new AbortController().signal;
  yield judgedList(await listFor(token)(day, never), { day, id: first.id });
  if ((await listFor(`${token}x`)(day, never)).kind === 'listed') {
    yield {
      verdict: 'fail',
      sentence: 'The list of a day with a wrong token: it was given, where the contract says 401.',
    };
  }

  const crowd = testReferral(now(), 'en');
  const crowdBody = await seal(crowd);
  yield await crowded(crowd.id);

  for (const key of format === 'jwe' ? keys.slice(1) : []) {
    const message = testReferral(now());
    const sealed = await seal(message, key);
    const what = `A referral sealed to the older key ${key.keyId}`;
    yield await tried(what, () => post(message.id, sealed), acknowledged(what, 201, message, sealed));
  }

  /** Five copies at once: one is new, the others get its answer. */
  async function crowded(id: string): Promise<Finding> {
    const what = 'Five copies at the same moment';
    try {
      const replies = await Promise.all(Array.from({ length: 5 }, () => post(id, crowdBody)));
      if (replies.some(({ status }) => status === 200 || status === 201)) kept(id);
      const answers = new Set(replies.map(({ text }) => JSON.stringify(jsonIn(text))));
      const statuses = replies.map(({ status }) => status).sort();
      const areReceipts = statuses.every((status) => status === 200 || status === 201);
      if (areReceipts && answers.size === 1) {
        return { verdict: 'pass', sentence: `${what}: one answer for all (${statuses.join(', ')}).` };
      }
      // Not 409: it would call a person for a referral that is there already.
      const comesAgain =
        !areReceipts && statuses.every((status) => [200, 201, 425, 429].includes(status) || status >= 500);
      return comesAgain
        ? {
            verdict: 'advice',
            sentence: `${what}: answered ${statuses.join(', ')}. The site comes again; one answer for all is better.`,
          }
        : {
            verdict: 'fail',
            sentence: `${what}: answered ${statuses.join(', ')}, where all must get the same acknowledgement.`,
          };
    } catch {
      return { verdict: 'fail', sentence: `${what}: there was no answer.` };
    }
  }
}

/** What a day’s list is worth to the daily comparison, when this referral was received on that day. */
function judgedList(list: DayList, { day, id }: { day: string; id: string }): Finding {
  const what = `The list of ${day}`;
  if (list.kind === 'not-available') {
    return {
      verdict: 'advice',
      sentence: `${what}: this address has none. The site can then not compare what it sent with what has arrived.`,
    };
  }
  if (list.kind === 'failed') {
    const why = list.status === undefined ? (list.why ?? 'no answer') : `answered ${list.status}`;
    return { verdict: 'fail', sentence: `${what}: the site cannot take it (${why}).` };
  }
  return list.ids.some((each) => each.toLowerCase() === id)
    ? { verdict: 'pass', sentence: `${what}: it has the test referral.` }
    : { verdict: 'fail', sentence: `${what}: the test referral is not in it, and the site would call a person.` };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isThisMachine = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
