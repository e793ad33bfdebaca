/** What a page says of the near outcomes: by question, the answer now, and what other answers could lead to. */
import type { Answers } from '#check/check-flow.ts';
import type { NearOutcome } from '#check/what-if.ts';
import { titleOf } from '#library/content.ts';
import { stepHref } from '#site/links.ts';
import { routeOfOutcome } from '#site/routes.ts';
import type { Variant } from '#site/variants.ts';
import type { NearView } from '#ui/outcome/near.ts';
import { answerWords, questionLabel } from './answer-words.ts';

/** More than these are not listed: the page says that there are several, and the question shows them all. */
const mostValues = 5;

/**
 * One view for each question, in the order in which the questions first come.
 * @param answers those that the near outcomes were found from
 */
export function nearViews(
  near: readonly NearOutcome[],
  { answers, variant }: { answers: Answers; variant: Variant },
): NearView[] {
  const wording = { variant, isForSomeoneElse: answers['about'] === 'someone-else' };
  return [...Map.groupBy(near, ({ question }) => question)].map(([question, ofQuestion]) => {
    const answer = answers[question];
    if (answer === undefined) throw new Error(`“${question}” has no answer that could be changed.`);
    return {
      question,
      label: questionLabel(question, wording),
      now: answerWords(question, answer, wording),
      leads: ofQuestion.map(({ outcome, values, isAdded }) => ({
        outcome,
        title: titleOf(routeOfOutcome(outcome), variant),
        instead: values.length > mostValues ? [] : answerWords(question, values, wording),
        isAdded,
      })),
      isForSomeoneElse: wording.isForSomeoneElse,
      changeHref: stepHref('check', question, variant),
    };
  });
}
