/** How much one network may ask of us in a short time. No address is kept: only a keyed hash of its network, in memory, for a day. */
import { createHmac, randomBytes } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** What is counted apart: opening a page of a form, posting a step, sending a referral, and what programs ask. */
export type Asked = 'page' | 'post' | 'send' | 'program';

/**
 * A whole hospital or council may come from one network. Somebody who fills in the form posts a step every ten seconds or
 * more slowly: five a second are fifty people at once, for as long as they like.
 */
const allowances: Readonly<Record<Asked, { readonly atOnce: number; readonly perSecond: number }>> = {
  page: { atOnce: 600, perSecond: 10 },
  post: { atOnce: 300, perSecond: 5 },
  send: { atOnce: 30, perSecond: 30 / 3600 },
  program: { atOnce: 300, perSecond: 5 },
};

/** What somebody over a limit is told to wait, in seconds; the page says “a minute”. */
export const waitSeconds = 60;

const dayMs = 24 * 60 * 60_000;
/** About 5 MB. Whoever has not asked for the longest time is forgotten first, which is to their good. */
const mostClients = 20_000;

interface Bucket {
  tokens: number;
  /** Milliseconds since 1970. */
  filledAt: number;
}

export interface Limits {
  /** Counts one request of this address and says whether it is within the allowance; `now` in ms since 1970. */
  allows(asked: Asked, address: string, now: number): boolean;
  /** How many clients are remembered. */
  readonly size: number;
}

/** @param most clients that are remembered */
export function makeLimits(most = mostClients): Limits {
  // In the order of their last request.
  const buckets = new Map<string, Bucket>();
  let key = randomBytes(32);
  let keyMadeAt: number | undefined;

  /** Yesterday’s hashes cannot be compared with today’s. */
  function renewKey(now: number): void {
    if (keyMadeAt !== undefined && Math.abs(now - keyMadeAt) < dayMs) return;
    if (keyMadeAt !== undefined) buckets.clear();
    key = randomBytes(32);
    keyMadeAt = now;
  }

  return {
    allows(asked, address, now) {
      renewKey(now);
      const { atOnce, perSecond } = allowances[asked];
      const name = createHmac('sha256', key)
        .update(`${asked} ${networkOf(address)}`)
        .digest('base64url')
        .slice(0, 22);
      const before = buckets.get(name) ?? { tokens: atOnce, filledAt: now };
      const filled = before.tokens + (Math.max(0, now - before.filledAt) / 1000) * perSecond;
      const tokens = Math.min(atOnce, filled);
      const isWithin = tokens >= 1;
      buckets.delete(name);
      buckets.set(name, { tokens: isWithin ? tokens - 1 : tokens, filledAt: now });
      const oldest = buckets.size > most ? buckets.keys().next().value : undefined;
      if (oldest !== undefined) buckets.delete(oldest);
      return isWithin;
    },
    get size() {
      return buckets.size;
    },
  };
}

/** The network of an address: the first 24 bits of IPv4, the first 56 of IPv6, where one household has many addresses. */
export function networkOf(address: string): string {
  if (isIPv4(address)) return address.split('.').slice(0, 3).join('.');
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const groups = (text: string | undefined): string[] => (text ? text.split(':') : []);
  const [before, after] = [groups(head), groups(tail)];
  const all = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return all
    .map((group) => group.padStart(4, '0'))
    .join('')
    .slice(0, 14);
}
