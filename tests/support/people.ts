/** The people of the journeys: the worked cases as answers of the check, and what each would write in the form. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Answers } from '#check/check-flow.ts';
import type { ReferAnswers } from '#referral/refer-flow.ts';
import type { Form } from './visitor.ts';

/** A worked case of `eligibility/cases.yaml`. */
export interface Case {
  readonly id: string;
  readonly situation: string;
  readonly facts: Answers;
  /** Exactly the outcomes that these facts lead to. */
  readonly expect: readonly string[];
  readonly never?: readonly string[];
}

export const cases = parse(
  readFileSync(new URL('../../src/eligibility/cases.yaml', import.meta.url), 'utf8'),
) as readonly Case[];

/** The case with this id; throws if there is none. */
export function caseOf(id: string): Case {
  const found = cases.find((each) => each.id === id);
  if (!found) throw new Error(`cases.yaml has no case “${id}”.`);
  return found;
}

/** What somebody does on the form: values to choose or words to type, by the field’s name; a list chooses several. */
export type Filled = Form;

/** What a person would give at each step of the form, by step. Steps that a person does not meet are not used. */
export type FilledSteps = Readonly<Record<string, Filled>>;

/** Mrs Llŷr of case W01: reached by telephone and e-mail, in Welsh, with a plan for who may answer. */
export const mair: FilledSteps = {
  about: { about: 'me' },
  age: { age: '25-or-over' },
  name: { name: 'Mair Llŷr-Ŵyn' },
  council: { council: 'W06000015' },
  language: { spoken: 'cy', written: 'en' },
  communication: { needs: ['easy-read', 'more-time', 'other'], other: 'Siaradwch yn araf' },
  contact: { ways: ['call', 'email'] },
  'contact-details': { phone: '029 2000 0000', email: 'mair@example.org' },
  times: { times: ['morning', 'weekend'], neverTimes: ['evening'], timesNote: 'Dim ar ddydd Llun' },
  voicemail: { voicemail: 'no' },
  answering: { whoMayAnswer: 'some-people', whoMayAnswerNames: 'Elin, fy chwaer' },
  say: { whatToSay: 'own-words', whatToSayWords: 'Dywedwch mai am yr ardd y mae’r alwad' },
  writing: { writing: 'openly' },
  'code-word': { wantsCodeWord: 'yes', codeWord: 'eirinen' },
  process: { process: ['assessment'] },
  barriers: { barriers: ['communicate'] },
  supporter: { supporter: 'none' },
  need: { ownWords: 'Dw i ddim yn deall y llythyr.\nBeth wna i?', deadline: '12 Rhagfyr' },
  permission: { permission: ['given'] },
};

/** A neighbour who asks for Mr Khan, who knows of it and agrees. */
export const neighbour: FilledSteps = {
  ...mair,
  about: { about: 'someone-else' },
  agreed: { agreed: 'yes' },
  referrer: { yourName: 'Gwen Prys', relation: 'friend', yourContact: '029 2000 0001' },
  name: { name: 'Yusuf Khan' },
  language: { spoken: 'other', otherSpoken: 'Bengali', written: 'no-preference' },
};

/** A social worker who asks for Mr Khan, who is not able to agree. */
export const socialWorker: FilledSteps = {
  ...neighbour,
  agreed: { agreed: 'cannot-agree' },
  'cannot-agree-reason': { reason: 'He has dementia and does not follow the question.' },
  referrer: { yourName: 'Gwen Prys', relation: 'professional', yourContact: '029 2000 0001' },
  staff: { role: 'other', roleWords: 'Ward manager', organisation: 'Example Hospital' },
};

/** A nurse who asks for Mr Khan, who told her on the ward that he agrees. */
export const nurse: FilledSteps = {
  ...socialWorker,
  agreed: { agreed: 'yes' },
  staff: { role: 'nurse', organisation: 'Ward 4, Example Hospital' },
  agreement: { by: 'the-person', how: 'in-person', when: 'Bore heddiw' },
};

/** Somebody who just wants to be contacted: what she is asked, and nothing else. */
export const justContactMe: FilledSteps = {
  'contact-me': { name: 'Mair', way: 'call', detail: '029 2000 0000' },
  'contact-me-when': { times: ['morning'], voicemail: 'no' },
};

/** Somebody who meets every step that asks her, and fills in every box. */
export const everyWay: FilledSteps = {
  ...mair,
  contact: { ways: ['call', 'text', 'email', 'letter', 'video-call', 'through-someone'], neverWays: [] },
  'contact-details': {
    phone: '029 2000 0000',
    email: 'mair@example.org',
    address: '1 Heol y Bont\nCaerdydd',
    postcode: 'CF10 1AA',
    videoCall: 'Anfonwch ddolen mewn e-bost',
    throughSomeone: 'Elin, ar ddydd Mawrth',
  },
};

/** Somebody Deaf who can be reached by text alone, and whom nobody may ever call. */
export const textOnly: FilledSteps = {
  ...mair,
  communication: { needs: ['bsl'] },
  contact: { ways: ['text'], neverWays: ['call'] },
  'contact-details': { textNumber: '07700 900123' },
  times: { times: ['any'], neverTimes: ['evening'] },
  writing: { writing: 'say-nothing' },
};

/** The same person with a word of its own in every box, that nothing but what she sent may hold. */
export function marked(filled: FilledSteps, mark: string): { readonly filled: FilledSteps; readonly marks: string[] } {
  const marks: string[] = [];
  const markOf = (name: string): string => {
    const word = `${mark}${name.toLowerCase()}`;
    marks.push(word);
    return word;
  };
  const typed: Readonly<Record<string, (word: string) => string>> = {
    name: (word) => word,
    yourName: (word) => word,
    yourContact: (word) => word,
    roleWords: (word) => word,
    organisation: (word) => word,
    byWords: (word) => word,
    when: (word) => word,
    otherSpoken: (word) => word,
    other: (word) => word,
    email: (word) => `${word}@example.org`,
    address: (word) => `1 ${word}\nCaerdydd`,
    throughSomeone: (word) => word,
    videoCall: (word) => word,
    codeWord: (word) => word,
    timesNote: (word) => word,
    whoMayAnswerNames: (word) => word,
    whatToSayWords: (word) => word,
    reason: (word) => word,
    ownWords: (word) => `Helo ${word}\n${word} eto`,
    deadline: (word) => word,
  };
  const steps = Object.entries(filled).map(([step, form]) => [
    step,
    Object.fromEntries(Object.entries(form).map(([field, value]) => [field, typed[field]?.(markOf(field)) ?? value])),
  ]);
  return { filled: Object.fromEntries(steps) as FilledSteps, marks: [...new Set(marks)] };
}

/** Every field that a step of these people can have, filled wrongly: what each step refuses, and in which fields. */
export const refused: Readonly<Record<string, { readonly filled: Filled; readonly wrong: readonly string[] }>> = {
  'contact-me': { filled: { name: '', way: 'email', detail: 'mair' }, wrong: ['name', 'detail'] },
  'contact-me-when': { filled: { times: ['any', 'morning'] }, wrong: ['times'] },
  'cannot-agree-reason': { filled: { reason: '  ' }, wrong: ['reason'] },
  staff: { filled: { role: 'other', roleWords: '', organisation: '' }, wrong: ['roleWords', 'organisation'] },
  agreement: { filled: { by: 'someone-for-them', when: 'ddoe' }, wrong: ['byWords', 'how'] },
  referrer: { filled: { yourName: '', yourContact: 'y gegin' }, wrong: ['yourName', 'relation'] },
  name: { filled: { name: 'x'.repeat(201) }, wrong: ['name'] },
  language: { filled: { spoken: 'other' }, wrong: ['otherSpoken', 'written'] },
  communication: { filled: { needs: ['bsl', 'other'] }, wrong: ['other'] },
  contact: { filled: { ways: ['call'], neverWays: ['call'] }, wrong: ['neverWays'] },
  'contact-details': {
    filled: { phone: '12', email: 'mair', address: '', postcode: 'Caerdydd', throughSomeone: 'Elin' },
    wrong: ['phone', 'videoCall', 'email', 'address', 'postcode'],
  },
  times: {
    filled: { times: ['any', 'morning'], neverTimes: ['morning'], timesNote: 'nodyn' },
    wrong: ['times', 'neverTimes'],
  },
  answering: { filled: { whoMayAnswer: 'some-people' }, wrong: ['whoMayAnswerNames'] },
  say: { filled: { whatToSay: 'own-words' }, wrong: ['whatToSayWords'] },
  'code-word': { filled: { wantsCodeWord: 'yes' }, wrong: ['codeWord'] },
  need: { filled: { ownWords: 'Helo', deadline: 'x'.repeat(501) }, wrong: ['deadline'] },
  process: { filled: { process: ['none', 'assessment'] }, wrong: ['process'] },
};

/** What a step that nobody has filled in refuses, where it refuses anything at all. */
export const refusedOf = (step: string): { readonly filled: Filled; readonly wrong: readonly string[] } =>
  refused[step] ?? { filled: {}, wrong: [step] };

/** Somebody who meets every step of the form but those for the young: a social worker who names every way of contact. */
export const everyStep: FilledSteps = {
  ...socialWorker,
  contact: everyWay['contact']!,
  'contact-details': everyWay['contact-details']!,
  process: { process: ['unsure'] },
  otherTopic: { otherTopic: 'no' },
};

/** One of the longest ways through the check, 12 questions: somebody at risk, for somebody else, whom Cardiff placed in England. */
export const everyQuestion: Answers = {
  danger: 'at-risk',
  domesticAbuse: 'no',
  about: 'someone-else',
  council: 'unsure',
  country: 'england',
  placedBy: 'W06000015',
  age: '18-24',
  child: ['additional-learning-needs'],
  agreed: 'yes',
  process: ['finding-help', 'review'],
  barriers: ['understand', 'weigh'],
  supporter: 'not-wanted',
};

/** Lives in Ely, is 78, lost his speech after a stroke and has no family: the worked case W01. */
export const emrysCheck: Answers = {
  danger: 'no',
  about: 'me',
  age: '25-or-over',
  council: 'W06000015',
  carer: 'no',
  process: ['assessment'],
  barriers: ['communicate'],
  supporter: 'none',
};

/** He can be reached by letter and text. */
export const emrysForm: ReferAnswers = {
  name: { name: 'Emrys Tŷ-mawr' },
  language: { spoken: 'cy', written: 'cy' },
  communication: { needs: ['more-time', 'other'], other: 'Bwrdd llythrennau' },
  contact: { ways: ['text', 'letter'] },
  'contact-details': { textNumber: '029 2018 0001', address: '1 Heol y Bont\nTrelái', postcode: 'CF5 4LL' },
  times: { times: ['morning'], timesNote: 'Nid ar ddydd Mawrth' },
  writing: { writing: 'say-nothing' },
  'code-word': { wantsCodeWord: 'no' },
  need: { ownWords: 'Dw i eisiau aros gartref.', deadline: '12 Mai' },
  permission: { permission: ['given'] },
};

/** What somebody adds who may be called. */
export const callAnswers: ReferAnswers = {
  'contact-details': { phone: '029 2018 0001', address: '1 Heol y Bont\nTrelái', postcode: 'CF5 4LL' },
  voicemail: { voicemail: 'no' },
  answering: { whoMayAnswer: 'some-people', whoMayAnswerNames: 'Siân' },
  say: { whatToSay: 'own-words', whatToSayWords: 'Rwy’n ffonio am y llyfr' },
};
