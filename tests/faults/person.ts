/** Somebody who asks for an advocate while things go wrong around her: what she sees, and what she does next. */
import { referFlow } from '#referral/refer-flow.ts';
import { href, stepHref } from '#site/links.ts';
import { justContactMe, mair, type FilledSteps } from '../support/people.ts';
import { Visitor, type Answer } from '../support/visitor.ts';
import { must } from './ground.ts';

export const checkAddress = href('refer-check', 'en');
export const sentAddress = href('refer-sent', 'en');
const steps = referFlow.map(({ id }) => id);

export const referenceIn = (text: string): string | undefined =>
  /<output[^>]*>\s*([A-Z2-9-]{11})\s*<\/output>/.exec(text)?.[1];

/** Fills in steps of the form; the last answer is where she was led. */
export async function fill(visitor: Visitor, filled: FilledSteps, until?: string): Promise<Answer | undefined> {
  let answer: Answer | undefined;
  for (const step of steps) {
    if (step === until) break;
    const form = filled[step];
    if (form) answer = await visitor.postAndGoOn(stepHref('refer', step, 'en'), form);
  }
  return answer;
}

/** A visitor who has filled in everything and sees her answers, ready to be sent. */
export async function aboutToSend(origin: string, filled: FilledSteps = mair): Promise<Visitor> {
  const visitor = new Visitor(origin);
  const answer = await fill(visitor, filled);
  must(answer?.path === checkAddress, `the form ends at its check (it led to ${answer?.path ?? 'nowhere'})`);
  return visitor;
}

/** The same on the shortest way: many people at little cost. */
export const soonToSend = (origin: string): Promise<Visitor> => aboutToSend(origin, justContactMe);

/** Presses “send”. @returns the reference that she sees; undefined if no page came */
export async function press(visitor: Visitor): Promise<string | undefined> {
  try {
    return referenceIn((await visitor.post(checkAddress, {})).text);
  } catch {
    // Her browser shows an error of its own.
    return undefined;
  }
}

const outputOf = (text: string, mark: string): string =>
  new RegExp(`<output[^>]*${mark}[^>]*>\\s*([^<\\s]+)`).exec(text)?.[1] ?? '';

/** Takes back what she has sent, with the two codes of her confirmation. @returns whether she is told that it is done */
export async function takeBack(visitor: Visitor): Promise<boolean> {
  try {
    const { text: confirmation } = await visitor.get(sentAddress);
    const [reference, code] = [outputOf(confirmation, 'data-reference'), outputOf(confirmation, 'data-status-code')];
    const { text } = await visitor.post(href('refer-status', 'en'), { reference, code, do: 'withdraw' });
    return text.includes('data-status="withdrawn"');
  } catch {
    return false;
  }
}

/** Fills in the shortest way, or this, and sends it. @throws if no reference is shown */
export async function send(origin: string, filled = justContactMe): Promise<string> {
  const visitor = await aboutToSend(origin, filled);
  const { status, text } = await visitor.post(checkAddress, {});
  const reference = referenceIn(text);
  must(reference !== undefined, `a reference is shown (status ${status})`);
  return reference;
}
