/** What the outcome components are given: everything in words and addresses. */
import type { OutcomeWords } from '#library/shapes.ts';
import type { RouteId } from '#site/routes.ts';

export interface Reason {
  readonly label: string;
  readonly values: readonly string[];
  /** Where this answer can be changed. */
  readonly changeHref: string;
}

export interface FindingView {
  readonly outcome: string;
  /** Danger: nothing may stand before whom to call. */
  readonly isUrgent: boolean;
  readonly words: OutcomeWords;
  readonly reasons: readonly Reason[];
  readonly laws: readonly { readonly title: string; readonly url: string }[];
  readonly services: readonly string[];
  readonly links: readonly RouteId[];
}
