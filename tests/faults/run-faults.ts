/**
 * `npm run faults`: makes every fault there is, one line each with its figures, and counts. `--ci`: small; `-- F1 F8`: these
 * alone; `--after-tests`: what stages of the same `npm test` have run is not run again.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '../support/site.ts';
import { faults, type Fault } from './faults.ts';
import { onGround, severalAtOnce } from './ground.ts';
import { judge, resultsOf } from './tests-elsewhere.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { ci: { type: 'boolean', default: false }, 'after-tests': { type: 'boolean', default: false } },
});

const all = faults(process.env['DATABASE_URL']);
const wanted = all.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
if (wanted.length === 0) throw new Error(`There is no fault “${positionals.join()}”; there are F1 to F${all.length}.`);

const mapped = wanted.flatMap(({ elsewhere = [] }) => elsewhere.map(({ file }) => file));
const results = mapped.length === 0 ? [] : resultsOf(mapped, values['after-tests']);

async function line({ id, what, make = [], elsewhere = [] }: Fault): Promise<boolean> {
  const began = performance.now();
  const figures: string[] = [];
  let isRight = true;
  for (const proof of [
    ...make.map((each) => () => onGround(!values.ci, each)),
    ...elsewhere.map((each) => () => judge(each, results)),
  ]) {
    try {
      figures.push(await proof());
    } catch (error) {
      isRight = false;
      figures.push((error instanceof Error ? error.message : String(error)).slice(0, 600));
    }
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    `${id.padEnd(3)} ${isRight ? 'passed' : 'FAILED'} ${what}: ${figures.join('; ')} (${seconds} s)\n`,
  );
  return isRight;
}

// Three at a time: most of a fault is waiting.
const passed = (await severalAtOnce(wanted, 3, line)).filter(Boolean).length;
const count = { passed, failed: wanted.length - passed };
const folder = join(projectFolder, 'test-results');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'faults.json'), JSON.stringify(count));
process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);
process.exit(count.failed === 0 ? 0 : 1);
