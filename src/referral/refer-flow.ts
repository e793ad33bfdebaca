/** The steps of asking for an advocate: what each asks, and of whom. Steps that ask a fact of the check ask it just as the check does. */
import { checkFlow, questionOf, type Answer, type Answers, type Question } from '#check/check-flow.ts';
import type { Step } from '#flow/journey.ts';
import type { Field, TextField, Values } from '#form/fields.ts';
import {
  communicationNeeds,
  contactTimes,
  contactWays,
  neverTimes,
  relations,
  spokenLanguages,
  whatToSay,
  whoMayAnswer,
  writing,
  writtenLanguages,
} from '#gateway/referral-v1.ts';

/** Answers by step: a fact’s answer, or the values of the step’s fields. */
export type ReferAnswers = { readonly [step: string]: Answer | Values };

export interface ReferStep extends Step<ReferAnswers> {
  /** The section of “check your answers” that shows it. */
  readonly section: 'person' | 'contact' | 'need';
  /** The check’s question, for a step that asks a fact. */
  readonly question?: Question;
  /** The fields of any other step. */
  readonly fields?: (answers: ReferAnswers) => readonly Field[];
}

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

const isForSomeoneElse = (a: ReferAnswers): boolean => a['about'] === 'someone-else';
const reachedBy = (a: ReferAnswers, ...ways: readonly string[]): boolean => {
  const chosen = valueOf(a, 'contact', 'ways');
  return Array.isArray(chosen) && ways.some((way) => chosen.includes(way));
};

/** A step that asks a fact, under the same condition as in the check. */
function fact(id: string, section: ReferStep['section']): ReferStep {
  const question = checkFlow.find((each) => each.id === id)!;
  const onlyIf = question.onlyIf;
  return { id, section, question, ...(onlyIf && { onlyIf: (a: ReferAnswers) => onlyIf(factAnswers(a)) }) };
}

export const referFlow: readonly ReferStep[] = [
  fact('about', 'person'),
  fact('age', 'person'),
  fact('child', 'person'),
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
      text('yourContact', 300),
    ],
  },
  {
    id: 'name',
    section: 'person',
    // A name typed for somebody else is not this device’s owner’s name.
    fields: (a) => [text('name', 200, { required: true, autocomplete: isForSomeoneElse(a) ? 'off' : 'name' })],
  },
  fact('council', 'person'),
  {
    id: 'language',
    section: 'person',
    fields: () => [
      { id: 'spoken', kind: 'one', values: spokenLanguages, required: true },
      text('otherSpoken', 100, { requiredWith: { field: 'spoken', value: 'other' } }),
      { id: 'written', kind: 'one', values: writtenLanguages, required: true },
    ],
  },
  {
    id: 'communication',
    section: 'person',
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
      { id: 'neverWays', kind: 'many', values: ['call'], apartFrom: 'ways' },
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
    onlyIf: (a) => reachedBy(a, 'call'),
    fields: () => [
      { id: 'whoMayAnswer', kind: 'one', values: whoMayAnswer, required: true },
      text('whoMayAnswerNames', 300, { requiredWith: { field: 'whoMayAnswer', value: 'some-people' } }),
    ],
  },
  {
    id: 'say',
    section: 'contact',
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
    onlyIf: (a) => reachedBy(a, 'text', 'email', 'letter'),
    fields: () => [{ id: 'writing', kind: 'one', values: writing, required: true }],
  },
  {
    id: 'code-word',
    section: 'contact',
    onlyIf: (a) => reachedBy(a, 'call', 'text', 'email', 'video-call'),
    fields: () => [
      { id: 'wantsCodeWord', kind: 'one', values: ['yes', 'no'], required: true },
      text('codeWord', 60, { requiredWith: { field: 'wantsCodeWord', value: 'yes' } }),
    ],
  },
  fact('process', 'need'),
  fact('otherTopic', 'need'),
  fact('barriers', 'need'),
  fact('supporter', 'need'),
  {
    id: 'need',
    section: 'need',
    fields: () => [text('ownWords', 8000, { kind: 'lines' }), text('deadline', 500)],
  },
  {
    id: 'permission',
    section: 'need',
    fields: () => [{ id: 'permission', kind: 'many', values: ['given'], required: true }],
  },
];

export const referStepOf = (id: string): ReferStep | undefined => referFlow.find((step) => step.id === id);
