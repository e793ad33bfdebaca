// Mutation tests of the law and of the flow: `npm run mutants`. docs/mutants.md says what each survivor is.
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tests/mutants/vitest.config.ts', related: false },
  mutate: ['src/eligibility/*.ts', 'src/flow/*.ts'],
  ignorePatterns: ['/content', '/dist', '/docs', '/i18n', '/public', '/.data', '/test-results'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // A busy machine is slow: only what never ends is a mutant found by time.
  timeoutMS: 20_000,
  incremental: true,
  incrementalFile: 'test-results/mutants-incremental.json',
  disableTypeChecks: false,
  allowConsoleColors: false,
  tempDirName: 'test-results/mutants',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: true },
  jsonReporter: { fileName: 'test-results/mutants.json' },
  thresholds: { high: 98, low: 95, break: 95 },
};
