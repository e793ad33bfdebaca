/** What a question’s page shows to whoever asks for it. */
import { formOf, openCheck } from '#check/answers-cookie.server.ts';
import { checkFlow, type Question } from '#check/check-flow.ts';
import { fieldOf } from '#check/question-form.ts';
import { journey, stepBefore, stepsLeft } from '#flow/journey.ts';
import type { QuestionAnswer } from '#island/step-answer.ts';
import { lostItsCookie } from '#site/cookies.ts';
import { href, screenId, stepHref } from '#site/links.ts';
import type { Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import type { QuestionPageProps } from '#ui/form/QuestionPage.tsx';
import { windowTitle } from '#ui/layout/window-title.ts';
import { cookieNotice, formWords, questionView } from '#views/step-view.ts';

interface Asked {
  readonly question: Question;
  readonly variant: Variant;
  /** What the cookie of the check holds; undefined where there is none. */
  readonly kept: string | undefined;
  readonly url: URL;
}

type Site = Pick<App.Locals['site'], 'ring' | 'now'>;

/** What the window’s title begins with, and all that stands in <main>. */
export function questionPage(
  { ring, now }: Site,
  { question, variant, kept, url }: Asked,
): { readonly title: string; readonly page: QuestionPageProps } {
  const state = openCheck(ring, kept, now());
  const say = words(variant, 'check');
  const isForSomeoneElse = state.answers['about'] === 'someone-else';
  const filled = formOf(state, question);
  const view = questionView(question.id, fieldOf(question, state.answers), filled, { variant, isForSomeoneElse });
  const before = stepBefore(checkFlow, state.answers, question.id);
  const { offered, next } = journey(checkFlow, state.answers);
  // What is offered stands on the result: whoever opens it there goes back there.
  const isFromResult = !next && offered.includes(question);
  const backTo = isFromResult
    ? href('check-result', variant)
    : before
      ? stepHref('check', before.id, variant)
      : href('check', variant);
  const { fewest, most } = stepsLeft(checkFlow, state.answers, question.id);
  const left =
    most === 1
      ? say('page.last')
      : fewest === most
        ? say('page.leftExact', { count: most })
        : say('page.left', { from: fewest, to: most });
  const hasErrors = Object.keys(filled.errors).length > 0;
  return {
    title: hasErrors ? `${say('page.errorPrefix')} ${view.title}` : view.title,
    page: {
      action: stepHref('check', question.id, variant),
      question: question.id,
      back: { href: backTo, words: say('page.back') },
      notice: lostItsCookie(url, kept) ? cookieNotice(variant) : undefined,
      ...view,
      words: formWords(variant),
      left,
    },
  };
}

/** The same, for who shows it without what stands around it. */
export function questionAnswer(site: Site, asked: Asked): QuestionAnswer {
  const { title, page } = questionPage(site, asked);
  const screen = screenId({ route: 'check', step: asked.question.id });
  return { screen, title: windowTitle(title, asked.variant), page };
}
