/** F1 to F25: what can go wrong around a referral, and the test that makes it go wrong. */
import * as disk from './disk.ts';
import * as ends from './ends.ts';
import type { Ground } from './ground.ts';
import { supplyChain } from './supply.ts';
import * as way from './way.ts';
import * as words from './words.ts';

/** Tests of another stage that make this fault: all that a file holds, or those whose names hold these words. */
export interface Elsewhere {
  readonly file: string;
  readonly names?: RegExp;
}

export interface Fault {
  readonly id: `F${number}`;
  /** The fault, in words. */
  readonly what: string;
  /** Makes it; resolves with figures, throws if the site fails. */
  readonly make?: readonly ((ground: Ground) => Promise<string>)[];
  readonly elsewhere?: readonly Elsewhere[];
}

/** Submissions at the heart of it, by hand. */
const deepSubmissions = 320;

/** @param databaseUrl of a PostgreSQL in which nothing else is kept, for F11; without it, F11 starts one of its own */
export const faults = (databaseUrl: string | undefined): readonly Fault[] => [
  {
    id: 'F1',
    what: 'kill -9 at random moments, while the Gateway does anything',
    make: [(ground) => ends.killedAtRandom(ground, ground.size(40, deepSubmissions), { instances: 1 })],
  },
  { id: 'F2', what: 'kill -9 at every point of a referral’s way', make: [ends.killedAtEveryPoint] },
  {
    id: 'F3',
    what: 'a power cut: what was not synced is gone',
    make: [disk.powerCuts],
  },
  {
    id: 'F4',
    what: 'a commit that is not on the disk',
    make: [disk.syncsPerSend],
    elsewhere: [{ file: 'tests/store/sqlite.test.ts', names: /safe writing/ }],
  },
  {
    id: 'F5',
    what: 'a Gateway that refuses, hangs, cuts off or talks nonsense, or is another’s, or not to be found',
    make: [way.falseCertificates, way.nameNotFound],
    elsewhere: [
      { file: 'tests/delivery/gateway-faults.test.ts' },
      { file: 'tests/gateway/client.test.ts' },
      { file: 'tests/gateway/false-certificates.test.ts' },
    ],
  },
  {
    id: 'F6',
    what: 'a Gateway that is away for long, and comes back to a queue',
    make: [words.gatewayComesBack],
    elsewhere: [{ file: 'tests/outbox/next-step.test.ts' }],
  },
  { id: 'F7', what: 'the same referral sent many times', make: [ends.sentTwice] },
  { id: 'F8', what: 'a disk that is full, without names, or read-only', make: [disk.diskFull, disk.readOnly] },
  { id: 'F9', what: 'a clock that is a day or an hour wrong', make: [disk.wrongClock] },
  {
    id: 'F10',
    what: 'flipped bits, broken pages, deleted files, a disk that cannot be read',
    make: [disk.flippedBits, disk.badPagesWhileRunning, disk.unreadable, disk.deletedFiles],
    elsewhere: [{ file: 'tests/delivery/lost-drafts.test.ts' }],
  },
  {
    id: 'F11',
    what: 'several instances on PostgreSQL, killed at random; PostgreSQL away for a while',
    make: [
      (ground) => ends.severalKilledAtRandom(ground, ground.size(9, deepSubmissions), databaseUrl),
      disk.databaseAway,
    ],
    elsewhere: [{ file: 'tests/store/postgres.test.ts' }, { file: 'tests/delivery/several-instances.test.ts' }],
  },
  {
    id: 'F12',
    what: 'keys that change, are lost, or are none',
    make: [disk.wrongKey],
    elsewhere: [
      { file: 'tests/seal/keys.test.ts' },
      { file: 'tests/gateway/delivery.test.ts' },
      { file: 'tests/delivery/keys.test.ts' },
    ],
  },
  {
    id: 'F13',
    what: 'somebody who searches the disk, the logs and the output for what was typed',
    make: [
      (ground) => words.nothingIsLeft(ground, 'jwe', ground.size(40, 1_000)),
      (ground) => words.nothingIsLeft(ground, 'json', ground.size(10, 300)),
    ],
  },
  {
    id: 'F14',
    what: 'copies that outlive the delivery',
    make: [words.copiesLeaveInTime],
    elsewhere: [{ file: 'tests/store/sqlite.test.ts', names: /erasing/ }],
  },
  {
    id: 'F15',
    what: 'malformed requests',
    elsewhere: [{ file: 'tests/delivery/bad-input.test.ts' }, { file: 'tests/delivery/malformed.test.ts' }],
  },
  {
    id: 'F16',
    what: 'words that are rare and right',
    make: [words.oddWordsArrive],
    elsewhere: [{ file: 'tests/form/text.test.ts' }],
  },
  {
    id: 'F17',
    what: 'methods, hosts and headers that no browser sends',
    elsewhere: [
      { file: 'tests/delivery/bad-input.test.ts', names: /not allowed anywhere|a form from somewhere else|addresses/ },
      { file: 'tests/delivery/public-internet.test.ts', names: /the name of the site/ },
    ],
  },
  {
    id: 'F18',
    what: 'connections that never come to an end',
    make: [words.slowConnections],
    elsewhere: [{ file: 'tests/delivery/public-internet.test.ts', names: /idle connections|answered 408/ }],
  },
  { id: 'F19', what: 'told to stop in the middle of sends and deliveries', make: [ends.toldToStop] },
  { id: 'F20', what: 'out of memory, out of descriptors, frozen', make: [ends.outOfBreath] },
  {
    id: 'F21',
    what: 'the next person at the same device',
    elsewhere: [{ file: 'tests/e2e/nothing-left-behind.spec.ts' }],
  },
  { id: 'F22', what: 'twenty sends a second', make: [words.manyAtOnce] },
  {
    id: 'F23',
    what: 'cookies that are changed, mixed or made up',
    make: [words.tampering],
    elsewhere: [{ file: 'tests/delivery/bad-input.test.ts', names: /cookies that are not ours/ }],
  },
  { id: 'F24', what: 'counts that drift apart', elsewhere: [{ file: 'tests/outbox/reconciliation.test.ts' }] },
  { id: 'F25', what: 'a package that was changed on its way', make: [supplyChain] },
];
