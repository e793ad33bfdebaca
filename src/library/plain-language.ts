/** What a machine can see of plain language, easy read and Welsh. It can prove a text wrong, never right: people judge that. */
import { sentencesOf } from '#site/sentences.ts';
import { isEasyRead, variants, type Format, type Variant } from '#site/variants.ts';

/** The most words in a sentence: more is refused. */
export const mostWords: Readonly<Record<Format, number>> = { standard: 25, easy: 15 };
/** More words than this are worth another look. */
const wordsWorthALook: Readonly<Record<Format, number>> = { standard: 20, easy: 12 };

export interface Remark {
  readonly problem: string;
  readonly fix: string;
}

/** Words as a reader counts them: what holds a letter or a digit. */
export const wordCount = (sentence: string): number =>
  sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

const short = (text: string): string => (text.length > 70 ? `${text.slice(0, 67)}…` : text);

const isWholeWord = (words: string): RegExp => new RegExp(`(?<![\\p{L}’])(?:${words})(?![\\p{L}])`, 'iu');
const familiar = isWholeWord('ti|dy|wyt');
const leftover = /PLACEHOLDER|\bTODO\b|\bXXX\b|\[cy\]|\blorem\b/;
const shortForm = isWholeWord('e\\.g|i\\.e|e\\.e|h\\.y|etc|ayyb');
const percentage = /%|\bper cent\b|\by cant\b/i;
const notEasy = /[&/§#<>;()]/;

/** What is wrong with a text in any variant and any place. */
export function remarksOn(text: string, variant: Variant): Remark[] {
  const { language, format } = variants[variant];
  const remarks: Remark[] = [];
  const say = (problem: string, fix: string): void =>
    void remarks.push({ problem: `${problem}: “${short(text)}”`, fix });

  const left = leftover.exec(text);
  if (left) say(`“${left[0]}” was left behind`, 'Write the words that belong here.');
  if (/['"]/.test(text))
    say('a straight apostrophe or quotation mark', 'Use ’ for an apostrophe and “ ” around words.');
  if (language === 'cy' && familiar.test(text)) say('“ti” in Welsh', 'Speak to the reader as “chi”.');
  for (const sentence of sentencesOf(text)) {
    const count = wordCount(sentence);
    if (count > mostWords[format]) {
      remarks.push({
        problem: `a sentence of ${count} words: “${short(sentence)}”`,
        fix: `Make it ${mostWords[format]} words or fewer; two sentences are often clearer.`,
      });
    }
  }
  if (isEasyRead(variant)) {
    const sign = notEasy.exec(text);
    if (sign) say(`“${sign[0]}” in easy read`, 'Say it in words, or make it a sentence of its own.');
    if (shortForm.test(text)) say('a short form in easy read', 'Write it in full, as people say it.');
    if (percentage.test(text)) say('a percentage in easy read', 'Say it without one, or leave the number out.');
  }
  return remarks;
}

/** Sentences that are allowed but long. */
export const longSentences = (text: string, variant: Variant): string[] => {
  const { format } = variants[variant];
  return sentencesOf(text).filter((sentence) => {
    const count = wordCount(sentence);
    return count > wordsWorthALook[format] && count <= mostWords[format];
  });
};

/** Numbers that everybody may type: 999, 111 and its “2”, 101. All others come from `content/services/`, with a source. */
export function telephoneShapesIn(text: string): string[] {
  const runs = text.match(/\+?\d(?:[\d\s-]*\d)?/g) ?? [];
  return runs.filter((run) => run.replace(/\D/g, '').length >= 5);
}
