/** The message that the Gateway receives, version 1: codes and the person’s own words, never labels. */
import { z } from 'zod';
import { contradictionsOf } from './contradictions.ts';
import { obligationCodes } from './obligations.ts';
import { unsaid } from './unsaid.ts';

const text = (most: number) => z.string().min(1).max(most);
const councilCode = z.string().regex(/^W060000\d\d$/);

const orUnsaid = <T extends z.ZodType>(said: T) => z.union([said, z.enum(unsaid)]);

/** `short`: “just ask someone to contact me”; `full`: the whole form. */
export const waysToAsk = ['short', 'full'] as const;

export const spokenLanguages = ['cy', 'en', 'no-preference', 'other'] as const;
export const writtenLanguages = ['cy', 'en', 'no-preference'] as const;

/** What a person may need to take part; `other` comes with words of their own. */
export const communicationNeeds = [
  'bsl',
  'interpreter',
  'lip-speaker',
  'deafblind-interpreter',
  'hearing-loop',
  'text-relay',
  'easy-read',
  'large-print',
  'audio',
  'braille',
  'more-time',
  'someone-with-me',
  'step-free',
  'other',
] as const;

export const contactWays = ['call', 'text', 'email', 'letter', 'video-call', 'through-someone'] as const;
export const contactTimes = ['any', 'morning', 'afternoon', 'evening', 'weekend'] as const;
export const neverTimes = ['morning', 'afternoon', 'evening', 'weekend'] as const;
export const whoMayAnswer = ['only-me', 'some-people', 'anyone'] as const;
/** What to say if somebody else answers: who is calling, nothing about it, or the person’s own words. */
export const whatToSay = ['say-who', 'say-nothing', 'own-words'] as const;
/** What may be written in a letter or message: what it is about, or no more than “get in touch”. */
export const writing = ['openly', 'say-nothing'] as const;
export const relations = ['family', 'friend', 'carer', 'professional', 'other'] as const;

/** Who a member of staff is to the person; `other` comes with words of their own. */
export const staffRoles = [
  'social-worker',
  'advice-worker',
  'nurse',
  'doctor',
  'care-worker',
  'support-worker',
  'other',
] as const;
/** Who said yes to a member of staff: the person, or somebody who may decide for them, named in words. */
export const agreedBy = ['the-person', 'someone-for-them'] as const;
export const agreedHow = ['in-person', 'by-phone', 'by-video', 'in-writing'] as const;

/** Each field by itself. */
const fields = z.strictObject({
  schema: z.literal('referral/v1'),
  /** The idempotency key, fixed when the form began. */
  id: z.uuid(),
  /** What the person reads out: see reference.ts in the referral room. */
  reference: z.string().regex(/^[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}$/),
  submittedAt: z.iso.datetime(),
  variant: z.enum(['en', 'en.easy', 'cy', 'cy.easy']),
  asked: z.enum(waysToAsk),
  about: orUnsaid(z.enum(['me', 'someone-else', 'unsure'])),
  agreed: z.enum(['yes', 'cannot-agree', 'unsure']).optional(),
  /** Why the person cannot agree, in the referrer’s words; only with `agreed: cannot-agree`. */
  cannotAgreeReason: text(2000).optional(),
  referrer: z
    .strictObject({
      name: text(200),
      relation: z.enum(relations),
      contact: text(300).optional(),
      role: z.enum(staffRoles).optional(),
      roleWords: text(200).optional(),
      organisation: text(300).optional(),
    })
    .optional(),
  /** What a member of staff recorded of the person’s yes; only with `relation: professional` and `agreed: yes`. */
  agreement: z
    .strictObject({
      by: z.enum(agreedBy),
      byWords: text(500).optional(),
      how: z.enum(agreedHow),
      when: text(200),
    })
    .optional(),
  person: z.strictObject({
    name: text(200),
    ageBand: orUnsaid(z.enum(['18-24', '25-or-over', 'unsure'])),
    council: orUnsaid(z.union([councilCode, z.literal('unsure')])),
    placedBy: councilCode.optional(),
  }),
  language: z.strictObject({
    spoken: orUnsaid(z.enum(spokenLanguages)),
    otherSpoken: text(100).optional(),
    written: orUnsaid(z.enum(writtenLanguages)),
  }),
  communication: z.strictObject({
    needs: orUnsaid(z.array(z.enum(communicationNeeds))),
    other: text(500).optional(),
  }),
  contact: z.strictObject({
    ways: z.array(z.enum(contactWays)).min(1),
    /** A number that may be called: only where `call` is one of the ways. */
    phone: text(60).optional(),
    /** A number that nobody may call. */
    textOnly: z.strictObject({ number: text(60), voice: z.literal(false) }).optional(),
    videoCall: text(300).optional(),
    email: text(254).optional(),
    address: text(500).optional(),
    postcode: text(10).optional(),
    throughSomeone: text(500).optional(),
    /** What the Gateway must keep to when it makes contact. */
    safe: z.strictObject({
      /** False is the person’s own “no voice calls at all”. True allows none: only `ways` does. */
      voice: z.boolean(),
      times: z.array(z.enum(contactTimes)),
      neverTimes: z.array(z.enum(neverTimes)).min(1).optional(),
      timesNote: text(500).optional(),
      text: z.boolean(),
      // From here on, what is left out does not apply to the ways; what applies and has no answer says why.
      voicemail: orUnsaid(z.boolean()).optional(),
      whoMayAnswer: orUnsaid(z.enum(whoMayAnswer)).optional(),
      whoMayAnswerNames: text(300).optional(),
      whatToSay: orUnsaid(z.enum(whatToSay)).optional(),
      whatToSayWords: text(500).optional(),
      writing: orUnsaid(z.enum(writing)).optional(),
      codeWord: text(60).optional(),
    }),
  }),
  /** Worked out from the fields above, for machines to keep to. */
  obligations: z.array(z.enum(obligationCodes)),
  need: z.strictObject({
    process: orUnsaid(z.union([z.array(text(40)), z.literal('unsure')])),
    barriers: orUnsaid(z.union([z.array(text(40)), z.literal('unsure')])),
    supporter: text(40),
    ownWords: text(5000).optional(),
    deadline: text(500).optional(),
  }),
  findings: z.array(z.strictObject({ outcome: text(60), force: text(20), rule: text(20) })),
  ruleset: text(40),
  /** The person, or the one who asks for them, agreed that this is sent. */
  permission: z.literal('given'),
  /** It may come from a robot: a hidden box was filled in, or it was quicker or one of more than people send. Never left out for that. */
  suspect: z.literal(true).optional(),
});

export type ReferralV1 = z.infer<typeof fields>;

/** The fields, and that none of them contradicts another. */
export const referralV1 = fields.superRefine((message, { addIssue }) => {
  for (const path of contradictionsOf(message)) addIssue({ code: 'custom', path: path.split('.') });
});
