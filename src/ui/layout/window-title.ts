/** The title of the window: what the page is about, then the site’s name. */
import type { Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';

export const windowTitle = (title: string, variant: Variant): string => `${title} – ${words(variant, 'site')('name')}`;
