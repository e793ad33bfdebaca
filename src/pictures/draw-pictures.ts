// Command: writes every easy-read picture to public/pictures, one svg file for each id.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { people } from './people.ts';
import { things } from './things.ts';

const folder = new URL('../../public/pictures/', import.meta.url);
mkdirSync(folder, { recursive: true });

const drawings = Object.entries({ ...people, ...things });
for (const [id, draw] of drawings) {
  writeFileSync(new URL(`${id}.svg`, folder), draw());
}
process.stdout.write(`${drawings.length} pictures written to ${fileURLToPath(folder)}\n`);
