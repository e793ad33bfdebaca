/** The machine under the site as a test wants it: a disk that forgets what was not synced, reads and writes that fail, a clock that is wrong, names that lead nowhere. */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { installUnless } from '../support/debian.ts';
import { projectFolder } from '../support/site.ts';

/** Errors of Linux with which writes can be made to fail, and reads. */
const writeErrors = { none: 0, 'disk full': 28, 'read-only': 30 } as const;
const inputOutputError = 5;

export interface Machine {
  /** Settings for the site that runs on this machine. */
  readonly env: Readonly<Record<string, string>>;
  /** How often a file of this name was synced so far. */
  syncsOf(name: string): number;
  /** From now on the clock is wrong by so many milliseconds. */
  setClock(wrongByMs: number): void;
  /** From now on every write below the data folder fails so. */
  failWrites(how: keyof typeof writeErrors): void;
  /** Whether from now on every read below the data folder fails, as of a disk that is dying. */
  failReads(areFailing: boolean): void;
  /** Whether from now on no name of another machine can be looked up. */
  failNames(areFailing: boolean): void;
  /** What a power cut at this moment leaves of the data folder, written into an empty folder. */
  restoreDisk(into: string): void;
}

/** @throws an Error with a whole sentence where there is no C compiler, or this is not Linux */
function compile(folder: string): string {
  const library = join(folder, 'machine.so');
  const argv = ['-shared', '-fPIC', '-O2', '-o', library, join(projectFolder, 'tests/faults/machine.c'), '-ldl'];
  if (process.platform !== 'linux')
    throw new Error('Faults of the disk and the clock are made with LD_PRELOAD, on Linux.');
  installUnless('cc', 'gcc', 'libc6-dev');
  try {
    execFileSync('cc', argv, { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    throw new Error('Faults of the disk and the clock need a C compiler: install one, so that “cc” is found.', {
      cause: error,
    });
  }
  return library;
}

/**
 * @param folder an empty folder for what the machine keeps
 * @param dataDir absolute path of the site’s data folder, without links in it
 */
export function makeMachine(folder: string, dataDir: string): Machine {
  const disk = join(folder, 'disk');
  mkdirSync(join(disk, 'files'), { recursive: true });
  const told = join(folder, 'told');
  writeFileSync(told, Buffer.alloc(24));
  const library = compile(folder);

  const tell = (at: number, bytes: Buffer): void => {
    const file = openSync(told, 'r+');
    writeSync(file, bytes, 0, bytes.length, at);
    closeSync(file);
  };
  const tellNumber = (at: number, number: number): void => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(number);
    tell(at, bytes);
  };

  return {
    env: { LD_PRELOAD: library, MACHINE_DATA: dataDir, MACHINE_DISK: disk, MACHINE_TOLD: told },
    syncsOf(name) {
      const syncs = join(disk, 'syncs');
      if (!existsSync(syncs)) return 0;
      return readFileSync(syncs, 'utf8')
        .split('\n')
        .filter((line) => line === name).length;
    },
    setClock(wrongByMs) {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(BigInt(wrongByMs));
      tell(0, bytes);
    },
    failWrites: (how) => tellNumber(8, writeErrors[how]),
    failReads: (areFailing) => tellNumber(12, areFailing ? inputOutputError : 0),
    failNames: (areFailing) => tellNumber(16, areFailing ? 1 : 0),
    restoreDisk(into) {
      const names = join(disk, 'names');
      if (!existsSync(names)) return;
      for (const line of readFileSync(names, 'utf8').trimEnd().split('\n')) {
        const at = line.indexOf(' ');
        const [content, name] = [join(disk, 'files', line.slice(0, at)), join(into, line.slice(at + 1))];
        // A name without a content that was ever synced is an empty file.
        if (existsSync(content)) copyFileSync(content, name);
        else writeFileSync(name, '');
      }
    },
  };
}
