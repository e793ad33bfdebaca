/** The tables as the statements see them; migrations/ makes them. Times are milliseconds since 1970. */
import type { Generated } from 'kysely';
import type { Format, ParkReason } from '#outbox/outbox.ts';

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
  tombstones: { seq: Generated<number>; id: string; delivered_at: number; gateway_reference: string };
  drafts: { seq: Generated<number>; key_hash: string; expires_at: number; sealed: string };
};
