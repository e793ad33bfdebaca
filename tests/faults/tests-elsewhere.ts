/** What the tests of the other stages came to, file by file: read where they have just run, or run now. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { projectFolder } from '../support/site.ts';
import type { Elsewhere } from './faults.ts';

interface Result {
  readonly file: string;
  readonly name: string;
  readonly passed: boolean;
}

const results = join(projectFolder, 'test-results');

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

interface Suite {
  readonly file: string;
  readonly specs?: readonly { readonly title: string; readonly ok: boolean; readonly file: string }[];
  readonly suites?: readonly Suite[];
}

const readJson = <T>(file: string): T | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;

const ofVitest = (report: VitestReport | undefined): Result[] =>
  (report?.testResults ?? []).flatMap(({ name: path, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      file: relative(projectFolder, path),
      name: fullName,
      passed: status === 'passed',
    })),
  );

const ofPlaywright = (suites: readonly Suite[] = []): Result[] =>
  suites.flatMap(({ specs = [], suites: inner }) => [
    ...specs.map(({ title, ok, file }) => ({ file, name: title, passed: ok })),
    ...ofPlaywright(inner),
  ]);

function run(command: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const path = [join(projectFolder, 'node_modules/.bin'), dirname(process.execPath), process.env['PATH'] ?? ''];
  spawnSync(command, argv, {
    cwd: projectFolder,
    env: { ...process.env, PATH: path.join(delimiter), ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const ofBrowser = (file: string): Result[] => ofPlaywright(readJson<{ suites: readonly Suite[] }>(file)?.suites);

/** @param afterTests what the unit and browser stages of this run have left is read, and nothing of it run again */
export function resultsOf(files: readonly string[], afterTests: boolean): readonly Result[] {
  const [unitStage, browserStage] = [join(results, 'unit.json'), join(results, 'browser.json')];
  const there = [...new Set(files)].filter((file) => existsSync(join(projectFolder, file)));
  const tests = there.filter((file) => file.endsWith('.test.ts'));
  const specs = there.filter((file) => file.endsWith('.spec.ts'));
  return [
    ...(afterTests && existsSync(unitStage) ? ofVitest(readJson(unitStage)) : unitTests(tests)),
    ...(afterTests && existsSync(browserStage) ? ofBrowser(browserStage) : browserTests(specs)),
  ];
}

function unitTests(files: readonly string[]): Result[] {
  if (files.length === 0) return [];
  const report = join(results, 'faults-unit.json');
  run('vitest', ['run', '--reporter=json', `--outputFile=${report}`, ...files]);
  return ofVitest(readJson(report));
}

function browserTests(files: readonly string[]): Result[] {
  if (files.length === 0) return [];
  const report = join(results, 'faults-browser.json');
  run('playwright', ['test', '--reporter=json', '--project=js-en', '--project=no-js-cy', ...files], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return ofBrowser(report);
}

/** @returns figures; @throws if none of these tests ran, or one failed */
export function judge({ file, names }: Elsewhere, all: readonly Result[]): string {
  const ours = all.filter((result) => result.file === file && (names?.test(result.name) ?? true));
  const failed = ours.filter(({ passed }) => !passed);
  if (ours.length === 0) throw new Error(`no test of ${file} ran`);
  if (failed.length > 0)
    throw new Error(`${failed.length} of ${ours.length} tests of ${file} failed: ${failed[0]!.name}`);
  return `${ours.length} tests of ${file}`;
}
