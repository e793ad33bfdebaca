/** What a page says of a near outcome: the question, the answer now, the answers that would lead there, and what it is called. */
import { optionPictures } from '#check/option-pictures.ts';
import type { Answers } from '#check/check-flow.ts';
import type { NearOutcome } from '#check/what-if.ts';
import { outcomes } from '#library/content.ts';
import { stepHref } from '#site/links.ts';
import { isEasyRead, type Variant } from '#site/variants.ts';
import type { NearView } from '#ui/outcome/near.ts';
import { answerWords, questionLabel } from './answer-words.ts';

/** More than these are not listed: the page says that there are several, and the question shows them all. */
const mostValues = 5;

/** @param answers those that the near outcomes were found from */
export function nearView(near: NearOutcome, { answers, variant }: { answers: Answers; variant: Variant }): NearView {
  const outcome = outcomes().get(near.outcome);
  const answer = answers[near.question];
  if (!outcome || answer === undefined) throw new Error(`“${near.outcome}” is not near to these answers.`);
  const wording = { variant, isForSomeoneElse: answers['about'] === 'someone-else' };
  return {
    question: near.question,
    outcome: near.outcome,
    title: outcome.words[variant].title,
    label: questionLabel(near.question, wording),
    now: answerWords(near.question, answer, wording),
    instead: near.values.length > mostValues ? [] : answerWords(near.question, near.values, wording),
    isAdded: near.isAdded,
    picture: isEasyRead(variant) ? optionPictures[near.question]?.[near.values[0] ?? ''] : undefined,
    isForSomeoneElse: wording.isForSomeoneElse,
    changeHref: stepHref('check', near.question, variant),
  };
}
