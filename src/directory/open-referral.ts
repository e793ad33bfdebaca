/** The directory as open data: each service in the shape of Open Referral UK (HSDS-UK 3.0), and the pages of the list. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Service } from './service.ts';

/** What the address of the whole API answers with. Checkers read from it which version to hold the rest to. */
export const openReferralDetails = {
  version: 'HSDS-UK-3.0',
  profile: 'https://github.com/OpenReferralUK/uk-profile',
  openapi_url: 'https://raw.githubusercontent.com/OpenReferralUK/uk-profile/main/schema/openapi.json',
} as const;

/** Never to be changed: every published id is made from it. */
const namespace = Buffer.from('ad01344687964166aacfc78df2e8d61b', 'hex');

/** A UUID of version 5 (RFC 9562): the same name has the same id in every build, on every machine. */
function idOf(...name: readonly string[]): string {
  const bytes = createHash('sha1').update(namespace).update(name.join('/')).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The id under which a service is published, from the name of its file without `.yaml`. */
export const serviceIdOf = (file: string): string => idOf('service', file);

/**
 * Where the words of the other variants stand. Open Referral has one language for each text, so the fields themselves are in
 * plain English, and the same text in another variant is an attribute: its `taxonomy_term.term` says which field and variant
 * it is, its `value` is the text.
 */
const otherVariants = {
  'name.cy': 'The name in Welsh.',
  'description.cy': 'The description in Welsh.',
  'description.en.easy': 'The description in easy read, in English.',
  'description.cy.easy': 'The description in easy read, in Welsh.',
  'schedules.description.cy': 'The description of the schedule in Welsh.',
} as const;

type OtherVariant = keyof typeof otherVariants;

interface Phone {
  readonly id: string;
  readonly number: string;
  readonly type: 'voice' | 'text';
}

interface Attribute {
  readonly id: string;
  readonly link_entity: 'service';
  readonly link_type: 'translation';
  readonly value: string;
  readonly taxonomy_term: {
    readonly id: string;
    readonly name: OtherVariant;
    readonly description: string;
    readonly taxonomy: string;
    readonly term: OtherVariant;
  };
}

/** A fact that no source shows has no key: nothing is ever null or empty. */
export interface OpenReferralService {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly status: 'active';
  readonly url?: string;
  readonly email?: string;
  /** The day on which the source was read. */
  readonly assured_date: string;
  readonly organization: { readonly id: string; readonly name: string; readonly description: string };
  readonly phones?: readonly Phone[];
  readonly contacts?: readonly { readonly id: string; readonly phones: readonly Phone[] }[];
  readonly schedules?: readonly { readonly id: string; readonly description: string }[];
  readonly service_areas?: readonly { readonly id: string; readonly name: string; readonly uri: string }[];
  readonly attributes: readonly Attribute[];
}

/** GSS codes of the areas that our files call by a word. `uk` has none here: it also stands for one nation outside Wales. */
const nationCodes: Readonly<Record<string, string>> = { wales: 'W92000004' };
const gssCode = /^[A-Z]\d{8}$/;

/**
 * A service as Open Referral UK has it.
 * @param file the name of its file, without `.yaml`
 * @param areaName the English name of a council’s GSS code or of `wales`
 */
export function openReferralService(
  file: string,
  service: Service,
  areaName: (area: string) => string,
): OpenReferralService {
  const phone = (type: Phone['type'], number: string | null): Phone[] =>
    number === null ? [] : [{ id: idOf('phone', file, type), number, type }];
  const phones = [...phone('voice', service.phone), ...phone('text', service.text)];

  const areas = service.area.flatMap((area) => {
    const code = nationCodes[area] ?? area;
    if (!gssCode.test(code)) return [];
    const uri = `http://statistics.data.gov.uk/id/statistical-geography/${code}`;
    return [{ id: idOf('service_area', file, code), name: areaName(area), uri }];
  });

  const inOtherVariants: readonly (readonly [OtherVariant, string | undefined])[] = [
    ['name.cy', service.name.cy],
    ['description.cy', service.for.cy],
    ['description.en.easy', service.for['en.easy']],
    ['description.cy.easy', service.for['cy.easy']],
    ['schedules.description.cy', service.hours?.cy],
  ];

  return {
    id: serviceIdOf(file),
    name: service.name.en,
    description: service.for.en,
    status: 'active',
    ...(service.web !== null && { url: service.web }),
    ...(service.email !== null && { email: service.email }),
    assured_date: service.checkedOn,
    // Our files hold a service and whoever runs it as one, and the profile asks for both.
    organization: { id: idOf('organization', file), name: service.name.en, description: service.for.en },
    // HSDS keeps numbers with the service, the UK profile with its contacts: readers of either find them.
    ...(phones.length > 0 && { phones, contacts: [{ id: idOf('contact', file), phones }] }),
    ...(service.hours && { schedules: [{ id: idOf('schedule', file), description: service.hours.en }] }),
    ...(areas.length > 0 && { service_areas: areas }),
    attributes: inOtherVariants.flatMap(([term, value]) =>
      value === undefined
        ? []
        : [
            {
              id: idOf('attribute', file, term),
              link_entity: 'service',
              link_type: 'translation',
              value,
              taxonomy_term: {
                id: idOf('taxonomy_term', term),
                name: term,
                description: otherVariants[term],
                taxonomy: 'Get an Advocate: the same words in another variant',
                term,
              },
            },
          ],
    ),
  };
}

export interface PageOfItems<T> {
  readonly total_items: number;
  readonly total_pages: number;
  readonly page_number: number;
  /** How many items this page holds. */
  readonly size: number;
  readonly first_page: boolean;
  readonly last_page: boolean;
  readonly empty: boolean;
  readonly contents: readonly T[];
}

/** A page of a list, counted from 1. A page after the last one is empty and says that it is the last. */
export function pageOf<T>(items: readonly T[], { page, per_page }: PageAsked): PageOfItems<T> {
  const contents = items.slice((page - 1) * per_page, page * per_page);
  const pages = Math.ceil(items.length / per_page);
  return {
    total_items: items.length,
    total_pages: pages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page >= pages,
    empty: contents.length === 0,
    contents,
  };
}

const mostPerPage = 500;

const wholeNumber = (usual: number, most: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .transform(Number)
    .refine((number) => number <= most)
    .default(usual);

// An unknown parameter is refused: a filter that was silently ignored would pass off the whole list as what was found.
const pageAsked = z.strictObject({ page: wholeNumber(1, 999_999), per_page: wholeNumber(50, mostPerPage) });

export type PageAsked = z.infer<typeof pageAsked>;

/** The page that a query asks for, or undefined where `pageRule` is not kept. */
export function pageFrom(query: URLSearchParams): PageAsked | undefined {
  const entries = [...query];
  if (new Set(entries.map(([name]) => name)).size < entries.length) return undefined;
  return pageAsked.safeParse(Object.fromEntries(entries)).data;
}

/** What a query may hold, for the program that sent another. */
export const pageRule = `The parameters are page (a whole number from 1) and per_page (from 1 to ${mostPerPage}), each at most once; others are not known.`;
