/** An answer to a question of the check: kept in the cookie, and led on. No page is made for it, so that Astro is not asked. */
import { openCheck, sealCheck, withPosted, withSwitched } from '#check/answers-cookie.server.ts';
import { checkFlow, questionOf } from '#check/check-flow.ts';
import { journey } from '#flow/journey.ts';
import { isFromIsland } from '#island/step-answer.ts';
import { cookieIn, cookieNames, cookieWasSet, keptCookie } from '#site/cookies.ts';
import { errorSummaryId, noFragment } from '#site/fragments.ts';
import { href, stepAt, stepHref } from '#site/links.ts';
import { switchIn } from '#site/variants.ts';
import type { SiteServices } from './services.ts';

export interface Posted {
  /** Decoded, without a query. */
  readonly path: string;
  /** The headers of these names, where there are any. */
  readonly cookie: string | undefined;
  readonly accept: string | undefined;
  readonly body: string;
}

export interface KeptAnswer {
  /** The Set-Cookie header. */
  readonly setCookie: string;
  /** The address that comes next. */
  readonly goTo: string;
  /** The island cannot show what comes next: led there, it would fetch the page and the browser would fetch it again. */
  readonly isTold: boolean;
}

/** What becomes of an answer posted to this path; undefined if no question is asked there. */
export function keptAnswer(
  { ring, https, now: clock }: Pick<SiteServices, 'ring' | 'https' | 'now'>,
  { path, cookie, accept, body }: Posted,
): KeptAnswer | undefined {
  const asked = stepAt(path.replace(/\/$/, ''));
  const question = asked?.journey === 'check' ? questionOf(asked.step) : undefined;
  if (!asked || !question) return undefined;
  const { variant } = asked;
  const name = cookieNames(https).check;
  const now = clock();
  const kept = cookieIn(cookie, name);
  const state = openCheck(ring, kept, now);
  const posted = new URLSearchParams(body);
  const switchTo = switchIn(posted);
  const outcome = switchTo
    ? { state: withSwitched(state, question.id, posted), accepted: false }
    : withPosted(state, question.id, posted);
  const setCookie = keptCookie(name, sealCheck(ring, outcome.state, now), https);
  const first = kept === undefined ? cookieWasSet : '';
  if (!outcome.accepted) {
    const refused = outcome.state.pending?.refused ? `#${errorSummaryId}` : '';
    return { setCookie, goTo: stepHref('check', question.id, switchTo ?? variant) + first + refused, isTold: false };
  }
  const { next } = journey(checkFlow, outcome.state.answers);
  const onTo = next ? stepHref('check', next.id, variant) : href('check-result', variant);
  return {
    setCookie,
    goTo: onTo + first + (state.pending?.refused ? noFragment : ''),
    isTold: !next && isFromIsland(accept),
  };
}
