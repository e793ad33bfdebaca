/** Where sentences end, and how each comes to stand on its own line in easy read. */
import { isEasyRead, type Variant } from './variants.ts';

/** A sentence ends at its mark where a capital or a digit follows: “999bsl.co.uk for” is no end, nor is the point of a first “1.”. */
export const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?…]”?)(?<!^\d+\.)\s+(?=“?[\p{Lu}\d])/u);

/** In easy read with a line break after each sentence: its pages show it (`styles.css`), where others show a space. */
export const inLines = (text: string, variant: Variant): string =>
  isEasyRead(variant) ? sentencesOf(text).join('\n') : text;
