/** The message that takes a referral back, version 1. It says which, and nothing about the person. */
import { z } from 'zod';

export const withdrawalV1 = z.strictObject({
  schema: z.literal('withdrawal/v1'),
  /** Its own, and its idempotency key: the same however often the person asks. */
  id: z.uuid(),
  /** The id of the referral that is taken back. */
  referral: z.uuid(),
  reference: z.string().regex(/^[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}$/),
  withdrawnAt: z.iso.datetime(),
});

export type WithdrawalV1 = z.infer<typeof withdrawalV1>;
