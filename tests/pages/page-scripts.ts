/** Which pages may run a script, and which: one file of our own on a question of the check and on the call page, and none anywhere else. */
import { checkFlow } from '#check/check-flow.ts';
import { screenId } from '#site/links.ts';

export interface PageScript {
  /** The most bytes of the file as it comes over the wire, head included. */
  readonly mostBytes: number;
  /** The page’s address answers the script too, in another form: it must say that it varies. */
  readonly varies: boolean;
}

/** Preact by itself takes some 4,500. */
const island: PageScript = { mostBytes: 7_000, varies: true };
const callPage: PageScript = { mostBytes: 2_600, varies: false };

const scripts: ReadonlyMap<string, PageScript> = new Map([
  ...checkFlow.map(({ id }) => [screenId({ route: 'check', step: id }), island] as const),
  ['for-staff-check', callPage] as const,
]);

/** The script that the page with this `data-screen` must have; undefined where none may run. */
export const scriptOf = (screen: string): PageScript | undefined => scripts.get(screen);

/** The path of a file that the build made and named after its content. */
export const builtScript = /^\/_astro\/[\w.-]+\.js$/;

/** How a page may bring its script in; the one group is the file’s path. */
export const scriptTag = /<script type="module" src="(\/_astro\/[\w.-]+\.js)"><\/script>/g;
