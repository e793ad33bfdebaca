/** The rooms of src/ and what each may import: the table is the documentation, and this test keeps it true. */
import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Room {
  /** Rooms, or single files of rooms, that it may import. */
  readonly from: readonly string[];
  /** Packages and Node’s own modules. */
  readonly packages?: readonly string[];
  /** What it does without, and how it gets that instead. */
  readonly instead: string;
}

const rooms: Readonly<Record<string, Room>> = {
  eligibility: { from: [], instead: 'the law knows facts and a day, and nothing else' },
  flow: { from: [], instead: 'it does not know what a question is about' },
  form: { from: [], instead: 'it answers with values and codes; others make sentences of them' },
  directory: {
    from: [],
    packages: ['zod', 'node:crypto'],
    instead: 'it knows the shape of a service; library reads the files',
  },
  check: {
    from: ['eligibility', 'flow', 'form', 'seal'],
    packages: ['zod'],
    instead: 'it knows ids; views finds the words for them',
  },
  referral: {
    from: [
      'check',
      'eligibility',
      'flow',
      'form',
      'gateway/obligations.ts',
      'gateway/referral-v1.ts',
      'gateway/unsaid.ts',
      'gateway/withdrawal-v1.ts',
      'outbox/outbox.ts',
      'seal',
      'site/variants.ts',
      'store/afterwards.ts',
      'store/drafts.ts',
      'store/hand-over.ts',
    ],
    packages: ['zod', 'node:crypto'],
    instead: 'it is handed a store and a recipient; it talks neither HTTP nor SQL',
  },
  seal: {
    from: [],
    packages: ['node:crypto', 'node:fs', 'node:path', 'jose', 'zod'],
    instead: 'it seals bytes and does not know what they say',
  },
  outbox: {
    from: [],
    packages: ['node:crypto'],
    instead: 'it carries sealed bytes; it is handed a store, a sender and a clock',
  },
  store: {
    from: ['outbox/days.ts', 'outbox/outbox.ts'],
    packages: [
      'kysely',
      'kysely/migration',
      'node:crypto',
      'node:fs',
      'node:fs/promises',
      'node:net',
      'node:path',
      'node:sqlite',
      'pg',
    ],
    instead: 'it keeps what others sealed, and decides nothing',
  },
  gateway: {
    from: ['outbox', 'seal', 'store/sqlite-file.server.ts'],
    packages: ['jose', 'kysely', 'node:crypto', 'node:fs', 'node:http', 'node:https', 'node:path', 'zod'],
    instead: 'the Gateway is another organisation: it shares the contract with us and nothing else',
  },
  site: { from: [], packages: ['i18next', 'uqr'], instead: 'it knows languages and addresses, and reads no request' },
  library: {
    from: ['directory', 'site'],
    packages: ['node:fs', 'node:path', 'yaml', 'zod'],
    instead: 'it reads content and compares it; it is handed what the check and the form ask',
  },
  views: {
    from: [
      'check',
      'directory',
      'eligibility',
      'flow',
      'form',
      'gateway/obligations.ts',
      'gateway/referral-v1.ts',
      'gateway/unsaid.ts',
      'library',
      'referral',
      'site',
      'ui',
    ],
    instead: 'it turns ids into words for the components, and does nothing else',
  },
  ui: {
    from: ['eligibility/citations.ts', 'library/content.ts', 'library/shapes.ts', 'site'],
    packages: ['preact', 'preact-render-to-string'],
    instead: 'a component gets its words and values as props',
  },
  island: {
    from: ['site/fragments.ts', 'ui'],
    packages: ['preact'],
    instead: 'it runs in the browser: the server hands it the next question ready to show, and keeps the answers',
  },
  pictures: { from: [], packages: ['node:fs', 'node:url'], instead: 'it draws, and is run by hand' },
  screens: {
    from: ['check', 'eligibility', 'flow', 'form', 'island', 'library', 'referral', 'site', 'ui', 'views'],
    instead: 'a screen gets stores and keys from Astro.locals.site',
  },
  pages: {
    from: ['directory', 'eligibility', 'gateway', 'library', 'site', 'ui', 'views'],
    packages: ['astro', 'astro:content'],
    instead: 'a page is content or public data; what answers to a person is a screen',
  },
  server: {
    from: [
      'check',
      'eligibility',
      'flow',
      'gateway',
      'island/step-answer.ts',
      'library',
      'outbox',
      'referral',
      'seal',
      'site',
      'store',
    ],
    packages: [
      'compression',
      'prom-client',
      'zod',
      ...['crypto', 'fs', 'fs/promises', 'http', 'net', 'path', 'stream', 'url', 'util', 'zlib'].map(
        (name) => `node:${name}`,
      ),
    ],
    instead: 'the process serves what was built; pages, screens and ui reach it through Astro',
  },
  commands: {
    from: [
      'check',
      'directory',
      'eligibility',
      'form',
      'gateway',
      'library',
      'outbox',
      'pictures',
      'referral',
      'seal',
      'server',
      'site',
      'store',
      'views',
    ],
    packages: ['node:child_process', 'node:fs', 'node:path', 'node:util', 'yaml', 'zod'],
    instead: 'a command is run by hand; nothing imports it',
  },
  'content.config.ts': {
    from: ['library/shapes.ts'],
    packages: ['astro:content', 'astro/loaders'],
    instead: 'it only names the collection',
  },
  'env.d.ts': { from: ['server'], instead: 'it only names types' },
  'middleware.ts': {
    from: ['server'],
    packages: ['astro:middleware'],
    instead: 'it only hands screens what the server has',
  },
};

interface Import {
  readonly file: string;
  /** The file in src/ that it leads to, or the package. */
  readonly to: string;
  readonly isPackage: boolean;
  readonly isTypeOnly: boolean;
}

const files = globSync('src/**/*.{ts,tsx,astro}').map((path) => path.replaceAll('\\', '/').replace(/^src\//, ''));
const sourceOf = (file: string): string => readFileSync(`src/${file}`, 'utf8');
const roomOf = (file: string): string => file.split('/')[0] ?? '';

function importsOf(file: string): Import[] {
  const found = sourceOf(file).matchAll(
    /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm,
  );
  return [...found].map(([, type, named, dynamic]) => {
    const target = named ?? dynamic ?? '';
    const isPackage = !/^[#.]/.test(target);
    const to = target.startsWith('#')
      ? target.slice(1)
      : isPackage
        ? target
        : posix.normalize(posix.join(posix.dirname(file), target));
    return { file, to, isPackage, isTypeOnly: type !== undefined };
  });
}

const imports = files.flatMap(importsOf);

describe('the rooms', () => {
  it('are read whole', () => {
    expect(files.length).toBeGreaterThan(90);
    expect(imports.length).toBeGreaterThan(250);
    expect(imports).toContainEqual({
      file: 'ui/layout/Page.astro',
      to: 'site/variants.ts',
      isPackage: false,
      isTypeOnly: false,
    });
    expect(imports).toContainEqual({
      file: 'middleware.ts',
      to: 'server/services.ts',
      isPackage: false,
      isTypeOnly: false,
    });
  });

  it('are all in the table, and the table has no other', () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(Object.keys(rooms).sort());
  });

  it('import only what the table lets them', () => {
    const wrong = imports
      .filter(({ file, to, isPackage }) => {
        const room = rooms[roomOf(file)];
        if (isPackage) return !room?.packages?.includes(to);
        // i18n/ lies beside src/, and site is its only reader.
        if (to.startsWith('../i18n/')) return roomOf(file) !== 'site';
        return roomOf(to) !== roomOf(file) && !room?.from.some((each) => to === each || roomOf(to) === each);
      })
      .map(({ file, to, isPackage }) => {
        const instead = rooms[roomOf(file)]?.instead ?? 'name its room in this table';
        return `src/${file} may not import ${isPackage ? '' : '#'}${to}: ${instead}`;
      });
    expect(wrong).toEqual([]);
  });

  it('call a file in another room by “#room/file.ts”, and one in their own by its relative path', () => {
    const wrong = files.flatMap((file) =>
      [...sourceOf(file).matchAll(/(?:from|import)\s*\(?\s*['"]([#.][^'"]*)['"]/g)]
        .map(([, target = '']) => target)
        .filter((target) => {
          if (target.startsWith('#'))
            return (
              !existsInSource(target.slice(1)) || (file.endsWith('.ts') && roomOf(target.slice(1)) === roomOf(file))
            );
          const to = posix.normalize(posix.join(posix.dirname(file), target));
          return to.startsWith('..') ? !to.startsWith('../i18n/') : roomOf(to) !== roomOf(file);
        })
        .map((target) => `src/${file}: ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('never go round in a circle, types left aside', () => {
    const edges = new Map<string, Set<string>>();
    for (const { file, to, isPackage, isTypeOnly } of imports) {
      if (isPackage || isTypeOnly || to.startsWith('..')) continue;
      edges.set(file, (edges.get(file) ?? new Set()).add(to.replace(/\?.*$/, '')));
    }
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (path.includes(file) || done.has(file)) return;
      for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of edges.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });
});

const existsInSource = (target: string): boolean =>
  files.includes(target) || globSync(`src/${target.replace(/\?.*$/, '')}`).length === 1;

const filesWith = (pattern: RegExp): string[] =>
  files.filter((file) => pattern.test(sourceOf(file).replace(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')));

describe('in src/', () => {
  it('only server/environment.ts reads the environment', () => {
    expect(filesWith(/process\.env|import\.meta\.env\.(?!DEV|PROD)/)).toEqual(['server/environment.ts']);
  });

  it('only the process, the commands and the outbox’s clock look at a clock; all others are handed the time', () => {
    const mayLook = (file: string): boolean => /^(?:server|commands)\//.test(file) || file === 'outbox/clock.server.ts';
    expect(
      filesWith(/Date\.now|new Date\(\s*\)|performance\.now|Temporal\.Now/).filter((file) => !mayLook(file)),
    ).toEqual([]);
  });

  it('only store/ runs a database', () => {
    const drivers = /^(?:kysely|node:sqlite|better-sqlite3|pg|postgres|mysql)/;
    const wrong = imports.filter(
      ({ file, to, isPackage, isTypeOnly }) => isPackage && drivers.test(to) && roomOf(file) !== 'store' && !isTypeOnly,
    );
    expect(
      wrong.map(({ file, to }) => `src/${file} imports ${to}: say what you need of a store, and let store/ keep it`),
    ).toEqual([]);
  });

  it('nothing that runs in a browser reaches a server file by any path', () => {
    const reached = new Map<string, string>();
    const visit = (file: string, by: string): void => {
      if (reached.has(file)) return;
      reached.set(file, by);
      for (const { to, isPackage, isTypeOnly } of imports.filter((each) => each.file === file)) {
        if (!isPackage && !isTypeOnly) visit(to, `${by} → ${to}`);
      }
    };
    for (const file of files.filter((each) => ['island', 'ui'].includes(roomOf(each)))) visit(file, file);
    expect([...reached].filter(([file]) => file.includes('.server.')).map(([, by]) => by)).toEqual([]);
  });

  it('only island/ and the call page’s script are a browser’s, and they keep nothing there', () => {
    expect(filesWith(/\bdocument\.|\bhistory\./).sort()).toEqual(['island/move-along.tsx', 'ui/call/live-call.ts']);
    expect(filesWith(/localStorage|sessionStorage|indexedDB|\.cookie\b\s*=(?!=)|caches\./)).toEqual([]);
  });

  it('the pure rooms reach no server file either', () => {
    for (const room of ['eligibility', 'flow', 'form', 'directory', 'site', 'library', 'views']) {
      const wrong = imports.filter(
        ({ file, to, isTypeOnly }) => roomOf(file) === room && to.includes('.server.') && !isTypeOnly,
      );
      expect(wrong.map(({ file, to }) => `src/${file} imports ${to}`)).toEqual([]);
    }
  });

  it('no file is a drawer for anything', () => {
    const drawers =
      /^(?:index|utils?|helpers?|common|misc|types|constants?|lib|shared|functions)\.(?:server\.)?[jt]sx?$/;
    const isDrawer = (file: string): boolean =>
      drawers.test(posix.basename(file)) || (posix.basename(file).startsWith('index.') && file !== 'pages/index.astro');
    const hint = 'A function without a room means that a room is missing: name the file for what is in it.';
    expect(files.filter(isDrawer), hint).toEqual([]);
  });

  it('every file begins with a sentence that says what it is for', () => {
    // What stands between “---” is the code of an Astro file.
    expect(files.filter((file) => !/^(?:---\n)?(?:\/\*\*|\/\/)\s(?: \* )?[\p{Lu}“`]/u.test(sourceOf(file)))).toEqual(
      [],
    );
  });
});
