/** What makes a sender look like a robot. Their referral is taken all the same, and marked: a person at the Gateway decides. */
import type { Draft } from './drafts.server.ts';

/** A box that people cannot see, named as no browser fills in by itself. */
export const trapField = 'comments';

/** Nobody reads and answers the shortest form in less time than this, counted from the first step that was posted. */
export const leastHumanMs = 4_000;

/** The draft with what a posted step tells about who fills it in; `now` in ms since 1970. */
export function withSignsOfRobot(draft: Draft, posted: URLSearchParams, now: number): Draft {
  const isTrapped = draft.trapped ?? (posted.get(trapField) ?? '') !== '';
  return { ...draft, startedAt: draft.startedAt ?? now, ...(isTrapped && { trapped: true }) };
}

/** Whether the one who sends this draft at `now` (ms since 1970) looks like a robot. */
export function looksLikeRobot({ trapped, startedAt }: Draft, now: number): boolean {
  if (trapped) return true;
  // A clock that was put back says nothing about anybody.
  return startedAt !== undefined && now >= startedAt && now - startedAt < leastHumanMs;
}
