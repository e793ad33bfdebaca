/** Reads the worked cases that the rules are held to, once. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** Relative to the project, where every command and the build are started. */
const path = 'src/eligibility/cases.yaml';

const workedCase = z.strictObject({
  id: z.string(),
  /** In a person’s own words, in English. */
  situation: z.string(),
  facts: z.record(z.string(), z.unknown()),
  /** The outcomes that the facts must lead to, and those that would do harm. */
  expect: z.array(z.string()),
  never: z.array(z.string()).optional(),
  why: z.string().optional(),
});

export type WorkedCase = z.infer<typeof workedCase>;

let read: readonly WorkedCase[] | undefined;

/** Every worked case, in the order of the file. Throws for a file that does not have its shape. */
export const workedCases = (): readonly WorkedCase[] =>
  (read ??= z.array(workedCase).parse(parse(readFileSync(path, 'utf8'))));
