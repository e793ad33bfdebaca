/** From answers to the Gateway’s message: whole, true to the last answer, and nothing that no longer applies. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Answers } from '../../src/check/check-flow.ts';
import { parseFields } from '../../src/form/fields.ts';
import { contactWays, referralV1 } from '../../src/gateway/referral-v1.ts';
import { longestForm } from '../../src/server/site-server.ts';
import { messageOf } from '../../src/referral/message.ts';
import { referPosition } from '../../src/referral/refer-answers.ts';
import { referFlow, referStepOf, type ReferAnswers } from '../../src/referral/refer-flow.ts';
import { callAnswers, emrysCheck, emrysForm } from '../support/people.ts';

const id = randomUUID();
const made = (check: Answers, form: ReferAnswers) =>
  messageOf({ id, reference: '4KX-92R-7HE', check, form, variant: 'cy', submittedAt: '2026-11-22T10:00:00.000Z' });

function messageFor(check: Answers, form: ReferAnswers) {
  const result = made(check, form);
  if ('problem' in result) throw new Error(result.problem);
  return result.message;
}

const without = <T extends object>(answers: T, step: string): T =>
  Object.fromEntries(Object.entries(answers).filter(([id]) => id !== step)) as T;

describe('the message of a whole referral', () => {
  it('says what Emrys said, and what it means in law', () => {
    const { findings, ruleset, ...said } = messageFor(emrysCheck, emrysForm);
    expect(said).toEqual({
      schema: 'referral/v1',
      id,
      reference: '4KX-92R-7HE',
      submittedAt: '2026-11-22T10:00:00.000Z',
      variant: 'cy',
      asked: 'full',
      about: 'me',
      person: { name: 'Emrys Tŷ-mawr', ageBand: '25-or-over', council: 'W06000015' },
      language: { spoken: 'cy', written: 'cy' },
      communication: { needs: ['more-time', 'other'], other: 'Bwrdd llythrennau' },
      contact: {
        ways: ['text', 'letter'],
        textOnly: { number: '029 2018 0001', voice: false },
        address: '1 Heol y Bont\nTrelái',
        postcode: 'CF5 4LL',
        safe: {
          voice: true,
          times: ['morning'],
          timesNote: 'Nid ar ddydd Mawrth',
          text: true,
          writing: 'say-nothing',
        },
      },
      obligations: [
        'speak-welsh',
        'write-welsh',
        'no-voice-calls',
        'write-nothing-about-why',
        'keep-to-times',
        'more-time',
      ],
      need: {
        process: ['assessment'],
        barriers: ['communicate'],
        supporter: 'none',
        ownWords: 'Dw i eisiau aros gartref.',
        deadline: '12 Mai',
      },
      permission: 'given',
    });
    expect(findings.map(({ outcome, force }) => `${outcome} ${force}`)).toEqual([
      'w-ipa-must must',
      'route-gateway-cav route',
    ]);
    expect(ruleset).not.toBe('');
  });

  it('needs no check beforehand: the form asks the same facts', () => {
    const { about, age, council, process, barriers, supporter } = emrysCheck;
    const facts = { about, age, council, process, barriers, supporter } as ReferAnswers;
    const message = messageFor({}, { ...facts, ...emrysForm });
    expect(message.person.council).toBe('W06000015');
    expect(message.findings.map(({ outcome }) => outcome)).toContain('w-ipa-must');
  });

  it('counts what was answered in the form before what was answered in the check', () => {
    expect(messageFor(emrysCheck, { ...emrysForm, council: 'W06000014' }).person.council).toBe('W06000014');
  });

  it('takes “not sure” about the council as it is', () => {
    expect(messageFor({ ...emrysCheck, council: 'unsure' }, emrysForm).person.council).toBe('unsure');
  });

  it('says how to call safely, when a call is safe', () => {
    const form = { ...emrysForm, ...callAnswers, contact: { ways: ['call'] } };
    expect(messageFor(emrysCheck, form).contact).toEqual({
      ways: ['call'],
      phone: '029 2018 0001',
      safe: {
        voice: true,
        times: ['morning'],
        timesNote: 'Nid ar ddydd Mawrth',
        text: false,
        voicemail: false,
        whoMayAnswer: 'some-people',
        whoMayAnswerNames: 'Siân',
        whatToSay: 'own-words',
        whatToSayWords: 'Rwy’n ffonio am y llyfr',
      },
    });
  });

  it('names who asks, for somebody else who has agreed', () => {
    const check = { ...emrysCheck, about: 'someone-else', agreed: 'yes' };
    const form = { ...emrysForm, referrer: { yourName: 'Mair', relation: 'friend', yourContact: '029 2018 0002' } };
    const message = messageFor(check, form);
    expect(message.about).toBe('someone-else');
    expect(message.agreed).toBe('yes');
    expect(message.referrer).toEqual({ name: 'Mair', relation: 'friend', contact: '029 2018 0002' });
  });

  it('gives the reason where somebody cannot agree', () => {
    const check = { ...emrysCheck, about: 'someone-else', agreed: 'cannot-agree' };
    const referrer = { yourName: 'Mair', relation: 'friend' };
    expect(made(check, { ...emrysForm, referrer })).toEqual({ problem: 'incomplete' });
    const message = messageFor(check, { ...emrysForm, referrer, 'cannot-agree-reason': { reason: 'Mae mewn coma.' } });
    expect(message.cannotAgreeReason).toBe('Mae mewn coma.');
  });
});

describe('what no longer applies is not sent', () => {
  it('such as the number of somebody who no longer wants to be called', () => {
    const withCall = { ...emrysForm, ...callAnswers, contact: { ways: ['call', 'letter'] } };
    expect(JSON.stringify(messageFor(emrysCheck, withCall))).toContain('029 2018 0001');
    const message = messageFor(emrysCheck, { ...withCall, contact: { ways: ['letter'] } });
    expect(message.contact.phone).toBeUndefined();
    expect(message.contact.safe).toEqual({
      voice: true,
      times: ['morning'],
      timesNote: 'Nid ar ddydd Mawrth',
      text: false,
      writing: 'say-nothing',
    });
    expect(JSON.stringify(message)).not.toMatch(/029 2018|Siân|llyfr/);
  });

  it('such as who asked, once somebody asks for themselves', () => {
    const form = { ...emrysForm, about: 'me', referrer: { yourName: 'Mair', relation: 'friend' } };
    const message = messageFor({ ...emrysCheck, about: 'someone-else', agreed: 'yes' }, form);
    expect(message.referrer).toBeUndefined();
    expect(message.agreed).toBeUndefined();
    expect(JSON.stringify(message)).not.toContain('Mair');
  });

  it('such as the words for another answer of the same step', () => {
    const form: ReferAnswers = {
      ...emrysForm,
      ...callAnswers,
      contact: { ways: ['call'] },
      language: { spoken: 'cy', otherSpoken: 'Polish', written: 'cy' },
      answering: { whoMayAnswer: 'only-me', whoMayAnswerNames: 'Siân' },
      say: { whatToSay: 'say-nothing', whatToSayWords: 'llyfr' },
    };
    expect(JSON.stringify(messageFor(emrysCheck, form))).not.toMatch(/Polish|Siân|llyfr/);
  });

  it('but a need that somebody wrote down is, also where they forgot to tick “something else”', () => {
    const communication = { needs: ['more-time'], other: 'Bwrdd llythrennau' };
    expect(messageFor(emrysCheck, { ...emrysForm, communication }).communication).toEqual(communication);
  });

  it('such as the supporter of somebody who no longer finds anything hard', () => {
    const message = messageFor(emrysCheck, { ...emrysForm, barriers: [] });
    expect(message.need.supporter).toBe('not-asked');
    expect(message.findings.map(({ outcome }) => outcome)).not.toContain('w-ipa-must');
  });

  it('such as a council that arranged the care, once the answer about the country or the council was changed', () => {
    const check = { ...emrysCheck, council: 'unsure', country: 'england', placedBy: 'W06000011' };
    expect(made(check, emrysForm)).toEqual({ problem: 'help-lies-elsewhere' });
    const person = { name: 'Emrys Tŷ-mawr', ageBand: '25-or-over' };
    expect(messageFor({ ...check, country: 'wales' }, emrysForm).person).toEqual({ ...person, council: 'unsure' });
    const inCardiff = { ...person, council: 'W06000015' };
    expect(messageFor({ ...check, council: 'W06000015' }, emrysForm).person).toEqual(inCardiff);
    expect(messageFor(check, { ...emrysForm, council: 'W06000015' }).person).toEqual(inCardiff);
  });

  it('such as England, for somebody who has since named a council of Wales in the form', () => {
    const check = { ...emrysCheck, council: 'unsure', country: 'england', placedBy: 'none' };
    expect(made(check, emrysForm)).toEqual({ problem: 'help-lies-elsewhere' });
    const { findings } = messageFor(check, { ...emrysForm, council: 'W06000015' });
    expect(findings.map(({ outcome }) => outcome)).toEqual(['w-ipa-must', 'route-gateway-cav']);
  });

  it('but what the check was told beside that still is part of what was found', () => {
    const check = {
      ...emrysCheck,
      mentalHealth: 'detained',
      hospitalCountry: 'wales',
      secondaryMentalHealthCare: 'yes',
    };
    expect(messageFor(check, emrysForm).findings.map(({ outcome }) => outcome)).toEqual(
      expect.arrayContaining(['w-ipa-must', 'w-imha-compulsory', 'w-cmha', 'route-gateway-cav']),
    );
  });
});

describe('with no voice calls at all', () => {
  const form = {
    ...emrysForm,
    ...callAnswers,
    contact: { ways: ['text', 'video-call'], neverWays: ['call'] },
    'contact-details': { phone: '029 2018 0001', textNumber: '07700 900123', videoCall: 'SignApp: emrys' },
  };

  it('no number is sent that anybody could call, not even one that was typed before', () => {
    const { contact, obligations } = messageFor(emrysCheck, form);
    expect(contact.safe.voice).toBe(false);
    expect(contact.phone).toBeUndefined();
    expect(contact.textOnly).toEqual({ number: '07700 900123', voice: false });
    expect(JSON.stringify(contact)).not.toContain('029 2018');
    expect(obligations).toContain('no-voice-calls');
  });

  it('a call is not among the ways: both together are not an answer', () => {
    const both = { ...form, contact: { ways: ['call', 'text'], neverWays: ['call'] } };
    expect(made(emrysCheck, both)).toEqual({ problem: 'incomplete' });
    expect(referPosition(emrysCheck, both).next?.id).toBe('contact');
  });
});

describe('the code word', () => {
  it('is sent, and obliges', () => {
    const message = messageFor(emrysCheck, { ...emrysForm, 'code-word': { wantsCodeWord: 'yes', codeWord: 'enfys' } });
    expect(message.contact.safe.codeWord).toBe('enfys');
    expect(message.obligations).toContain('use-code-word');
  });

  it('is not sent by who has since decided against one, or can only be reached by letter', () => {
    const noWord = { ...emrysForm, 'code-word': { wantsCodeWord: 'no', codeWord: 'enfys' } };
    expect(JSON.stringify(messageFor(emrysCheck, noWord))).not.toContain('enfys');
    const byLetter = {
      ...emrysForm,
      contact: { ways: ['letter'] },
      'code-word': { wantsCodeWord: 'yes', codeWord: 'enfys' },
    };
    expect(JSON.stringify(messageFor(emrysCheck, byLetter))).not.toContain('enfys');
  });
});

describe('where anyone may answer', () => {
  it('what to say is neither asked nor sent', () => {
    const answering = { whoMayAnswer: 'anyone' };
    const form = without({ ...emrysForm, ...callAnswers, contact: { ways: ['call'] }, answering }, 'say');
    expect(messageFor(emrysCheck, form).obligations).not.toContain('say-nothing-to-others');
    expect(messageFor(emrysCheck, { ...form, say: callAnswers['say']! }).contact.safe.whatToSay).toBeUndefined();
  });
});

describe('there is no message', () => {
  it('as long as any one step is missing', () => {
    for (const step of Object.keys(emrysForm)) {
      expect(made(emrysCheck, without(emrysForm, step)), step).toEqual({ problem: 'incomplete' });
    }
    for (const step of ['age', 'council', 'process', 'barriers', 'supporter']) {
      expect(made(without(emrysCheck, step), emrysForm), step).toEqual({ problem: 'incomplete' });
    }
  });

  it('without permission', () => {
    expect(made(emrysCheck, { ...emrysForm, permission: { permission: [] } })).toEqual({ problem: 'incomplete' });
  });

  it('when a way of contact was added and its number is not known yet', () => {
    const form = { ...emrysForm, contact: { ways: ['text', 'letter', 'email'] } };
    expect(made(emrysCheck, form)).toEqual({ problem: 'incomplete' });
    expect(referPosition(emrysCheck, form).next?.id).toBe('contact-details');
  });

  it('for somebody whom the form would only delay', () => {
    expect(made({ ...emrysCheck, danger: 'now' }, emrysForm)).toEqual({ problem: 'help-lies-elsewhere' });
    expect(made({ ...emrysCheck, age: '16-17' }, emrysForm)).toEqual({ problem: 'help-lies-elsewhere' });
    expect(made({ ...emrysCheck, council: 'W06000011' }, emrysForm)).toEqual({ problem: 'help-lies-elsewhere' });
  });
});

describe('the steps of the form', () => {
  it('each have an id of their own, and ask a fact or have fields, never both', () => {
    expect(new Set(referFlow.map((step) => step.id)).size).toBe(referFlow.length);
    for (const step of referFlow) expect(step.question === undefined, step.id).toBe(step.fields !== undefined);
    expect(referStepOf('nothing')).toBeUndefined();
  });

  it('take the longest text that they allow all the way into the message', () => {
    const check = { ...emrysCheck, about: 'someone-else', agreed: 'cannot-agree' };
    const about = { contact: { ways: contactWays }, agreed: 'cannot-agree' };
    const form: Record<string, ReferAnswers[string]> = {};
    for (const step of referFlow) {
      if (!step.fields || step.shared || step.id === 'asked') continue;
      const typed = Object.fromEntries(
        step.fields({ ...about, about: 'someone-else' }).map((field): [string, string | readonly string[]] => {
          if (field.kind === 'many' && field.apartFrom !== undefined) return [field.id, []];
          if (field.kind === 'many') return [field.id, field.values.filter((value) => !field.alone?.includes(value))];
          if (field.kind === 'one')
            return [
              field.id,
              field.values.find((value) => /professional|other|own-words|some-people|for-them/.test(value)) ??
                field.values[0] ??
                '',
            ];
          const filled = {
            phone: '0'.repeat(20).padStart(field.most, '('),
            email: `m@${'a.'.repeat(125)}a`,
            postcode: 'CF10 1AA',
          };
          return [field.id, field.kind in filled ? filled[field.kind as 'phone'] : '語'.repeat(field.most)];
        }),
      );
      const { values, errors } = parseFields(step.fields({ ...about, about: 'someone-else' }), typed);
      expect(errors, step.id).toEqual({});
      const posted = new URLSearchParams(
        Object.entries(typed).map(([id, value]): [string, string] => [id, String(value)]),
      );
      // Its signs may be posted in pieces: those of Korean take three times the room.
      expect(posted.toString().length * 3, step.id).toBeLessThan(longestForm);
      form[step.id] = values;
    }
    const message = messageFor(check, form);
    expect(referralV1.safeParse(message).success).toBe(true);
    expect(message.need.ownWords?.length).toBe(5000);
    expect(message.referrer?.organisation?.length).toBe(300);
    // Sealed, in base64, it must still fit the longest body that the Gateway takes.
    expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(45_000);
  });
});
