/** The short numbers of pages: each page has one, none ever changes what it opens, and a wrong one leads to the likest. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codes, nearestRoutes, plainCode, readCode, sayableCode, variantDigits } from '../../src/site/codes.ts';
import { routeIds, routes, variantsOf, type RouteId } from '../../src/site/routes.ts';
import { variantKeys } from '../../src/site/variants.ts';

/** Every number ever given, and what it opened first: one a line. Lines are added, never changed and never taken out. */
const everGiven = new Map(
  readFileSync('tests/site/codes-ever-given.txt', 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ') as [string, string]),
);

/** Tools of staff: nobody gives them to a caller. */
const tools: readonly RouteId[] = ['for-staff-check', 'for-staff-rules'];
/** What somebody can be given: not the steps and results that answer to a person, and not the pages about a fault. */
const givable = routeIds.filter(
  (id) =>
    !tools.includes(id) &&
    routes[id].kind !== 'system' &&
    id !== 'check-result' &&
    (routes[id].kind !== 'refer' || id === 'refer'),
);

describe('a short code', () => {
  it('still opens what it opened when it was given, or is retired', () => {
    for (const [code, first] of everGiven) expect([first, 'retired'], code).toContain(codes[Number(code)]);
  });

  it('is written down among those ever given on the day that it is given', () => {
    expect(Object.keys(codes).filter((code) => !everGiven.has(code))).toEqual([]);
    expect(everGiven.size).toBeGreaterThanOrEqual(57);
  });

  it('belongs to every page and outcome that somebody can be given, each to one', () => {
    expect(givable.filter((id) => plainCode(id) === undefined)).toEqual([]);
    const given = Object.values(codes).filter((route) => route !== 'retired');
    expect([...given].sort()).toEqual([...givable].sort());
  });

  it('has two digits, and with its variant is no number that people know as another', () => {
    for (const code of Object.keys(codes)) {
      expect(code).toMatch(/^[1-9]\d$/);
      for (const variant of variantKeys)
        expect(['101', '111', '112', '999']).not.toContain(`${variantDigits[variant]}${code}`);
    }
  });

  it('names the page alone with two digits, and its variant too with three', () => {
    expect(readCode('24')).toEqual({ route: 'your-rights' });
    expect(readCode('124')).toEqual({ route: 'your-rights', variant: 'en' });
    expect(readCode('224')).toEqual({ route: 'your-rights', variant: 'en.easy' });
    expect(readCode('324')).toEqual({ route: 'your-rights', variant: 'cy' });
    expect(readCode('424')).toEqual({ route: 'your-rights', variant: 'cy.easy' });
  });

  it('is read back as the page and variant that it was made from', () => {
    for (const route of givable) {
      for (const variant of variantKeys) {
        const code = sayableCode(route, variant);
        if (variantsOf(route).includes(variant)) expect(readCode(code ?? '')).toEqual({ route, variant });
        else expect(code).toBeUndefined();
      }
    }
  });

  it.each(['', '0', '7', '024', '0024', '524', '924', '1', '99', '99999', '24'.repeat(300), '9'.repeat(400)])(
    'that does not exist opens nothing (%s)',
    (digits) => {
      expect(readCode(digits)).toEqual({});
    },
  );

  it('of a staff page has no easy read', () => {
    expect(readCode('128').route).toBe('for-staff');
    expect(readCode('228')).toEqual({ variant: 'en.easy' });
    expect(readCode('428')).toEqual({ variant: 'cy.easy' });
  });
});

describe('a number that no page has', () => {
  const nearest = (digits: string): (string | undefined)[] => nearestRoutes(digits).map(plainCode);

  it('leads first to the pages that one slip leads away from', () => {
    expect(nearest('024')[0]).toBe('24');
    expect(nearest('524')[0]).toBe('24');
    expect(nearest('25').slice(0, 2).sort()).toEqual(['24', '26']);
    expect(nearest('325').slice(0, 2).sort()).toEqual(['24', '26']);
  });

  it('always leads to some pages, each once, and never to one that the variant does not have', () => {
    for (const digits of ['7', '0', '99999', '9'.repeat(400)]) {
      const found = nearestRoutes(digits);
      expect(found).toHaveLength(4);
      expect(new Set(found).size).toBe(4);
    }
    expect(nearestRoutes('228', 'en.easy')).not.toContain('for-staff' satisfies RouteId);
    expect(nearestRoutes('328', 'cy')).toContain('for-staff' satisfies RouteId);
  });
});
