/** “Just ask someone to contact me”: two pages that fill in five steps of the form, so that nothing is lost on the way from short to whole. */
import type { Values } from '#form/fields.ts';
import type { ReferAnswers } from './refer-flow.ts';

/** A page that keeps no answer of its own: it shows other steps’ answers and fills them in. */
export interface Shared {
  /** What the page shows of these answers. */
  readonly from: (answers: ReferAnswers) => Values;
  /** The steps that the page’s values fill in; `before` are the answers so far. */
  readonly to: (values: Values, before: ReferAnswers) => ReferAnswers;
}

const of = (answers: ReferAnswers, step: string): Values => (answers[step] as Values | undefined) ?? {};
const listOf = (value: Values[string] | undefined): readonly string[] => (typeof value === 'object' ? value : []);
const waysIn = (answers: ReferAnswers): readonly string[] => listOf(of(answers, 'contact')['ways']);

/** Which detail each way needs, as a field of the step `contact-details`. */
const detailOf: Readonly<Record<string, string>> = {
  call: 'phone',
  text: 'textNumber',
  email: 'email',
  letter: 'address',
  'video-call': 'videoCall',
  'through-someone': 'throughSomeone',
};

/** Leaves out what has no value: a form’s values hold none. */
const given = (values: Readonly<Record<string, Values[string] | undefined>>): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;

/** A name, one way to make contact, and its number or address. */
export const nameAndWay: Shared = {
  from(answers) {
    const [way] = waysIn(answers);
    const detail = way === undefined ? undefined : of(answers, 'contact-details')[detailOf[way] ?? ''];
    return given({ name: of(answers, 'name')['name'], way, detail });
  },
  to({ name = '', way = '', detail = '' }, before) {
    const known = waysIn(before);
    return {
      asked: { asked: 'short' },
      name: { name },
      // Whoever names another way here may have found that the first is not safe; the others stay only if it stands.
      contact: {
        ...of(before, 'contact'),
        ways: known[0] === way ? known : [String(way)],
        ...(way === 'call' && { neverWays: [] }),
      },
      'contact-details': { ...of(before, 'contact-details'), [detailOf[String(way)] ?? '']: detail },
    };
  },
};

/** When, and whether a voice message may be left; or, where nobody calls now, whether nobody ever may. */
export const whenAndMessage: Shared = {
  from: (answers) =>
    given({
      times: of(answers, 'times')['times'],
      voicemail: of(answers, 'voicemail')['voicemail'],
      neverWays: of(answers, 'contact')['neverWays'],
    }),
  to: ({ times = [], voicemail, neverWays }, before) => {
    const { neverTimes, ...other } = of(before, 'times');
    // What is now said to be safe is no longer said never to be.
    const stillNever = listOf(neverTimes).filter((time) => !times.includes(time));
    return {
      times: { ...other, times, ...(stillNever.length > 0 && { neverTimes: stillNever }) },
      ...(voicemail !== undefined && { voicemail: { voicemail } }),
      ...(neverWays !== undefined && { contact: { ...of(before, 'contact'), neverWays } }),
    };
  },
};
