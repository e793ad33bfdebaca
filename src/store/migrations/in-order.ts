/** Every change of the tables, in order. What has run somewhere is never edited: a new change is a new file. */
import type { Migration } from 'kysely/migration';
import { start } from './0001-start.ts';
import { writeCheck } from './0002-write-check.ts';
import { reconciliation } from './0003-reconciliation.ts';
import { afterwards } from './0004-afterwards.ts';
import { draftHash } from './0005-draft-hash.ts';
import type { Columns } from './columns.ts';

export const migrationsFor = (columns: Columns): Record<string, Migration> => ({
  '0001-start': start(columns),
  '0002-write-check': writeCheck(columns),
  '0003-reconciliation': reconciliation(columns),
  '0004-afterwards': afterwards(),
  '0005-draft-hash': draftHash(),
});
