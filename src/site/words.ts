/** The words that the code speaks, from `i18n/`. A missing key throws: no variant ever borrows another’s words. */
import i18next, { type TFunction } from 'i18next';
import checkCy from '../../i18n/check.cy.json' with { type: 'json' };
import checkCyEasy from '../../i18n/check.cy.easy.json' with { type: 'json' };
import checkEn from '../../i18n/check.en.json' with { type: 'json' };
import checkEnEasy from '../../i18n/check.en.easy.json' with { type: 'json' };
import handOverCy from '../../i18n/hand-over.cy.json' with { type: 'json' };
import handOverCyEasy from '../../i18n/hand-over.cy.easy.json' with { type: 'json' };
import handOverEn from '../../i18n/hand-over.en.json' with { type: 'json' };
import handOverEnEasy from '../../i18n/hand-over.en.easy.json' with { type: 'json' };
import mapCy from '../../i18n/map.cy.json' with { type: 'json' };
import mapEn from '../../i18n/map.en.json' with { type: 'json' };
import referCy from '../../i18n/refer.cy.json' with { type: 'json' };
import referCyEasy from '../../i18n/refer.cy.easy.json' with { type: 'json' };
import referEn from '../../i18n/refer.en.json' with { type: 'json' };
import referEnEasy from '../../i18n/refer.en.easy.json' with { type: 'json' };
import siteCy from '../../i18n/site.cy.json' with { type: 'json' };
import siteCyEasy from '../../i18n/site.cy.easy.json' with { type: 'json' };
import siteEn from '../../i18n/site.en.json' with { type: 'json' };
import siteEnEasy from '../../i18n/site.en.easy.json' with { type: 'json' };
import staffCy from '../../i18n/staff.cy.json' with { type: 'json' };
import staffEn from '../../i18n/staff.en.json' with { type: 'json' };
import statusCy from '../../i18n/status.cy.json' with { type: 'json' };
import statusCyEasy from '../../i18n/status.cy.easy.json' with { type: 'json' };
import statusEn from '../../i18n/status.en.json' with { type: 'json' };
import statusEnEasy from '../../i18n/status.en.easy.json' with { type: 'json' };
import { inLines } from './sentences.ts';
import { isEasyRead, variantKeys, variants, type Variant } from './variants.ts';

export const namespaces = ['site', 'check', 'refer', 'status', 'hand-over'] as const;
/** What only staff read: it has no easy-read variants. `staff` is the check for a call, `map` the drawing of the flow. */
export const staffNamespaces = ['staff', 'map'] as const;
export type Namespace = (typeof namespaces)[number] | (typeof staffNamespaces)[number];

/** The namespaces that this variant has. */
export const namespacesOf = (variant: Variant): readonly Namespace[] =>
  isEasyRead(variant) ? namespaces : [...namespaces, ...staffNamespaces];

export const strings: Readonly<
  Record<Variant, Readonly<Record<(typeof namespaces)[number], object> & Partial<Record<Namespace, object>>>>
> = {
  en: {
    site: siteEn,
    check: checkEn,
    refer: referEn,
    status: statusEn,
    'hand-over': handOverEn,
    staff: staffEn,
    map: mapEn,
  },
  'en.easy': {
    site: siteEnEasy,
    check: checkEnEasy,
    refer: referEnEasy,
    status: statusEnEasy,
    'hand-over': handOverEnEasy,
  },
  cy: {
    site: siteCy,
    check: checkCy,
    refer: referCy,
    status: statusCy,
    'hand-over': handOverCy,
    staff: staffCy,
    map: mapCy,
  },
  'cy.easy': {
    site: siteCyEasy,
    check: checkCyEasy,
    refer: referCyEasy,
    status: statusCyEasy,
    'hand-over': handOverCyEasy,
  },
};

/** One i18next instance a variant: an easy-read variant has the plural rules of its language, and no language falls back. */
const instances = Object.fromEntries(
  variantKeys.map((variant) => {
    const language = variants[variant].language;
    const instance = i18next.createInstance();
    void instance.init({
      lng: language,
      fallbackLng: false,
      initAsync: false,
      resources: { [language]: strings[variant] },
      ns: [...namespaces, ...staffNamespaces],
      interpolation: { escapeValue: false },
      returnNull: false,
    });
    return [variant, instance];
  }),
) as Record<Variant, typeof i18next>;

type Values = Readonly<Record<string, string | number>>;

export interface Words {
  /** The words for a key; throws for a key that this variant does not have. */
  (key: string, values?: Values): string;
  /** The words for a key, or undefined where this variant leaves it out (all variants then do: the parity check sees to it). */
  readonly maybe: (key: string, values?: Values) => string | undefined;
}

/** What was said before, by variant and namespace: looking words up is what a page would spend most of its time on. */
const spoken = new Map<string, Words>();
/** Of each namespace; it has far fewer keys. */
const mostRemembered = 5_000;

/** How the code speaks in a variant, a sentence a line in easy read. `context: 'other'` speaks of someone else where the wording differs. */
export function words(variant: Variant, namespace: Namespace): Words {
  const name = `${variant} ${namespace}`;
  const before = spoken.get(name);
  if (before) return before;
  const made = wordsOf(variant, namespace);
  spoken.set(name, made);
  return made;
}

function wordsOf(variant: Variant, namespace: Namespace): Words {
  const instance = instances[variant];
  const t: TFunction = instance.getFixedT(variants[variant].language, namespace);
  const find = (key: string, values: Values): string | undefined => {
    // Asked for objects, i18next hands over the half of a key as what it is, instead of a sentence about it.
    const found: unknown = instance.exists(key, { ns: namespace, ...values })
      ? t(key, { ...values, returnObjects: true })
      : undefined;
    return typeof found === 'string' ? inLines(found, variant) : undefined;
  };
  const before = new Map<string, string | undefined>();
  const maybe = (key: string, values: Values = {}): string | undefined => {
    // What may be a person’s own is looked up each time, and kept nowhere: only our contexts and small numbers make a name.
    const parts = Object.entries(values);
    const isOurs = ([name, value]: (typeof parts)[number]): boolean => name === 'context' || typeof value === 'number';
    if (!parts.every(isOurs)) return find(key, values);
    const name = parts.length === 0 ? key : `${key} ${JSON.stringify(values)}`;
    if (before.has(name)) return before.get(name);
    const found = find(key, values);
    if (before.size < mostRemembered) before.set(name, found);
    return found;
  };
  const say = (key: string, values: Values = {}): string => {
    const found = maybe(key, values);
    if (found === undefined) throw new Error(`${namespace}.${variant}.json has no “${key}”`);
    return found;
  };
  return Object.assign(say, { maybe });
}
