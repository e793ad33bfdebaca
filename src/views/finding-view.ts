/** What a page shows for a finding or an outcome: its own words, the answers that led to it, and the law in the reader’s language. */
import { questionOf, type Answers } from '#check/check-flow.ts';
import { citations, type CitationId } from '#eligibility/citations.ts';
import { councils } from '#eligibility/facts.ts';
import type { Finding } from '#eligibility/decide.ts';
import { lawOfOutcome } from '#eligibility/law-of-outcome.ts';
import { outcomes as forces, type OutcomeId } from '#eligibility/outcomes.ts';
import type { Service } from '#directory/service.ts';
import { outcomes, serviceOf, type Outcome } from '#library/content.ts';
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
  const outcome = outcomeOf(finding.outcome);
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
    laws: lawsInWords(
      finding.citations.map(({ id }) => id),
      variant,
    ),
    services: outcome.services.filter((id) => servesCouncil(serviceOf(id), answers)),
    links: outcome.links as RouteId[],
  };
}

/** An outcome without anybody’s answers: every law that can be behind it, and every service, wherever somebody lives. */
export function outcomeView(id: OutcomeId, variant: Variant): FindingView {
  const { words, services, links } = outcomeOf(id);
  const own = words[variant];
  return {
    outcome: id,
    isUrgent: forces[id] === 'urgent',
    words: { ...own, means: own.withoutAnswers ?? own.means },
    reasons: [],
    laws: lawsInWords(lawOfOutcome(id), variant),
    services,
    links: links as RouteId[],
  };
}

function outcomeOf(id: OutcomeId): Outcome {
  const outcome = outcomes().get(id);
  if (!outcome) throw new Error(`content/outcomes has no “${id}”`);
  return outcome;
}

const lawsInWords = (ids: readonly CitationId[], variant: Variant): FindingView['laws'] => {
  const { language } = variants[variant];
  return ids.map((id) => ({ title: citations[id].title[language], url: citations[id].url[language] }));
};

/** Whether a service can be for this person: one that serves named councils is not shown to somebody under another council. */
function servesCouncil({ area }: Service, answers: Answers): boolean {
  const council = [answers['placedBy'], answers['council']].find((code) => councils.some((each) => each === code));
  if (council === undefined || !area.every((each) => councils.some((code) => code === each))) return true;
  return area.some((each) => each === council);
}
