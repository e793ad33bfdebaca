/** The ends of our addresses that say where on a page to go. */

/** The fragment that leads to the error summary. */
export const errorSummaryId = 'errors';

/** Ends a redirect that leads on from an error: browsers carry the old fragment over to an address that has none. */
export const noFragment = '#';
