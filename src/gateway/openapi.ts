/** The Gateway contract for those who build the other end: JSON Schema of the message and OpenAPI 3.1, made from the same zod schemas. */
import { z } from 'zod';
import {
  acknowledgement,
  contentTypes,
  maxBodyBytes,
  maxListBytes,
  problemContentType,
  problemDetails,
  problemOf,
  receivedOnDay,
  referralsPath,
  refusals,
  withdrawalsPath,
  type Acknowledgement,
  type ReceivedOnDay,
  type Refusal,
} from './contract.ts';
import type { Obligation } from './obligations.ts';
import { referralV1, type ReferralV1 } from './referral-v1.ts';
import { withdrawalV1, type WithdrawalV1 } from './withdrawal-v1.ts';

/** A JSON Schema, or any other piece of JSON of the document. */
export type Json = { readonly [key: string]: unknown };

const dialect = 'https://json-schema.org/draft/2020-12/schema';

const codesOf = (fact: string): string =>
  `The codes are the values of the fact \`${fact}\` in /api/eligibility/v1/rules.json`;

/** What each obligation asks of the Gateway, and where in the message it comes from. */
const obligationMeanings: Readonly<Record<Obligation, string>> = {
  'speak-welsh': 'speak Welsh with the person (`language.spoken`)',
  'write-welsh': 'write to the person in Welsh (`language.written`)',
  'active-offer-welsh':
    'offer Welsh before anybody asks (the language was left open or not asked, or the person came in Welsh and did not choose it for both)',
  'no-voice-calls':
    'nobody calls the person (`call` is not one of the ways; where `safe.voice` is false, for good and whoever it is)',
  'no-voicemail': 'leave no voice message',
  'speak-only-to-person': 'on the phone, speak to the person alone',
  'speak-only-to-named': 'on the phone, speak to the person and those in `whoMayAnswerNames` alone',
  'say-nothing-to-others': 'if somebody else answers, say nothing that tells what it is about, and call again later',
  'say-agreed-words': 'if somebody else answers, say what is in `whatToSayWords`',
  'write-nothing-about-why': 'letters, emails and texts do not tell what they are about (`safe.writing`)',
  'use-code-word': 'say or write `safe.codeWord` first',
  'keep-to-times': 'keep to `times`, `neverTimes` and `timesNote`',
  'bsl-interpreter': 'bring an interpreter of British Sign Language',
  interpreter: 'bring an interpreter (`otherSpoken` says of which language, where it is known)',
  'lip-speaker': 'bring a lipspeaker',
  'deafblind-interpreter': 'bring a deafblind interpreter',
  'hearing-loop': 'meet where there is a hearing loop',
  'text-relay': 'call by text relay, where calls are one of the ways',
  'easy-read': 'send easy read',
  'large-print': 'send large print',
  audio: 'send information to listen to',
  braille: 'send Braille',
  'more-time': 'plan more time',
  'someone-with-me': 'let somebody whom the person trusts be there',
  'step-free': 'meet in a place without steps',
};

const obligationsMean = [
  'What follows from the other fields, as codes for a machine to keep to. Where something was not asked, the more careful thing holds.',
  'A message whose obligations are not exactly what its other fields lead to contradicts itself: refuse it (422).',
  ...Object.entries(obligationMeanings).map(([code, meaning]) => `\`${code}\`: ${meaning}.`),
].join(' ');

const whereUnsaid = '`not-asked` and `left-for-later` are no answers and must not be read as one.';

/** What each field means, by its path. In a list, the path goes on with the fields of its items. */
const referralFields: Readonly<Record<string, string>> = {
  schema:
    'The name and version of this message. A change that a reader of version 1 could not take would be a version 2.',
  id: 'The referral’s own id, fixed when the person began the form. The same id is in Idempotency-Key and, in a sealed message, in the header `rid`.',
  reference: 'What the person was given to keep and may read out when they call. It opens nothing.',
  submittedAt: 'When the person pressed “send”, in UTC.',
  variant:
    'The version of the site in which the person sent this: English or Welsh (`cy`), standard or easy read. The language to use with the person is in `language`.',
  asked:
    'How much was asked. `short`: the person chose just to be contacted; what they were not asked says `not-asked`: keep to the more careful thing, as the obligations do, until you have asked. `full`: the whole form. In both, what a person was asked and chose to say later is `left-for-later`. Neither is ever a “no” or a preference.',
  about: `Who asks: \`me\`, the person asks for themselves; \`someone-else\`, the one in \`referrer\` asks for the person; \`unsure\`, the one who asks could not say. ${whereUnsaid}`,
  agreed:
    'Only where someone else asks: whether the person agrees to it. `cannot-agree`: they are not able to say, and `cannotAgreeReason` tells why. `unsure`: the referrer does not know.',
  cannotAgreeReason: 'Why the person is not able to agree, in the referrer’s own words.',
  referrer: 'Only where someone else asks: who that is.',
  'referrer.name': 'The name of the one who asks.',
  'referrer.relation': 'Who they are to the person. `carer` is an unpaid carer; `professional` works with the person.',
  'referrer.contact': 'How to reach the one who asks: free text, a telephone number or an email address.',
  'referrer.role':
    'Only of a member of staff (`relation` is `professional`): their work. `advice-worker` gives information, advice and assistance, at a council or elsewhere; `care-worker` works in a care home or in people’s homes; `other`: see `roleWords`.',
  'referrer.roleWords': 'Their work in their own words.',
  'referrer.organisation': 'Whom they work for.',
  agreement: 'Only where a member of staff asks for a person who agrees (`agreed` is `yes`): what they recorded of it.',
  'agreement.by':
    'Who said yes: `the-person`, or `someone-for-them`, who may decide for the person and whom `byWords` names.',
  'agreement.byWords': 'Who said yes for the person, and why they may, in the words of the member of staff.',
  'agreement.how': 'How they said it.',
  'agreement.when': 'When, in the words of the member of staff: a date, or “this morning”.',
  person: 'The person whom the advocate is for.',
  'person.name': 'A name, or what the person likes to be called. It may be a first name only.',
  'person.ageBand': `How old the person is. \`unsure\` where the one who asks does not know. ${whereUnsaid}`,
  'person.council': `Where the person lives: the GSS code of a council in Wales, or \`unsure\`. ${whereUnsaid}`,
  'person.placedBy': 'The GSS code of the council that arranged the person’s care, where that may be another one.',
  language: `Which language to use with the person. \`no-preference\`: Welsh or English are both right. ${whereUnsaid} Offer Welsh.`,
  'language.spoken': 'To speak with the person. `other`: neither Welsh nor English, see `otherSpoken`.',
  'language.otherSpoken': 'Which other language, in the person’s own words.',
  'language.written': 'To write to the person.',
  communication: 'What the person needs to take part.',
  'communication.needs':
    'All that was chosen; an empty list means that the person was asked and chose nothing, `not-asked` and `left-for-later` that nobody knows. `bsl` is British Sign Language, `text-relay` is a call by Relay UK, `someone-with-me` is someone the person trusts, `step-free` is a place without steps. `other`: see the field `other`.',
  'communication.other': 'What else would help, in the person’s own words.',
  contact: 'How to reach the person. Only the ways in `ways` are safe.',
  'contact.ways':
    'The ways that the person chose. `video-call` is also video relay for BSL; `through-someone` is through the one in `throughSomeone`. A way that is not in this list must not be used.',
  'contact.phone':
    'A number that may be called, as the person wrote it: there exactly where `call` is one of the ways. Where `text` is one too, texts go to it as well.',
  'contact.textOnly':
    'Where texts are safe and calls are not: the number for texts. Nobody calls it, and it goes into no field of yours from which somebody could.',
  'contact.textOnly.number': 'The number for text messages, as the person wrote it.',
  'contact.textOnly.voice': 'Always false: the number is not for calls.',
  'contact.videoCall':
    'How to begin a video call, in the person’s own words: an app and a name in it, or where to send a link.',
  'contact.email': 'The email address.',
  'contact.address': 'The postal address, in lines.',
  'contact.postcode': 'The postcode of the address.',
  'contact.throughSomeone':
    'Who may be contacted instead of the person, and how to reach them, in the person’s own words.',
  'contact.safe': 'What to keep to when making contact, so that nobody finds out by accident.',
  'contact.safe.voice':
    'False where the person, who may be Deaf, said that there must be no voice calls at all: not now, not later, and not by the advocate. True allows no call by itself: only `call` in `ways` does.',
  'contact.safe.times': 'When it is safe. `any` stands alone.',
  'contact.safe.neverTimes':
    'When it is never safe, whatever `times` say: `any` with `evening` here is any time but evenings. Left out where the person named none.',
  'contact.safe.timesNote': 'More about the times, in the person’s own words. It may narrow `times`.',
  'contact.safe.voicemail': `Only where calls are one of the ways: whether a voice message may be left. ${whereUnsaid} Leave none until you have asked.`,
  'contact.safe.text': 'Whether a text message may be sent: true only where `text` is one of the ways.',
  'contact.safe.whoMayAnswer': `Only where calls are one of the ways: whom the Gateway may speak to. \`only-me\` is the person alone; \`some-people\` are the person and those in \`whoMayAnswerNames\`. ${whereUnsaid} Speak to the person alone until you have asked.`,
  'contact.safe.whoMayAnswerNames': 'The names of the other people that the Gateway may speak to.',
  'contact.safe.whatToSay': `Only where calls are one of the ways and not anyone may answer: what to say if somebody else does. \`say-who\`: who is calling; \`say-nothing\`: nothing that tells what it is about; \`own-words\`: what is in \`whatToSayWords\`. ${whereUnsaid} Say nothing that tells what it is about until you have asked.`,
  'contact.safe.whatToSayWords': 'What to say, in the person’s own words.',
  'contact.safe.writing': `Only where texts, emails or letters are among the ways: whether they may say what they are about. \`openly\`: they may; \`say-nothing\`: they only ask the person to get in touch, and so do the sender’s name and the envelope. ${whereUnsaid} Write as with \`say-nothing\` until you have asked.`,
  'contact.safe.codeWord':
    'A word that was agreed with the person: say or write it first, so that they know that it is you. Keep it out of titles, logs and subject lines.',
  obligations: obligationsMean,
  need: 'What the person needs an advocate for. `unsure` was an answer and must not be read as “no”; nor must `not-asked` and `left-for-later`.',
  'need.process': `What is happening. ${codesOf('process')}; an empty list means none of them.`,
  'need.barriers': `What is hard for the person. ${codesOf('barriers')}; an empty list means none of them.`,
  'need.supporter': `Whether there is someone suitable to support the person. ${codesOf('supporter')}, or \`unsure\`, \`not-asked\` or \`left-for-later\`.`,
  'need.ownWords': 'What the person wants to say, in their own words and language.',
  'need.deadline': 'A date or a meeting that is near, in the person’s own words.',
  findings:
    'What the law may mean for the person, worked out by the site from the answers when they were sent; an empty list where nothing of the need was asked. It is there to help and decides nothing: it is never a reason to turn somebody away.',
  'findings.outcome': 'Which outcome: its code in /api/eligibility/v1/rules.json.',
  'findings.force':
    'How strong it is: `must` is a duty, `right` a right, `consider` worth asking about; the others are in rules.json.',
  'findings.rule': 'The row of the rules that gave it.',
  ruleset: 'Which version of the rules gave the findings.',
  permission: 'The person, or the one who asks for them, agreed that this is sent to the Gateway.',
  suspect:
    'Only ever `true`: it looks as if a robot had sent it (a hidden box was filled in, it was quicker than people are, or very many came from one network). It may still be a person: look before you set it aside.',
};

const withdrawalFields: Readonly<Record<string, string>> = {
  schema: 'The name and version of this message.',
  id: 'The withdrawal’s own id, made from the referral’s: the same however often the person asks. The same id is in Idempotency-Key and, in a sealed message, in the header `rid`.',
  referral: 'The id of the referral that is taken back.',
  reference: 'The reference that the person was given for that referral.',
  withdrawnAt: 'When the person took it back, in UTC.',
};

const acknowledgementFields: Readonly<Record<string, string>> = {
  id: 'The id of the message that was received.',
  sha256: 'SHA-256 of the body’s bytes as they arrived, in hex: the site sees by it that nothing was lost.',
  gatewayReference: 'The Gateway’s own reference, for people to use on both sides.',
  receivedAt: 'When the Gateway had the referral in safe keeping.',
};

const listFields: Readonly<Record<string, string>> = {
  day: 'The day that was asked for.',
  ids: 'The ids of the referrals, each once.',
};

const problemFields: Readonly<Record<string, string>> = {
  type: 'Which kind of problem, as an address (RFC 9457).',
  title: 'The kind in a sentence, for the people who run the site.',
  status: 'The same as the status of the answer.',
  errors: 'Places in the message and the rules that they break; never what stood there.',
  'errors.at': 'The path of the field, with dots.',
  'errors.rule': 'What is wrong with it, as a code.',
};

/** A JSON Schema with the descriptions put to its fields. */
function described(schema: Json, texts: Readonly<Record<string, string>>, path = ''): Json {
  const items = schema['items'] as Json | undefined;
  if (items) return { ...schema, items: described(items, texts, path) };
  const properties = schema['properties'] as Readonly<Record<string, Json>> | undefined;
  if (!properties) return schema;
  const withTexts = Object.entries(properties).map(([key, field]) => {
    const at = path + key;
    const description = texts[at];
    return [key, { ...(description !== undefined && { description }), ...described(field, texts, `${at}.`) }];
  });
  return { ...schema, properties: Object.fromEntries(withTexts) };
}

function schemaOf(schema: z.ZodType, texts: Readonly<Record<string, string>>): Json {
  // A receiver may add to an answer what this contract does not name; `input` leaves that open where zod does.
  const { $schema: _thisDraft, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return described(rest, texts);
}

const referralWords = {
  title: 'referral/v1',
  description:
    'One person’s request for an advocate. Codes and the person’s own words, never labels; there are no nulls. What applies to the person and has no answer says `not-asked` or `left-for-later`; what does not apply is left out, and so are words that nobody has to add. Beyond this schema, no field may contradict another: a way of contact has its detail and no detail is without its way, what is never safe is not among what is safe, and `obligations` are those that the other fields lead to.',
};

const withdrawalWords = {
  title: 'withdrawal/v1',
  description: 'A person takes their referral back: they no longer want it. It says which, and nothing else.',
};

/** The message that takes a referral back, as JSON Schema 2020-12, to stand alone. */
export const withdrawalSchema = (): Json => ({
  $schema: dialect,
  ...withdrawalWords,
  ...schemaOf(withdrawalV1, withdrawalFields),
});

/** The message as JSON Schema 2020-12, to stand alone. */
export const referralSchema = (): Json => ({
  $schema: dialect,
  ...referralWords,
  ...schemaOf(referralV1, referralFields),
});

/** Messages of people who do not exist. Their numbers are of those that Ofcom keeps for drama. */
export const exampleReferrals: Readonly<Record<'cy' | 'en', ReferralV1>> = {
  cy: {
    schema: 'referral/v1',
    id: '0d6f3c1e-6f5b-4c57-9a8e-52b1a0c7d914',
    reference: 'K4C-7WR-29H',
    submittedAt: '2026-11-23T09:14:05Z',
    variant: 'cy.easy',
    asked: 'full',
    about: 'me',
    person: { name: 'Mair', ageBand: '25-or-over', council: 'W06000015' },
    language: { spoken: 'cy', written: 'cy' },
    communication: { needs: ['easy-read', 'more-time', 'other'], other: 'Ystafell dawel.' },
    contact: {
      ways: ['call', 'letter'],
      phone: '029 2018 0142',
      address: '1 Stryd Enghraifft\nCaerdydd',
      safe: {
        voice: true,
        times: ['morning'],
        neverTimes: ['weekend'],
        timesNote: 'Nid ar ddydd Mawrth.',
        voicemail: false,
        text: false,
        whoMayAnswer: 'some-people',
        whoMayAnswerNames: 'Fy chwaer, Nia',
        whatToSay: 'own-words',
        whatToSayWords: 'Dywedwch mai’r llyfrgell sydd yno.',
        writing: 'say-nothing',
        codeWord: 'enfys',
      },
    },
    obligations: [
      'speak-welsh',
      'write-welsh',
      'no-voicemail',
      'speak-only-to-named',
      'say-agreed-words',
      'write-nothing-about-why',
      'use-code-word',
      'keep-to-times',
      'easy-read',
      'more-time',
    ],
    need: {
      process: ['review'],
      barriers: ['understand', 'remember'],
      supporter: 'none',
      ownWords: 'Mae cyfarfod am fy ngofal. Dydw i ddim yn deall y llythyr, a hoffwn gael rhywun gyda fi.',
      deadline: 'Mae’r cyfarfod ar 3 Rhagfyr.',
    },
    findings: [
      { outcome: 'w-ipa-must', force: 'must', rule: 'R8.4' },
      { outcome: 'route-gateway-cav', force: 'route', rule: 'R11.1' },
    ],
    ruleset: '2026-11-22.1',
    permission: 'given',
  },
  en: {
    schema: 'referral/v1',
    id: '7b0e2a44-93d5-4f0c-8c39-1de6f0a2b735',
    reference: 'H9X-3LE-R62',
    submittedAt: '2026-11-23T16:40:52Z',
    variant: 'en',
    asked: 'full',
    about: 'someone-else',
    agreed: 'yes',
    referrer: {
      name: 'Sam Example',
      relation: 'professional',
      contact: '07700 900142',
      role: 'nurse',
      organisation: 'Ward 4, Example Hospital',
    },
    agreement: { by: 'the-person', how: 'in-person', when: '23 November' },
    person: { name: 'Mr Idris Example', ageBand: 'unsure', council: 'W06000014' },
    language: { spoken: 'no-preference', written: 'en' },
    communication: { needs: ['bsl'] },
    contact: {
      ways: ['text', 'email', 'video-call', 'through-someone'],
      textOnly: { number: '07700 900168', voice: false },
      videoCall: 'Send a link by text.',
      email: 'idris@example.org',
      throughSomeone: 'Sam, who filled this in: 07700 900142.',
      safe: { voice: false, times: ['any'], text: true, writing: 'openly' },
    },
    obligations: ['active-offer-welsh', 'no-voice-calls', 'bsl-interpreter'],
    need: {
      process: 'unsure',
      barriers: ['remember', 'communicate'],
      supporter: 'unsure',
      ownWords: 'He is in hospital and people talk about where he should live next. He wants to go home.',
    },
    findings: [
      { outcome: 'w-ipa-ask', force: 'consider', rule: 'R8.6' },
      { outcome: 'route-gateway-cav', force: 'route', rule: 'R11.1' },
    ],
    ruleset: '2026-11-22.1',
    permission: 'given',
  },
};

const exampleList: ReceivedOnDay = { day: '2026-11-23', ids: [exampleReferrals.cy.id] };

/** Mair has changed her mind. */
export const exampleWithdrawal: WithdrawalV1 = {
  schema: 'withdrawal/v1',
  id: '5c2f1a70-3d84-8b6e-a1c9-7e40d2b85f36',
  referral: exampleReferrals.cy.id,
  reference: exampleReferrals.cy.reference,
  withdrawnAt: '2026-11-24T10:02:41Z',
};

const exampleAcknowledgement: Acknowledgement = {
  id: exampleReferrals.cy.id,
  sha256: '5f1d2c0b9a8e7d6c5b4a39281706f5e4d3c2b1a0998877665544332211ffeedd',
  gatewayReference: 'G-7KQM4T9X',
  receivedAt: '2026-11-23T09:14:06Z',
};

/** The protected header of a sealed message; seal.server.ts in the seal room writes it. */
const sealedHeader: Json = {
  title: 'Protected header',
  description: 'The first part of the compact JWE, decoded. It tells nothing about the person.',
  type: 'object',
  properties: {
    alg: { const: 'ECDH-ES' },
    enc: { const: 'A256GCM' },
    kid: {
      type: 'string',
      minLength: 1,
      description: 'The Gateway’s key: its `kid`, or the JWK thumbprint of a key without one.',
    },
    typ: { const: 'referral+jwe' },
    cty: { const: contentTypes.json, description: 'What is inside.' },
    rid: { type: 'string', format: 'uuid', description: 'The id of the message, bound to what is inside.' },
    epk: {
      type: 'object',
      description: 'The sender’s key for this message alone.',
      properties: { kty: { const: 'EC' }, crv: { const: 'P-256' }, x: { type: 'string' }, y: { type: 'string' } },
      required: ['kty', 'crv', 'x', 'y'],
    },
  },
  required: ['alg', 'enc', 'kid', 'typ', 'cty', 'rid', 'epk'],
};

const sealedReferral: Json = {
  title: 'Sealed referral',
  description: [
    'A compact JWE (RFC 7516): five parts in base64url with dots between them. The second part is empty, because the key is agreed directly (ECDH-ES).',
    'It was sealed to the Gateway’s P-256 key the moment the person pressed “send”; the site itself cannot open it.',
    'The protected header is the schema SealedHeader. Opened, it is the JSON of the schema ReferralV1 in UTF-8, followed by spaces up to 57344 bytes: all messages have this one size, so that it tells nothing. Readers of JSON pass over the spaces.',
    'It is not compressed: do not accept a header with `zip`.',
  ].join(' '),
  type: 'string',
  pattern: '^[A-Za-z0-9_-]+\\.\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$',
  maxLength: maxBodyBytes,
};

const sealedWithdrawal: Json = {
  title: 'Sealed withdrawal',
  description:
    'A compact JWE with the same header, key and padding as SealedReferral. Opened, it is the JSON of the schema WithdrawalV1.',
  type: 'string',
  pattern: sealedReferral['pattern'],
  maxLength: maxBodyBytes,
};

const ref = (kind: string, name: string): Json => ({ $ref: `#/components/${kind}/${name}` });

const jsonOf = (schema: string, examples: Readonly<Record<string, unknown>>): Json => ({
  schema: ref('schemas', schema),
  examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
});

const acknowledged = (description: string, headers?: Json): Json => ({
  description,
  ...(headers && { headers }),
  content: { [contentTypes.json]: jsonOf('Acknowledgement', { received: exampleAcknowledgement }) },
});

const exampleErrors: Partial<Record<Refusal, NonNullable<z.infer<typeof problemDetails>['errors']>>> = {
  'not-the-schema': [{ at: 'person.council', rule: 'invalid_union' }],
};

/** Refusals of a question for a day’s list; all others are of a message. */
const ofAQuestion: readonly Refusal[] = ['not-authorised', 'wrong-day'];
const ofAMessage = (Object.keys(refusals) as Refusal[]).filter((kind) => kind !== 'wrong-day');

/** A refusal with an example of each kind of problem that the embedded Gateway answers with this status. */
const refused = (status: number, description: string, headers?: Json, of: readonly Refusal[] = ofAMessage): Json => {
  const kinds = of.filter((kind) => refusals[kind].status === status);
  const examples = Object.fromEntries(kinds.map((kind) => [kind, problemOf(kind, exampleErrors[kind])]));
  return {
    description,
    ...(headers && { headers }),
    content: {
      [problemContentType]: kinds.length > 0 ? jsonOf('Problem', examples) : { schema: ref('schemas', 'Problem') },
    },
  };
};

const personLooks = 'The site keeps the message, does not send it again by itself, and calls a person to look.';
const again = 'The site sends the same bytes again by itself, with growing waits.';
const retryAfter: Json = { 'Retry-After': ref('headers', 'RetryAfter') };

/** What every message is answered with, besides what its own path adds. */
const answers = (): Json => ({
  200: acknowledged('Received before: the same id with the same bytes. The body is the first acknowledgement again.', {
    'Idempotency-Replayed': {
      description: 'That this is the first answer again.',
      schema: { type: 'string', const: 'true' },
    },
  }),
  201: acknowledged('Received and in safe keeping. The site may now delete its own copy, and does.'),
  400: refused(400, `The message, its seal or its key cannot be understood. ${personLooks}`),
  401: refused(
    401,
    'The bearer token is missing or wrong. The site raises an alarm and goes on trying slowly: the fault is in the configuration, not in the message.',
    { 'WWW-Authenticate': { description: '`Bearer`.', schema: { type: 'string' } } },
  ),
  409: refused(409, `This id was received before with other bytes. ${personLooks}`),
  413: refused(413, `The body is longer than ${maxBodyBytes} bytes. ${personLooks}`),
  415: refused(415, `This Gateway does not take this content type. ${personLooks}`),
  422: refused(422, `The message opens, but does not follow the schema. ${personLooks}`),
  429: refused(429, `Too many at once. ${again}`, retryAfter),
  503: refused(503, `The message could not be kept just now. ${again}`, retryAfter),
});

const idempotencyKey = (id: string): Json => ({
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'The message’s id in double quotes: the same at every attempt, and the same as in the message.',
  schema: { type: 'string', pattern: '^"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"$' },
  example: `"${id}"`,
});

/** The whole contract as OpenAPI 3.1. */
export const openApi = (): Json => ({
  openapi: '3.1.1',
  jsonSchemaDialect: dialect,
  info: {
    title: 'Advocacy Gateway: receiving referrals',
    version: '1.0.0',
    summary: 'What a Gateway offers so that “Get an Advocate · Cael Eiriolwr” can send it referrals.',
    description: [
      'The site is the client and the Gateway is the server. One POST carries one referral, or takes one back.',
      'A message is taken as delivered only by a 201 or 200 whose body has the right id and SHA-256. Anything else under 2xx is not an acknowledgement, and the message is sent again. So acknowledge only what is in safe keeping.',
      'One id never goes out with two bodies: the same key with the same bytes is a repeat and gets the first answer again; the same key with other bytes is a fault. Remember ids for at least 90 days.',
      'No order is promised, and nothing depends on it: a withdrawal may come before the referral that it takes back, or without it. Keep it all the same: it says that nobody should make contact.',
      'Answers that are not listed: 403, 404 and redirects are taken for a wrong configuration, like 401; 408, 425, other 5xx, time-outs and cut connections are tried again, like 503. Redirects are not followed.',
    ].join('\n\n'),
  },
  servers: [
    {
      url: '/',
      description:
        'The Gateway that is part of this site for development and demonstrations, where it is switched on. A real Gateway has an address of its own, which the site is given as GATEWAY_URL.',
    },
  ],
  security: [{ bearer: [] }],
  tags: [{ name: 'referrals', description: 'Requests for an advocate, and taking them back.' }],
  paths: {
    [referralsPath]: {
      get: {
        operationId: 'listReceived',
        tags: ['referrals'],
        summary: 'The ids received on a day',
        description: `Once a day the site asks for the day before, and compares it with what was acknowledged: a difference calls a person. A Gateway without this answers 404, 405 or 501; the site then says once that it cannot compare. The list is at most ${maxListBytes} bytes long.`,
        parameters: [
          {
            name: 'day',
            in: 'query',
            required: true,
            description: 'A day in UTC, by the Gateway’s clock: the day of `receivedAt` in the acknowledgements.',
            schema: { type: 'string', format: 'date' },
            example: exampleList.day,
          },
        ],
        responses: {
          200: {
            description:
              'The id of every message that was received from this site on that day, referrals and withdrawals, in any order.',
            content: { [contentTypes.json]: jsonOf('ReceivedOnDay', { one: exampleList }) },
          },
          400: refused(400, 'The day cannot be understood.', undefined, ofAQuestion),
          401: refused(401, 'The bearer token is missing or wrong.', undefined, ofAQuestion),
        },
      },
      post: {
        operationId: 'receiveReferral',
        tags: ['referrals'],
        summary: 'Receive one referral',
        description:
          'The site waits up to 25 seconds for the answer to begin and 30 for the whole of it. Keep the referral first, then answer: the site forgets it as soon as it is acknowledged.',
        parameters: [idempotencyKey(exampleReferrals.cy.id)],
        requestBody: {
          required: true,
          description: `At most ${maxBodyBytes} bytes. Which of the two a Gateway gets is agreed with it; sealed is the rule.`,
          content: {
            [contentTypes.jwe]: { schema: ref('schemas', 'SealedReferral') },
            [contentTypes.json]: jsonOf('ReferralV1', { welsh: exampleReferrals.cy, english: exampleReferrals.en }),
          },
        },
        responses: answers(),
      },
    },
    [withdrawalsPath]: {
      post: {
        operationId: 'receiveWithdrawal',
        tags: ['referrals'],
        summary: 'Receive one withdrawal',
        description:
          'A person takes back a referral that may have reached the Gateway. The address is the one beside the referrals, or the one that the site is given as GATEWAY_WITHDRAWALS_URL. It is delivered as a referral is, with an id of its own. A referral that no attempt was made to deliver is erased by the site, and no withdrawal comes.',
        parameters: [idempotencyKey(exampleWithdrawal.id)],
        requestBody: {
          required: true,
          description: `At most ${maxBodyBytes} bytes, in the same of the two ways as a referral.`,
          content: {
            [contentTypes.jwe]: { schema: ref('schemas', 'SealedWithdrawal') },
            [contentTypes.json]: jsonOf('WithdrawalV1', { withdrawal: exampleWithdrawal }),
          },
        },
        responses: answers(),
      },
    },
  },
  components: {
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        description: 'A secret that the Gateway gives to the site, which holds it as GATEWAY_TOKEN.',
      },
    },
    headers: {
      RetryAfter: {
        description:
          'When to come back: seconds, or an HTTP date. The site waits at least that long, and never much more than an hour.',
        schema: { type: 'string' },
        example: '120',
      },
    },
    schemas: {
      ReferralV1: { ...referralWords, ...schemaOf(referralV1, referralFields) },
      SealedReferral: sealedReferral,
      WithdrawalV1: { ...withdrawalWords, ...schemaOf(withdrawalV1, withdrawalFields) },
      SealedWithdrawal: sealedWithdrawal,
      SealedHeader: sealedHeader,
      Acknowledgement: {
        title: 'Acknowledgement',
        description: 'The Gateway’s word that it has the message. At most 4096 bytes.',
        ...schemaOf(acknowledgement, acknowledgementFields),
      },
      ReceivedOnDay: {
        title: 'Received on a day',
        description: 'The ids of what the Gateway received on a day.',
        ...schemaOf(receivedOnDay, listFields),
      },
      Problem: {
        title: 'Problem details',
        description: 'RFC 9457. It names places and rules and never repeats what a person wrote.',
        ...schemaOf(problemDetails, problemFields),
      },
    },
  },
});
