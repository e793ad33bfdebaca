/**
 * The words of the outbox, and what it asks of a store. It carries sealed bytes and does not know what is in them.
 *
 * entry: one sealed message that must arrive; attempt: one try to deliver it; claim: the right, for a short time, to make
 * the next attempt; park: to keep an entry aside until a person has looked at it; tombstone: what stays after delivery.
 */

/** `jwe`: the sealed bytes go out as they are. `json`: they are opened, and their text goes out. Fixed for an entry’s life. */
export type Format = 'jwe' | 'json';

/** What an entry is: each kind goes to an address of its own. */
export type EntryKind = 'referral' | 'withdrawal';

/** A new entry. Times everywhere are milliseconds since 1970. */
export type NewEntry = {
  /** A UUID: primary key here, idempotency key there. */
  id: string;
  sealed: Uint8Array;
  /** Hex, of `sealed`. */
  sha256: string;
  keyId: string;
  format: Format;
  createdAt: number;
  /** Left out: a referral. */
  kind?: EntryKind;
};

export type Claim = NewEntry & {
  /** Attempts begun, this one included. */
  attempts: number;
  /** Names this claim: what it writes back counts only while nobody else has claimed the entry. */
  lease: string;
};

/** The first content of an id stands: a repeat is told what became of it and changes nothing. */
export type Accepted = 'accepted' | 'already-waiting' | 'already-delivered';

/** A draft’s row, sealed under a key that only its owner holds. */
export type SealedDraft = { keyHash: string; sealed: string; expiresAt: number };

export type ParkReason =
  /** The Gateway refused the message. */
  | 'refused'
  /** The bytes are not those that were accepted. */
  | 'damaged'
  /** Somebody who looks after the outbox set it aside. */
  | 'by-hand';

export type OutboxStanding = {
  waiting: number;
  parked: number;
  /** When the oldest undelivered entry was accepted, parked ones included. */
  oldestAcceptedAt: number | undefined;
};

export interface OutboxStore {
  /**
   * Resolves only when the entry is on the disk. Replaces the draft that it came from in the same transaction, so that
   * a second press of “send” finds what became of the first, and keeps beside it what the person’s two secrets open.
   * @throws StoreFullError when there is too little room to promise anything
   */
  accept(entry: NewEntry, options?: { replaceDraft?: SealedDraft; statusKey?: string }): Promise<Accepted>;
  /** Takes the entry that has been due the longest, or none. `longestWaitMs` is the clamp for clocks that move. */
  claim(when: { now: number; leaseMs: number; longestWaitMs: number }): Promise<Claim | undefined>;
  /** Erases the sealed bytes and leaves a tombstone. Holds even when the lease has run out: an acknowledgement is a fact. */
  delivered(
    claim: Claim,
    /** `receivedAt` by the Gateway’s own clock; left out, the same as `deliveredAt`. */
    result: { deliveredAt: number; gatewayReference: string; receivedAt?: number | undefined },
  ): Promise<void>;
  /** Gives the entry back, due at `nextAttemptAt`. */
  again(claim: Claim, nextAttemptAt: number): Promise<void>;
  /** Keeps the entry, sealed, out of the queue. */
  park(claim: Claim, result: { parkedAt: number; reason: ParkReason }): Promise<void>;
  /** Gives the entry back, due as it was. The attempt counts: what was broken off may have arrived. */
  release(claim: Claim): Promise<void>;
  /** When the next entry is due: in the past if one is due now, undefined if none waits. */
  nextDueAt(): Promise<number | undefined>;
  standing(): Promise<OutboxStanding>;
  /** Forgets what has outlived its use: expired drafts, old tombstones, copies in the log of the database. */
  tidy(now: number): Promise<void>;
}

/** An entry as the people who look after the outbox see it: never what is in it. */
export type ListedEntry = {
  id: string;
  kind: EntryKind;
  keyId: string;
  format: Format;
  createdAt: number;
  attempts: number;
  nextAttemptAt: number;
  parked: { at: number; reason: ParkReason } | undefined;
};

/** For a person who looks after the outbox, also beside a running site. */
export interface OutboxDesk {
  /** Everything that is not delivered, oldest first. */
  list(): Promise<ListedEntry[]>;
  /** Makes an entry, or all, due at `now`, parked ones included. Says how many. */
  retry(which: { id: string } | 'all', now: number): Promise<number>;
  /** Parks an entry, whoever holds it now. False if it does not wait. */
  parkByHand(id: string, now: number): Promise<boolean>;
  /** The sealed bytes of a parked entry. */
  sealedOf(id: string): Promise<Uint8Array | undefined>;
}

/** What came of comparing: settled for good, `not-available` where the Gateway has no list. */
export type Outcome = 'right' | 'gap' | 'not-available';

/** All that was ever accepted, and what became of it. Received = delivered + withdrawn + waiting + parked. */
export type Balance = { received: number; delivered: number; withdrawn: number; waiting: number; parked: number };

/** What the reconciliation asks of a store. Days are in UTC, `2026-11-23`. */
export interface Ledger {
  /** Ids that the Gateway acknowledged as received at or after `from` and before `to`. */
  acknowledgedBetween(from: number, to: number): Promise<string[]>;
  /** Those of the ids, in lower case, that are delivered or wait here. */
  known(ids: readonly string[]): Promise<Set<string>>;
  /** Counted at one moment. */
  balance(): Promise<Balance>;
  /** The first day on which anything was counted. */
  firstDay(): Promise<string | undefined>;
  /** Whether this process shall do the comparison of that name: nobody has settled it, or begun it since `notSince`. */
  beginComparison(name: string, when: { now: number; notSince: number }): Promise<boolean>;
  settleComparison(name: string, outcome: Outcome): Promise<void>;
  /** Of the last settled comparison whose name begins so. */
  lastOutcome(beginning: string): Promise<Outcome | undefined>;
}

/** What one attempt came to. */
export type AttemptResult =
  | { kind: 'acknowledged'; gatewayReference: string; receivedAt?: number }
  /** An HTTP status that is not an acknowledgement. */
  | { kind: 'answered'; status: number; retryAfterMs?: number }
  /** 2xx, but not the Gateway’s acknowledgement of these bytes. */
  | { kind: 'not-acknowledged'; why: NotAcknowledged }
  | { kind: 'no-answer'; why: NoAnswer }
  /** The site’s own key for this entry is missing. */
  | { kind: 'cannot-open' }
  | { kind: 'damaged' }
  /** The attempt was broken off because the process stops. */
  | { kind: 'stopped' };

export const notAcknowledgedReasons = [
  'not-201',
  'not-json',
  'too-long',
  'not-the-contract',
  'wrong-id',
  'wrong-sha256',
] as const;
export type NotAcknowledged = (typeof notAcknowledgedReasons)[number];

export const listFailures = ['no-answer', 'too-long', 'not-the-contract'] as const;
export type ListFailure = (typeof listFailures)[number];

/** What the Gateway says it received on a day. */
export type DayList =
  | { kind: 'listed'; ids: string[] }
  /** This Gateway has no such list. */
  | { kind: 'not-available' }
  | { kind: 'failed'; status?: number; why?: ListFailure };

/** Asks the Gateway for a day, `2026-11-23` in UTC. Never throws. */
export type GatewayList = (day: string, signal: AbortSignal) => Promise<DayList>;

export const noAnswerReasons = ['no-connection', 'time-out', 'cut', 'certificate', 'name-not-found', 'other'] as const;
export type NoAnswer = (typeof noAnswerReasons)[number];

/** Makes one attempt. Never throws; breaks off with `stopped` when the signal fires. */
export type Sender = (claim: Claim, signal: AbortSignal) => Promise<AttemptResult>;

export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds, or at once when the signal fires. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
};

/** What the worker reports. No field can hold free text. */
export type OutboxEvent =
  | { event: 'outbox.delivered'; id: string; attempts: number; ageMs: number }
  | {
      event: 'outbox.again';
      id: string;
      attempts: number;
      waitMs: number;
      status?: number;
      why?: NotAcknowledged | NoAnswer;
    }
  /** Our side or theirs is set up wrongly; a person must look while the entry waits. */
  | {
      event: 'outbox.alarm';
      id: string;
      attempts: number;
      waitMs: number;
      status?: number;
      why?: 'cannot-open' | 'certificate';
    }
  | {
      event: 'outbox.parked';
      id: string;
      attempts: number;
      reason: Exclude<ParkReason, 'by-hand'>;
      status?: number;
    }
  /** Open: the Gateway fails whatever it is sent, so that one entry at a time is tried. Closed: it works again. */
  | { event: 'outbox.breaker'; state: 'open' | 'closed' }
  | { event: 'outbox.released'; id: string; attempts: number }
  | { event: 'outbox.failed'; error: unknown }
  | { event: 'reconciliation.done'; sent: number }
  /**
   * `missing`: acknowledged by the Gateway, and not in its list. `unknown`: in its list, and never sent from here.
   * `unaccounted`: accepted, and neither delivered, withdrawn, waiting nor parked (below 0: more than was accepted).
   */
  | { event: 'reconciliation.gap'; missing: number; unknown: number; unaccounted: number }
  /** The Gateway offers no list; once for a person to look at, then only told. */
  | { event: 'reconciliation.no-list' }
  | { event: 'reconciliation.not-available' }
  | { event: 'reconciliation.failed'; status?: number; why?: ListFailure };

export type OutboxLog = (event: OutboxEvent) => void;

/** The disk has too little room left for a promise. Nothing was kept. */
export class StoreFullError extends Error {
  override name = 'StoreFullError';
}
