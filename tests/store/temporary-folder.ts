/** A folder of its own for a test, on a real disk, gone afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'advocate-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
