/** What a page is about, in its own first sentences: for a sheet that leads to it. */
import { outcomes, pages } from '#library/content.ts';
import { outcomeOfRoute, type RouteId } from '#site/routes.ts';
import type { Variant } from '#site/variants.ts';

/** Of an outcome’s page what it means; of any other page its summary, which is one sentence. Never more than `most`. */
export function firstSentences(route: RouteId, variant: Variant, most: number): readonly string[] {
  const outcome = outcomes().get(outcomeOfRoute(route) ?? '')?.words[variant];
  if (outcome) return (outcome.withoutAnswers ?? outcome.means).flatMap(({ text }) => text).slice(0, most);
  const summary = pages().get(route)?.variants[variant]?.front.summary;
  return summary === undefined ? [] : [summary];
}
