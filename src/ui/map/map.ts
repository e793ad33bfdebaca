/** What the drawings of the check, and their lists in words, are given: everything in words, in one language. */

export interface MapQuestion {
  readonly id: string;
  /** Its place in the order, from 1. */
  readonly number: number;
  readonly label: string;
  readonly title: string;
  readonly answers: readonly string[];
  /** `always`: asked of everybody. `asked`: asked after some answers. `offered`: in some or all cases only offered. */
  readonly standing: 'always' | 'asked' | 'offered';
  /** What every way to being asked, or to being offered, needs: a line each; undefined where it never is. */
  readonly asked: readonly string[] | undefined;
  readonly offered: readonly string[] | undefined;
  /** The earlier questions whose answers decide. */
  readonly decidedBy: readonly { readonly id: string; readonly number: number; readonly label: string }[];
}

export interface MapLaw {
  readonly title: string;
  readonly url: string;
  /** Whether the official text exists in the language of the page. */
  readonly isInLanguage: boolean;
  /** The answers that it belongs to; undefined where it always does. */
  readonly onlyIf: string | undefined;
}

export interface MapGiven {
  readonly outcome: string;
  readonly laws: readonly MapLaw[];
  /** Why no law is named; undefined where one is. */
  readonly withoutLaw: string | undefined;
}

export interface MapRow {
  readonly id: string;
  readonly says: string;
  /** In a list with more than one, the first that was given stands for all of them. */
  readonly because: readonly (readonly string[])[];
  /** The labels of other answers that its condition reads, and whether it reads the outcomes of the rows above. */
  readonly alsoReads: readonly string[];
  readonly readsFound: boolean;
  readonly gives: readonly MapGiven[];
  readonly from: string | null;
  readonly until: string | null;
  readonly firstThatFits: boolean;
  readonly stop: boolean;
  /** The ids of the worked cases whose decision names it. */
  readonly cases: readonly string[];
}

export interface MapOutcome {
  readonly id: string;
  readonly title: string;
  /** How strong it is, in a word. */
  readonly force: string;
  /** Urgent help, a duty or a right. */
  readonly isStrong: boolean;
}

/** A rule: the rows with one number, what they read, and what they give. */
export interface MapRule {
  readonly id: string;
  readonly title: string;
  readonly facts: readonly { readonly id: string; readonly label: string }[];
  readonly rows: readonly MapRow[];
  readonly outcomes: readonly MapOutcome[];
}

/** A worked case: a situation in a person’s own words, in English, and what it leads to. */
export interface MapCase {
  readonly id: string;
  readonly situation: string;
  /** The rows that its decision names, and the titles of its outcomes. */
  readonly rows: readonly string[];
  readonly outcomes: readonly string[];
}
