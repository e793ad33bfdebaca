/** What is typed: that it is nowhere once it is delivered, that it arrives as it was typed, and that nobody else’s cookie opens it. */
import { connect } from 'node:net';
import { href, stepHref } from '#site/links.ts';
import { everyWay, mair, marked } from '../support/people.ts';
import { Visitor } from '../support/visitor.ts';
import {
  arrivedOnce,
  drained,
  filesWith,
  holds,
  must,
  readiness,
  sealedAt,
  severalAtOnce,
  sleep,
  until,
  type Ground,
} from './ground.ts';
import { aboutToSend, checkAddress, press, referenceIn, send, sentAddress, soonToSend } from './person.ts';

const mark = 'qzxcanary';

/** How a word may lie on a disk: as it is, in another encoding, or in Base64 at any of three places. */
function disguises(word: string): Buffer[] {
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.from('x'.repeat(before) + word).toString('base64');
    // What the neighbours of the word have a part in is left out.
    return text.slice(before === 0 ? 0 : 4, -4);
  });
  return [
    Buffer.from(word),
    Buffer.from(word.toUpperCase()),
    Buffer.from(word, 'utf16le'),
    ...base64.map((text) => Buffer.from(text)),
  ];
}

/** Many referrals full of marked words: before delivery nothing readable is anywhere, and afterwards no copy of them is left. */
export async function nothingIsLeft(ground: Ground, format: 'jwe' | 'json', count: number): Promise<string> {
  const gateway = await ground.gateway('closed', format);
  const [dataDir, TMPDIR] = [ground.folder(), ground.folder()];
  const site = await ground.site({ env: { ...gateway.env, TMPDIR }, dataDir });
  const { filled } = marked(everyWay, mark);
  const words = disguises(mark);
  const before = Math.min(count, 20);
  const shown: string[] = [];
  const sendSome = async (some: number): Promise<void> => {
    shown.push(...(await severalAtOnce(Array.from({ length: some }), 4, () => send(site.origin, filled))));
  };
  await sendSome(before);
  const readable = (): string[] => {
    const found = filesWith(
      [dataDir, TMPDIR],
      [...words, ...shown.slice(0, 50).map((reference) => Buffer.from(reference))],
    );
    if (holds(Buffer.from(site.logs()), words)) found.push('the output of the process');
    return found;
  };
  must(readable().length === 0, `nothing readable waits (${readable().join()})`);
  await gateway.behave('receives');
  await sendSome(count - before);
  await drained(site.origin, 300_000);
  const began = performance.now();
  const sealed = format === 'jwe' ? sealedAt(gateway, 300) : [];
  await until(
    'no sealed copy is left',
    () => filesWith([dataDir], sealed),
    (files) => files.length === 0,
    60_000,
  );
  const goneMs = performance.now() - began;
  must(readable().length === 0, `nothing readable is left (${readable().join()})`);
  must(gateway.kept.length === count, `all ${count} arrived`);
  const atGateway = await Promise.all(gateway.attempts.slice(0, 5).map((attempt) => gateway.open(attempt)));
  must(
    atGateway.every((message) => JSON.stringify(message).includes(mark)),
    'the marked words were in them',
  );
  arrivedOnce(gateway, shown);
  must((await site.stop()) === 0, 'it stops cleanly');
  must(readable().length === 0, 'nor after the stop');
  return `${format}: ${count} referrals, ${before} of them looked for before delivery, found 0; last sealed copy gone ${Math.round(goneMs)} ms after the last delivery`;
}

/** While another referral goes on waiting, copies of the delivered ones leave the disk in time. */
export async function copiesLeaveInTime(ground: Ground): Promise<string> {
  const gateway = await ground.gateway('500');
  const dataDir = ground.folder();
  const site = await ground.site({ env: gateway.env, dataDir });
  let slowestMs = 0;
  for (let turn = 0; turn < ground.size(1, 10); turn += 1) {
    await gateway.behave('500');
    await send(site.origin);
    await until(
      'the first attempt has failed',
      () => gateway.attempts.length,
      (begun) => begun > turn,
      20_000,
    );
    await gateway.behave('receives');
    await send(site.origin);
    const end = performance.now() + 20_000;
    while (gateway.kept.length <= turn && performance.now() < end) await sleep(10);
    const sealed = sealedAt(gateway, 1);
    const began = performance.now();
    await until(
      'the copy is gone',
      () => filesWith([dataDir], sealed),
      (files) => files.length === 0,
      61_000,
    );
    slowestMs = Math.max(slowestMs, performance.now() - began);
  }
  return `slowest copy gone ${(slowestMs / 1000).toFixed(1)} s after its delivery, while others wait`;
}

const odd = [
  'Ŵ ŵ Ŷ ŷ Â ê î ô û ẅ ẃ ỳ',
  'مرحبا، أحتاج إلى محامٍ',
  'שלום עולם',
  '👩🏽‍🦽‍➡️ 🏴󠁧󠁢󠁷󠁬󠁳󠁿 👨‍👩‍👧‍👦',
  '𝒜𝓂𝓎 𠮷野家 𐍈',
  'W\u0302yn a Y\u0302 — e\u0301',
  '"quotes" <b>&amp;</b> {{x}} ${y} %00 \\u0000',
  "Robert'); drop table outbox;--",
  'line one\nline two\n\nline four',
  '０１２ ﬁ ß ſ İ ı',
];

/** Words that are rare and right arrive as they were typed, in the one form that they have in Unicode. */
export async function oddWordsArrive(ground: Ground): Promise<string> {
  const gateway = await ground.gateway();
  const site = await ground.site({ env: gateway.env, dataDir: ground.folder() });
  const count = ground.size(12, 500);
  const sent = new Map<string, string>();
  await severalAtOnce(
    Array.from({ length: count }, (_, at) => at),
    4,
    async (at) => {
      const longest = at === 0 ? 'Ŵ'.repeat(1500) : '';
      const words =
        longest || Array.from({ length: 1 + (at % 6) }, (_, more) => odd[(at * 7 + more * 3) % odd.length]).join(' ');
      sent.set(await send(site.origin, { ...mair, need: { ...mair['need'], ownWords: words } }), words);
    },
  );
  await drained(site.origin);
  for (const message of gateway.kept) {
    const expected = sent.get(message.reference)?.normalize('NFC');
    const arrived = (message['need'] as { ownWords: string }).ownWords;
    must(arrived === expected, `“${expected}” arrives as it is (“${arrived}”)`);
  }
  must(gateway.kept.length === count, 'all arrived');
  return `${count} of ${count} arrived as NFC of what was typed`;
}

/** Cookies that were changed, mixed from two people’s, or made up open nothing and send nothing. */
export async function tampering(ground: Ground): Promise<string> {
  const gateway = await ground.gateway();
  const site = await ground.site({ env: gateway.env, dataDir: ground.folder() });
  const [mine, theirs] = [
    await aboutToSend(site.origin),
    await aboutToSend(site.origin, { ...mair, name: { name: 'Yusuf Khan' } }),
  ];
  const tries = ground.size(300, 20_000);
  const draftOf = (visitor: Visitor): [string, string] => {
    const found = [...visitor.cookies].find(([, value]) => value.length === 86);
    must(found !== undefined, 'the cookie of the draft is found');
    return found;
  };
  const [name, a] = draftOf(mine);
  const b = draftOf(theirs)[1];
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const anySign = (): string => signs[Math.floor(Math.random() * signs.length)]!;
  await severalAtOnce(
    Array.from({ length: tries }, (_, at) => at),
    8,
    async (at) => {
      const spot = Math.floor(Math.random() * 85);
      const changed =
        at % 3 === 0
          ? a.slice(0, 43) + b.slice(43)
          : at % 3 === 1
            ? a.slice(0, spot) + (a[spot] === 'A' ? 'B' : 'A') + a.slice(spot + 1)
            : Array.from({ length: 86 }, anySign).join('');
      const response = await fetch(site.origin + (at % 2 ? checkAddress : stepHref('refer', 'name', 'en')), {
        method: at % 2 ? 'POST' : 'GET',
        redirect: 'manual',
        headers: {
          cookie: `${name}=${changed}`,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded',
        },
      });
      const text = await response.text();
      must(response.status < 500, `no fault (${response.status})`);
      must(
        !/Mair Ll|Yusuf Khan/.test(text) && response.headers.get('location') !== sentAddress,
        'nothing is shown and nothing sent',
      );
    },
  );
  must((await readiness(site.origin)).waiting === 0 && gateway.attempts.length === 0, 'nothing was sent');
  const shown = [await press(mine), await press(theirs)];
  must(
    shown.every((reference) => reference !== undefined),
    'the right cookies still open and send',
  );
  await drained(site.origin);
  arrivedOnce(gateway, shown);
  return `${tries} changed, mixed and made-up cookies: 0 opened, 0 sent`;
}

/** A queue from a time without a Gateway: all of it arrives, and never too much at once. */
export async function gatewayComesBack(ground: Ground): Promise<string> {
  const gateway = await ground.gateway('closed');
  const site = await ground.site({ env: gateway.env, dataDir: ground.folder() });
  const count = ground.size(30, 500);
  const shown = await severalAtOnce(Array.from({ length: count }), 4, () => send(site.origin));
  const began = performance.now();
  await gateway.behave('receives');
  await drained(site.origin, 120_000);
  arrivedOnce(gateway, shown);
  must(gateway.mostAtOnce <= 4, `at most 4 at once (${gateway.mostAtOnce})`);
  return `${count} queued, drained in ${((performance.now() - began) / 1000).toFixed(0)} s, at most ${gateway.mostAtOnce} at once, lost 0`;
}

/** Twenty people a second press send. */
export async function manyAtOnce(ground: Ground): Promise<string> {
  const gateway = await ground.gateway();
  const site = await ground.site({ env: gateway.env, dataDir: ground.folder() });
  const count = ground.size(60, 2_000);
  const visitors = await severalAtOnce(Array.from({ length: count }), 8, () => soonToSend(site.origin));
  const took: number[] = [];
  const shown = await Promise.all(
    visitors.map(async (visitor, at) => {
      await sleep(at * 50);
      const began = performance.now();
      const { status, text } = await visitor.post(checkAddress, {});
      took.push(performance.now() - began);
      const reference = referenceIn(text);
      must(reference !== undefined, `a reference is shown (status ${status})`);
      return reference;
    }),
  );
  await drained(site.origin, 180_000);
  arrivedOnce(gateway, shown);
  took.sort((one, other) => one - other);
  return `${count} sends at 20 a second, 0 errors, half within ${Math.round(took[count >> 1]!)} ms, 99 % within ${Math.round(took[Math.floor(count * 0.99)]!)} ms`;
}

/** Hundreds of connections that say nothing to an end: they are let go, and a person meanwhile can send. */
export async function slowConnections(ground: Ground): Promise<string> {
  const gateway = await ground.gateway();
  const site = await ground.site({ env: gateway.env, dataDir: ground.folder() });
  const visitor = await soonToSend(site.origin);
  const began = performance.now();
  const ends = Array.from({ length: 300 }, (_, at) => {
    const socket = connect(site.port, '127.0.0.1');
    ground.atEnd(() => socket.destroy());
    let said = '';
    socket.on('error', () => undefined).on('data', (bytes: Buffer) => (said += bytes.toString('latin1')));
    if (at % 3 === 0) socket.write('GET /en/ HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    if (at % 3 === 1)
      socket.write(
        'POST /leave HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\nx',
      );
    return new Promise<{ ms: number; said: string; kind: number }>((resolve) =>
      socket.once('close', () => resolve({ ms: performance.now() - began, said, kind: at % 3 })),
    );
  });
  await sleep(500);
  must((await press(visitor)) !== undefined, 'a person can send meanwhile');
  const longest = await Promise.all(
    ends.map((end) => Promise.race([end, sleep(50_000).then(() => ({ ms: Infinity, said: '', kind: -1 }))])),
  );
  must(
    longest.every(({ ms }) => Number.isFinite(ms)),
    'every slow connection is let go',
  );
  must((await fetch(site.origin + href('home', 'en'))).ok, 'the site is well');
  return `300 slow connections, the last let go after ${(Math.max(...longest.map(({ ms }) => ms)) / 1000).toFixed(0)} s; a person sent meanwhile`;
}
