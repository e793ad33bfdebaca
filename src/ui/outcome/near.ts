/** What the component of near outcomes is given: everything in words and addresses. */

export interface NearView {
  readonly question: string;
  readonly outcome: string;
  readonly title: string;
  /** The short name of the question. */
  readonly label: string;
  readonly now: readonly string[];
  /** The answers that each would lead there; empty where they are too many to list. */
  readonly instead: readonly string[];
  /** Whether an answer is chosen beside those there are, and not in their place. */
  readonly isAdded: boolean;
  /** In easy read: what the first of the answers looks like. */
  readonly picture: string | undefined;
  readonly isForSomeoneElse: boolean;
  readonly changeHref: string;
}
