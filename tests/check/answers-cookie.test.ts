/** The answers so far, in their sealed cookie: kept as they are, and never trusted beyond what a question offers. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { formOf, openCheck, sealCheck, withPosted, withSwitched } from '../../src/check/answers-cookie.server.ts';
import { checkFlow, questionOf, type Answers, type Question } from '../../src/check/check-flow.ts';
import { ringOf } from '../../src/seal/key-ring.server.ts';

const ring = ringOf(randomBytes(32));
const now = Date.parse('2026-11-22T10:00:00Z');
const hours = 60 * 60 * 1000;
const posted = (body: string) => new URLSearchParams(body);
const question = (id: string): Question => questionOf(id)!;
const roundTrip = async (answers: Answers) => openCheck(ring, sealCheck(ring, { answers }, now), now).answers;

describe('the cookie', () => {
  it('gives back the answers that were sealed', async () => {
    const answers = { danger: 'no', about: 'me', process: ['review'], barriers: [], carer: 'unsure' };
    expect(await roundTrip(answers)).toEqual(answers);
  });

  it('shows nobody what it holds', async () => {
    const cookie = sealCheck(ring, { answers: { danger: 'suicidal' } }, now);
    expect(cookie).not.toContain('suicidal');
    expect(Buffer.from(cookie, 'base64url').toString('latin1')).not.toContain('suicidal');
    expect(cookie).toMatch(/^[\w.~-]+$/);
  });

  it('is empty where there is none, where it was changed, under another key, and after 24 hours', async () => {
    const cookie = sealCheck(ring, { answers: { danger: 'no' } }, now);
    const changed = `${cookie.slice(0, -2)}${cookie.endsWith('AA') ? 'BB' : 'AA'}`;
    expect(openCheck(ring, undefined, now)).toEqual({ answers: {} });
    expect(openCheck(ring, '', now)).toEqual({ answers: {} });
    expect(openCheck(ring, 'rubbish', now)).toEqual({ answers: {} });
    expect(openCheck(ring, changed, now)).toEqual({ answers: {} });
    expect(openCheck(ringOf(randomBytes(32)), cookie, now)).toEqual({ answers: {} });
    expect(openCheck(ring, cookie, now + 24 * hours - 1).answers).toEqual({ danger: 'no' });
    expect(openCheck(ring, cookie, now + 24 * hours + 1)).toEqual({ answers: {} });
  });

  it('drops only the answers that today’s questions would not take', async () => {
    const answers = {
      danger: 'no',
      about: 'neighbour',
      age: '5-15',
      child: ['care-leaver'],
      shoe: '42',
      carer: ['yes'],
    };
    expect(await roundTrip(answers)).toEqual({ danger: 'no', age: '5-15' });
  });

  it('stays small enough for every browser, with every box ticked', async () => {
    const answers = {
      danger: 'at-risk',
      domesticAbuse: 'unsure',
      about: 'someone-else',
      council: 'unsure',
      country: 'northern-ireland',
      placedBy: 'W06000015',
      age: '16-17',
      child: [...question('child').options({ age: '16-17' })],
      agreed: 'cannot-agree',
      carer: 'unsure',
      process: [...question('process').options({})],
      otherTopic: 'unsure',
      barriers: [...question('barriers').options({})],
      substantialDifficulty: 'unsure',
      supporter: 'not-wanted',
      exception: 'agreed-disagreement',
      mentalHealth: 'conditional-discharge',
      hospitalCountry: 'northern-ireland',
      complaint: 'social-care',
      nhsProvider: 'england',
      capacity: 'unsure',
      decision: 'serious-medical-treatment',
      liberty: 'unpaid-representative',
      consultable: 'unsure',
      secondaryMentalHealthCare: 'unsure',
    };
    expect(Object.keys(answers).sort()).toEqual(checkFlow.map(({ id }) => id).sort());
    expect(await roundTrip(answers)).toEqual(answers);
    expect(sealCheck(ring, { answers }, now).length).toBeLessThan(3000);
  });
});

describe('posting an answer', () => {
  it('keeps it beside the others, also those that do not apply now', () => {
    const { state, accepted } = withPosted({ answers: { danger: 'no', carer: 'yes' } }, 'danger', posted('danger=now'));
    expect({ state, accepted }).toEqual({ state: { answers: { danger: 'now', carer: 'yes' } }, accepted: true });
  });

  it('drops what another question no longer offers to somebody of the new age', () => {
    const answers = { age: '16-17', child: ['looked-after'], mentalHealth: 'considering-s58a', carer: 'yes' };
    const { state } = withPosted({ answers }, 'age', posted('age=18-24'));
    expect(state.answers).toEqual({ age: '18-24', carer: 'yes' });
  });

  it('of nothing is refused, and the question says so', () => {
    const { state, accepted } = withPosted({ answers: { danger: 'no' } }, 'danger', posted(''));
    expect(accepted).toBe(false);
    expect(state.answers).toEqual({ danger: 'no' });
    expect(formOf(state, question('danger')).errors).toEqual({ danger: 'required' });
  });

  it('of two things that exclude each other is refused, and both stay ticked', () => {
    const { state } = withPosted({ answers: {} }, 'barriers', posted('barriers=weigh&barriers=none'));
    expect(formOf(state, question('barriers'))).toEqual({
      typed: { barriers: ['weigh', 'none'] },
      errors: { barriers: 'conflict' },
    });
  });

  it('of a value that is not on offer keeps nothing of it', () => {
    const { state, accepted } = withPosted({ answers: {} }, 'danger', posted('danger=%3Cscript%3E'));
    expect(accepted).toBe(false);
    expect(JSON.stringify(state)).not.toContain('script');
  });

  it('to a question that does not exist changes nothing', () => {
    const state = { answers: { danger: 'no' } };
    expect(withPosted(state, 'shoe', posted('shoe=42'))).toEqual({ state, accepted: false });
    expect(withSwitched(state, 'shoe', posted('shoe=42'))).toEqual(state);
  });
});

describe('changing language or format in the middle of a question', () => {
  it('keeps what is ticked, and finds no fault with it yet', () => {
    const state = withSwitched({ answers: { danger: 'no' } }, 'process', posted('process=review'));
    expect(state.answers).toEqual({ danger: 'no' });
    expect(formOf(state, question('process'))).toEqual({ typed: { process: ['review'] }, errors: {} });
    const untouched = withSwitched({ answers: {} }, 'process', posted(''));
    expect(formOf(untouched, question('process')).errors).toEqual({});
  });

  it('keeps an error that was shown', () => {
    const refused = withPosted({ answers: {} }, 'danger', posted('')).state;
    expect(formOf(withSwitched(refused, 'danger', posted('')), question('danger')).errors).toEqual({
      danger: 'required',
    });
  });

  it('is forgotten as soon as another question is shown', () => {
    const state = withSwitched({ answers: { about: 'me' } }, 'process', posted('process=review'));
    expect(formOf(state, question('about'))).toEqual({ typed: { about: 'me' }, errors: {} });
  });
});
