/** The question that the peers ask: our own, in the same words, so that all three send the same page as far as words go. */
import { readFileSync } from 'node:fs';

const wordsIn = (language) =>
  JSON.parse(readFileSync(new URL(`../../../i18n/check.${language}.json`, import.meta.url), 'utf8')).questions.danger;

export const languages = ['en', 'cy'];
export const words = Object.fromEntries(languages.map((language) => [language, wordsIn(language)]));
export const choices = ['now', 'suicidal', 'at-risk', 'no', 'unsure'];
