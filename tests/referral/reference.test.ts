/** The reference that a person keeps: easy to read out, and different for everybody. */
import { expect, it } from 'vitest';
import { referralV1 } from '../../src/gateway/referral-v1.ts';
import { newReference } from '../../src/referral/reference.ts';

const many = Array.from({ length: 10_000 }, newReference);

it('a reference has three groups of three signs, as the Gateway expects', () => {
  for (const reference of many.slice(0, 500)) {
    expect(reference).toMatch(/^[A-Z2-9]{3}-[A-Z2-9]{3}-[A-Z2-9]{3}$/);
    expect(referralV1.shape.reference.safeParse(reference).success).toBe(true);
  }
});

it('a reference has no sign that looks or sounds like another', () => {
  const signs = new Set(many.join('').replaceAll('-', ''));
  for (const confusable of 'IL1O0QDS5Z2UVBG8PTMNA') {
    if (!'L2'.includes(confusable)) expect(signs, confusable).not.toContain(confusable);
  }
  // L stands without I and 1, and 2 without Z.
  expect([...signs].sort().join('')).toBe('234679CEFHJKLRWXY');
});

it('ten thousand references are all different', () => {
  expect(new Set(many).size).toBe(many.length);
});

it('a reference says nothing of the one before', () => {
  const firstSigns = new Set(many.map((reference) => reference[0]));
  expect(firstSigns.size).toBe(17);
});
