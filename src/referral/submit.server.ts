/** The one way in: check everything, seal to the Gateway, and only when it is on the disk tell the person “sent”. */
import type { Answers } from '#check/check-flow.ts';
import type { Format, OutboxStore } from '#outbox/outbox.ts';
import { sealTo, type Recipient } from '#seal/seal.server.ts';
import type { Variant } from '#site/variants.ts';
import { sealedDraft, type Draft, type DraftPlace } from './drafts.server.ts';
import { messageOf, type MessageProblem } from './message.ts';
import { looksLikeRobot } from './robot.ts';
import { statusCodeOf, statusKeyOf } from './status-code.ts';

/** `no-key`: there is nobody to whom it could be sealed just now; the draft is as it was. */
export type Submitted =
  { readonly sent: 'now' | 'before'; readonly suspect: boolean } | { readonly problem: MessageProblem | 'no-key' };

interface Parts {
  readonly store: OutboxStore;
  readonly recipient: Recipient | undefined;
  readonly format: Format;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Submits a draft once: its id makes a second press, another tab or a reload the same referral.
 * The draft’s answers are gone in the same transaction; the reference stays in its place, for the confirmation.
 * @throws StoreFullError and database errors: then nothing was accepted, the draft is as it was, and the person is told so
 */
export async function submitReferral(
  { store, recipient, format, now }: Parts,
  {
    place,
    draft,
    check,
    variant,
    isFlood = false,
  }: {
    place: DraftPlace;
    draft: Draft;
    check: Answers;
    variant: Variant;
    /** More were sent from this network than people send. */
    isFlood?: boolean;
  },
): Promise<Submitted> {
  if (draft.sentAt !== undefined) return { sent: 'before', suspect: false };
  if (!recipient) return { problem: 'no-key' };
  const submittedAt = new Date(now).toISOString();
  const { id, reference } = draft;
  const suspect = isFlood || looksLikeRobot(draft, now);
  const made = messageOf({ id, reference, check, form: draft.answers, variant, submittedAt, suspect });
  if ('problem' in made) return made;
  const { sealed, sha256, keyId } = await sealTo(recipient, id, made.message);
  const accepted = await store.accept(
    { id, sealed, sha256, keyId, format, createdAt: now },
    {
      replaceDraft: sealedDraft(place, { id, reference, answers: {}, sentAt: submittedAt }, now),
      statusKey: statusKeyOf({ reference, code: statusCodeOf(place.secret, id) }),
    },
  );
  return { sent: accepted === 'accepted' ? 'now' : 'before', suspect };
}
