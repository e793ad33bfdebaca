/** Every way to ask: just to be contacted, the whole form with what can wait, for somebody else, and as a member of staff. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Answers } from '../../src/check/check-flow.ts';
import type { Field } from '../../src/form/fields.ts';
import type { ReferralV1 } from '../../src/gateway/referral-v1.ts';
import { fieldsOf, formOfStep, laterButton, withPostedStep } from '../../src/referral/draft-steps.ts';
import { newDraft, type Draft } from '../../src/referral/drafts.server.ts';
import { messageOf } from '../../src/referral/message.ts';
import { referPosition } from '../../src/referral/refer-answers.ts';
import { referFlow, referStepOf, type ReferAnswers } from '../../src/referral/refer-flow.ts';
import { emrysCheck, emrysForm, justContactMe, nurse, type FilledSteps } from '../support/people.ts';
import type { Form } from '../support/visitor.ts';

const postedOf = (form: Form): URLSearchParams =>
  new URLSearchParams(
    Object.entries(form).flatMap(([field, value]) => [value].flat().map((each): [string, string] => [field, each])),
  );

/** Posts a step as its page does; a refusal is a fault of the test. */
function post(draft: Draft, step: string, form: Form, check: Answers = {}): Draft {
  const posted = withPostedStep(referStepOf(step)!, check, draft, postedOf(form));
  if (!posted.accepted) throw new Error(`${step} was refused`);
  return posted.draft;
}

/** Answers each step that is asked, as this person would. Returns the draft and the steps. */
function walk(filled: FilledSteps, check: Answers = {}, from: Draft = newDraft()): { draft: Draft; asked: string[] } {
  const asked: string[] = [];
  for (let draft = from; ;) {
    const { next } = referPosition(check, draft.answers);
    if (!next) return { draft, asked };
    const form = filled[next.id];
    if (!form) throw new Error(`This person has nothing to say at “${next.id}”.`);
    asked.push(next.id);
    draft = post(draft, next.id, form, check);
  }
}

function messageFor(draft: Draft, check: Answers = {}): ReferralV1 {
  const { reference, answers } = draft;
  const form = answers as ReferAnswers;
  const made = messageOf({
    id: randomUUID(),
    reference,
    check,
    form,
    variant: 'en',
    submittedAt: '2026-11-23T10:00:00Z',
  });
  if ('problem' in made) throw new Error(made.problem);
  return made.message;
}

/** Somebody who began with “just ask someone to contact me”. */
const contactMe = (check: Answers = {}, filled: FilledSteps = justContactMe) =>
  walk(filled, check, post(newDraft(), 'contact-me', filled['contact-me']!, check));

describe('somebody who just wants to be contacted', () => {
  it('is asked 5 things on 2 pages, and then only sends', () => {
    const { draft, asked } = contactMe();
    expect(['contact-me', ...asked]).toEqual(['contact-me', 'contact-me-when']);
    const fields = ['contact-me', 'contact-me-when'].flatMap((id): readonly Field[] =>
      fieldsOf(referStepOf(id)!, {}, draft),
    );
    expect(fields.map(({ id }) => id)).toEqual(['name', 'way', 'detail', 'times', 'voicemail']);
    expect(fields.every(({ required }) => required)).toBe(true);
  });

  it('gives the Gateway what she said, and “not asked” for all else', () => {
    expect(messageFor(contactMe().draft)).toMatchObject({
      asked: 'short',
      about: 'not-asked',
      person: { name: 'Mair', ageBand: 'not-asked', council: 'not-asked' },
      language: { spoken: 'not-asked', written: 'not-asked' },
      communication: { needs: 'not-asked' },
      contact: { ways: ['call'], phone: '029 2000 0000', safe: { times: ['morning'], voicemail: false } },
      need: { process: 'not-asked', barriers: 'not-asked', supporter: 'not-asked' },
      permission: 'given',
    });
  });

  it('is not said to have no right to anything, because nobody asked', () => {
    expect(messageFor(contactMe().draft).findings).toEqual([]);
    const inCardiff = messageFor(contactMe({ danger: 'at-risk', council: 'W06000015' }).draft, { danger: 'at-risk' });
    expect(inCardiff.findings).not.toEqual([]);
  });

  it('is not said to allow anybody to answer, or anything to be said', () => {
    const {
      contact: { safe },
      obligations,
    } = messageFor(contactMe().draft);
    expect(safe).toMatchObject({ whoMayAnswer: 'not-asked', whatToSay: 'not-asked' });
    expect(obligations).toEqual(expect.arrayContaining(['speak-only-to-person', 'say-nothing-to-others']));
  });

  it('is not asked about voice messages where nobody calls', () => {
    for (const [way, detail] of [
      ['text', '07700 900142'],
      ['email', 'mair@example.org'],
      ['letter', '1 Heol y Bont\nCaerdydd'],
      ['video-call', '07700 900142'],
      ['through-someone', 'Elin, 07700 900142'],
    ] as const) {
      const filled = { 'contact-me': { name: 'Mair', way, detail }, 'contact-me-when': { times: ['any'] } };
      const { draft } = contactMe({}, filled);
      expect(messageFor(draft).contact.ways, way).toEqual([way]);
      expect(JSON.stringify(messageFor(draft).contact)).toContain(JSON.stringify(detail));
    }
  });

  it('may say that nobody may ever call, and then no number that could be called is sent', () => {
    const filled = {
      'contact-me': { name: 'Mair', way: 'text', detail: '07700 900142' },
      'contact-me-when': { times: ['any'], neverWays: ['call'] },
    };
    const { draft } = contactMe({}, filled);
    const { contact, obligations } = messageFor(draft);
    expect(contact).toEqual({
      ways: ['text'],
      textOnly: { number: '07700 900142', voice: false },
      safe: { voice: false, times: ['any'], text: true, writing: 'not-asked' },
    });
    expect(obligations).toEqual(['active-offer-welsh', 'no-voice-calls', 'write-nothing-about-why']);
    const called = post(draft, 'contact-me', { name: 'Mair', way: 'call', detail: '029 2000 0000' });
    expect(called.answers['contact']).toEqual({ ways: ['call'], neverWays: [] });
  });

  it('is called at the times that she named last, and at no other that was never safe', () => {
    const before = { ...newDraft(), answers: { times: { times: ['evening'], neverTimes: ['morning', 'weekend'] } } };
    const named = post(before, 'contact-me', justContactMe['contact-me']!);
    const when = { times: ['morning'], voicemail: 'no' };
    expect(post(named, 'contact-me-when', when).answers['times']).toEqual({
      times: ['morning'],
      neverTimes: ['weekend'],
    });
  });

  it.each([
    ['call', '12', 'phone'],
    ['email', 'mair', 'email'],
    ['call', `029 2000 0000 ${'('.repeat(60)}`, 'too-long'],
    ['letter', '', 'required'],
  ])('is told when what she wrote cannot be reached by %s: %s', (way, detail, error) => {
    const step = referStepOf('contact-me')!;
    const { draft, accepted } = withPostedStep(step, {}, newDraft(), postedOf({ name: 'Mair', way, detail }));
    expect(accepted).toBe(false);
    expect(formOfStep(step, {}, draft)).toEqual({ typed: { name: 'Mair', way, detail }, errors: { detail: error } });
  });

  it('brings what the check knows, and is not asked it', () => {
    const message = messageFor(contactMe(emrysCheck).draft, emrysCheck);
    expect(message).toMatchObject({
      asked: 'short',
      about: 'me',
      person: { ageBand: '25-or-over', council: 'W06000015' },
      need: { process: ['assessment'], barriers: ['communicate'], supporter: 'none' },
    });
    expect(message.findings.map(({ outcome }) => outcome)).toContain('w-ipa-must');
  });

  it('is still led to other help first, where the check knows of danger or that she is young', () => {
    for (const check of [{ danger: 'now' }, { danger: 'no', age: '16-17' }] as Answers[]) {
      const { draft } = contactMe(check);
      const { reference, answers } = draft;
      const source = { id: draft.id, reference, check, form: answers as ReferAnswers, variant: 'en' as const };
      expect(messageOf({ ...source, submittedAt: '2026-11-23T10:00:00Z' })).toEqual({ problem: 'help-lies-elsewhere' });
    }
  });

  it('may tell more, one thing at a time, and need not tell all', () => {
    const { draft } = contactMe();
    const offered = referPosition({}, draft.answers as ReferAnswers).offered.map(({ id }) => id);
    expect(offered).toEqual(expect.arrayContaining(['about', 'age', 'council', 'language', 'communication', 'need']));
    const told = post(draft, 'language', { spoken: 'cy', written: 'cy' });
    expect(referPosition({}, told.answers as ReferAnswers).next).toBeUndefined();
    expect(messageFor(told)).toMatchObject({
      asked: 'short',
      language: { spoken: 'cy', written: 'cy' },
      communication: { needs: 'not-asked' },
    });
  });

  it('may go on to the whole form, where nothing that she gave is asked again or lost', () => {
    const whole = post(contactMe().draft, 'asked', { asked: 'full' });
    const { draft, asked } = walk({ ...nurse, about: { about: 'me' } }, {}, whole);
    for (const known of ['name', 'contact', 'contact-details', 'times', 'voicemail'])
      expect(asked).not.toContain(known);
    expect(asked).toContain('answering');
    expect(asked.at(-1)).toBe('permission');
    expect(messageFor(draft)).toMatchObject({
      asked: 'full',
      person: { name: 'Mair' },
      contact: { ways: ['call'], phone: '029 2000 0000' },
    });
  });

  it('may come from the whole form, and keeps what she gave there', () => {
    const half = [['name', { name: 'Mair Llŷr' }] as const, ['council', { council: 'W06000014' }] as const].reduce(
      (draft, [step, form]) => post(draft, step, form),
      newDraft(),
    );
    expect(formOfStep(referStepOf('contact-me')!, {}, half).typed).toEqual({ name: 'Mair Llŷr' });
    const { draft } = walk(justContactMe, {}, post(half, 'contact-me', { ...justContactMe['contact-me'] }));
    expect(messageFor(draft).person).toEqual({ name: 'Mair', ageBand: 'not-asked', council: 'W06000014' });
  });

  it('keeps other ways that are safe, but not when the way changes', () => {
    const given = { ...newDraft(), answers: { ...emrysForm } as Draft['answers'] };
    const same = post(given, 'contact-me', { name: 'Emrys', way: 'text', detail: '029 2018 0001' });
    expect(same.answers['contact']).toEqual({ ways: ['text', 'letter'] });
    const other = post(given, 'contact-me', { name: 'Emrys', way: 'email', detail: 'emrys@example.org' });
    expect(other.answers['contact']).toEqual({ ways: ['email'] });
  });

  it('asks for somebody else only with their agreement', () => {
    const draft = post(contactMe().draft, 'about', { about: 'someone-else' });
    expect(referPosition({}, draft.answers as ReferAnswers).next?.id).toBe('agreed');
  });
});

describe('what can wait in the whole form', () => {
  const optional = referFlow.filter(({ mayWait }) => mayWait).map(({ id }) => id);

  it('is all that the person could say later', () => {
    const waiting = ['language', 'communication', 'writing', 'code-word'];
    waiting.push('process', 'otherTopic', 'barriers', 'supporter', 'need');
    expect(optional).toEqual(waiting);
  });

  it('is left for later by a button, and the Gateway is told so, never “no” or “none”', () => {
    const later = Object.fromEntries(optional.map((id) => [id, { [laterButton]: 'yes' }]));
    const { draft, asked } = walk({ ...nurse, about: { about: 'me' }, ...later });
    expect(asked).toEqual(expect.arrayContaining(['language', 'communication', 'process', 'barriers', 'need']));
    expect(messageFor(draft)).toMatchObject({
      asked: 'full',
      language: { spoken: 'left-for-later', written: 'left-for-later' },
      communication: { needs: 'left-for-later' },
      need: { process: 'left-for-later', barriers: 'left-for-later', supporter: 'not-asked' },
    });
  });

  it('can be answered after all', () => {
    const left = post(newDraft(), 'language', { [laterButton]: 'yes' });
    const { draft } = walk(
      { ...nurse, about: { about: 'me' } },
      {},
      post(left, 'language', { spoken: 'cy', written: 'en' }),
    );
    expect(messageFor(draft).language).toEqual({ spoken: 'cy', written: 'en' });
  });

  it('keeps words that were half written, and an answer that was whole', () => {
    const half = post(newDraft(), 'language', { otherSpoken: 'Somali', [laterButton]: 'yes' });
    expect(formOfStep(referStepOf('language')!, {}, half).typed).toMatchObject({ otherSpoken: 'Somali' });
    const whole = post(newDraft(), 'need', { ownWords: 'Help', [laterButton]: 'yes' });
    expect(whole.answers['need']).toEqual({ ownWords: 'Help' });
  });

  it('is not what has no such button', () => {
    const { accepted } = withPostedStep(referStepOf('name')!, {}, newDraft(), postedOf({ [laterButton]: 'yes' }));
    expect(accepted).toBe(false);
  });
});

describe('a member of staff', () => {
  it('tells who they are, and who agreed, how and when', () => {
    const { draft, asked } = walk(nurse);
    expect(asked.slice(0, 6)).toEqual(['about', 'age', 'agreed', 'referrer', 'staff', 'agreement']);
    expect(messageFor(draft)).toMatchObject({
      about: 'someone-else',
      agreed: 'yes',
      referrer: {
        name: 'Gwen Prys',
        relation: 'professional',
        contact: '029 2000 0001',
        role: 'nurse',
        organisation: 'Ward 4, Example Hospital',
      },
      agreement: { by: 'the-person', how: 'in-person', when: 'Bore heddiw' },
    });
  });

  it('can be reached at work', () => {
    const step = referStepOf('referrer')!;
    const posted = (relation: string) =>
      withPostedStep(step, {}, newDraft(), postedOf({ yourName: 'Gwen', relation, yourContact: '' })).accepted;
    expect(posted('professional')).toBe(false);
    expect(posted('family')).toBe(true);
  });

  it('names who said yes for the person, if it was not the person', () => {
    const agreement = { by: 'someone-for-them', byWords: 'Her attorney, Nia', how: 'by-phone', when: '12 November' };
    expect(messageFor(walk({ ...nurse, agreement }).draft).agreement).toEqual(agreement);
  });

  it('gives the reason instead where the person cannot agree', () => {
    const filled = { ...nurse, agreed: { agreed: 'cannot-agree' } };
    const { draft, asked } = walk(filled);
    expect(asked).toContain('cannot-agree-reason');
    expect(asked).not.toContain('agreement');
    const message = messageFor(draft);
    expect(message.cannotAgreeReason).toBe('He has dementia and does not follow the question.');
    expect(message).not.toHaveProperty('agreement');
  });

  it('is not what a friend is asked to be, and what was said of work does not stay', () => {
    const { draft } = walk(nurse);
    const friend = post(draft, 'referrer', { yourName: 'Gwen', relation: 'friend', yourContact: '' });
    const message = messageFor(friend);
    expect(message.referrer).toEqual({ name: 'Gwen', relation: 'friend' });
    expect(message).not.toHaveProperty('agreement');
  });
});

describe('whoever has not been asked, or said no', () => {
  it.each(['not-asked', 'no'])('is never referred: %s', (agreed) => {
    const draft = ['about', 'age', 'agreed'].reduce(
      (so, step) => post(so, step, { ...nurse, agreed: { agreed } }[step]!),
      newDraft(),
    );
    const { id, reference, answers } = draft;
    const source = { id, reference, check: {}, form: answers as ReferAnswers, variant: 'en' as const };
    expect(messageOf({ ...source, submittedAt: '2026-11-23T10:00:00Z' })).toEqual({ problem: 'help-lies-elsewhere' });
  });
});
