/** Which pages may run a script, and what it may be: one small file of our own; all other pages run nothing. */

const screensWithScripts: readonly string[] = ['for-staff-check'];

/** Whether the page with this `data-screen` may run a script. */
export const mayRunScripts = (screen: string): boolean => screensWithScripts.includes(screen);

/** Where such a file is, below the site’s origin. */
export const scriptPath = /^\/_astro\/[\w.-]+\.js$/;

/** The most bytes of its body and head, as they are sent. */
export const mostScriptBytes = 2600;
