/** The steps of asking for an advocate: what each asks, and of whom. Steps that ask a fact of the check ask it just as the check does. */
import { checkFlow, questionOf, type Answer, type Answers, type Question } from '#check/check-flow.ts';
import type { Step } from '#flow/journey.ts';
import type { Field, TextField, Values } from '#form/fields.ts';
import {
  agreedBy,
  agreedHow,
  communicationNeeds,
  contactTimes,
  contactWays,
  neverTimes,
  relations,
  spokenLanguages,
  staffRoles,
  waysToAsk,
  whatToSay,
  whoMayAnswer,
  writing,
  writtenLanguages,
} from '#gateway/referral-v1.ts';
import type { Unsaid } from '#gateway/unsaid.ts';
import { nameAndWay, whenAndMessage, type Shared } from './short-way.ts';

/** Answers by step: a fact’s answer, or the values of the step’s fields. */
export type ReferAnswers = { readonly [step: string]: Answer | Values };

export interface ReferStep extends Step<ReferAnswers> {
  /** The section of “check your answers” that shows it; left out for the short way’s own pages, whose answers are other steps’. */
  readonly section?: 'person' | 'contact' | 'need';
  /** The check’s question, for a step that asks a fact. */
  readonly question?: Question;
  /** The fields of any other step. */
  readonly fields?: (answers: ReferAnswers) => readonly Field[];
  /** For a page of the short way, whose answers are other steps’. */
  readonly shared?: Shared;
  /** Whether the whole form lets it be left for later; the page says so, and has a button for it. */
  readonly mayWait?: true;
}

/** The key, among the answers, of the steps that were left for later. */
export const leftForLater = 'later';

const text = (id: string, most: number, rest: Partial<TextField> = {}): TextField => ({
  id,
  kind: 'line',
  most,
  autocomplete: 'off',
  ...rest,
});

/** The facts among the answers, for the conditions of the check’s questions. */
export function factAnswers(answers: ReferAnswers): Answers {
  const facts: Record<string, Answer> = {};
  for (const [step, answer] of Object.entries(answers)) {
    if (questionOf(step)) facts[step] = answer as Answer;
  }
  return facts;
}

const valueOf = (answers: ReferAnswers, step: string, field: string): string | readonly string[] | undefined =>
  (answers[step] as Values | undefined)?.[field];

/** Whether the person chose just to be contacted. */
export const isShort = (a: ReferAnswers): boolean => valueOf(a, 'asked', 'asked') === 'short';
/** Whether the person was asked at this step, and chose to answer later. */
export const isLeftForLater = (a: ReferAnswers, step: string): boolean =>
  valueOf(a, leftForLater, 'steps')?.includes(step) ?? false;
/** Why a step has no answer. A step that does not apply to the person was not asked either. */
export const whyUnsaid = (a: ReferAnswers, step: string): Unsaid =>
  isLeftForLater(a, step) ? 'left-for-later' : 'not-asked';

/** Asked in the whole form, and only offered in the short way. */
const offeredInShort = { optional: isShort };
/** Nobody has to answer it now, in either way. */
const mayWait = (id: string) =>
  ({ mayWait: true, optional: (a: ReferAnswers) => isShort(a) || isLeftForLater(a, id) }) as const;

const isForSomeoneElse = (a: ReferAnswers): boolean => a['about'] === 'someone-else';
const reachedBy = (a: ReferAnswers, ...ways: readonly string[]): boolean => {
  const chosen = valueOf(a, 'contact', 'ways');
  return Array.isArray(chosen) && ways.some((way) => chosen.includes(way));
};

/** The person’s own “no voice calls at all”. */
const noCalls = { id: 'neverWays', kind: 'many', values: ['call'] } as const;

const phoneNumber = { kind: 'phone', most: 60 } as const;

const isStaff = (a: ReferAnswers): boolean => valueOf(a, 'referrer', 'relation') === 'professional';

/** A step that asks a fact, under the same condition as in the check. */
function fact(id: string, section: NonNullable<ReferStep['section']>, rest: Partial<ReferStep> = {}): ReferStep {
  const question = checkFlow.find((each) => each.id === id)!;
  const onlyIf = question.onlyIf;
  return { id, section, question, ...(onlyIf && { onlyIf: (a: ReferAnswers) => onlyIf(factAnswers(a)) }), ...rest };
}

/*
 * Whoever begins without choosing between short and whole has the whole form. In the short way all that is not needed to make
 * contact is only offered. What is asked of one who asks for somebody else is asked in both: nothing goes out unagreed.
 */
export const referFlow: readonly ReferStep[] = [
  {
    id: 'asked',
    optional: () => true,
    fields: () => [{ id: 'asked', kind: 'one', values: waysToAsk, required: true }],
  },
  {
    id: 'contact-me',
    onlyIf: isShort,
    shared: nameAndWay,
    fields: (a) => [
      text('name', 200, { required: true, autocomplete: isForSomeoneElse(a) ? 'off' : 'name' }),
      { id: 'way', kind: 'one', values: contactWays, required: true },
      text('detail', 500, {
        kind: 'lines',
        required: true,
        formBy: {
          field: 'way',
          forms: {
            call: phoneNumber,
            text: phoneNumber,
            'video-call': { kind: 'line', most: 300 },
            email: { kind: 'email', most: 254 },
          },
        },
      }),
    ],
  },
  {
    id: 'contact-me-when',
    onlyIf: isShort,
    shared: whenAndMessage,
    fields: (a) => [
      { id: 'times', kind: 'many', values: contactTimes, alone: ['any'], required: true },
      ...(reachedBy(a, 'call')
        ? [{ id: 'voicemail', kind: 'one', values: ['yes', 'no'], required: true } as const]
        : [noCalls]),
    ],
  },
  fact('about', 'person', offeredInShort),
  fact('age', 'person', offeredInShort),
  fact('child', 'person', offeredInShort),
  fact('agreed', 'person'),
  {
    id: 'cannot-agree-reason',
    section: 'person',
    onlyIf: (a) => a['agreed'] === 'cannot-agree',
    fields: () => [text('reason', 2000, { kind: 'lines', required: true })],
  },
  {
    id: 'referrer',
    section: 'person',
    onlyIf: isForSomeoneElse,
    fields: () => [
      text('yourName', 200, { required: true, autocomplete: 'name' }),
      { id: 'relation', kind: 'one', values: relations, required: true },
      text('yourContact', 300, { requiredWith: { field: 'relation', value: 'professional', welcome: true } }),
    ],
  },
  {
    id: 'staff',
    section: 'person',
    onlyIf: isStaff,
    fields: () => [
      { id: 'role', kind: 'one', values: staffRoles, required: true },
      text('roleWords', 200, { requiredWith: { field: 'role', value: 'other' } }),
      text('organisation', 300, { required: true, autocomplete: 'organization' }),
    ],
  },
  {
    id: 'agreement',
    section: 'person',
    onlyIf: (a) => isStaff(a) && a['agreed'] === 'yes',
    fields: () => [
      { id: 'by', kind: 'one', values: agreedBy, required: true },
      text('byWords', 500, { requiredWith: { field: 'by', value: 'someone-for-them' } }),
      { id: 'how', kind: 'one', values: agreedHow, required: true },
      text('when', 200, { required: true }),
    ],
  },
  {
    id: 'name',
    section: 'person',
    // A name typed for somebody else is not this device’s owner’s name.
    fields: (a) => [text('name', 200, { required: true, autocomplete: isForSomeoneElse(a) ? 'off' : 'name' })],
  },
  fact('council', 'person', offeredInShort),
  {
    id: 'language',
    section: 'person',
    ...mayWait('language'),
    fields: () => [
      { id: 'spoken', kind: 'one', values: spokenLanguages, required: true },
      text('otherSpoken', 100, { requiredWith: { field: 'spoken', value: 'other' } }),
      { id: 'written', kind: 'one', values: writtenLanguages, required: true },
    ],
  },
  {
    id: 'communication',
    section: 'person',
    ...mayWait('communication'),
    fields: () => [
      { id: 'needs', kind: 'many', values: communicationNeeds },
      text('other', 500, { requiredWith: { field: 'needs', value: 'other' } }),
    ],
  },
  {
    id: 'contact',
    section: 'contact',
    fields: () => [
      { id: 'ways', kind: 'many', values: contactWays, required: true },
      { ...noCalls, apartFrom: 'ways' },
    ],
  },
  {
    id: 'contact-details',
    section: 'contact',
    fields: (a) => {
      // Opened before the ways are chosen, the step shows room for each way and demands none.
      const isChosen = a['contact'] !== undefined;
      const asks = (...ways: readonly string[]) => !isChosen || reachedBy(a, ...ways);
      const own = (token: string) => (isForSomeoneElse(a) ? 'off' : token);
      const fields: Field[] = [];
      const add = (id: string, most: number, kind: TextField['kind'], autocomplete: string, required = isChosen) =>
        fields.push(text(id, most, { kind, required, autocomplete }));
      if (asks('call')) add('phone', 60, 'phone', own('tel'));
      // A number for texts alone is another answer than a number to call: it must never become one.
      if (asks('text') && !reachedBy(a, 'call')) add('textNumber', 60, 'phone', own('tel'));
      if (asks('video-call')) add('videoCall', 300, 'line', 'off');
      if (asks('email')) add('email', 254, 'email', own('email'));
      if (asks('letter')) {
        add('address', 500, 'lines', own('street-address'));
        add('postcode', 20, 'postcode', own('postal-code'), false);
      }
      if (asks('through-someone')) add('throughSomeone', 500, 'lines', 'off');
      return fields;
    },
  },
  {
    id: 'times',
    section: 'contact',
    fields: () => [
      { id: 'times', kind: 'many', values: contactTimes, alone: ['any'], required: true },
      {
        id: 'neverTimes',
        kind: 'many',
        values: neverTimes,
        apartFrom: 'times',
        notAll: ['morning', 'afternoon', 'evening'],
      },
      text('timesNote', 500),
    ],
  },
  {
    id: 'voicemail',
    section: 'contact',
    onlyIf: (a) => reachedBy(a, 'call'),
    fields: () => [{ id: 'voicemail', kind: 'one', values: ['yes', 'no'], required: true }],
  },
  {
    id: 'answering',
    section: 'contact',
    ...offeredInShort,
    onlyIf: (a) => reachedBy(a, 'call'),
    fields: () => [
      { id: 'whoMayAnswer', kind: 'one', values: whoMayAnswer, required: true },
      text('whoMayAnswerNames', 300, { requiredWith: { field: 'whoMayAnswer', value: 'some-people' } }),
    ],
  },
  {
    id: 'say',
    section: 'contact',
    ...offeredInShort,
    // Where anyone may know, there is nobody from whom anything would be kept.
    onlyIf: (a) => reachedBy(a, 'call') && valueOf(a, 'answering', 'whoMayAnswer') !== 'anyone',
    fields: () => [
      { id: 'whatToSay', kind: 'one', values: whatToSay, required: true },
      text('whatToSayWords', 500, { requiredWith: { field: 'whatToSay', value: 'own-words' } }),
    ],
  },
  {
    id: 'writing',
    section: 'contact',
    ...mayWait('writing'),
    onlyIf: (a) => reachedBy(a, 'text', 'email', 'letter'),
    fields: () => [{ id: 'writing', kind: 'one', values: writing, required: true }],
  },
  {
    id: 'code-word',
    section: 'contact',
    ...mayWait('code-word'),
    onlyIf: (a) => reachedBy(a, 'call', 'text', 'email', 'video-call'),
    fields: () => [
      { id: 'wantsCodeWord', kind: 'one', values: ['yes', 'no'], required: true },
      text('codeWord', 60, { requiredWith: { field: 'wantsCodeWord', value: 'yes' } }),
    ],
  },
  fact('process', 'need', mayWait('process')),
  fact('otherTopic', 'need', mayWait('otherTopic')),
  fact('barriers', 'need', mayWait('barriers')),
  fact('supporter', 'need', mayWait('supporter')),
  {
    id: 'need',
    section: 'need',
    ...mayWait('need'),
    fields: () => [text('ownWords', 5000, { kind: 'lines' }), text('deadline', 500)],
  },
  {
    id: 'permission',
    section: 'need',
    // The last page of the short way asks for it beside the button that sends.
    onlyIf: (a) => !isShort(a),
    fields: () => [{ id: 'permission', kind: 'many', values: ['given'], required: true }],
  },
];

export const referStepOf = (id: string): ReferStep | undefined => referFlow.find((step) => step.id === id);
