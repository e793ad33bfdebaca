/** The embedded Gateway’s rules, apart from HTTP and disk: the first is kept, a repeat gets the same answer, else refuse. */
import { problemOf, type Acknowledgement, type ProblemDetails, type ReceivedOnDay, type Refusal } from '../contract.ts';

/** What the Gateway remembers of a message, and its answer. */
export type Receipt = Acknowledgement;

export type Answer =
  | { status: 201; acknowledgement: Acknowledgement }
  | { status: 200; acknowledgement: Acknowledgement }
  | { status: 200; list: ReceivedOnDay }
  | { refusal: Refusal; problem: ProblemDetails };

export const refuse = (refusal: Refusal, errors?: ProblemDetails['errors']): Answer => ({
  refusal,
  problem: problemOf(refusal, errors),
});

/**
 * What an id that is already known gets. Bytes are compared, not meaning: sealing the same words twice gives other bytes,
 * and a sender that keeps the contract never seals an id twice.
 */
export function answerToRepeat(receipt: Receipt, sha256: string): Answer {
  return receipt.sha256 === sha256 ? { status: 200, acknowledgement: receipt } : refuse('other-content');
}

/** The shape of zod’s `safeParse`, of which the rules need this much. */
export type MessageSchema = {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: { id: string } }
    | { success: false; error: { issues: { path: PropertyKey[]; code: string }[] } };
};

/** The schema’s only rules of its own are about fields that contradict one another. */
const ruleOf = (code: string): string => (code === 'custom' ? 'contradiction' : code);

/** Whether a message that is new here may be kept: undefined, or why not. */
export function examine(json: Uint8Array, id: string, schema: MessageSchema): Answer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    return refuse('not-json');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, code }) => ({
      at: path.map(String).join('.'),
      rule: ruleOf(code),
    }));
    return refuse('not-the-schema', errors.slice(0, 20));
  }
  return parsed.data.id.toLowerCase() === id ? undefined : refuse('wrong-id');
}
