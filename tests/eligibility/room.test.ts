/** What the room of the law may not touch, read from its source. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('the room of the law', () => {
  const files = ['facts', 'in-force', 'outcomes', 'citations', 'rules', 'decide'];
  const source = (name: string) => readFileSync(new URL(`../../src/eligibility/${name}.ts`, import.meta.url), 'utf8');

  it('imports nothing from outside itself', () => {
    for (const name of files) {
      for (const [, from] of source(name).matchAll(/from '([^']+)'/g)) {
        expect(from, name).toMatch(/^\.\/[a-z-]+\.ts$/);
      }
    }
  });

  it('reads no clock, no chance and no surroundings', () => {
    for (const name of files) {
      expect(source(name), name).not.toMatch(/Date\.now|new Date\(\)|Math\.random|process\.env|globalThis|Intl\./);
    }
  });
});
