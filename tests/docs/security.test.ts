/** What the documents for operators promise: every line has its proof or its gap, and every alarm its sentence. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const rowsOf = (document: string): string[][] =>
  readFileSync(document, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s:|-]+\|$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe('docs/security.md', () => {
  const rows = rowsOf('docs/security.md').filter(([first = '']) => /^\d+\.\d/.test(first));

  test('answers each line with a test that exists, or names the gap', () => {
    expect(rows.length).toBeGreaterThan(25);
    for (const [lines = '', answer = '', proof = ''] of rows) {
      const files = [...proof.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
      for (const file of files) expect(existsSync(file), `${lines}: ${file}`).toBe(true);
      expect(files.length > 0 || answer.includes('**Gap:**'), `${lines} has neither proof nor gap`).toBe(true);
    }
  });

  test.each(['1.2', '2.4', '3.4', '3.5', '4.1', '4.2', '7.3', '9.2', '11.3', '12.3', '13.4', '14.2', '15.3', '16.5'])(
    'speaks of chapter %s',
    (chapter) => {
      expect(
        rows.some(([lines = '']) => lines.includes(`${chapter}.`)),
        chapter,
      ).toBe(true);
    },
  );
});

test('docs/when-delivery-fails.md says what to do at every alarm of the log', () => {
  const log = readFileSync('src/server/log.ts', 'utf8');
  const alarms = [...log.matchAll(/^ {2}'([\w.-]+)': \{\s*level: 'alarm'/gm)].map(([, event = '']) => event);
  expect(alarms.length).toBeGreaterThan(5);
  const told = rowsOf('docs/when-delivery-fails.md').map(([event = '']) => event);
  expect(alarms.filter((event) => !told.some((cell) => cell.startsWith(`\`${event}\``)))).toEqual([]);
});
