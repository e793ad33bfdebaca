/** The published contract says what the code does: schema and zod agree, examples are real, references lead somewhere. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { outcomes, rulesAsData } from '#eligibility/decide.ts';
import {
  acknowledgement,
  idempotencyKeyOf,
  maxAnswerBytes,
  problemDetails,
  referralsPath,
  refusals,
  withdrawalsPath,
} from '#gateway/contract.ts';
import {
  exampleReferrals,
  exampleWithdrawal,
  openApi,
  referralSchema,
  withdrawalSchema,
  type Json,
} from '#gateway/openapi.ts';
import { referralV1, type ReferralV1 } from '#gateway/referral-v1.ts';
import { withdrawalV1 } from '#gateway/withdrawal-v1.ts';
import { recipientFromJwk } from '#seal/gateway-key.server.ts';
import { messageBytes, sealTo } from '#seal/seal.server.ts';
import { GET as getOpenApi } from '../../src/pages/api/gateway/v1/openapi.json.ts';
import { GET as getSchema } from '../../src/pages/api/gateway/v1/referral-v1.schema.json.ts';
import { GET as getWithdrawalSchema } from '../../src/pages/api/gateway/v1/withdrawal-v1.schema.json.ts';
import { mairsReferral } from '../support/referral.ts';

const document = openApi();

/** What a JSON pointer of the document leads to; throws where it leads nowhere. */
function follow(pointer: string): Json {
  const steps = pointer.replace(/^#\//, '').split('/');
  return steps.reduce((at, step) => {
    const next = at[step.replaceAll('~1', '/').replaceAll('~0', '~')];
    if (typeof next !== 'object' || next === null) throw new Error(`${pointer} leads nowhere`);
    return next as Json;
  }, document);
}

const annotations = ['$schema', 'title', 'description', 'format'];
const keywords: Record<string, (rule: never, value: unknown, schema: Json) => boolean> = {
  $ref: (pointer: string, value) => accepts(follow(pointer), value),
  type: (type: string, value) =>
    ({
      object: typeof value === 'object' && value !== null && !Array.isArray(value),
      array: Array.isArray(value),
      string: typeof value === 'string',
      boolean: typeof value === 'boolean',
      integer: Number.isInteger(value),
    })[type] ??
    (() => {
      throw new Error(`unknown type ${type}`);
    })(),
  const: (only: unknown, value) => value === only,
  enum: (values: unknown[], value) => values.includes(value),
  pattern: (pattern: string, value) => typeof value !== 'string' || new RegExp(pattern, 'u').test(value),
  minLength: (least: number, value) => typeof value !== 'string' || Array.from(value).length >= least,
  maxLength: (most: number, value) => typeof value !== 'string' || Array.from(value).length <= most,
  minimum: (least: number, value) => typeof value !== 'number' || value >= least,
  maximum: (most: number, value) => typeof value !== 'number' || value <= most,
  items: (schema: Json, value) => !Array.isArray(value) || value.every((item) => accepts(schema, item)),
  minItems: (least: number, value) => !Array.isArray(value) || value.length >= least,
  anyOf: (schemas: Json[], value) => schemas.some((schema) => accepts(schema, value)),
  properties: (properties: Record<string, Json>, value) =>
    Object.entries((value ?? {}) as Json).every(
      ([key, each]) => !Object.hasOwn(properties, key) || accepts(properties[key]!, each),
    ),
  required: (keys: string[], value) => keys.every((key) => Object.hasOwn(value ?? {}, key)),
  additionalProperties: (rule: unknown, value, schema) => {
    if (rule !== false) throw new Error('additionalProperties is used in a way that this test does not know');
    return Object.keys(value ?? {}).every((key) => Object.hasOwn(schema['properties'] as object, key));
  },
};

/** JSON Schema 2020-12, as much of it as the contract uses; a keyword that it does not know fails the test. */
function accepts(schema: Json, value: unknown): boolean {
  return Object.entries(schema).every(([keyword, rule]) => {
    if (annotations.includes(keyword)) return true;
    const check = keywords[keyword];
    if (!check) throw new Error(`this test does not know the keyword ${keyword}`);
    return check(rule as never, value, schema);
  });
}

function everyNode(visit: (node: Json, at: string) => void, node: unknown = document, at = '#'): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) visit(node as Json, at);
  for (const [key, child] of Object.entries(node)) everyNode(visit, child, `${at}/${key}`);
}

type Message = Record<string, unknown>;
const whole = (changes: Message = {}): Message => ({ ...mairsReferral(), ...changes });
const withoutKey = (from: object, left: string): Message =>
  Object.fromEntries(Object.entries(from).filter(([key]) => key !== left));
const without = (key: string): Message => withoutKey(mairsReferral(), key);
const person = mairsReferral().person;
const contact = mairsReferral().contact;

/** A message that holds together: its obligations are those of its other fields. */
const holding = (changes: Partial<ReferralV1>): Message => ({ ...mairsReferral(changes) });

const shortReferral = holding({
  asked: 'short',
  about: 'not-asked',
  person: { name: 'Mair', ageBand: 'not-asked', council: 'not-asked' },
  language: { spoken: 'not-asked', written: 'not-asked' },
  communication: { needs: 'not-asked' },
  contact: {
    ...contact,
    safe: {
      voice: true,
      times: ['any'],
      text: false,
      voicemail: false,
      whoMayAnswer: 'not-asked',
      whatToSay: 'not-asked',
    },
  },
  need: { process: 'not-asked', barriers: 'not-asked', supporter: 'not-asked' },
});

const messages: readonly [string, unknown, boolean][] = [
  ['a whole referral', whole(), true],
  ['the Welsh example', exampleReferrals.cy, true],
  ['the English example', exampleReferrals.en, true],
  [
    'one whose person is not sure about anything',
    whole({ need: { process: 'unsure', barriers: 'unsure', supporter: 'unsure' } }),
    true,
  ],
  ['one that leaves out the need', whole({ need: {} }), false],
  ['one of somebody who just wants to be contacted', shortReferral, true],
  [
    'one whose person left for later what may wait',
    holding({
      language: { spoken: 'left-for-later', written: 'left-for-later' },
      communication: { needs: 'left-for-later' },
      need: { process: 'left-for-later', barriers: 'left-for-later', supporter: 'left-for-later' },
    }),
    true,
  ],
  ['one that does not say how it was asked', without('asked'), false],
  ['one whose name was not asked', whole({ person: { ...person, name: undefined } }), false],
  ['one whose ways of contact were not asked', whole({ contact: { ...contact, ways: 'not-asked' } }), false],
  [
    'one of a member of staff, with the agreement that they recorded',
    whole({
      about: 'someone-else',
      agreed: 'yes',
      referrer: { name: 'S', relation: 'professional', contact: 'S', role: 'other', roleWords: 'S', organisation: 'S' },
      agreement: { by: 'someone-for-them', byWords: 'S', how: 'by-phone', when: 'S' },
    }),
    true,
  ],
  ['one with an agreement by nobody', whole({ agreement: { how: 'by-phone', when: 'S' } }), false],
  [
    'one with empty lists',
    holding({ need: { process: [], barriers: [], supporter: 'none' }, communication: { needs: [] }, findings: [] }),
    true,
  ],
  [
    'one for someone who cannot agree',
    whole({
      about: 'someone-else',
      agreed: 'cannot-agree',
      cannotAgreeReason: 'She is too ill to say.',
      referrer: { name: 'S', relation: 'professional' },
    }),
    true,
  ],
  [
    'one with every way of contact',
    whole({
      contact: {
        ...contact,
        ways: ['call', 'text', 'email', 'letter', 'video-call', 'through-someone'],
        email: 'm@example.org',
        address: 'Y Bwthyn',
        videoCall: 'Dolen mewn e-bost',
        throughSomeone: 'Elin',
        safe: { ...contact.safe, text: true, writing: 'not-asked' },
      },
      obligations: [...mairsReferral().obligations, 'write-nothing-about-why'],
    }),
    true,
  ],
  [
    'a number for texts that may be called',
    whole({ contact: { ...contact, textOnly: { number: '1', voice: true } } }),
    false,
  ],
  ['an obligation that is not in the contract', whole({ obligations: ['be-kind'] }), false],
  ['the longest own words', whole({ need: { ...mairsReferral().need, ownWords: 'ŵ'.repeat(5000) } }), true],
  [
    'own words that are one sign too long',
    whole({ need: { ...mairsReferral().need, ownWords: 'x'.repeat(5001) } }),
    false,
  ],
  ['empty own words', whole({ need: { ...mairsReferral().need, ownWords: '' } }), false],
  ['a council that is not sure', whole({ person: { ...person, council: 'unsure' } }), true],
  ['a council in England', whole({ person: { ...person, council: 'E06000023' } }), false],
  ['a child', whole({ person: { ...person, ageBand: '16-17' } }), false],
  ['a null', whole({ agreed: null }), false],
  ['a null deep inside', whole({ contact: { ...contact, phone: null } }), false],
  ['a key that is not in the contract', whole({ nhsNumber: '1' }), false],
  ['such a key deep inside', whole({ person: { ...person, born: '1950' } }), false],
  ['another version', whole({ schema: 'referral/v2' }), false],
  ['an id that is no UUID', whole({ id: 'mair' }), false],
  ['a reference with small letters', whole({ reference: '7kq-m4t-9xw' }), false],
  ['a time without a zone', whole({ submittedAt: '2026-11-23T12:00:00' }), false],
  ['a day that does not exist', whole({ submittedAt: '2026-02-30T12:00:00Z' }), false],
  ['no way of contact', whole({ contact: { ...contact, ways: [] } }), false],
  ['a way of contact that is a label', whole({ contact: { ...contact, ways: ['Phone call'] } }), false],
  ['voicemail as a word', whole({ contact: { ...contact, safe: { ...contact.safe, voicemail: 'no' } } }), false],
  ['no safe-contact plan', whole({ contact: { ways: ['call'] } }), false],
  ['a finding without its rule', whole({ findings: [{ outcome: 'w-ipa-must', force: 'must' }] }), false],
  ['no permission', without('permission'), false],
  ['no person', without('person'), false],
  ['a list', [], false],
  ['nothing', null, false],
];

describe('a message that contradicts itself', () => {
  const { safe } = contact;
  it.each([
    ['has a number to call and no calls', { ...contact, ways: ['letter'], address: 'Y Bwthyn' }],
    ['has calls and no number', { ways: ['call'], safe }],
    ['has calls and no voice calls at all', { ...contact, safe: { ...safe, voice: false } }],
    ['has one number to call and one that is not', { ...contact, textOnly: { number: '07700 900123', voice: false } }],
    ['has a safe time that is never safe', { ...contact, safe: { ...safe, neverTimes: ['morning'] } }],
    [
      'has no time left',
      { ...contact, safe: { ...safe, times: ['weekend'], neverTimes: ['morning', 'afternoon', 'evening'] } },
    ],
    ['may be texted and has no texts', { ...contact, safe: { ...safe, text: true } }],
    [
      'names people and lets nobody but the person answer',
      { ...contact, safe: { ...safe, whoMayAnswerNames: 'Siân' } },
    ],
    ['has words to say and says nothing', { ...contact, safe: { ...safe, whatToSayWords: 'Helo' } }],
    ['keeps from others what anyone may know', { ...contact, safe: { ...safe, whoMayAnswer: 'anyone' } }],
    ['has calls, and says nothing of voice messages', { ...contact, safe: withoutKey(safe, 'voicemail') }],
    ['has calls, and says nothing of who may answer', { ...contact, safe: withoutKey(safe, 'whoMayAnswer') }],
    ['says what to write and writes nothing', { ...contact, safe: { ...safe, writing: 'openly' } }],
  ])('%s: its fields are right one by one, and it is refused', (_, contradicting) => {
    const message = mairsReferral({ contact: contradicting as typeof contact });
    expect(accepts(referralSchema(), message)).toBe(true);
    expect(referralV1.safeParse(message).error?.issues.map(({ code }) => code)).toContain('custom');
  });

  it.each([
    ['leaves out one', (all: readonly string[]) => all.filter((code) => code !== 'no-voicemail')],
    ['adds one', (all: readonly string[]) => [...all, 'use-code-word']],
    ['has one twice for another', (all: readonly string[]) => [all[0], ...all.slice(0, -1)]],
  ])('%s of its obligations, and is refused', (_, change) => {
    const message = { ...mairsReferral(), obligations: change(mairsReferral().obligations) };
    expect(referralV1.safeParse(message).error?.issues).toMatchObject([{ code: 'custom', path: ['obligations'] }]);
  });
});

describe('the JSON Schema of a referral', () => {
  const schema = referralSchema();

  it.each(messages)('and zod say the same of %s', (_, message, valid) => {
    expect(referralV1.safeParse(message).success).toBe(valid);
    expect(accepts(schema, message)).toBe(valid);
  });

  it('needs every key that zod needs, one by one', () => {
    for (const key of Object.keys(mairsReferral())) {
      expect([key, accepts(schema, without(key))]).toEqual([key, referralV1.safeParse(without(key)).success]);
    }
  });

  it('is the same alone and within the OpenAPI document', () => {
    const { $schema, ...alone } = schema;
    expect($schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(alone).toEqual(follow('#/components/schemas/ReferralV1'));
  });
});

test('the schema of a withdrawal and the code agree', () => {
  const schema = withdrawalSchema();
  for (const [message, isGood] of [
    [exampleWithdrawal, true],
    [{ ...exampleWithdrawal, reason: 'I have changed my mind.' }, false],
    [{ ...exampleWithdrawal, schema: 'referral/v1' }, false],
    [{ ...exampleWithdrawal, referral: 'mair' }, false],
    [mairsReferral(), false],
  ] as const) {
    expect(withdrawalV1.safeParse(message).success).toBe(isGood);
    // What a format means is not the schema’s business here: the code looks at it.
    if ((message as Message)['referral'] !== 'mair') expect(accepts(schema, message)).toBe(isGood);
  }
});

test('every field of every message and answer says what it means', () => {
  const bare: string[] = [];
  for (const name of ['ReferralV1', 'WithdrawalV1', 'Acknowledgement', 'ReceivedOnDay', 'Problem']) {
    everyNode(
      (node, at) => {
        if (at.split('/').at(-2) === 'properties' && !node['description']) bare.push(`${name}${at.slice(1)}`);
      },
      follow(`#/components/schemas/${name}`),
    );
  }
  expect(bare).toEqual([]);
});

describe('the OpenAPI document', () => {
  const operation = follow(`#/paths/${referralsPath.replaceAll('/', '~1')}/post`);
  const responses = operation['responses'] as Record<string, Json>;

  it('has the parts that OpenAPI 3.1 requires', () => {
    expect(document['openapi']).toMatch(/^3\.1\.\d+$/);
    expect(document['info']).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    expect(Object.keys(document['paths'] as Json)).toEqual([referralsPath, withdrawalsPath]);
    for (const response of Object.values(responses)) expect(response['description']).toEqual(expect.any(String));
    for (const parameter of operation['parameters'] as Json[]) {
      expect(parameter).toMatchObject({ name: expect.any(String), in: 'header', required: true, schema: {} });
    }
    for (const requirement of document['security'] as Json[]) {
      for (const name of Object.keys(requirement)) follow(`#/components/securitySchemes/${name}`);
    }
  });

  it('is plain JSON: nothing is lost on the way', async () => {
    expect(await (getOpenApi as () => Response)().json()).toEqual(document);
    expect(await (getSchema as () => Response)().json()).toEqual(referralSchema());
    expect(await (getWithdrawalSchema as () => Response)().json()).toEqual(withdrawalSchema());
  });

  it('has no reference that leads nowhere, and no part that nothing refers to but the sealed header', () => {
    const used = new Set<string>();
    everyNode(({ $ref }) => {
      if (typeof $ref !== 'string') return;
      follow($ref);
      used.add($ref);
    });
    const parts = ['schemas', 'headers'].flatMap((kind) =>
      Object.keys(follow(`#/components/${kind}`)).map((name) => `#/components/${kind}/${name}`),
    );
    expect(parts.filter((part) => !used.has(part))).toEqual(['#/components/schemas/SealedHeader']);
  });

  it('has only examples that its own schemas accept', () => {
    let examined = 0;
    everyNode((node) => {
      const schema = node['schema'] as Json | undefined;
      if (!schema) return;
      const examples = Object.values((node['examples'] ?? {}) as Record<string, Json>).map(({ value }) => value);
      if (node['example'] !== undefined) examples.push(node['example']);
      for (const example of examples) {
        examined++;
        expect([example, accepts(schema, example)]).toEqual([example, true]);
      }
    });
    expect(examined).toBeGreaterThan(10);
  });

  it('answers a withdrawal as it answers a referral', () => {
    const withdrawal = follow(`#/paths/${withdrawalsPath.replaceAll('/', '~1')}/post`);
    expect(withdrawal['responses']).toEqual(responses);
  });

  it('has a meaning for every status that the site tells apart', () => {
    expect(Object.keys(responses)).toEqual(['200', '201', '400', '401', '409', '413', '415', '422', '429', '503']);
    for (const status of ['429', '503']) expect(responses[status]).toMatchObject({ headers: { 'Retry-After': {} } });
  });

  it('shows every refusal of the embedded Gateway to a POST, under its status', () => {
    for (const [kind, { status, title }] of Object.entries(refusals)) {
      if (status === 405 || kind === 'wrong-day') continue;
      const content = responses[status]!['content'] as Record<string, Json>;
      const { value } = (content['application/problem+json']!['examples'] as Record<string, Json>)[kind]!;
      expect(problemDetails.parse(value)).toMatchObject({ status, title });
    }
  });

  it('shows an acknowledgement that the site would take', () => {
    for (const status of ['200', '201']) {
      const content = responses[status]!['content'] as Record<string, Json>;
      const [example] = Object.values(content['application/json']!['examples'] as Record<string, Json>);
      expect(acknowledgement.safeParse(example!['value']).success).toBe(true);
    }
    expect(follow('#/components/schemas/Acknowledgement')['description']).toContain(String(maxAnswerBytes));
    expect(acknowledgement.safeParse({ ...mairsReferral() }).success).toBe(false);
  });

  it('takes the key that the site sends', () => {
    const [key] = operation['parameters'] as Json[];
    expect(accepts(key!['schema'] as Json, idempotencyKeyOf(exampleReferrals.cy.id))).toBe(true);
    expect(accepts(key!['schema'] as Json, exampleReferrals.cy.id)).toBe(false);
  });

  it('describes a sealed referral as the site really seals it', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const recipient = await recipientFromJwk(publicKey.export({ format: 'jwk' }));
    const { sealed } = await sealTo(recipient, exampleReferrals.cy.id, exampleReferrals.cy);
    const compact = Buffer.from(sealed).toString('utf8');
    const schema = follow('#/components/schemas/SealedReferral');
    expect(accepts(schema, compact)).toBe(true);
    expect(accepts(schema, JSON.stringify(exampleReferrals.cy))).toBe(false);
    expect(schema['description']).toContain(`up to ${messageBytes} bytes`);

    const [header, , , ciphertext] = compact.split('.').map((part) => Buffer.from(part, 'base64url'));
    const protectedHeader = JSON.parse(header!.toString('utf8')) as Json;
    const headerSchema = follow('#/components/schemas/SealedHeader');
    expect(accepts(headerSchema, protectedHeader)).toBe(true);
    expect(Object.keys(headerSchema['properties'] as Json).sort()).toEqual(Object.keys(protectedHeader).sort());
    expect(ciphertext!.length).toBe(messageBytes);
  });
});

describe('the examples', () => {
  it('are in Welsh and in English', () => {
    expect(exampleReferrals.cy.variant).toMatch(/^cy/);
    expect(exampleReferrals.en.variant).toMatch(/^en/);
  });

  it('have findings that the rules know', () => {
    const rows = new Set(rulesAsData().rules.map(({ id }) => id));
    for (const { findings } of Object.values(exampleReferrals)) {
      for (const { outcome, force, rule } of findings) {
        expect([outcome, (outcomes as Record<string, string>)[outcome]]).toEqual([outcome, force]);
        expect(rows).toContain(rule);
      }
    }
  });
});
