/** Playwright’s `test` for this site: `page.goto('/en/')` reaches the built site, and nothing reaches any other. */
import { test as base } from '@playwright/test';
import type { Language } from '#site/variants.ts';

export interface SiteOptions {
  /** The language that the project’s visitor reads; spec files that walk all variants pay no heed to it. */
  readonly language: Language;
}

export interface SiteFixtures {
  /** `http://127.0.0.1:PORT` of the site under test. */
  readonly siteOrigin: string;
  /** The DATA_DIR of the site under test, for commands that read what it received. */
  readonly siteDataDir: string;
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: tests/support/one-site.ts sets it when Playwright starts.`);
  return value;
}

export const test = base.extend<SiteOptions & SiteFixtures>({
  language: ['en', { option: true }],
  siteOrigin: async ({}, use) => use(setting('SITE_ORIGIN')),
  siteDataDir: async ({}, use) => use(setting('SITE_DATA_DIR')),
  baseURL: async ({ siteOrigin }, use) => use(siteOrigin),
});

export { expect } from '@playwright/test';
