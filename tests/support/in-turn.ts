/** One variant for each of many pages of one template, the next page in the next: together they are seen in all four. */
import { variantKeys, type Variant } from '#site/variants.ts';

/** The variant in which each of these is looked at, in the order given. */
export const inTurn = (ids: readonly string[]): ReadonlyMap<string, Variant> =>
  new Map(ids.map((id, at) => [id, variantKeys[at % variantKeys.length]!]));
