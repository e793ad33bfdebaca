/** The shape of a service in `content/services/`: facts once, words in both languages, each fact with its source. */
import { z } from 'zod';

const bothLanguages = z.strictObject({ en: z.string().min(1), cy: z.string().min(1) });

export const service = z.strictObject({
  name: bothLanguages,
  /** Whom it is for and what it does. */
  for: z.strictObject({
    en: z.string().min(1),
    'en.easy': z.string().min(1),
    cy: z.string().min(1),
    'cy.easy': z.string().min(1),
  }),
  /** As people read it out; null where no source shows it. */
  phone: z.string().nullable(),
  text: z.string().nullable(),
  email: z.email().nullable(),
  web: z.url({ protocol: /^https$/ }).nullable(),
  hours: bothLanguages.nullable(),
  /** Nations (`wales`, `uk` …) or GSS codes of councils. */
  area: z.array(z.string()).min(1),
  /** True where somebody can be reached without speaking. */
  voiceFree: z.boolean(),
  source: z.string().min(1),
  /** The day on which the source was read. */
  checkedOn: z.iso.date(),
  confidence: z.enum(['high', 'medium', 'low']),
  /** Facts seen only in a weak source: not shown, for a person to check. */
  withheld: z.string().optional(),
});

export type Service = z.infer<typeof service>;
