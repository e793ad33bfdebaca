/** People who do not exist, and what they would answer. */
import type { Answers } from '../../src/check/check-flow.ts';
import type { ReferAnswers } from '../../src/referral/refer-flow.ts';

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
  'contact-details': { phone: '029 2018 0001', address: '1 Heol y Bont\nTrelái', postcode: 'CF5 4LL' },
  times: { times: ['morning'], timesNote: 'Nid ar ddydd Mawrth' },
  need: { ownWords: 'Dw i eisiau aros gartref.', deadline: '12 Mai' },
  permission: { permission: ['given'] },
};

/** What somebody adds who may be called. */
export const callAnswers: ReferAnswers = {
  voicemail: { voicemail: 'no' },
  answering: { whoMayAnswer: 'some-people', whoMayAnswerNames: 'Siân' },
  say: { whatToSay: 'own-words', whatToSayWords: 'Rwy’n ffonio am y llyfr' },
};
