/** What a page shows for a finding: the outcome’s own words, the answers that led to it, and the law in the reader’s language. */
import { questionOf, type Answers } from '#check/check-flow.ts';
import { citations } from '#eligibility/citations.ts';
import { councils } from '#eligibility/facts.ts';
import type { Finding } from '#eligibility/decide.ts';
import type { Service } from '#directory/service.ts';
import { outcomes, serviceOf } from '#library/content.ts';
import { stepHref, stepIds } from '#site/links.ts';
import type { RouteId } from '#site/routes.ts';
import { variants, type Variant } from '#site/variants.ts';
import type { FindingView } from '#ui/outcome/finding.ts';
import { answerWords, questionLabel } from './answer-words.ts';

/** @param journey where the “change” links lead: the check’s questions, or the form’s steps */
export function findingView(
  finding: Finding,
  { answers, variant, journey }: { answers: Answers; variant: Variant; journey: 'check' | 'refer' },
): FindingView {
  const outcome = outcomes().get(finding.outcome);
  if (!outcome) throw new Error(`content/outcomes has no “${finding.outcome}”`);
  const { language } = variants[variant];
  const wording = { variant, isForSomeoneElse: answers['about'] === 'someone-else' };
  return {
    outcome: finding.outcome,
    isUrgent: finding.force === 'urgent',
    isSignpost: finding.force === 'signpost',
    words: outcome.words[variant],
    reasons: finding.because.flatMap((fact) => {
      const answer = answers[fact];
      if (answer === undefined || !questionOf(fact)) return [];
      return {
        label: questionLabel(fact, wording),
        values: answerWords(fact, answer, wording),
        // The form does not ask everything that the check asks: such an answer is changed where it was given.
        changeHref: stepHref(stepIds(journey).includes(fact) ? journey : 'check', fact, variant),
      };
    }),
    isForEverybody: finding.because.length === 0,
    isForSomeoneElse: wording.isForSomeoneElse,
    laws: finding.citations.map(({ id }) => ({
      title: citations[id].title[language],
      url: citations[id].url[language],
    })),
    services: outcome.services.filter((id) => servesCouncil(serviceOf(id), answers)),
    links: outcome.links as RouteId[],
  };
}

/** Whether a service can be for this person: one that serves named councils is not shown to somebody under another council. */
function servesCouncil({ area }: Service, answers: Answers): boolean {
  const council = [answers['placedBy'], answers['council']].find((code) => councils.some((each) => each === code));
  if (council === undefined || !area.every((each) => councils.some((code) => code === each))) return true;
  return area.some((each) => each === council);
}
