/** Every address belongs to one page in one variant, and leads back to it. */
import { describe, expect, it } from 'vitest';
import { checkFlow } from '../../src/check/check-flow.ts';
import { referFlow } from '../../src/referral/refer-flow.ts';
import {
  allAddresses,
  href,
  placeHref,
  screenId,
  stepHref,
  stepIds,
  stepOfSlug,
  variantsOfPlace,
  type Place,
} from '../../src/site/links.ts';
import { routeIds, routes, variantsOf } from '../../src/site/routes.ts';
import {
  inOtherFormat,
  inOtherLanguage,
  variantKeys,
  variantOf,
  variantOfPath,
  variants,
} from '../../src/site/variants.ts';

const addresses = allAddresses();
const places: Place[] = [
  ...routeIds.map((route) => ({ route })),
  ...(['check', 'refer'] as const).flatMap((route) => stepIds(route).map((step) => ({ route, step }))),
];

describe('the addresses of the site', () => {
  it('are each of one page only', () => {
    const paths = addresses.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.length).toBeGreaterThan(200);
  });

  it('are plain small letters, digits and hyphens, in both languages', () => {
    for (const { path } of addresses) expect(path).toMatch(/^\/(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:\/|$))*$/);
  });

  it('end with a slash only where a variant begins', () => {
    for (const { path, id } of addresses) expect(path.endsWith('/'), path).toBe(id === 'home' || id === 'entrance');
  });

  it('tell the variant of their page', () => {
    for (const { path, variant } of addresses) expect(variantOfPath(path), path).toBe(variant);
  });

  it('lead to a page in every variant that it has', () => {
    for (const place of places) {
      for (const variant of variantsOfPlace(place)) {
        const path = placeHref(place, variant);
        expect(addresses.filter((each) => each.path === path)).toEqual([
          { id: screenId(place), variant, path, kind: routes[place.route].kind },
        ]);
      }
    }
  });

  it('do not use a word that means something else in their place', () => {
    const reserved = [
      'en',
      'cy',
      'easy-read',
      'hawdd-ei-ddeall',
      'api',
      'gateway',
      'leave',
      'pictures',
      '_astro',
      'healthz',
    ];
    for (const variant of variantKeys) {
      const { prefix } = variants[variant];
      for (const { path } of addresses.filter((each) => each.variant === variant)) {
        const [first] = path.slice(prefix.length + 1).split('/');
        expect(reserved, path).not.toContain(first);
      }
    }
  });

  it('are the same words in the standard and the easy-read variant of a language', () => {
    for (const place of places) {
      if (variantsOfPlace(place).length < 4) continue;
      for (const language of ['en', 'cy'] as const) {
        const below = (format: 'standard' | 'easy') => {
          const variant = variantOf(language, format);
          return placeHref(place, variant).slice(variants[variant].prefix.length);
        };
        expect(below('easy')).toBe(below('standard'));
      }
    }
  });

  it('are Welsh in Welsh', () => {
    for (const id of routeIds.filter((route) => route !== 'home')) {
      expect(href(id, 'cy').slice(3), id).not.toBe(href(id, 'en').slice(3));
    }
  });

  it('say nothing of what somebody answered', () => {
    for (const { path } of addresses) expect(path).not.toMatch(/yes|unsure|none|suicid|abuse|danger/);
  });
});

describe('the steps of the journeys', () => {
  it('are exactly the check’s questions and the form’s steps', () => {
    expect(stepIds('check').sort()).toEqual(checkFlow.map(({ id }) => id).sort());
    expect(stepIds('refer').sort()).toEqual(referFlow.map(({ id }) => id).sort());
  });

  it('are found again by their slug, in every variant', () => {
    for (const journey of ['check', 'refer'] as const) {
      for (const variant of variantKeys) {
        for (const step of stepIds(journey)) {
          const slug = stepHref(journey, step, variant).split('/').at(-1)!;
          expect(stepOfSlug(journey, slug, variant), slug).toBe(step);
        }
        expect(stepOfSlug(journey, 'no-such-step', variant)).toBeUndefined();
        expect(stepOfSlug(journey, '', variant)).toBeUndefined();
      }
    }
  });

  it('do not take the address of a screen', () => {
    for (const variant of variantKeys) {
      const screens = routeIds.map((id) => href(id, variant));
      for (const journey of ['check', 'refer'] as const) {
        for (const step of stepIds(journey)) expect(screens).not.toContain(stepHref(journey, step, variant));
      }
    }
  });
});

describe('changing language or format', () => {
  it('twice leads back, and each way changes one thing', () => {
    for (const variant of variantKeys) {
      expect(inOtherLanguage(inOtherLanguage(variant))).toBe(variant);
      expect(inOtherFormat(inOtherFormat(variant))).toBe(variant);
      expect(variants[inOtherLanguage(variant)].format).toBe(variants[variant].format);
      expect(variants[inOtherFormat(variant)].language).toBe(variants[variant].language);
      expect(inOtherFormat(inOtherLanguage(variant))).toBe(inOtherLanguage(inOtherFormat(variant)));
    }
  });

  it('stays on the page or step', () => {
    for (const place of places) {
      for (const variant of variantsOfPlace(place)) {
        const other = inOtherLanguage(variant);
        expect(variantsOfPlace(place), place.route).toContain(other);
        expect(placeHref(place, inOtherLanguage(other))).toBe(placeHref(place, variant));
      }
    }
  });

  it('to easy read is there for every page but those for staff', () => {
    for (const id of routeIds) expect(variantsOf(id).length, id).toBe(routes[id].kind === 'staff' ? 2 : 4);
  });
});

describe('the variant of a path', () => {
  it.each([
    ['/', undefined],
    ['/en', 'en'],
    ['/en/', 'en'],
    ['/en/easy-read', 'en.easy'],
    ['/en/easy-readers', 'en'],
    ['/cy/hawdd-ei-ddeall/cysylltu', 'cy.easy'],
    ['/cymru', undefined],
    ['/english', undefined],
    ['/api/eligibility/v1/decide', undefined],
  ] as const)('of %s is %s', (path, variant) => {
    expect(variantOfPath(path)).toBe(variant);
  });
});
