/** What the components of the call page are given: everything in words, in the language of the page or of the caller. */
import type { Language } from '#site/variants.ts';
import type { FindingView } from '../outcome/finding.ts';

export interface CallQuestionView {
  readonly id: string;
  readonly label: string;
  /** Open: to be asked now, or with something chosen. The others open when somebody opens them. */
  readonly isOpen: boolean;
  readonly status: string;
  /** The sentence to say to the caller, in the language that the call is in. */
  readonly say: { readonly text: string; readonly language: Language };
  readonly note: string | undefined;
  readonly problem: string | undefined;
  /** Choose one, or choose any number. */
  readonly many: boolean;
  readonly options: readonly { readonly value: string; readonly label: string; readonly chosen: boolean }[];
}

export interface CallFindingView extends FindingView {
  /** How strong it is, in words. */
  readonly force: string;
  /** Where to ask: its title says what to do, and the form is one press away where it is ours. */
  readonly isRoute: boolean;
  readonly canAsk: boolean;
  /** Which rule gave it, in words. */
  readonly rule: string;
}

/** What to say when an advocate is to be offered: the page’s language first. */
export interface OfferView {
  readonly spoken: readonly { readonly language: Language; readonly offer: string; readonly ifNo: string }[];
  /** What to write down afterwards. */
  readonly record: string;
}

export interface CallResultView {
  readonly findings: readonly CallFindingView[];
  readonly offer: OfferView | undefined;
  /** The question to ask next; undefined at the end. */
  readonly nextId: string | undefined;
  readonly ruleset: string;
  /** Plain text; undefined as long as nothing was answered. */
  readonly caseNote: string | undefined;
}
