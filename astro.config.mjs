/** How the site is built: every screen of the one table of addresses, in each of its variants, from one file. */
import mdx from '@astrojs/mdx';
import node from '@astrojs/node';
import preact from '@astrojs/preact';
import { defineConfig, passthroughImageService } from 'astro/config';
import { publicOrigin } from './src/site/public-origin.ts';
import { routes, variantsOf } from './src/site/routes.ts';
import { variants } from './src/site/variants.ts';

/** The screens: they answer to a person’s own answers, unless they are built ahead, as all other pages are. */
const screens = [
  { route: 'check', step: true, entrypoint: './src/screens/check-question.astro' },
  { route: 'check-result', step: false, entrypoint: './src/screens/check-result.astro' },
  { route: 'for-staff-check', step: false, entrypoint: './src/screens/staff-check.astro' },
  { route: 'refer', step: true, entrypoint: './src/screens/refer-step.astro' },
  { route: 'refer-check', step: false, entrypoint: './src/screens/refer-check.astro' },
  { route: 'refer-elsewhere', step: false, entrypoint: './src/screens/refer-elsewhere.astro' },
  { route: 'refer-closed', step: false, entrypoint: './src/screens/refer-closed.astro' },
  { route: 'refer-ask-first', step: false, entrypoint: './src/screens/refer-ask-first.astro' },
  { route: 'refer-sent', step: false, entrypoint: './src/screens/refer-sent.astro' },
  { route: 'refer-status', step: false, entrypoint: './src/screens/refer-status.astro' },
  { route: 'hand-over', step: false, entrypoint: './src/screens/hand-over.astro' },
  { route: 'handed-over', step: false, entrypoint: './src/screens/handed-over.astro' },
  { route: 'for-staff-rules', step: false, entrypoint: './src/screens/for-staff-rules.astro', prerender: true },
];

/**
 * What stands below a short code. A pattern for each first digit: only numbers, and words that begin with a digit, come
 * here, so that no other address is swallowed.
 */
const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const ofCodes = [
  {
    patterns: digits.flatMap((digit) => [`/${digit}`, `/${digit}[rest]`]),
    entrypoint: './src/screens/short-code.astro',
  },
  { patterns: digits.map((digit) => `/${digit}[rest]/print`), entrypoint: './src/screens/print-sheet.astro' },
  { patterns: digits.map((digit) => `/${digit}[rest]/qr.svg`), entrypoint: './src/screens/code-qr.ts' },
];

const screensAtTheirAddresses = {
  name: 'screens-at-their-addresses',
  hooks: {
    'astro:config:setup': ({ injectRoute }) => {
      for (const { route, step, entrypoint, prerender = false } of screens) {
        for (const variant of variantsOf(route)) {
          const { prefix, language } = variants[variant];
          const pattern = `${prefix}/${routes[route].path[language]}${step ? '/[step]' : ''}`;
          injectRoute({ pattern, entrypoint, prerender });
        }
      }
      for (const { patterns, entrypoint } of ofCodes) {
        for (const pattern of patterns) injectRoute({ pattern, entrypoint, prerender: false });
      }
    },
  },
};

/** Astro brings no component to life in the browser: its own script for that would only make the island’s come in two files. */
function preactOnTheServer() {
  const { hooks, ...integration } = preact();
  const setUp = (options) =>
    hooks['astro:config:setup']({
      ...options,
      addRenderer: ({ name, serverEntrypoint }) => options.addRenderer({ name, serverEntrypoint }),
    });
  return { ...integration, hooks: { ...hooks, 'astro:config:setup': setUp } };
}

/**
 * Astro finds out whether a component is Preact’s by rendering it, and then renders it once more. Ours carry the mark by which
 * it knows them without: all of them are functions, exported by their names.
 */
const componentsMarkedAsPreacts = {
  name: 'components-marked-as-preacts',
  enforce: 'pre',
  transform(code, id, { ssr } = {}) {
    if (!ssr || !/\/src\/ui\/.*\.tsx$/.test(id)) return undefined;
    const names = [...code.matchAll(/^export function ([A-Z]\w*)/gm)].map(([, name]) => name);
    const marks = names.map((name) => `${name}[Symbol.for('astro:renderer')] = '@astrojs/preact';`);
    return { code: `${code}\n${marks.join('\n')}\n`, map: null };
  },
};

export default defineConfig({
  site: publicOrigin,
  output: 'static',
  trailingSlash: 'ignore',
  // The adapter would keep sessions in files; answers live in our own sealed places.
  session: false,
  // Pages are small: sent whole, an error in the middle of one can still become the error page.
  adapter: node({ mode: 'middleware', bodySizeLimit: 65536, experimentalDisableStreaming: true }),
  integrations: [mdx(), preactOnTheServer(), screensAtTheirAddresses],
  image: { service: passthroughImageService() },
  devToolbar: { enabled: false },
  vite: {
    plugins: [componentsMarkedAsPreacts],
    build: {
      // A script inside a page would need a hash in the content security policy; a file of our own is allowed as it is.
      assetsInlineLimit: 0,
      rolldownOptions: {
        // Astro marks every MDX page with a directive for itself; the bundler’s warning about each would hide real ones.
        onLog: (level, log, report) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && report(level, log),
      },
    },
  },
  // The origin of a form is checked by src/server/same-origin.ts: Astro’s own check answers 403 behind a TLS proxy.
  security: { checkOrigin: false },
});
