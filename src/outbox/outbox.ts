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
  | 'damaged';

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
  delivered(claim: Claim, result: { deliveredAt: number; gatewayReference: string }): Promise<void>;
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

/** What one attempt came to. */
export type AttemptResult =
  | { kind: 'acknowledged'; gatewayReference: string }
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
  | { event: 'outbox.alarm'; id: string; attempts: number; waitMs: number; status?: number; why?: 'cannot-open' }
  | { event: 'outbox.parked'; id: string; attempts: number; reason: ParkReason; status?: number }
  | { event: 'outbox.released'; id: string; attempts: number }
  | { event: 'outbox.failed'; error: unknown };

export type OutboxLog = (event: OutboxEvent) => void;

/** The disk has too little room left for a promise. Nothing was kept. */
export class StoreFullError extends Error {
  override name = 'StoreFullError';
}
