/** What a linter can know of our TypeScript that the compiler does not say. Layout is prettier’s, Astro files are astro check’s. */
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['dist/', '.astro/', '.data/', 'test-results/', 'node_modules/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mjs', '**/*.js'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // The compiler’s noPropertyAccessFromIndexSignature asks for brackets where a key may be missing.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `return refuse(…)` says that nothing follows, also where refusing returns nothing.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // The type says what a list of steps holds, also where it is named once.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      // An interface’s method returns a promise also where one of its makers has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      // Types and interfaces, records and index signatures: whichever reads better at the place.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // Where a check two lines above is the proof, “!” is shorter than a second check that can never fail.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Our objects are closures: their methods know no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  {
    files: ['tests/**/*.ts', '**/*.mjs', '**/*.js'],
    rules: {
      // Tests read JSON that the test itself judges; configuration speaks to packages without types.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      // Playwright’s fixtures must name what they use, and some use nothing.
      'no-empty-pattern': 'off',
    },
  },
  // The process’s log and the pages say nothing to the console; commands and tests do.
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    ignores: ['src/commands/**', 'src/pictures/**'],
    rules: { 'no-console': 'error' },
  },
);
