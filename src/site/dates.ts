/** Dates as people read them. Formatted on the server: browsers have no Welsh. */
import { variants, type Variant } from './variants.ts';

/** “22 November 2026”, “22 Tachwedd 2026”. The date is an ISO date (YYYY-MM-DD). */
export function longDate(isoDate: string, variant: Variant): string {
  const locale = variants[variant].language === 'cy' ? 'cy' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${isoDate}T00:00:00Z`),
  );
}
