/** What the time after sending asks of a store: where a referral is, and taking it back. Times are milliseconds since 1970. */
import type { NewEntry } from '#outbox/outbox.ts';

/** Where an entry is. `here`: not acknowledged yet. `withdrawn`: erased here, and not sent any more. */
export type WhereItIs =
  | { at: 'here' }
  | { at: 'gateway'; since: number; gatewayReference: string; forgottenAt: number }
  | { at: 'withdrawn'; since: number; forgottenAt: number };

/**
 * What a withdrawal came to. `never-sent`: no attempt had begun, so that the Gateway knows nothing and is told nothing;
 * `to-be-told`: a message to the Gateway waits in the outbox; `before`: it had been withdrawn already.
 */
export type Withdrawn = 'never-sent' | 'to-be-told' | 'before';

export interface AfterwardsStore {
  /** The id of the referral that this status key (a hash, in hex) opens. */
  referralOf(statusKey: string): Promise<string | undefined>;
  /** Undefined for an id that is not known, or is known no more. */
  whereIs(id: string): Promise<WhereItIs | undefined>;
  /**
   * In one transaction: erases the referral if it still waits, and puts the message for the Gateway into the outbox if an
   * attempt had ever begun. Resolves only when that is on the disk; asked twice, it is the same withdrawal.
   */
  withdraw(asked: { referralId: string; message: NewEntry; withdrawnAt: number }): Promise<Withdrawn>;
}
