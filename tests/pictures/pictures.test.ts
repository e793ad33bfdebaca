// Tests that every easy-read picture is drawn, small, safe to show as an image, and has its meaning in both languages.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { people } from '../../src/pictures/people.ts';
import { ink, palette, white } from '../../src/pictures/style.ts';
import { things } from '../../src/pictures/things.ts';

const folder = new URL('../../public/pictures/', import.meta.url);
const drawings = { ...people, ...things };
const ids = Object.keys(drawings).sort();
const meanings = z
  .record(z.string(), z.strictObject({ en: z.string().trim().min(1), cy: z.string().trim().min(1) }))
  .parse(parse(readFileSync(new URL('../../content/pictures.yaml', import.meta.url), 'utf8')));
const committed = (id: string): string => readFileSync(new URL(`${id}.svg`, folder), 'utf8');

describe('the easy-read pictures', () => {
  test('no id is drawn twice', () => {
    expect(Object.keys(people).filter((id) => id in things)).toEqual([]);
  });

  test('every picture with a meaning has a drawing, and every drawing has a meaning', () => {
    expect(Object.keys(meanings).sort()).toEqual(ids);
  });

  test('every picture has its file, and there is no other file', () => {
    expect(readdirSync(folder).sort()).toEqual(ids.map((id) => `${id}.svg`).sort());
  });

  test('no two pictures have the same meaning or the same drawing', () => {
    for (const language of ['en', 'cy'] as const) {
      const words = Object.values(meanings).map((meaning) => meaning[language]);
      expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
    }
    const files = ids.map(committed);
    expect(ids.filter((_, i) => files.indexOf(files[i] as string) !== i)).toEqual([]);
  });

  describe.each(ids)('%s', (id) => {
    test('the file is what the code draws', () => {
      expect(committed(id)).toBe(drawings[id]?.());
    });

    test('an old phone on a weak line gets at most 6,000 bytes', () => {
      expect(Buffer.byteLength(committed(id))).toBeLessThanOrEqual(6000);
    });

    test('it has no letters, gradient, script or anything from elsewhere', () => {
      const file = committed(id).replace('xmlns="http://www.w3.org/2000/svg"', '');
      expect(file).not.toMatch(
        /<text|<tspan|gradient|<script|<style|<image|<use|<foreignObject|href|url\(|https?:|\bon\w+=/i,
      );
    });

    test('it keeps to the grid, to the ink line and to the colours of the set', () => {
      const file = committed(id);
      expect(file).toMatch(/^<svg [^>]*width="240" height="240" viewBox="0 0 240 240"/);
      const allowed = new Set<string>([...Object.values(palette), ink, white, 'none']);
      const used = [...file.matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map((match) => match[1] as string);
      expect(used.filter((colour) => !allowed.has(colour))).toEqual([]);
    });

    test('its numbers have at most one decimal', () => {
      expect(committed(id)).not.toMatch(/\d\.\d\d|NaN|undefined|Infinity/);
    });
  });
});
