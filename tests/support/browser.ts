/** Finds a Chromium on this machine, or installs the system’s own, and says how to start it. No browser is ever downloaded by a test tool. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const isRoot = process.getuid?.() === 0;

/** What every test starts Chromium with: nothing in the background, nothing that asks the network by itself. */
export const launchArguments: readonly string[] = [
  // Chromium refuses to run its sandbox as root, which is who runs a build container.
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  // Containers give /dev/shm 64 MB, which a long run of pages fills.
  '--disable-dev-shm-usage',
];

/**
 * The path of a Chromium that runs: CHROMIUM_PATH, then the PATH, then one that Playwright already has, then what the
 * system’s package manager installs (Debian and its relatives, as root). The next caller, in this process or a child,
 * finds it in CHROMIUM_PATH.
 * @throws an Error with a whole sentence if there is none and none can be installed
 */
export function findChromium(): string {
  const wished = process.env['CHROMIUM_PATH'];
  if (wished) {
    if (!runs(wished)) throw new Error(`CHROMIUM_PATH is “${wished}”, and that does not run.`);
    return wished;
  }
  const found = onThisMachine() ?? installed();
  process.env['CHROMIUM_PATH'] = found;
  return found;
}

function onThisMachine(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, chromium.executablePath()].find((path) => existsSync(path) && runs(path));
}

/** A launcher may be there without its browser (a package that only points elsewhere): only an answer counts. */
function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  const { status, stdout } = spawnSync(path, ['--version', ...launchArguments], { encoding: 'utf8', timeout: 30_000 });
  return status === 0 && /\d+\.\d+/.test(stdout);
}

function installed(): string {
  const advice = 'Install Chromium, or set CHROMIUM_PATH to the path of one.';
  if (!isRoot) throw new Error(`No Chromium was found, and only root can install one. ${advice}`);
  for (const argv of [['update'], ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core']]) {
    process.stderr.write(`No Chromium was found: apt-get ${argv.join(' ')}\n`);
    const { status, error } = spawnSync('apt-get', argv, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 600_000,
    });
    if (status !== 0) throw new Error(`apt-get ${argv[0]} failed${error ? ` (${error.message})` : ''}. ${advice}`);
  }
  const found = onThisMachine();
  if (!found) throw new Error(`Chromium was installed and still does not run. ${advice}`);
  return found;
}
