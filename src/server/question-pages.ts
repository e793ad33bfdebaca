/**
 * Questions of the check without Astro’s work for each request, which costs four times as much as all else: what stands around
 * <main> is the same for everybody, and is kept from the page that Astro made first.
 */
import type { QuestionAnswer } from '#island/step-answer.ts';
import { stepAt } from '#site/links.ts';
import { escaped } from './escaped.ts';

/** Made by the question’s screen, for whoever asks. */
export interface QuestionMaker {
  /** @param asked.kept what the cookie of the check holds; undefined where there is none */
  readonly answer: (asked: { readonly kept: string | undefined; readonly url: URL }) => QuestionAnswer;
  /** What stands in <main>. */
  readonly html: (answer: QuestionAnswer) => string;
}

export interface QuestionPages {
  /** Keeps what stands around the question on a page that Astro has made for this path. */
  keep(path: string, maker: QuestionMaker, page: string): void;
  /** Makes the body for this path, as a page or for the island; undefined where no question is kept. */
  at(path: string): ((asked: AskedForQuestion) => string) | undefined;
}

interface AskedForQuestion {
  readonly kept: string | undefined;
  readonly url: URL;
  readonly isToIsland: boolean;
}

/** The title and what is in <main> are of the moment, and nothing else on a page is: three parts stand around them. */
const around = /^(.*<title>)[^<]*(<\/title>.*<main\b[^>]*>).*(<\/main>.*)$/s;

export function questionPages(): QuestionPages {
  const pages = new Map<string, { readonly maker: QuestionMaker; readonly parts: readonly string[] }>();
  const keyOf = (path: string): string => path.replace(/\/$/, '');
  return {
    keep(path, maker, page) {
      const parts = around.exec(page)?.slice(1);
      // No more than there are questions, however their addresses are written.
      if (parts && stepAt(keyOf(path))) pages.set(keyOf(path), { maker, parts });
    },

    at(path) {
      const found = pages.get(keyOf(path));
      if (!found) return undefined;
      const { maker, parts } = found;
      return ({ isToIsland, ...asked }) => {
        const answer = maker.answer(asked);
        if (isToIsland) return JSON.stringify(answer);
        return `${parts[0]}${escaped(answer.title)}${parts[1]}${maker.html(answer)}${parts[2]}`;
      };
    },
  };
}
