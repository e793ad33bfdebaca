/** The strict shapes of pages and outcomes in `content/`. A key that is not here is a mistake, and is refused. */
import { z } from 'zod';

/** The front matter of a page’s variant. */
export const pageFront = z.strictObject({
  title: z.string().min(1),
  /** One sentence: what the page is for. */
  summary: z.string().min(1),
  /** Raised when the meaning changes; all four variants carry the same. */
  revision: z.int().positive(),
});

/** Who has signed a text off, and when; null until a person has. */
const signedOff = z.strictObject({ welsh: z.string().nullable(), easyRead: z.string().nullable() });

/** `page.yaml`: what the variants of a page share. */
export const pageShared = z.strictObject({
  /** Facts that every variant must state, by id. */
  mustKnow: z.record(z.string(), z.string()),
  signedOff,
});

/** One idea: in easy read with its picture, and each sentence on its own line. */
const block = z.strictObject({ picture: z.string().optional(), text: z.array(z.string().min(1)).min(1) });

/** A variant of an outcome. */
export const outcomeWords = z.strictObject({
  revision: z.int().positive(),
  title: z.string().min(1),
  means: z.array(block).min(1),
  /** Stands in the place of `means` on the page of its own, where nobody’s answers are known. */
  withoutAnswers: z.array(block).min(1).optional(),
  now: z.array(block).min(1),
  say: z.string().optional(),
  ifNo: z.array(block).optional(),
});

/** `outcome.yaml`: what the variants of an outcome share. */
export const outcomeShared = z.strictObject({
  services: z.array(z.string()),
  links: z.array(z.string()),
  signedOff,
});

export type PageFront = z.infer<typeof pageFront>;
export type PageShared = z.infer<typeof pageShared>;
export type OutcomeWords = z.infer<typeof outcomeWords>;
export type OutcomeShared = z.infer<typeof outcomeShared>;
export type Block = z.infer<typeof block>;
