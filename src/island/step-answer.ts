/** What the server answers the island instead of a page: the question to show, or where the check leads from here. */
import type { QuestionPageProps } from '#ui/form/QuestionPage.tsx';

/** A question’s page, without what stays around it. */
export interface QuestionAnswer {
  /** What `main[data-screen]` says. */
  readonly screen: string;
  /** The window’s whole title. */
  readonly title: string;
  readonly page: QuestionPageProps;
}

/** The questions are over: the browser opens this address itself. */
export interface WayOut {
  readonly goTo: string;
}

/** What the island says that it reads. A browser that opens a page never says this and nothing else. */
export const islandReads = 'application/json';

/** Whether a request that accepts this comes from the island: then it wants an answer to read, not a page. */
export const isFromIsland = (accept: string | null | undefined): boolean => accept === islandReads;

/** An address that answers in two ways says so, or a cache could show a person what was meant for the island. */
export const varies = { vary: 'accept' } as const;

export const answerToIsland = (answer: QuestionAnswer): Response =>
  new Response(JSON.stringify(answer), { headers: { 'content-type': islandReads, ...varies } });
