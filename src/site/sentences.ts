/** A sentence ends at its mark where a capital or a digit follows: “999bsl.co.uk for” is no end. */
export const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?…]”?)\s+(?=“?[\p{Lu}\d])/u);
