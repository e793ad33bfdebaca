/** All the law that an outcome can rest on, whichever rule gives it and whatever was answered. */
import type { CitationId } from './citations.ts';
import type { OutcomeId } from './outcomes.ts';
import { rules } from './rules.ts';

/** In the order of the rules, each citation once; empty for an outcome that no law is behind. */
export const lawOfOutcome = (outcome: OutcomeId): CitationId[] => [
  ...new Set(
    rules
      .flatMap(({ gives }) => gives)
      .filter((given) => given.outcome === outcome)
      .flatMap(({ law }) => law)
      .flatMap((law) => (typeof law === 'string' ? [law] : Object.values(law.law).flat())),
  ),
];
