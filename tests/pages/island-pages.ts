/** Which pages may run a script, and which: one file of our own on the questions of the check, and none anywhere else. */
import { checkFlow } from '#check/check-flow.ts';
import { screenId } from '#site/links.ts';

const questions: ReadonlySet<string> = new Set(checkFlow.map(({ id }) => screenId({ route: 'check', step: id })));

/** Whether the page with this `data-screen` moves along by the island. */
export const hasIsland = (screen: string): boolean => questions.has(screen);

/** The path of a file that the build made and named after its content. */
export const builtScript = /^\/_astro\/[\w.-]+\.js$/;

/** How a page may bring the island in; the one group is the file’s path. */
export const islandTag = /<script type="module" src="(\/_astro\/[\w.-]+\.js)"><\/script>/g;

/** The island as it comes over the wire, head included. Preact by itself takes some 4,500. */
export const mostIslandBytes = 7_000;
