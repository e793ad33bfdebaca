/** The safe-contact plan in words: whole sentences in every variant, whatever was answered. */
import { describe, expect, it } from 'vitest';
import { obligationCodes } from '../../src/gateway/obligations.ts';
import { contactTimes, contactWays, neverTimes, type ReferralV1 } from '../../src/gateway/referral-v1.ts';
import { sentencesOf } from '#site/sentences.ts';
import { wordCount } from '../../src/library/plain-language.ts';
import { isEasyRead, variantKeys } from '../../src/site/variants.ts';
import { obligationWords, planRows, planSentences, type Plan } from '../../src/views/plan-words.ts';

type Safe = ReferralV1['contact']['safe'];

const subsets = <T>(all: readonly T[]): T[][] =>
  all.reduce<T[][]>((sets, each) => [...sets, ...sets.map((set) => [...set, each])], [[]]);

const quiet: Safe = { voice: true, times: ['any'], text: false };
const planOf = (ways: ReferralV1['contact']['ways'], safe: Partial<Safe> = {}, needs: string[] = []): Plan => ({
  needs,
  contact: { ways, safe: { ...quiet, ...safe } },
});

/** Every combination of ways, with every answer about them, and then every combination of times. */
function* allPlans(): Generator<Plan> {
  const choices: Partial<Safe>[] = [{}];
  const multiply = (more: readonly Partial<Safe>[]): void => {
    choices.splice(0, choices.length, ...choices.flatMap((choice) => more.map((each) => ({ ...choice, ...each }))));
  };
  multiply([{ voicemail: true }, { voicemail: false }, { voicemail: 'not-asked' }]);
  multiply([
    {},
    { whoMayAnswer: 'not-asked' },
    { whoMayAnswer: 'only-me' },
    { whoMayAnswer: 'some-people', whoMayAnswerNames: 'Nia' },
    { whoMayAnswer: 'anyone' },
  ]);
  multiply([
    {},
    { whatToSay: 'not-asked' },
    { whatToSay: 'say-who' },
    { whatToSay: 'say-nothing' },
    { whatToSay: 'own-words', whatToSayWords: 'Aha' },
  ]);
  multiply([{}, { writing: 'left-for-later' }, { writing: 'openly' }, { writing: 'say-nothing' }]);
  multiply([{}, { codeWord: 'enfys' }]);
  for (const ways of subsets(contactWays).slice(1)) {
    for (const choice of choices) yield planOf(ways, choice);
    yield planOf(ways, {}, ['text-relay']);
    if (!ways.includes('call')) yield planOf(ways, { voice: false });
  }
  for (const times of subsets(contactTimes)) {
    for (const never of subsets(neverTimes)) {
      yield planOf(['letter'], { times, ...(never.length > 0 && { neverTimes: never }) });
    }
  }
  yield planOf(['letter'], { timesNote: 'Nid ar ddydd Llun' });
}

const plans = [...allPlans()];
const wordings = variantKeys.flatMap((variant) =>
  [false, true].map((isForSomeoneElse) => ({ variant, isForSomeoneElse })),
);
/** Each different sentence that any plan leads to, by wording. */
const everything = wordings.map((wording) => ({
  ...wording,
  sentences: new Set(plans.flatMap((plan) => planSentences(plan, wording).map((each) => each.words))),
}));

const written = /\s(?:Nia|Aha|enfys|Nid ar ddydd Llun)$/;

describe('the plan in words', () => {
  it('is made of whole sentences, in every variant, for every combination of answers', () => {
    expect(plans.length).toBeGreaterThan(12_000);
    for (const { variant, isForSomeoneElse, sentences } of everything) {
      expect(sentences.size).toBeGreaterThan(30);
      for (const sentence of sentences) {
        expect(sentence, variant).toMatch(/^\p{Lu}/u);
        expect(sentence, variant).toMatch(written.test(sentence) ? /: [^:]+$/ : /\.$/);
        expect(sentence, variant).not.toMatch(/undefined|null|plan\.|\{\{|_other|\n/);
        if (isForSomeoneElse) expect(sentence, variant).not.toMatch(/\b(?:you|chi|atoch|eich)\b/i);
      }
    }
  });

  it('says in Welsh what it says in English, and none of it in English', () => {
    const of = (variant: string, isForSomeoneElse: boolean): Set<string> =>
      everything.find((each) => each.variant === variant && each.isForSomeoneElse === isForSomeoneElse)!.sentences;
    for (const other of [false, true]) {
      for (const [welsh, english] of [
        ['cy', 'en'],
        ['cy.easy', 'en.easy'],
      ] as const) {
        expect([...of(welsh, other)].filter((sentence) => of(english, other).has(sentence))).toEqual([]);
        expect([...of(welsh, other)].join(' ')).not.toMatch(/\b(?:the|Gateway|person may|call|phone|safe)\b/i);
      }
    }
  });

  it('is one short sentence a line in easy read', () => {
    for (const { variant, sentences } of everything.filter((each) => isEasyRead(each.variant))) {
      for (const line of sentences) {
        expect(sentencesOf(line), variant).toHaveLength(1);
        expect([line, wordCount(line.replace(written, '')) <= 12], variant).toEqual([line, true]);
      }
    }
  });

  it('says, as the brief of a person would: a call in the morning, no message, nothing to others', () => {
    const plan = planOf(['call'], { times: ['morning'], whoMayAnswer: 'only-me', whatToSay: 'say-nothing' });
    expect(planSentences(plan, { variant: 'en', isForSomeoneElse: false }).map((each) => each.words)).toEqual([
      'The Gateway may phone you.',
      'The Gateway must not use any other way.',
      'It is safe to make contact in the morning.',
      'The Gateway must not leave a voice message.',
      'On the phone, the Gateway speaks only to you.',
      'If someone else answers, the Gateway says nothing about this and calls again later.',
      'There is no code word.',
    ]);
  });

  it('never says that somebody may be called whom nobody may call', () => {
    for (const plan of plans.filter(({ contact }) => !contact.ways.includes('call'))) {
      const all = planSentences(plan, { variant: 'en', isForSomeoneElse: false });
      expect(
        all.filter(({ step, words }) => /^(?:voicemail|answering|say)$/.test(step) || words.includes('may phone you.')),
      ).toEqual([]);
    }
    const never = planSentences(planOf(['text'], { voice: false }), { variant: 'cy', isForSomeoneElse: false });
    expect(never.map((each) => each.words)).toContain('Chaiff neb eich ffonio i siarad, nawr nac yn nes ymlaen.');
  });
});

describe('on check-your-answers', () => {
  const wording = { variant: 'en', isForSomeoneElse: false } as const;

  it('each sentence stands with the step that asks it', () => {
    const plan = planOf(['call'], { codeWord: 'rainbow' });
    const asked = ['contact', 'times', 'voicemail', 'answering', 'say', 'code-word'];
    const rows = planRows(plan, { ...wording, asked });
    expect([...rows.keys()]).toEqual(asked);
    expect(rows.get('code-word')).toEqual(['The Gateway first says or writes this code word: rainbow']);
  });

  it('what was not asked stands with the ways of contact, and no code word is spoken of', () => {
    const rows = planRows(planOf(['call']), { ...wording, asked: ['contact'] });
    expect([...rows.keys()]).toEqual(['contact']);
    expect(rows.get('contact')).toContain('The Gateway must not leave a voice message.');
    expect(rows.get('contact')?.join(' ')).not.toContain('code word');
  });
});

describe('an obligation', () => {
  it('is a sentence of its own in each language', () => {
    for (const language of ['en', 'cy'] as const) {
      const all = obligationCodes.map((code) => obligationWords(code, language));
      expect(new Set(all).size).toBe(obligationCodes.length);
      for (const sentence of all) expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
    }
  });
});
