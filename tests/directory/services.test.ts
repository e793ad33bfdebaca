/** The services: only facts with a source, whole, and numbers that a phone can call. */
import { describe, expect, it } from 'vitest';
import { service } from '../../src/directory/service.ts';
import { councils } from '../../src/eligibility/facts.ts';
import { serviceOf, services } from '../../src/library/content.ts';
import { telephoneHref } from '../../src/ui/telephone.ts';

const all = [...services()];

describe('the services', () => {
  it('are all read', () => {
    expect(all.length).toBeGreaterThan(25);
  });

  it.each(all)(
    '%s has an area that exists and a day on which its source was read',
    (_id, { area, checkedOn, source }) => {
      for (const each of area) {
        if (each.startsWith('W')) expect(councils).toContain(each);
        else expect(['wales', 'uk', 'england', 'scotland', 'northern-ireland', 'great-britain']).toContain(each);
      }
      expect(checkedOn >= '2026-01-01').toBe(true);
      expect(source.length).toBeGreaterThan(10);
    },
  );

  it.each(all.filter(([, { phone }]) => phone !== null))('%s has a number that a phone can call', (_id, { phone }) => {
    expect(telephoneHref(phone!)).toMatch(/^tel:\+?\d{3,15}$/);
  });

  it('that a person in danger needs can be reached', () => {
    expect(telephoneHref(serviceOf('emergency-999').phone!)).toBe('tel:999');
    expect(telephoneHref(serviceOf('nhs-111-press-2').phone!)).toBe('tel:111');
    for (const id of ['live-fear-free', 'samaritans', 'meic']) expect(serviceOf(id).phone, id).not.toBeNull();
  });

  it('that no file names are not found, and the sentence says which there are', () => {
    expect(() => serviceOf('nobody')).toThrow(/no “nobody”.*meic/);
  });
});

describe('a telephone number as an address', () => {
  it.each([
    ['029 2018 0000', 'tel:02920180000'],
    ['999', 'tel:999'],
    ['111, press 2', 'tel:111'],
    ['111 (2)', 'tel:111'],
    ['+44 29 2018 0000', 'tel:+442920180000'],
    ['080880 23456', 'tel:08088023456'],
  ])('of %s is %s', (phone, address) => {
    expect(telephoneHref(phone)).toBe(address);
  });
});

describe('a service’s file', () => {
  const meic = { ...serviceOf('meic') };

  it.each([
    ['a key that nobody knows', { fax: '029' }],
    ['no source', { source: '' }],
    ['a web address without TLS', { web: 'http://www.meic.cymru/' }],
    ['an e-mail address that cannot be one', { email: 'help at meic' }],
    ['a day that is none', { checkedOn: '2026-02-30' }],
    ['a name in one language only', { name: { en: 'Meic' } }],
    ['hours in one language only', { hours: { en: 'always' } }],
    ['a variant of its words missing', { for: { en: 'a', cy: 'b', 'en.easy': 'c' } }],
    ['nowhere to work', { area: [] }],
  ])('with %s is refused', (_what, change) => {
    expect(service.safeParse(meic).success).toBe(true);
    expect(service.safeParse({ ...meic, ...change }).success).toBe(false);
  });
});
