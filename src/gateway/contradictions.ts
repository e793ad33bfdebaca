/** What one referral may not say at once. A message that does is refused: nobody should have to guess which half is safe. */
import { obligationsOf } from './obligations.ts';
import type { ReferralV1 } from './referral-v1.ts';

type Contact = ReferralV1['contact'];

/** The parts of a day. Who is never safe in any of them could not be reached at all. */
const partsOfDay = ['morning', 'afternoon', 'evening'] as const;

/** Fields of `contact`, by their path, that say something else than the fields beside them. */
function contradictionsInContact({ ways, safe, ...details }: Contact): string[] {
  const isWay = (way: Contact['ways'][number]): boolean => ways.includes(way);
  const isCalled = isWay('call');
  const isWrittenTo = isWay('text') || isWay('email') || isWay('letter');
  const never = safe.neverTimes ?? [];
  const fits: Readonly<Record<string, boolean>> = {
    ways: safe.voice || !isCalled,
    phone: isCalled === (details.phone !== undefined),
    textOnly: (isWay('text') && !isCalled) === (details.textOnly !== undefined),
    videoCall: isWay('video-call') === (details.videoCall !== undefined),
    email: isWay('email') === (details.email !== undefined),
    address: isWay('letter') === (details.address !== undefined),
    postcode: isWay('letter') || details.postcode === undefined,
    throughSomeone: isWay('through-someone') === (details.throughSomeone !== undefined),
    'safe.times': safe.times.length < 2 || !safe.times.includes('any'),
    'safe.neverTimes':
      !never.some((time) => safe.times.includes(time)) && !partsOfDay.every((part) => never.includes(part)),
    'safe.voicemail': isCalled === (safe.voicemail !== undefined),
    'safe.text': safe.text === isWay('text'),
    'safe.whoMayAnswer': isCalled === (safe.whoMayAnswer !== undefined),
    'safe.whoMayAnswerNames': (safe.whoMayAnswer === 'some-people') === (safe.whoMayAnswerNames !== undefined),
    'safe.whatToSay': (isCalled && safe.whoMayAnswer !== 'anyone') === (safe.whatToSay !== undefined),
    'safe.whatToSayWords': (safe.whatToSay === 'own-words') === (safe.whatToSayWords !== undefined),
    'safe.writing': isWrittenTo === (safe.writing !== undefined),
  };
  return Object.keys(fits).filter((path) => !fits[path]);
}

/** The paths, with dots, of what contradicts the rest of the message; none in a message that holds together. */
export function contradictionsOf(message: ReferralV1): string[] {
  const due: readonly string[] = obligationsOf(message);
  const given = new Set<string>(message.obligations);
  const isKept = given.size === due.length && due.every((code) => given.has(code));
  return [
    ...contradictionsInContact(message.contact).map((path) => `contact.${path}`),
    ...(isKept ? [] : ['obligations']),
  ];
}
