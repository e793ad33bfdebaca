/** Programs of the system that tests need: installed where they are missing, as root on Debian and its relatives. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export const isRoot = process.getuid?.() === 0;

/** Does nothing where it cannot: whoever needs the program then says what to do. */
export function install(...packages: readonly string[]): void {
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...argv: string[]): number | null =>
    spawnSync('apt-get', ['-qq', ...argv], { env, stdio: 'inherit', timeout: 5 * 60_000 }).status;
  const argv = ['install', '-y', '--no-install-recommends', ...packages];
  if (apt(...argv) === 0) return;
  apt('update');
  apt(...argv);
}

/** Installs these packages if this program cannot be started. */
export function installUnless(program: string, ...packages: readonly string[]): void {
  if (spawnSync(program, ['--version'], { stdio: 'ignore' }).error) install(...packages);
}
