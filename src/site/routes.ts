/** The one table of addresses: every page and screen, what it is called in each language, and which formats it has. */
import { outcomeRoutes } from './outcome-routes.ts';
import { variantKeys, variants, type Format, type Language, type Variant } from './variants.ts';

export type RouteKind = 'entrance' | 'content' | 'check' | 'outcome' | 'refer' | 'services' | 'staff' | 'system';

export interface Route {
  readonly kind: RouteKind;
  /** The words of the address below the variant's prefix; the empty string is the variant's home. */
  readonly path: Readonly<Record<Language, string>>;
  /** Staff pages have no easy-read variant. */
  readonly formats?: readonly Format[];
}

export const routes = {
  home: { kind: 'content', path: { en: '', cy: '' } },
  'what-is-advocacy': { kind: 'content', path: { en: 'what-is-advocacy', cy: 'beth-yw-eiriolaeth' } },
  spectrum: { kind: 'content', path: { en: 'spectrum-of-advocacy', cy: 'sbectrwm-eiriolaeth' } },
  'your-rights': { kind: 'content', path: { en: 'your-rights', cy: 'eich-hawliau' } },
  'children-and-young-people': {
    kind: 'content',
    path: { en: 'children-and-young-people', cy: 'plant-a-phobl-ifanc' },
  },
  carers: { kind: 'content', path: { en: 'carers', cy: 'gofalwyr' } },
  'urgent-help': { kind: 'content', path: { en: 'urgent-help', cy: 'cymorth-brys' } },
  contact: { kind: 'content', path: { en: 'contact', cy: 'cysylltu' } },
  privacy: { kind: 'content', path: { en: 'privacy-notice', cy: 'hysbysiad-preifatrwydd' } },
  accessibility: { kind: 'content', path: { en: 'accessibility-statement', cy: 'datganiad-hygyrchedd' } },
  services: { kind: 'services', path: { en: 'services', cy: 'gwasanaethau' } },
  'for-staff': { kind: 'staff', path: { en: 'for-staff', cy: 'i-staff' }, formats: ['standard'] },
  'for-staff-check': {
    kind: 'staff',
    path: { en: 'for-staff/check', cy: 'i-staff/gwirio' },
    formats: ['standard'],
  },
  'for-staff-rules': {
    kind: 'staff',
    path: { en: 'for-staff/how-the-check-decides', cy: 'i-staff/sut-maer-gwiriad-yn-penderfynu' },
    formats: ['standard'],
  },
  check: { kind: 'check', path: { en: 'do-i-need-an-advocate', cy: 'oes-angen-eiriolwr-arnaf' } },
  'check-result': {
    kind: 'outcome',
    path: { en: 'do-i-need-an-advocate/result', cy: 'oes-angen-eiriolwr-arnaf/canlyniad' },
  },
  refer: { kind: 'refer', path: { en: 'ask-for-an-advocate', cy: 'gofyn-am-eiriolwr' } },
  'refer-check': {
    kind: 'refer',
    path: { en: 'ask-for-an-advocate/check-your-answers', cy: 'gofyn-am-eiriolwr/gwirio-eich-atebion' },
  },
  'refer-elsewhere': {
    kind: 'refer',
    path: { en: 'ask-for-an-advocate/who-can-help', cy: 'gofyn-am-eiriolwr/pwy-all-helpu' },
  },
  'refer-closed': {
    kind: 'refer',
    path: { en: 'ask-for-an-advocate/not-just-now', cy: 'gofyn-am-eiriolwr/ddim-ar-hyn-o-bryd' },
  },
  'refer-ask-first': {
    kind: 'refer',
    path: { en: 'ask-for-an-advocate/ask-first', cy: 'gofyn-am-eiriolwr/gofyn-yn-gyntaf' },
  },
  'refer-sent': { kind: 'refer', path: { en: 'ask-for-an-advocate/sent', cy: 'gofyn-am-eiriolwr/anfonwyd' } },
  'refer-status': {
    kind: 'refer',
    path: { en: 'ask-for-an-advocate/where-it-is', cy: 'gofyn-am-eiriolwr/ble-mae-eich-cais' },
  },
  'hand-over': {
    kind: 'refer',
    path: { en: 'ask-for-an-advocate/pass-it-on', cy: 'gofyn-am-eiriolwr/ei-drosglwyddo' },
  },
  'handed-over': {
    kind: 'refer',
    path: { en: 'ask-for-an-advocate/passed-on', cy: 'gofyn-am-eiriolwr/wedi-ei-drosglwyddo' },
  },
  'page-not-found': { kind: 'system', path: { en: 'page-not-found', cy: 'heb-ddod-o-hyd-ir-dudalen' } },
  'something-went-wrong': { kind: 'system', path: { en: 'something-went-wrong', cy: 'aeth-rhywbeth-oi-le' } },
  'could-not-accept': { kind: 'system', path: { en: 'could-not-accept', cy: 'methu-derbyn' } },
  'wait-a-minute': { kind: 'system', path: { en: 'wait-a-minute', cy: 'arhoswch-funud' } },
  ...outcomeRoutes,
} as const satisfies Record<string, Route>;

export type RouteId = keyof typeof routes;

export const routeIds = Object.keys(routes) as RouteId[];

/** The variants that a route has. */
export function variantsOf(id: RouteId): Variant[] {
  const { formats }: Route = routes[id];
  return variantKeys.filter((key) => !formats || formats.includes(variants[key].format));
}

const outcomePrefix = 'outcome-';

/** The route of an outcome’s own page. Throws for an outcome that has none. */
export function routeOfOutcome(outcome: string): RouteId {
  const route = `${outcomePrefix}${outcome}`;
  if (!(route in outcomeRoutes)) throw new Error(`src/site/outcome-routes.ts has no “${route}”`);
  return route as RouteId;
}

/** The outcome whose own page this is; undefined for every other page. */
export const outcomeOfRoute = (route: RouteId): string | undefined =>
  route in outcomeRoutes ? route.slice(outcomePrefix.length) : undefined;
