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
  /** Its services are all that it is about: they are shown even where an outcome above has shown them. */
  readonly isSignpost?: boolean;
  readonly words: OutcomeWords;
  readonly reasons: readonly Reason[];
  /** Nothing that was said led here: it is there whatever is answered. */
  readonly isForEverybody?: boolean;
  /** The words speak to the person; somebody else reads them. */
  readonly isForSomeoneElse?: boolean;
  readonly laws: readonly { readonly title: string; readonly url: string }[];
  readonly services: readonly string[];
  readonly links: readonly RouteId[];
}
