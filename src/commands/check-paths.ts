/** `npm run check:paths`: every way through the check with its outcomes, in the words that are reviewed like law. */
import { everyWay } from '#check/every-way.ts';

process.stdout.write(everyWay().listing);
