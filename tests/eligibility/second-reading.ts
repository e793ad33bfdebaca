/** The specification read a second time: the same rules as one plain function, so that a slip in either reading shows. */
import type { Facts } from '../../src/eligibility/facts.ts';

type Said = Readonly<Record<string, string | readonly string[] | undefined>>;

const listOf = (answer: Said[string]): readonly string[] =>
  Array.isArray(answer) ? (answer as readonly string[]) : [];

const named = (
  'assessment carer-assessment care-plan review safeguarding leaving-hospital where-to-live provider-failure ' +
  'stepping-down informal-care-change'
).split(' ');

const inEnglandRight = ['detained', 'community-order', 'guardianship', 'conditional-discharge', 'considering-s57'];
const nobody = ['none', 'not-wanted', 'unable', 'implicated'];
const countryOutcome: Readonly<Record<string, string>> = {
  scotland: 'x-scotland',
  'northern-ireland': 'x-northern-ireland',
  elsewhere: 'x-elsewhere',
};

/** The outcomes that the specification names for these facts, in any order. Written from its text, never from `rules.ts`. */
export function secondReading(facts: Facts): Set<string> {
  const said = facts as Said;
  const out = new Set<string>();
  const add = (...outcomes: readonly string[]): void => outcomes.forEach((outcome) => out.add(outcome));
  const { age, country, placedBy, danger, mentalHealth, complaint, capacity, decision, consultable, liberty } = facts;
  const process = listOf(said['process']);
  const barriers = listOf(said['barriers']);
  const child = listOf(said['child']);
  const isUnder18 = age === 'under-5' || age === '5-15' || age === '16-17';
  const is18To24 = age === '18-24';
  const isCareLeaver = child.includes('care-leaver') && (age === '16-17' || is18To24);
  const isAdult = !isUnder18 && !isCareLeaver;

  // R0
  if (danger === 'now') {
    return new Set(['urgent-999', 'urgent-domestic-abuse', `urgent-safeguarding-${isUnder18 ? 'child' : 'adult'}`]);
  }
  if (danger === 'suicidal') return new Set(['urgent-999', 'urgent-mh-111-2']);
  if (danger === 'at-risk') {
    add(`urgent-safeguarding-${isUnder18 ? 'child' : 'adult'}`);
    if (facts.domesticAbuse === 'yes') add('urgent-domestic-abuse');
  }

  // R1
  if (mentalHealth !== undefined && mentalHealth !== 'none') {
    const where = facts.hospitalCountry ?? country ?? 'unsure';
    const isOlderS58a = mentalHealth === 'considering-s58a' && (is18To24 || age === '25-or-over');
    if (where === 'wales' || where === 'unsure') {
      if (mentalHealth === 'place-of-safety' || isOlderS58a) add('w-other-forms');
      else {
        const which = mentalHealth === 'informal' ? 'informal' : mentalHealth === 'unsure' ? 'ask' : 'compulsory';
        add(`w-imha-${which}`, 'route-imha');
      }
    } else if (where === 'england') {
      const isRight = inEnglandRight.includes(mentalHealth) || (mentalHealth === 'considering-s58a' && !isOlderS58a);
      add(isRight ? 'e-imha' : 'e-signpost');
    } else add(countryOutcome[where]!);
  }

  // R2
  const abroad = placedBy === undefined ? countryOutcome[country ?? ''] : undefined;
  if (abroad !== undefined) return out.add(abroad);

  // R3
  const isInEngland = country === 'england' && placedBy === undefined;
  if (complaint === 'nhs') {
    if (!isInEngland || facts.nhsProvider === 'wales') add('w-llais-nhs');
    if (facts.nhsProvider === 'england' || (isInEngland && facts.nhsProvider !== 'wales')) add('e-nhs-complaints');
  }
  if (complaint === 'social-care' && !isInEngland) {
    if (isUnder18 || is18To24) add('c-complaint-advocacy', 'route-child-provider');
    else add('w-llais-social-care');
  }

  // R4
  if (isInEngland) {
    const careAct = ['assessment', 'carer-assessment', 'care-plan', 'review', 'safeguarding'];
    if (process.some((each) => careAct.includes(each)) && facts.substantialDifficulty === 'yes') {
      const supporter = facts.supporter ?? '';
      const isException = facts.exception === 'nhs-placement' || facts.exception === 'agreed-disagreement';
      if (nobody.includes(supporter) || supporter === 'paid-only') add('e-care-act-must');
      else if (supporter === 'suitable') add(isException ? 'e-care-act-exception' : 'e-ai-first');
    }
    return out.add('e-signpost');
  }

  // R5, R6
  const isBecoming = child.includes('became-looked-after') || child.includes('child-protection');
  const hasRight = ['looked-after', 'became-looked-after', 'needs-care-and-support'].some((each) =>
    child.includes(each),
  );
  const route: string[] = [];
  if ((age === '5-15' || age === '16-17') && isBecoming) route.push('c-active-offer');
  if (isUnder18 && (hasRight || process.includes('carer-assessment'))) route.push('c-statutory-ipa');
  if (isCareLeaver) route.push('c-care-leaver');
  if (route.length > 0) add(...route, 'route-child-provider');
  if ((isUnder18 || is18To24) && child.includes('additional-learning-needs')) add('c-aln');
  if (age === '5-15' || age === '16-17' || is18To24) add('c-meic');

  // R7
  if (age !== 'under-5' && age !== '5-15') {
    const imca = (outcome: string): void => add(outcome, 'route-decision-maker');
    const isBig = ['serious-medical-treatment', 'long-hospital-stay', 'long-care-home-stay'].includes(decision ?? '');
    const isUnknown = consultable === undefined || consultable === 'unsure';
    const underSafeguards = age === '16-17' || liberty === 'none' ? undefined : liberty;
    if (capacity === 'lacks') {
      if (isBig && consultable === 'no') imca('imca-must');
      if (isBig && consultable === 'yes') add('w-other-forms');
      if (isBig && isUnknown) imca('imca-ask');
      if (decision === 'safeguarding') imca('imca-may');
      if (decision === 'care-review' && consultable === 'no') imca('imca-may');
      if (decision === 'care-review' && isUnknown) imca('imca-ask');
      if (underSafeguards === 'unpaid-representative') imca('imca-dols');
      if (underSafeguards === 'paid-representative') add('w-other-forms');
      if (underSafeguards === 'being-assessed' || underSafeguards === 'no-representative') {
        if (consultable === 'no') imca('imca-dols');
        if (isUnknown) imca('imca-ask');
      }
    }
    if (capacity === 'unsure') {
      if (decision !== undefined && decision !== 'short-care-home-stay') imca('imca-ask');
      if (underSafeguards !== undefined) imca('imca-ask');
    }
  }

  // R8, R9
  if (isAdult) {
    if (said['process'] !== undefined) {
      const isNamed = process.some((each) => named.includes(each));
      const isHard = barriers.length > 0;
      if (process.includes('child-protection-parent')) add('parent-advocacy', 'w-ipa-ask');
      else if (facts.otherTopic === 'yes' && !isNamed) add('other-help', 'w-other-forms');
      else if (Array.isArray(said['barriers']) && !isHard) add('w-other-forms');
      else if (isNamed && isHard && nobody.includes(facts.supporter ?? '')) add('w-ipa-must');
      else if (isNamed && isHard && facts.supporter === 'suitable') add('w-ai-first');
      else if (isNamed || process.includes('finding-help') || said['process'] === 'unsure') add('w-ipa-ask');
      else add('w-other-forms');
    }
    if (facts.carer === 'yes') add('carer-own-right');
    if (facts.secondaryMentalHealthCare === 'yes') add('w-cmha');
    if (facts.about === 'someone-else' && (facts.agreed === 'not-asked' || facts.agreed === 'no'))
      add('consent-needed');
  }

  // R10, R11
  if (out.size === 0) add(isUnder18 ? 'c-meic' : 'w-other-forms');
  const leading = 'w-ipa-must w-ipa-ask w-ai-first w-other-forms w-cmha other-help parent-advocacy carer-own-right';
  if (isAdult && !out.has('consent-needed') && leading.split(' ').some((outcome) => out.has(outcome))) {
    const council = placedBy ?? facts.council;
    add(council === 'W06000015' || council === 'W06000014' ? 'route-gateway-cav' : 'route-council-wales');
  }
  return out;
}
