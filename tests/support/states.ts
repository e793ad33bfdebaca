/** Every page as people meet it: each address bare, and each page that answers to a person with the answers that change it. */
import { checkFlow } from '#check/check-flow.ts';
import type { OutcomeId } from '#eligibility/decide.ts';
import { referFlow } from '#referral/refer-flow.ts';
import { sayableCode, variantDigits } from '#site/codes.ts';
import { allAddresses, handOverHref, href, screenId, sheetHref, stepHref } from '#site/links.ts';
import { variantsOf, type RouteKind } from '#site/routes.ts';
import { inOtherLanguage, variantKeys, variants, type Variant } from '#site/variants.ts';
import {
  answerCheck,
  callForm,
  fillReferral,
  walksToEveryOutcome,
  shortReferral,
  wholeReferral,
  wholeReferralForSomeoneElse,
} from './journeys.ts';
import { Visitor, type Answer, type Form } from './visitor.ts';

export interface State {
  /** A sentence’s beginning, different for every state: what page, in which variant, after what. */
  readonly name: string;
  /** What `main[data-screen]` must be. */
  readonly screen: string;
  /** Left out for the two pages that belong to no variant. */
  readonly variant?: Variant;
  readonly kind: RouteKind;
  readonly status: number;
  /** Whether the page shows the error summary. */
  readonly hasErrors: boolean;
  /** Whether the page is an address opened by somebody who has given no answer yet. */
  readonly isBare: boolean;
  /** Whether only words differ from another state: the markup is the same. */
  readonly isForSomeoneElse?: boolean;
  /** Leads a visitor to the page, without a browser. What only a post shows comes with what was posted. */
  readonly reach: (visitor: Visitor) => Promise<Answer>;
}

const bare = { status: 200, hasErrors: false, isBare: true };
const reached = { status: 200, hasErrors: false, isBare: false };

const referSteps = referFlow.map((step) => step.id);
/** The steps that lead to the details of contact, every way chosen: its fields depend on them. */
const stepsToDetails = referSteps.slice(0, referSteps.indexOf('contact-details'));

/** Every address, opened by somebody who has given no answer yet. */
export function bareStates(): State[] {
  return allAddresses().map(({ id, variant, path, kind }) => ({
    ...bare,
    name: `${id} in ${variant ?? 'both languages'}`,
    screen: id,
    ...(variant && { variant }),
    kind,
    reach: (visitor) => visitor.get(path),
  }));
}

/** What is posted to be refused; more than one where a step can go wrong in more than one way. */
function refusedForms(step: string, isList: boolean): Readonly<Record<string, Form>> {
  const special: Readonly<Record<string, Readonly<Record<string, Form>>>> = {
    communication: { 'an empty box': { needs: ['other'], other: '' } },
    need: { 'too many words': { ownWords: 'gair '.repeat(2000), deadline: 'x'.repeat(600) } },
    name: { nothing: {}, 'too many letters': { name: 'x'.repeat(300) } },
    language: { nothing: {}, 'an empty box': { spoken: 'other', written: 'cy' } },
    'contact-details': {
      nothing: {},
      'what nobody can use': { phone: '12', email: 'sian', address: 'Caerdydd', postcode: '1', throughSomeone: 'Mair' },
    },
    contact: { nothing: {}, 'answers that contradict': { ways: ['call'], neverWays: ['call'] } },
    times: { nothing: {}, 'answers that contradict': { times: ['morning'], neverTimes: ['morning'] } },
  };
  if (special[step]) return special[step];
  return isList ? { nothing: {}, 'answers that contradict': { [step]: ['none', 'unsure'] } } : { nothing: {} };
}

function refusedStates(variant: Variant): State[] {
  const check = checkFlow.flatMap((question) =>
    Object.entries(refusedForms(question.id, question.kind === 'list')).map(([what, form]) => ({
      ...reached,
      hasErrors: true,
      name: `check-${question.id} in ${variant} after ${what}`,
      screen: screenId({ route: 'check', step: question.id }),
      variant,
      kind: 'check' as const,
      reach: (visitor: Visitor) => visitor.post(stepHref('check', question.id, variant), form),
    })),
  );
  const refer = referFlow.flatMap((step) =>
    Object.entries(refusedForms(step.id, step.question?.kind === 'list')).map(([what, form]) => ({
      ...reached,
      hasErrors: true,
      name: `refer-${step.id} in ${variant} after ${what}`,
      screen: screenId({ route: 'refer', step: step.id }),
      variant,
      kind: 'refer' as const,
      reach: async (visitor: Visitor) => {
        if (step.id === 'contact-details') await fillReferral(visitor, variant, wholeReferral, stepsToDetails);
        return visitor.post(stepHref('refer', step.id, variant), form);
      },
    })),
  );
  return [...check, ...refer];
}

function resultStates(variant: Variant): State[] {
  const today = new Date().toISOString().slice(0, 10);
  return walksToEveryOutcome(today).map(({ answers, outcomes }) => ({
    ...reached,
    name: `check-result in ${variant} with ${outcomes.join(', ')}`,
    screen: 'check-result',
    variant,
    kind: 'outcome' as const,
    reach: (visitor) => answerCheck(visitor, variant, answers),
  }));
}

/** Pages whose words change when the visitor asks for somebody else. */
function someoneElseStates(variant: Variant): State[] {
  const check = checkFlow.map(({ id }) => ({
    ...reached,
    isForSomeoneElse: true,
    name: `check-${id} in ${variant} for somebody else`,
    screen: screenId({ route: 'check', step: id }),
    variant,
    kind: 'check' as const,
    reach: async (visitor: Visitor) => {
      await answerCheck(visitor, variant, { about: 'someone-else' });
      return visitor.get(stepHref('check', id, variant));
    },
  }));
  const refer = referSteps.map((id) => ({
    ...reached,
    isForSomeoneElse: true,
    name: `refer-${id} in ${variant} for somebody else`,
    screen: screenId({ route: 'refer', step: id }),
    variant,
    kind: 'refer' as const,
    reach: async (visitor: Visitor) => {
      await fillReferral(visitor, variant, wholeReferralForSomeoneElse, ['about']);
      return visitor.get(stepHref('refer', id, variant));
    },
  }));
  return [...check, ...refer];
}

function referralStates(variant: Variant): State[] {
  const refer = { ...reached, variant, kind: 'refer' as const };
  return [
    {
      ...refer,
      name: `refer-check in ${variant} with every answer`,
      screen: 'refer-check',
      reach: (visitor) => fillReferral(visitor, variant, wholeReferral, referSteps),
    },
    {
      ...refer,
      name: `refer-check in ${variant} with every answer for somebody else`,
      screen: 'refer-check',
      reach: (visitor) => fillReferral(visitor, variant, wholeReferralForSomeoneElse, referSteps),
    },
    {
      ...refer,
      name: `refer-sent in ${variant} with a reference`,
      screen: 'refer-sent',
      reach: async (visitor) => {
        await fillReferral(visitor, variant, wholeReferral, referSteps);
        return visitor.post(href('refer-check', variant), {});
      },
    },
    {
      ...refer,
      name: `refer-elsewhere in ${variant} for a child`,
      screen: 'refer-elsewhere',
      reach: (visitor) => fillReferral(visitor, variant, { ...wholeReferral, age: { age: '5-15' } }, ['about', 'age']),
    },
    {
      ...refer,
      name: `refer-check in ${variant} for somebody who just wants to be contacted`,
      screen: 'refer-check',
      reach: (visitor) => fillReferral(visitor, variant, shortReferral, referSteps),
    },
    {
      ...refer,
      name: `refer-check in ${variant} for somebody whose draft is not there any more`,
      screen: 'refer-check',
      reach: async (visitor) => {
        await fillReferral(visitor, variant, wholeReferral, ['about']);
        await new Visitor(visitor.origin, visitor.cookies).postAndGoOn('/leave', {});
        return visitor.post(href('refer-check', variant), {});
      },
    },
    {
      ...refer,
      name: `refer-ask-first in ${variant} for somebody who has not been asked`,
      screen: 'refer-ask-first',
      reach: (visitor) => {
        const forms = { ...wholeReferralForSomeoneElse, agreed: { agreed: 'not-asked' } };
        return fillReferral(visitor, variant, forms, ['about', 'age', 'agreed']);
      },
    },
    {
      ...refer,
      name: `refer-contact-details in ${variant} for every way of contact`,
      screen: 'refer-contact-details',
      reach: async (visitor) => {
        await fillReferral(visitor, variant, wholeReferral, stepsToDetails);
        return visitor.get(stepHref('refer', 'contact-details', variant));
      },
    },
  ];
}

/** The two secrets that the confirmation shows. */
function secretsIn(html: string): Form {
  const [, reference = ''] = /<output[^>]*data-reference[^>]*>\s*([^<\s]+)/.exec(html) ?? [];
  const [, code = ''] = /<output[^>]*data-status-code[^>]*>\s*([^<\s]+)/.exec(html) ?? [];
  return { reference, code };
}

const handedOver = { from: 'Nia', name: 'Mair', ownWords: 'Mae llythyr wedi dod.', deadline: '' };

/** The secret of a link to what a helper wrote. */
async function linkSecret(visitor: Visitor, variant: Variant): Promise<string> {
  const { text } = await visitor.post(href('hand-over', variant), handedOver);
  return /<b[^>]*data-link[^>]*>[^<]*\?k=([\w-]+)/.exec(text)?.[1] ?? '';
}

/** After sending, and before somebody was asked: pages that show nothing without a secret. */
function secretStates(variant: Variant): State[] {
  const refer = { ...reached, variant, kind: 'refer' as const };
  const afterSending = async (visitor: Visitor, wish: string): Promise<Answer> => {
    await fillReferral(visitor, variant, wholeReferral, referSteps);
    const { text } = await visitor.post(href('refer-check', variant), {});
    return visitor.post(href('refer-status', variant), { ...secretsIn(text), looked: 'yes', do: wish });
  };
  return [
    {
      ...refer,
      hasErrors: true,
      name: `refer-status in ${variant} after a wrong pair`,
      screen: 'refer-status',
      reach: (visitor) =>
        visitor.post(href('refer-status', variant), { reference: '4KX-92R-7HE', code: '4K-X9-2R-7H-EC' }),
    },
    {
      ...refer,
      name: `refer-status in ${variant} before a request is taken back`,
      screen: 'refer-status',
      reach: (visitor) => afterSending(visitor, 'ask'),
    },
    {
      ...refer,
      name: `refer-status in ${variant} after a request was taken back`,
      screen: 'refer-status',
      reach: (visitor) => afterSending(visitor, 'withdraw'),
    },
    {
      ...refer,
      hasErrors: true,
      name: `hand-over in ${variant} after too many words`,
      screen: 'hand-over',
      reach: (visitor) => visitor.post(href('hand-over', variant), { ...handedOver, from: 'x'.repeat(300) }),
    },
    {
      ...refer,
      name: `hand-over in ${variant} with a link`,
      screen: 'hand-over',
      reach: (visitor) => visitor.post(href('hand-over', variant), handedOver),
    },
    {
      ...refer,
      name: `handed-over in ${variant} behind a link`,
      screen: 'handed-over',
      reach: async (visitor) => visitor.get(handOverHref(await linkSecret(visitor, variant), variant)),
    },
    {
      ...refer,
      name: `handed-over in ${variant} opened`,
      screen: 'handed-over',
      reach: async (visitor) =>
        visitor.post(href('handed-over', variant), { link: await linkSecret(visitor, variant), do: 'open' }),
    },
  ];
}

/** The call page with a caller’s answers: nothing is kept, so that only what is posted shows it. */
function callStates(variant: Variant): State[] {
  const today = new Date().toISOString().slice(0, 10);
  const path = href('for-staff-check', variant);
  // The words of every outcome are judged on the check’s own result; here it is each offer, and a card of each kind.
  const shown: readonly OutcomeId[] = ['urgent-999', 'w-ipa-must', 'w-imha-informal', 'imca-must', 'w-llais-nhs'];
  const walks = walksToEveryOutcome(today).filter(({ outcomes }) => outcomes.some((each) => shown.includes(each)));
  const wrong = { danger: 'no', process: ['none', 'assessment'], age: 'ancient' };
  const forms = [
    ...walks.map(({ answers, outcomes }) => ({
      what: `with ${outcomes.join(', ')}`,
      posted: callForm(answers),
      hasErrors: false,
    })),
    {
      what: 'with the sentences in the other language',
      posted: { danger: 'at-risk', say: inOtherLanguage(variant) },
      hasErrors: false,
    },
    { what: 'after answers that cannot be', posted: wrong, hasErrors: true },
  ];
  return forms.map(({ what, posted, hasErrors }) => ({
    ...reached,
    hasErrors,
    name: `for-staff-check in ${variant} ${what}`,
    screen: 'for-staff-check',
    variant,
    kind: 'staff',
    reach: (visitor) => visitor.post(path, posted),
  }));
}

/** Never given: with the digit for English before it, it is the number of the NHS. */
const numberOfNoPage = '11';

/** Addresses that do not exist, in each variant and outside them all. */
function notFoundStates(): State[] {
  const nowhere = { status: 404, hasErrors: false, isBare: true, screen: 'page-not-found', kind: 'system' as const };
  return [
    { ...nowhere, name: 'an address outside every variant', reach: (visitor) => visitor.get('/nowhere') },
    { ...nowhere, name: 'a number that no page has', reach: (visitor) => visitor.get(`/${numberOfNoPage}`) },
    ...variantKeys.map((variant) => ({
      ...nowhere,
      name: `a number that no page has in ${variant}`,
      variant,
      reach: (visitor: Visitor) => visitor.get(`/${variantDigits[variant]}${numberOfNoPage}`),
    })),
    ...variantKeys.map((variant) => ({
      ...nowhere,
      name: `an address that ${variant} does not have`,
      variant,
      reach: (visitor: Visitor) => visitor.get(`${variants[variant].prefix}/nowhere`),
    })),
    ...variantKeys.map((variant) => ({
      ...nowhere,
      name: `a step that ${variant} does not have`,
      variant,
      reach: (visitor: Visitor) => visitor.get(`${href('check', variant)}/nowhere`),
    })),
  ];
}

/** Sheets to print: one template, with a page’s words and with an outcome’s. */
function sheetStates(): State[] {
  return (['your-rights', 'outcome-w-ipa-must'] as const).flatMap((route) =>
    variantKeys.map((variant) => ({
      ...bare,
      name: `the sheet ${sayableCode(route, variant) ?? ''} to print in ${variant}`,
      screen: screenId({ route, isSheet: true }),
      variant,
      kind: 'system' as const,
      reach: (visitor: Visitor) => visitor.get(sheetHref(route, variant)),
    })),
  );
}

/** Every state, each with a name of its own. */
export function allStates(): State[] {
  const perVariant = variantKeys.flatMap((variant) => [
    ...refusedStates(variant),
    ...resultStates(variant),
    ...someoneElseStates(variant),
    ...referralStates(variant),
  ]);
  return [
    ...bareStates(),
    ...notFoundStates(),
    ...sheetStates(),
    ...perVariant,
    // One template each: the longest words and pictures, and the plainest page.
    ...(['en', 'cy.easy'] as const).flatMap(secretStates),
    ...variantsOf('for-staff-check').flatMap(callStates),
  ];
}
