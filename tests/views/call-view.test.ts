/** What staff read on a call: the offer that fits what was found, and a note that says no more and no less than the page. */
import { describe, expect, it } from 'vitest';
import { callFrom } from '../../src/check/call-answers.ts';
import { outcomes } from '../../src/library/content.ts';
import { words } from '../../src/site/words.ts';
import { callQuestionViews, callResultView } from '../../src/views/call-view.ts';
import { callForm, walksToEveryOutcome } from '../support/journeys.ts';
import { formBody } from '../support/visitor.ts';

const day = '2026-11-22';
const call = (form: Record<string, string | string[]>) => callFrom(new URLSearchParams(formBody(form)));
const resultOf = (form: Record<string, string | string[]>, variant: 'en' | 'cy' = 'en') =>
  callResultView(call(form), variant, day);

const adult = { danger: 'no', about: 'me', council: 'W06000015', age: '25-or-over' };
const lacks = { ...adult, capacity: 'lacks', decision: 'serious-medical-treatment', consultable: 'no' };

describe('the offer', () => {
  it.each([
    [
      'of an advocate whom the council must arrange',
      'mustSay',
      { process: 'assessment', barriers: 'weigh', supporter: 'none' },
    ],
    ['of an advocate whom the patient may ask for', 'rightSay', { mentalHealth: 'detained', hospitalCountry: 'wales' }],
  ])('%s is read out in both languages', (_, key, form) => {
    const { offer } = resultOf({ ...adult, ...form }, 'cy');
    expect(offer?.spoken.map(({ language, offer: said }) => [language, said])).toEqual([
      ['cy', words('cy', 'staff')(`offer.${key}`)],
      ['en', words('en', 'staff')(`offer.${key}`)],
    ]);
  });

  it('does not say that the council must, where the decision maker instructs the advocate', () => {
    const { findings, offer } = resultOf(lacks);
    expect(findings.map(({ outcome }) => outcome)).toContain('imca-must');
    expect(offer?.spoken[0]?.offer).toBe(words('en', 'staff')('offer.rightSay'));
  });

  it('speaks of the person, where the caller asks for somebody else', () => {
    const { offer } = resultOf({ ...lacks, about: 'someone-else', agreed: 'cannot-agree' });
    expect(offer?.spoken[0]?.offer).toBe(words('en', 'staff')('offer.rightSay', { context: 'other' }));
  });

  it('is not there where nothing points to an advocate', () => {
    expect(resultOf({}).offer).toBeUndefined();
    expect(resultOf({ danger: 'now' }).offer).toBeUndefined();
  });
});

describe('the case note', () => {
  it('is not there before anything was answered', () => {
    expect(resultOf({}).caseNote).toBeUndefined();
  });

  it('names every outcome with its rule and its laws, and leaves nothing blank, in both languages', () => {
    for (const { answers, outcomes: found } of walksToEveryOutcome(day)) {
      for (const variant of ['en', 'cy'] as const) {
        const { caseNote = '', findings } = resultOf(callForm(answers) as Record<string, string>, variant);
        for (const id of found) expect(caseNote).toContain(outcomes().get(id)!.words[variant].title);
        for (const { rule, laws } of findings) {
          expect(caseNote).toContain(rule);
          for (const { title, url } of laws) expect(caseNote).toContain(`${title}, ${url}`);
        }
        expect(caseNote).not.toMatch(/undefined|null|\{\{|: *$|\( *[;)]|- *$/m);
      }
    }
  });
});

describe('the sentences to say', () => {
  it('are in the language of the call, whatever that of the page', () => {
    const [first] = callQuestionViews(call({}), { variant: 'en', spoken: 'cy' });
    expect(first?.say).toEqual({ text: words('cy', 'staff')('questions.danger.say'), language: 'cy' });
    expect(first?.label).toBe(words('en', 'staff')('questions.danger.label'));
  });

  it('are there for every question, for callers who ask for themselves and for others', () => {
    for (const about of ['me', 'someone-else']) {
      for (const variant of ['en', 'cy'] as const) {
        for (const { say, options } of callQuestionViews(call({ about }), { variant, spoken: variant })) {
          expect(say.text).toMatch(/\p{L}/u);
          expect(options.length).toBeGreaterThan(1);
        }
      }
    }
  });
});
