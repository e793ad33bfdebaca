/** The words, dates and cookies of the site: no variant borrows another’s words. */
import { describe, expect, it } from 'vitest';
import { cookieIn, cookieNames, cookieOptions, deletedCookie, keptCookie } from '../../src/site/cookies.ts';
import { longDate } from '../../src/site/dates.ts';
import { variantKeys } from '../../src/site/variants.ts';
import { words } from '../../src/site/words.ts';

describe('the words', () => {
  it('are those of the variant', () => {
    expect(words('en', 'site')('name')).toBe('Get an Advocate');
    expect(words('cy', 'site')('name')).toBe('Cael Eiriolwr');
  });

  it('that a variant does not have stop the page, with the file’s name', () => {
    for (const variant of variantKeys) {
      const say = words(variant, 'check');
      expect(() => say('page.nothing')).toThrow(`check.${variant}.json has no “page.nothing”`);
      expect(() => say('page')).toThrow();
      expect(say.maybe('page.nothing')).toBeUndefined();
    }
  });

  it('speak of somebody else where that is different, and are the same where it is not', () => {
    const say = words('en', 'check');
    expect(say('questions.age.title', { context: 'other' })).not.toBe(say('questions.age.title'));
    expect(say('questions.about.title', { context: 'other' })).toBe(say('questions.about.title'));
  });

  it('show a number and a sign as they are', () => {
    expect(words('cy', 'check')('page.leftExact', { count: 3 })).toContain('3');
    expect(words('en', 'site')('checkedOn', { date: '1 & 2 <3>' })).toContain('1 & 2 <3>');
  });
});

describe('a date', () => {
  it('is read out in the language of the page', () => {
    expect(longDate('2026-11-22', 'en')).toBe('22 November 2026');
    expect(longDate('2026-11-22', 'en.easy')).toBe('22 November 2026');
    expect(longDate('2026-11-22', 'cy')).toBe('22 Tachwedd 2026');
    expect(longDate('2026-03-01', 'cy.easy')).toBe('1 Mawrth 2026');
  });
});

describe('a cookie', () => {
  it('has a name that says nothing, bound to the host where there is TLS', () => {
    for (const name of Object.values(cookieNames(true))) expect(name).toMatch(/^__Host-[a-z]$/);
    for (const name of Object.values(cookieNames(false))) expect(name).toMatch(/^[a-z]$/);
  });

  it('is out of reach of scripts and of other sites, and ends with the browser', () => {
    expect(cookieOptions(true)).toEqual({ path: '/', httpOnly: true, sameSite: 'lax', secure: true });
    expect(cookieOptions(false).secure).toBe(false);
    expect(keptCookie('__Host-a', 'x', true)).toBe('__Host-a=x; Path=/; HttpOnly; SameSite=Lax; Secure');
    expect(keptCookie('a', 'x', false)).toBe('a=x; Path=/; HttpOnly; SameSite=Lax');
    expect(deletedCookie('__Host-a', true)).toBe('__Host-a=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0');
    expect(deletedCookie('a', false)).toBe('a=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0');
  });

  it('is found among others by its whole name', () => {
    expect(cookieIn('aa=1; a=2=3; b=4', 'a')).toBe('2=3');
    expect(cookieIn('ab=1', 'a')).toBeUndefined();
    expect(cookieIn('a', 'a')).toBeUndefined();
    expect(cookieIn('', 'a')).toBeUndefined();
    expect(cookieIn(undefined, 'a')).toBeUndefined();
  });
});
