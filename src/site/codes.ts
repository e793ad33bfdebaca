/** The short numbers of pages, for saying aloud, printing and typing: which page each opens, for ever. */
import { variantsOf, type RouteId } from './routes.ts';
import { variants, type Variant } from './variants.ts';

/**
 * A number never changes what it opens: it stands on paper and in people’s heads. A page that goes leaves its number
 * behind as `retired`, and no other page takes it. New pages take free numbers of their group. Never given, because with
 * the digit of a variant before them they are other people’s numbers: 11 and 12 (111, 112), and 99.
 */
export const codes: Readonly<Record<number, RouteId | 'retired'>> = {
  // Pages: 10 to 29
  10: 'home',
  13: 'urgent-help',
  14: 'check',
  15: 'refer',
  16: 'contact',
  17: 'services',
  20: 'what-is-advocacy',
  21: 'spectrum',
  22: 'children-and-young-people',
  23: 'carers',
  24: 'your-rights',
  26: 'privacy',
  27: 'accessibility',
  28: 'for-staff',
  // Danger
  30: 'outcome-urgent-999',
  31: 'outcome-urgent-mh-111-2',
  32: 'outcome-urgent-domestic-abuse',
  33: 'outcome-urgent-safeguarding-adult',
  34: 'outcome-urgent-safeguarding-child',
  // Adults in Wales
  40: 'outcome-w-ipa-must',
  41: 'outcome-w-ipa-ask',
  42: 'outcome-w-ai-first',
  43: 'outcome-w-other-forms',
  44: 'outcome-w-cmha',
  45: 'outcome-carer-own-right',
  46: 'outcome-parent-advocacy',
  47: 'outcome-other-help',
  48: 'outcome-consent-needed',
  // Mental health and mental capacity
  50: 'outcome-w-imha-compulsory',
  51: 'outcome-w-imha-informal',
  52: 'outcome-w-imha-ask',
  55: 'outcome-imca-must',
  56: 'outcome-imca-may',
  57: 'outcome-imca-ask',
  58: 'outcome-imca-dols',
  // Children and young people
  60: 'outcome-c-active-offer',
  61: 'outcome-c-statutory-ipa',
  62: 'outcome-c-care-leaver',
  63: 'outcome-c-complaint-advocacy',
  64: 'outcome-c-aln',
  65: 'outcome-c-meic',
  // Complaints
  70: 'outcome-w-llais-nhs',
  71: 'outcome-w-llais-social-care',
  // Outside Wales
  75: 'outcome-e-care-act-must',
  76: 'outcome-e-care-act-exception',
  77: 'outcome-e-ai-first',
  78: 'outcome-e-imha',
  79: 'outcome-e-nhs-complaints',
  80: 'outcome-e-signpost',
  83: 'outcome-x-scotland',
  84: 'outcome-x-northern-ireland',
  85: 'outcome-x-elsewhere',
  // Where to go
  90: 'outcome-route-gateway-cav',
  91: 'outcome-route-council-wales',
  92: 'outcome-route-child-provider',
  93: 'outcome-route-imha',
  94: 'outcome-route-decision-maker',
};

/** The digit that names a variant for certain, before the number of the page. */
export const variantDigits = { en: '1', 'en.easy': '2', cy: '3', 'cy.easy': '4' } as const satisfies Record<
  Variant,
  string
>;

const codeByRoute = new Map(
  Object.entries(codes).flatMap(([code, route]) => (route === 'retired' ? [] : [[route, code] as const])),
);

/** The two digits of a page: the language is the browser’s. Undefined for a page that has no number. */
export const plainCode = (route: RouteId): string | undefined => codeByRoute.get(route);

/** The three digits of a page in a variant; undefined where the page has no number, or no such variant. */
export function sayableCode(route: RouteId, variant: Variant): string | undefined {
  const code = plainCode(route);
  return code !== undefined && variantsOf(route).includes(variant) ? `${variantDigits[variant]}${code}` : undefined;
}

/** What a number leads to: `route` is left out where no page has it, `variant` where the number names none. */
export interface CodeReading {
  readonly route?: RouteId;
  readonly variant?: Variant;
}

/** @param digits what was typed, digits only */
export function readCode(digits: string): CodeReading {
  const variant = variantNamedBy(digits);
  const route = codes[Number(variant ? digits.slice(1) : digits)];
  const isFound =
    route !== undefined &&
    route !== 'retired' &&
    (variant ? variantsOf(route).includes(variant) : digits === plainCode(route));
  return { ...(isFound && { route }), ...(variant && { variant }) };
}

const variantNamedBy = (digits: string): Variant | undefined =>
  digits.length === 3
    ? (Object.keys(variants) as Variant[]).find((variant) => digits.startsWith(variantDigits[variant]))
    : undefined;

/** Somebody who sees more than a few similar numbers has to search again. */
const mostOffered = 4;

/**
 * The pages whose numbers are most like one that does not exist, the likest first: as few digits as possible wrong, left
 * out or too many, and then the smallest difference.
 * @param digits what was typed, digits only
 * @param variant where known, only pages that it has
 */
export function nearestRoutes(digits: string, variant?: Variant): RouteId[] {
  // Of three digits the first was meant to name a variant, right or wrong.
  const typed = digits.length === 3 ? digits.slice(1) : digits;
  return [...codeByRoute]
    .filter(([route]) => !variant || variantsOf(route).includes(variant))
    .map(([route, code]) => ({ route, slips: slipsBetween(typed, code), far: Math.abs(Number(typed) - Number(code)) }))
    .sort((a, b) => a.slips - b.slips || a.far - b.far)
    .slice(0, mostOffered)
    .map(({ route }) => route);
}

/** How many digits must be changed, added or left out to make one number of the other (Levenshtein’s distance). */
function slipsBetween(typed: string, code: string): number {
  let row = Array.from({ length: code.length + 1 }, (_, at) => at);
  for (let at = 0; at < typed.length; at += 1) {
    const next = [at + 1];
    for (let to = 1; to <= code.length; to += 1) {
      const same = typed[at] === code[to - 1] ? 0 : 1;
      next.push(Math.min((row[to - 1] ?? 0) + same, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
