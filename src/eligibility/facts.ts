/** Every fact that a rule may look at, and the values it may have. */

/** GSS codes of the 22 Welsh councils. W06000007 and W06000017 do not exist. */
export const councils = [
  'W06000001',
  'W06000002',
  'W06000003',
  'W06000004',
  'W06000005',
  'W06000006',
  'W06000008',
  'W06000009',
  'W06000010',
  'W06000011',
  'W06000012',
  'W06000013',
  'W06000014',
  'W06000015',
  'W06000016',
  'W06000018',
  'W06000019',
  'W06000020',
  'W06000021',
  'W06000022',
  'W06000023',
  'W06000024',
] as const;

export type Council = (typeof councils)[number];

/** The councils whose people use the Cardiff and Vale Advocacy Gateway. */
export const gatewayCouncils = ['W06000014', 'W06000015'] as const satisfies readonly Council[];

/** What social services do under the Act; finding help, and a parent’s child protection, are other matters. */
export const namedProcesses = [
  'assessment',
  'carer-assessment',
  'care-plan',
  'review',
  'safeguarding',
  'leaving-hospital',
  'where-to-live',
  'provider-failure',
  'stepping-down',
  'informal-care-change',
] as const;

/** Those of them for which the Care Act 2014 (ss67, 68; England) asks about an advocate. */
export const careActProcesses = ['assessment', 'carer-assessment', 'care-plan', 'review', 'safeguarding'] as const;

const countries = ['wales', 'england', 'scotland', 'northern-ireland', 'elsewhere'] as const;
const yesOrNo = ['yes', 'no'] as const;

type FactShape = {
  /** `one`: a single value. `list`: any number of values, and the empty list says “none of these”. */
  readonly kind: 'one' | 'list';
  readonly values: readonly string[];
  /** Whether the word `unsure` may stand in place of a value or of the whole list. */
  readonly unsure: boolean;
};

export const facts = {
  country: { kind: 'one', values: countries, unsure: true },
  council: { kind: 'one', values: councils, unsure: true },
  placedBy: { kind: 'one', values: councils, unsure: false },
  about: { kind: 'one', values: ['me', 'someone-else'], unsure: false },
  agreed: { kind: 'one', values: ['yes', 'not-asked', 'no', 'cannot-agree'], unsure: false },
  carer: { kind: 'one', values: yesOrNo, unsure: true },
  age: { kind: 'one', values: ['under-5', '5-15', '16-17', '18-24', '25-or-over'], unsure: true },
  danger: { kind: 'one', values: ['now', 'suicidal', 'at-risk', 'no'], unsure: false },
  domesticAbuse: { kind: 'one', values: yesOrNo, unsure: true },
  process: {
    kind: 'list',
    values: ['finding-help', ...namedProcesses, 'child-protection-parent'],
    unsure: true,
  },
  otherTopic: { kind: 'one', values: yesOrNo, unsure: false },
  barriers: { kind: 'list', values: ['understand', 'remember', 'weigh', 'communicate'], unsure: true },
  supporter: {
    kind: 'one',
    values: ['none', 'suitable', 'not-wanted', 'unable', 'implicated', 'paid-only'],
    unsure: true,
  },
  mentalHealth: {
    kind: 'one',
    values: [
      'none',
      'detained',
      'short-hold',
      'place-of-safety',
      'community-order',
      'guardianship',
      'conditional-discharge',
      'informal',
      'considering-s57',
      'considering-s58a',
    ],
    unsure: true,
  },
  hospitalCountry: { kind: 'one', values: countries, unsure: true },
  secondaryMentalHealthCare: { kind: 'one', values: yesOrNo, unsure: true },
  capacity: { kind: 'one', values: ['has', 'lacks'], unsure: true },
  decision: {
    kind: 'one',
    values: [
      'serious-medical-treatment',
      'long-hospital-stay',
      'long-care-home-stay',
      'short-care-home-stay',
      'care-review',
      'safeguarding',
    ],
    unsure: false,
  },
  consultable: { kind: 'one', values: yesOrNo, unsure: true },
  liberty: {
    kind: 'one',
    values: ['none', 'being-assessed', 'no-representative', 'unpaid-representative', 'paid-representative'],
    unsure: false,
  },
  complaint: { kind: 'one', values: ['none', 'nhs', 'social-care'], unsure: false },
  nhsProvider: { kind: 'one', values: ['wales', 'england'], unsure: false },
  child: {
    kind: 'list',
    values: [
      'became-looked-after',
      'looked-after',
      'child-protection',
      'needs-care-and-support',
      'care-leaver',
      'additional-learning-needs',
    ],
    unsure: false,
  },
  substantialDifficulty: { kind: 'one', values: yesOrNo, unsure: true },
  exception: { kind: 'one', values: ['none', 'nhs-placement', 'agreed-disagreement'], unsure: false },
} as const satisfies Record<string, FactShape>;

type Table = typeof facts;
type Unsure<K extends keyof Table> = Table[K]['unsure'] extends true ? 'unsure' : never;
type Value<K extends keyof Table> = Table[K]['values'][number];

export type FactId = keyof Table;

/** What is known about one person. A key that is absent was not asked; `unsure` was asked. Neither is ever a “no”. */
export type Facts = {
  readonly [K in FactId]?: Table[K]['kind'] extends 'list' ? readonly Value<K>[] | Unsure<K> : Value<K> | Unsure<K>;
};

export const factIds = Object.keys(facts) as FactId[];

export type FactError = {
  /** The key as it was given; `null` where the whole is not an object. */
  readonly fact: string | null;
  readonly problem: 'not-an-object' | 'unknown-fact' | 'unknown-value' | 'not-a-list' | 'not-one-value';
  /** What was given, where it is text, a number, true, false or null; for a list, the first entry that is refused. */
  readonly value?: string | number | boolean | null;
};

export type ParsedFacts =
  { readonly ok: true; readonly facts: Facts } | { readonly ok: false; readonly errors: readonly FactError[] };

/**
 * Reads facts from outside: `{ok: true, facts}` or every error with the fact that it is about. Never throws on anything that JSON can say.
 * Nothing is ignored: an unknown key or value is an error. A value given twice in a list counts once. `undefined` is absence, as in JSON.
 */
export function parseFacts(input: unknown): ParsedFacts {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, errors: [{ fact: null, problem: 'not-an-object' }] };
  }
  const errors: FactError[] = [];
  const parsed: { [K in FactId]?: unknown } = {};
  for (const [key, value] of Object.entries(input)) {
    if (!isFactId(key)) {
      errors.push({ fact: key, problem: 'unknown-fact' });
    } else if (value !== undefined) {
      const answer = parseValue(key, value);
      if (answer.ok) parsed[key] = answer.value;
      else errors.push(answer.error);
    }
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, facts: parsed as Facts };
}

// An inherited name (`constructor`, `__proto__`) is not an own key of the table, so it is an unknown fact like any other.
const isFactId = (key: string): key is FactId => Object.hasOwn(facts, key);

type ParsedValue = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: FactError };

function parseValue(fact: FactId, value: unknown): ParsedValue {
  const { kind, values, unsure }: FactShape = facts[fact];
  const known = (entry: unknown): boolean => typeof entry === 'string' && values.includes(entry);
  const refuse = (problem: FactError['problem'], refused: unknown): ParsedValue => ({
    ok: false,
    error: { fact, problem, ...(isPlain(refused) ? { value: refused } : {}) },
  });

  if (unsure && value === 'unsure') return { ok: true, value };
  if (kind === 'one') {
    if (typeof value === 'object' && value !== null) return refuse('not-one-value', value);
    return known(value) ? { ok: true, value } : refuse('unknown-value', value);
  }
  if (!Array.isArray(value)) return refuse('not-a-list', value);
  const strange = value.findIndex((entry) => !known(entry));
  return strange === -1 ? { ok: true, value: [...new Set<unknown>(value)] } : refuse('unknown-value', value[strange]);
}

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);
