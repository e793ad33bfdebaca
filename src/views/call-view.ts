/** The call page in words: each question as staff ask it, what the answers lead to, the offer to read out, and the case note. */
import type { Call, CallQuestion, CallStatus } from '#check/call-answers.ts';
import { factsFromAnswers } from '#check/facts-from-answers.ts';
import type { Answers } from '#check/check-flow.ts';
import { decide, type Day, type Finding, type Force, type OutcomeId } from '#eligibility/decide.ts';
import { longDate } from '#site/dates.ts';
import { inOtherLanguage, variants, type Language, type Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import type { CallFindingView, CallQuestionView, CallResultView, OfferView } from '#ui/call/call.ts';
import { answerWords, questionLabel } from './answer-words.ts';
import { findingView } from './finding-view.ts';

const statusKeys: Readonly<Record<CallStatus, string>> = {
  now: 'page.statusNow',
  answered: 'page.statusAnswered',
  later: 'page.statusLater',
  'not-needed': 'page.statusNotNeeded',
};

const forceKeys: Readonly<Record<Force, string>> = {
  urgent: 'force.urgent',
  must: 'force.must',
  right: 'force.right',
  consider: 'force.consider',
  may: 'force.may',
  info: 'force.info',
  signpost: 'force.signpost',
  route: 'force.route',
};

const contextOf = (answers: Answers): Readonly<Record<string, string>> =>
  answers['about'] === 'someone-else' ? { context: 'other' } : {};

/** @param spoken the language of the sentences to say, whatever the page’s own is */
export function callQuestionViews(
  { answers, questions }: Call,
  { variant, spoken }: { variant: Variant; spoken: Language },
): CallQuestionView[] {
  const staff = words(variant, 'staff');
  const context = contextOf(answers);
  const wording = { variant, isForSomeoneElse: answers['about'] === 'someone-else' };
  return questions.map((seen) => {
    const { question, status, choices, chosen } = seen;
    const key = `questions.${question.id}`;
    return {
      id: question.id,
      label: staff(`${key}.label`, context),
      isOpen: status === 'now' || status === 'answered' || seen.problem !== undefined,
      status: staff(statusKeys[status]),
      say: { text: words(spoken, 'staff')(`${key}.say`, context), language: spoken },
      note: staff.maybe(`${key}.note`, context),
      problem: problemOf(seen, wording),
      many: question.kind === 'list',
      options: choices.map((value) => ({
        value,
        label: answerWords(question.id, value, wording).join(),
        chosen: chosen.includes(value),
      })),
    };
  });
}

function problemOf(
  { question, problem }: CallQuestion,
  { variant, isForSomeoneElse }: { variant: Variant; isForSomeoneElse: boolean },
): string | undefined {
  if (problem === undefined) return undefined;
  const say = words(variant, 'check');
  const context: Readonly<Record<string, string>> = isForSomeoneElse ? { context: 'other' } : {};
  return problem === 'conflict' ? say(`questions.${question.id}.errorConflict`, context) : say('page.errorUnknown');
}

/** What the answers that count lead to on this day. */
export function callResultView({ answers, questions }: Call, variant: Variant, today: Day): CallResultView {
  const { findings, ruleset } = decide(factsFromAnswers(answers), today);
  const isEmpty = Object.keys(answers).length === 0;
  const views = isEmpty ? [] : findings.map((finding) => callFindingView(finding, answers, variant));
  const staff = words(variant, 'staff');
  return {
    findings: views,
    offer: isEmpty ? undefined : offerView(findings, answers, variant),
    nextId: questions.find(({ status }) => status === 'now')?.question.id,
    ruleset: staff('page.ruleset', { ruleset }),
    caseNote: isEmpty ? undefined : caseNote(views, { answers, variant, today, ruleset }),
  };
}

function callFindingView(finding: Finding, answers: Answers, variant: Variant): CallFindingView {
  const staff = words(variant, 'staff');
  return {
    ...findingView(finding, { answers, variant, journey: 'check' }),
    force: staff(forceKeys[finding.force]),
    isRoute: finding.force === 'route',
    canAsk: finding.outcome === 'route-gateway-cav',
    rule: staff('page.ruleLabel', { rule: finding.rule }),
  };
}

/** Where the decision maker instructs the advocate, not the council: nobody is told that the council must. */
const instructedByDecisionMaker: readonly OutcomeId[] = ['imca-must', 'imca-dols'];
/** A right that is not a right to an advocate. */
const rightToSomethingElse: readonly OutcomeId[] = ['carer-own-right'];

/** The words for the strongest that the caller may be offered; undefined where nothing points to an advocate. */
function offerView(findings: readonly Finding[], answers: Answers, variant: Variant): OfferView | undefined {
  const has = (test: (finding: Finding) => boolean): boolean => findings.some(test);
  const isInstructed = ({ outcome }: Finding): boolean => instructedByDecisionMaker.includes(outcome);
  const key = has((each) => each.force === 'must' && !isInstructed(each))
    ? 'offer.mustSay'
    : has((each) => isInstructed(each) || (each.force === 'right' && !rightToSomethingElse.includes(each.outcome)))
      ? 'offer.rightSay'
      : has((each) => each.force === 'consider')
        ? 'offer.askSay'
        : undefined;
  if (key === undefined) return undefined;
  const context = contextOf(answers);
  return {
    spoken: [variant, inOtherLanguage(variant)].map((each) => {
      const say = words(each, 'staff');
      return { language: variants[each].language, offer: say(key, context), ifNo: say('offer.ifNo', context) };
    }),
    record: words(variant, 'staff')('offer.record', context),
  };
}

/** The page’s result as plain text, line by line, for the record of the council: no name, and nothing that was typed. */
function caseNote(
  findings: readonly CallFindingView[],
  { answers, variant, today, ruleset }: { answers: Answers; variant: Variant; today: Day; ruleset: string },
): string {
  const staff = words(variant, 'staff');
  const wording = { variant, isForSomeoneElse: answers['about'] === 'someone-else' };
  const because = (reasons: CallFindingView['reasons']): string[] =>
    reasons.length === 0
      ? []
      : [
          `  ${staff('caseNote.because')}: ${reasons.map(({ label, values }) => `${label}: ${values.join('; ')}`).join(' | ')}`,
        ];
  return [
    staff('caseNote.title', { date: longDate(today, variant) }),
    '',
    staff('caseNote.answers'),
    ...Object.entries(answers).map(
      ([id, answer]) => `- ${questionLabel(id, wording)}: ${answerWords(id, answer, wording).join('; ')}`,
    ),
    '',
    staff('caseNote.outcomes'),
    ...findings.flatMap(({ words: outcome, force, isRoute, rule, reasons, laws }) => [
      `- ${outcome.title} (${force}; ${rule})`,
      ...because(reasons),
      ...laws.map(({ title, url }) => `  ${staff('caseNote.law')}: ${title}, ${url}`),
      ...(isRoute ? [] : [`  ${staff('caseNote.next')}: ${outcome.now.flatMap(({ text }) => text).join(' ')}`]),
    ]),
    '',
    staff('caseNote.rules', { ruleset }),
  ].join('\n');
}
