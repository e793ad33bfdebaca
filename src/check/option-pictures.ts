/** Which picture each option shows in easy read. An option that is not here shows its words alone. */

/** Ids of `content/pictures.yaml`, by question and option. The same picture means the same thing wherever it stands. */
type OptionPictures = Readonly<Partial<Record<string, Readonly<Record<string, string>>>>>;

// Councils have no picture: a name is its own sign. Ages have none either: the set has no picture of “18 to 24” beside “25 or
// older”, and somebody who chooses by the picture would choose the wrong age.
export const optionPictures: OptionPictures = {
  danger: {
    now: 'danger',
    suicidal: 'hug-support',
    'at-risk': 'worried',
    no: 'calm',
    unsure: 'question',
  },
  domesticAbuse: {
    yes: 'part-of-problem',
    no: 'no',
    unsure: 'question',
  },
  about: {
    me: 'person',
    'someone-else': 'someone-else',
    unsure: 'question',
  },
  country: {
    wales: 'wales',
    england: 'england',
    scotland: 'scotland',
    'northern-ireland': 'northern-ireland',
    elsewhere: 'elsewhere',
    unsure: 'question',
  },
  child: {
    'became-looked-after': 'family-change',
    'looked-after': 'council',
    'child-protection': 'safeguarding',
    'needs-care-and-support': 'help',
    'care-leaver': 'young-person',
    'additional-learning-needs': 'school',
    none: 'no',
    unsure: 'question',
  },
  agreed: {
    yes: 'agree',
    'not-asked': 'not-asked',
    no: 'not-agree',
    'cannot-agree': 'cannot-agree',
    unsure: 'question',
  },
  carer: {
    yes: 'carer',
    no: 'no',
    unsure: 'question',
  },
  process: {
    'finding-help': 'find',
    assessment: 'assessment',
    'carer-assessment': 'carer-assessment',
    'care-plan': 'care-plan',
    review: 'review',
    safeguarding: 'safeguarding',
    'leaving-hospital': 'leaving-hospital',
    'where-to-live': 'where-to-live',
    'provider-failure': 'closing',
    'stepping-down': 'less-support',
    'informal-care-change': 'family-change',
    'child-protection-parent': 'parent-and-worker',
    none: 'no',
    unsure: 'question',
  },
  otherTopic: {
    yes: 'yes',
    no: 'no',
    unsure: 'question',
  },
  barriers: {
    understand: 'not-understand',
    remember: 'remember',
    weigh: 'decide',
    communicate: 'communicate',
    none: 'no',
    unsure: 'question',
  },
  supporter: {
    none: 'alone',
    suitable: 'friend',
    'not-wanted': 'angry-not-wanted',
    unable: 'cannot-help',
    implicated: 'part-of-problem',
    'paid-only': 'paid-staff',
    unsure: 'question',
  },
};
