/** A telephone number as an address that a phone can call. */

/** `tel:` and the digits; “111, press 2” calls 111, since what is pressed after the answer is told by a voice. */
export const telephoneHref = (phone: string): string =>
  `tel:${(/^\+?[\d\s]+/.exec(phone)?.[0] ?? phone).replace(/\s/g, '')}`;
