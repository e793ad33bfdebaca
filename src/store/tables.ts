/** The tables as the statements see them; migrations/ makes them. Times are milliseconds since 1970. */
import type { Generated } from 'kysely';
import type { Format, Outcome, ParkReason } from '#outbox/outbox.ts';

export type Tables = {
  outbox: {
    seq: Generated<number>;
    id: string;
    sha256: string;
    key_id: string;
    format: Format;
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
    delivered_at: number;
    /** By the Gateway’s clock: the first time that it had the message. Null only where an earlier version wrote beside us. */
    received_at: number | null;
    gateway_reference: string;
  };
  /** A day has several rows, so that several processes need not wait for one another; their sum counts. */
  counts: { day: string; part: number; received: number; delivered: number; withdrawn: number };
  comparisons: { name: string; begun_at: number; outcome: Outcome | null };
  drafts: { seq: Generated<number>; key_hash: string; expires_at: number; sealed: string };
};
