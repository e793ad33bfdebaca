/** Leaves out the keys that have no value: the contract has no nulls. */
export const filled = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
