/** `npm test`: every check that a change must pass, in order, none left out after a failure. Its last line is the count. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { floors, type Examined } from './pages/floors.ts';
import { findChromium } from './support/browser.ts';
import { runPa11y, type Count } from './support/pa11y.ts';
import { projectFolder } from './support/site.ts';

interface Stage {
  readonly name: string;
  readonly run: () => Promise<Count>;
}

const minute = 60_000;
const results = join(projectFolder, 'test-results');
const unitResults = join(results, 'unit.json');
const browserResults = join(results, 'browser.json');

/** Runs a program of the project to its end; false if it failed, or had to be stopped. */
function succeeds(command: string, argv: readonly string[], longestMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const path = [join(projectFolder, 'node_modules/.bin'), dirname(process.execPath), process.env['PATH'] ?? ''];
    const child = spawn(command, argv, {
      cwd: projectFolder,
      env: { ...process.env, PATH: path.join(delimiter), ASTRO_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'inherit', 'inherit'],
      // A group of its own: whatever it started ends with it.
      detached: true,
    });
    const stop = (): void => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    };
    const stopAndEnd = (): void => {
      stop();
      process.exit(1);
    };
    process.once('SIGINT', stopAndEnd).once('SIGTERM', stopAndEnd);
    const late = setTimeout(() => {
      process.stdout.write(`${command} took longer than ${longestMs / minute} minutes and was stopped.\n`);
      stop();
    }, longestMs);
    const end = (isRight: boolean): void => {
      clearTimeout(late);
      process.off('SIGINT', stopAndEnd).off('SIGTERM', stopAndEnd);
      resolve(isRight);
    };
    child.once('error', () => end(false));
    child.once('exit', (code) => end(code === 0));
  });
}

/** Commands that are each right or wrong as a whole count as one each; they run at the same time. */
async function asOne(...commands: readonly (readonly [command: string, argv: readonly string[]])[]): Promise<Count> {
  const right = await Promise.all(commands.map(([command, argv]) => succeeds(command, argv, 5 * minute)));
  const failed = right.filter((isRight) => !isRight).length;
  return { passed: commands.length - failed, failed };
}

/** A program that failed without naming a test that failed is one failure. */
const atLeastOne = ({ passed, failed }: Count, isRight: boolean): Count => ({
  passed,
  failed: isRight ? failed : Math.max(1, failed),
});

function readJson<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

async function unit(): Promise<Count> {
  const argv = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unitResults}`];
  const isRight = await succeeds('vitest', argv, 20 * minute);
  const found = readJson<{
    numPassedTests: number;
    numFailedTests: number;
    testResults: { status: string; name: string; message: string; assertionResults: unknown[] }[];
  }>(unitResults);
  if (!found) return { passed: 0, failed: 1 };
  const neverRan = found.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return atLeastOne({ passed: found.numPassedTests, failed: found.numFailedTests + neverRan.length }, isRight);
}

async function browser(): Promise<Count> {
  const isRight = await succeeds('playwright', ['test'], 40 * minute);
  const found = readJson<{ stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] }>(
    browserResults,
  );
  if (!found) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = found.stats;
  return atLeastOne({ passed: expected, failed: unexpected + flaky + found.errors.length }, isRight);
}

async function faults(): Promise<Count> {
  const argv = ['tests/faults/run-faults.ts', '--ci', '--after-tests'];
  const isRight = await succeeds(process.execPath, argv, 15 * minute);
  return atLeastOne(readJson<Count>(join(results, 'faults.json')) ?? { passed: 0, failed: 1 }, isRight);
}

/** Whether each gate of the browser tests has looked at as much as it must: one that looks at nothing finds nothing. */
async function gatesLooked(): Promise<Count> {
  const examined = readJson<(Examined & { gate: string })[]>(join(results, 'examined.json')) ?? [];
  let failed = 0;
  const gates = ['shape', 'overflow', 'axe in light', 'HTML_CodeSniffer', 'axe in dark', 'switches'] as const;
  for (const gate of gates) {
    const { pages, nodes } = examined.find((each) => each.gate === gate) ?? { pages: 0, nodes: 0 };
    const least = floors[gate];
    const isEnough = pages >= least.pages && nodes >= least.nodes;
    if (!isEnough) failed += 1;
    process.stdout.write(
      `${gate}: ${pages} pages, ${nodes} nodes; ${isEnough ? 'at least' : 'TOO FEW, not'} ${least.pages} and ${least.nodes}\n`,
    );
  }
  return { passed: gates.length - failed, failed };
}

const stages: readonly Stage[] = [
  { name: 'format', run: () => asOne(['prettier', ['--check', '--log-level=warn', '.']]) },
  { name: 'lint', run: () => asOne(['eslint', ['.']]) },
  { name: 'types', run: () => asOne(['astro', ['check', '--minimumFailingSeverity', 'error']], ['tsc', ['--noEmit']]) },
  {
    name: 'build',
    run: () => {
      // What an earlier build left must not pass the tests of this one.
      rmSync(join(projectFolder, 'dist'), { recursive: true, force: true });
      return asOne(['astro', ['build']]);
    },
  },
  { name: 'unit', run: unit },
  { name: 'browser', run: browser },
  { name: 'gates', run: gatesLooked },
  { name: 'pa11y', run: runPa11y },
  { name: 'faults', run: faults },
];

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function main(): Promise<void> {
  const began = performance.now();
  rmSync(results, { recursive: true, force: true });
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0)
    throw new Error(`There is no stage “${unknown.join()}”; there are ${stages.map(({ name }) => name).join(', ')}.`);
  try {
    process.stdout.write(`The browser is ${findChromium()}\n`);
  } catch (error) {
    // The stages that need one will fail, and the others still tell something.
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }

  const lines: string[] = [];
  let total: Count = { passed: 0, failed: 0 };
  for (const { name, run } of stages) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const start = performance.now();
    process.stdout.write(`\n── ${name}\n`);
    let count: Count;
    try {
      count = await run();
    } catch (error) {
      process.stdout.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      count = { passed: 0, failed: 1 };
    }
    if (count.passed + count.failed === 0) {
      process.stdout.write(`${name} ran no test, and that is a failure.\n`);
      count = { passed: 0, failed: 1 };
    }
    total = { passed: total.passed + count.passed, failed: total.failed + count.failed };
    lines.push(`${name.padEnd(8)} ${count.passed} passed, ${count.failed} failed, ${seconds(start)}`);
    process.stdout.write(`${lines.at(-1)}\n`);
  }
  process.stdout.write(`\n${lines.join('\n')}\nall      ${seconds(began)}\n`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

await main();
