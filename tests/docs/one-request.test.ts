/** The documents name files that exist. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Paths of this checkout in a document: between backticks, with a folder and an ending. Gaps such as `<id>` name no file. */
const namedIn = (document: string): string[] =>
  [...readFileSync(document, 'utf8').matchAll(/`((?:src|tests|content|docs|i18n|public)\/[^`\s]*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !/[<…]/.test(path));

const exists = (path: string): boolean => {
  const alternatives = path.replaceAll(/\[|\]/g, '?');
  return existsSync(path) || globSync(alternatives).length > 0;
};

describe('docs/one-request.md', () => {
  it('is there, and names the files that a request goes through', () => {
    expect(existsSync('docs/one-request.md'), 'docs/one-request.md is missing: it tells the way of one request').toBe(
      true,
    );
    expect(namedIn('docs/one-request.md').length).toBeGreaterThan(15);
  });
});

it('every file that a document names exists', () => {
  const documents = [
    ...globSync('docs/**/*.md'),
    ...globSync('*.md'),
    ...globSync('{content,i18n,src,tests}/**/README*.md', { exclude: ['**/node_modules'] }),
  ];
  const missing = documents.flatMap((document) =>
    namedIn(document)
      .filter((path) => !exists(path))
      .map((path) => `${document} names ${path}, which does not exist`),
  );
  expect(missing).toEqual([]);
});
