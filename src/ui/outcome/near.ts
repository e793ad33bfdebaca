/** What the component of near outcomes is given: everything in words and addresses. */

/** Other answers to a question, and the outcome that each of them could lead to. */
export interface NearLead {
  readonly outcome: string;
  readonly title: string;
  /** Empty where they are too many to list. */
  readonly instead: readonly string[];
  /** Whether an answer is chosen beside those there are, and not in their place. */
  readonly isAdded: boolean;
}

/** One question that it could help to look at again. */
export interface NearView {
  readonly question: string;
  /** The short name of the question. */
  readonly label: string;
  readonly now: readonly string[];
  readonly leads: readonly NearLead[];
  readonly isForSomeoneElse: boolean;
  readonly changeHref: string;
}
