/** `npm run gateway:inbox`: the referrals that the embedded Gateway has received, opened, newest first. */
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { readInbox } from '#gateway/embedded/received.server.ts';
import { referralV1, type ReferralV1 } from '#gateway/referral-v1.ts';
import { saidOf } from '#gateway/unsaid.ts';
import { openFrom } from '#seal/seal.server.ts';
import { readDataDir } from '#server/environment.ts';
import { obligationWords, planSentences } from '#views/plan-words.ts';

/** How to make contact: it stands before all that the message says, so that whoever reads on has read it. */
function howToMakeContact({ communication, contact, obligations }: ReferralV1): string {
  const needs = saidOf(communication.needs) ?? [];
  const plan = planSentences({ needs, contact }, { variant: 'en', isForSomeoneElse: true });
  return [
    'Safe contact',
    ...plan.map(({ words }) => `- ${words.replace(/\s*\n\s*/g, ' ')}`),
    'Obligations',
    ...obligations.map((code) => `- ${obligationWords(code, 'en')} (${code})`),
  ]
    .map((line) => `  ${line}`)
    .join('\n');
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const dataDir = readDataDir();
const inbox = await readInbox(dataDir);

const received = [];
for (const { id, receivedAt, gatewayReference, sealed } of inbox?.messages ?? []) {
  const opened = inbox && (await openFrom(inbox.keys, sealed));
  const message = opened && (JSON.parse(Buffer.from(opened.json).toString('utf8')) as { reference?: string });
  if (!message) {
    process.exitCode = 1;
    console.error(`The referral ${id} cannot be opened with the key in ${dataDir}.`);
  }
  received.push({ reference: message?.reference ?? null, id, receivedAt, gatewayReference, message: message ?? null });
}

if (values.json) {
  console.log(JSON.stringify(received, undefined, 2));
} else if (!inbox) {
  console.log(
    `No embedded Gateway has kept anything in ${dataDir} yet. Start the site with “npm start” and send a referral.`,
  );
} else if (received.length === 0) {
  console.log('The embedded Gateway has received no referral yet.');
} else {
  for (const { reference, receivedAt, gatewayReference, message } of received) {
    console.log(
      `${reference ?? 'cannot be opened'} · received ${receivedAt} · Gateway reference ${gatewayReference}\n`,
    );
    const referral = referralV1.safeParse(message).data;
    if (referral) console.log(`${howToMakeContact(referral)}\n`);
    if (message) console.log(stringify(message).replace(/^/gm, '  ').trimEnd());
    console.log();
  }
  console.log(received.length === 1 ? '1 referral.' : `${received.length} referrals.`);
}
