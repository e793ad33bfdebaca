/** The tables as the statements see them; migrations/ makes them. Times are milliseconds since 1970. */
import type { Generated } from 'kysely';
import type { EntryKind, Format, Outcome, ParkReason } from '#outbox/outbox.ts';

export type Tables = {
  outbox: {
    seq: Generated<number>;
    id: string;
    sha256: string;
    key_id: string;
    format: Format;
    kind: Generated<EntryKind>;
    created_at: number;
    next_attempt_at: number;
    attempts: Generated<number>;
    lease: string | null;
    leased_until: number | null;
    parked_at: number | null;
    park_reason: ParkReason | null;
    sealed: Uint8Array;
  };
  tombstones: {
    seq: Generated<number>;
    id: string;
    kind: Generated<EntryKind>;
    /** `withdrawn`: taken back before the Gateway had acknowledged it, and not sent any more. */
    outcome: Generated<'delivered' | 'withdrawn'>;
    /** When it came to that. */
    delivered_at: number;
    /** By the Gateway’s clock: the first time that it had the message. Null where it never said so, or where an earlier version wrote beside us. */
    received_at: number | null;
    /** Empty for what was withdrawn. */
    gateway_reference: string;
  };
  /** A day has several rows, so that several processes need not wait for one another; their sum counts. */
  counts: { day: string; part: number; received: number; delivered: number; withdrawn: number };
  comparisons: { name: string; begun_at: number; outcome: Outcome | null };
  /** What a person’s two secrets open: a hash of both. */
  status_keys: { key_hash: string; referral_id: string };
  drafts: {
    seq: Generated<number>;
    key_hash: string;
    expires_at: number;
    sealed: string;
    /** Hex, of `sealed`. Null where an earlier version wrote, and once somebody was told that it does not fit. */
    sha256: string | null;
  };
};
