/** Browser tests: people’s journeys (tests/e2e) with and without scripts in both languages, the worked cases, and the gates on every page (tests/pages). */
import { defineConfig } from '@playwright/test';
import { findChromium, launchArguments } from './tests/support/browser.ts';
import type { SiteOptions } from './tests/support/site-test.ts';

if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error('The tests need the project’s own Node: start them with “npx playwright test” or “npm test”.');
}

/** Names the variants that it walks itself, so that it runs once. */
const workedCases = '**/worked-cases.spec.ts';

/** The way on which nothing may be lost: in both languages, with and without scripts. */
const journeys = '**/asking.spec.ts';
/**
 * The others each look closely at one thing, and take long: with scripts in English, without in Welsh. Between them these two
 * have everything that can differ, and the whole suite stays within the time that a change may wait.
 */
const closely = ['js-en', 'no-js-cy'];

const people = (['en', 'cy'] as const).flatMap((language) =>
  [true, false].map((javaScriptEnabled) => {
    const name = `${javaScriptEnabled ? 'js' : 'no-js'}-${language}`;
    return {
      name,
      testDir: 'tests/e2e',
      testMatch: closely.includes(name) ? '**/*.spec.ts' : journeys,
      testIgnore: workedCases,
      use: { language, javaScriptEnabled },
    };
  }),
);

export default defineConfig<SiteOptions>({
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/browser',
  globalSetup: './tests/support/one-site.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Limits against hanging, not promises of speed: the machine is shared.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [
    [process.stdout.isTTY ? 'line' : 'dot'],
    ['json', { outputFile: 'test-results/browser.json' }],
    ['./tests/support/examined-reporter.ts'],
  ],
  use: {
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    screenshot: 'off',
    trace: 'off',
    launchOptions: { executablePath: findChromium(), args: [...launchArguments] },
  },
  projects: [
    ...people,
    {
      name: 'cases',
      testDir: 'tests/e2e',
      testMatch: workedCases,
      use: {
        javaScriptEnabled: false,
        // A thousand pages, of which only questions and outcomes are read.
        launchOptions: {
          executablePath: findChromium(),
          args: [...launchArguments, '--blink-settings=imagesEnabled=false'],
        },
      },
    },
    { name: 'pages', testDir: 'tests/pages' },
  ],
});
