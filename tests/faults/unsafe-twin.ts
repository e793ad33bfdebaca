/** Loaded before the site (`--import`): the same site with `synchronous=normal`, which must lose referrals in a power cut. */
import { DatabaseSync } from 'node:sqlite';

const exec = DatabaseSync.prototype.exec;
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
  return exec.call(this, sql === 'pragma synchronous = full' ? 'pragma synchronous = normal' : sql);
};

// The site looks whether its settings were taken, and would refuse to start.
const prepare = DatabaseSync.prototype.prepare;
DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string) {
  return prepare.call(this, sql === 'pragma synchronous' ? 'select 2 as synchronous' : sql);
};
