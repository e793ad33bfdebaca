/** `npm run gateway:inbox`: the referrals that the embedded Gateway has received, opened, newest first, and which were taken back. */
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

interface Message {
  readonly schema?: string;
  readonly reference?: string;
  /** The referral that a withdrawal takes back. */
  readonly referral?: string;
}

const opened = [];
for (const { id, receivedAt, gatewayReference, sealed } of inbox?.messages ?? []) {
  const json = inbox && (await openFrom(inbox.keys, sealed))?.json;
  const message = json && (JSON.parse(Buffer.from(json).toString('utf8')) as Message);
  if (!message) {
    process.exitCode = 1;
    console.error(`The message ${id} cannot be opened with the key in ${dataDir}.`);
  }
  opened.push({ reference: message?.reference ?? null, id, receivedAt, gatewayReference, message: message ?? null });
}

const isWithdrawal = (message: Message | null): boolean => message?.schema === 'withdrawal/v1';
const withdrawals = opened.filter(({ message }) => isWithdrawal(message));
const ids = new Set(opened.map(({ id }) => id));
// A withdrawal stands with its referral. One whose referral never came, or has not come yet, stands alone.
const received = opened
  .filter(({ message }) => !isWithdrawal(message) || !ids.has(message?.referral ?? ''))
  .map((each) => {
    const withdrawal = withdrawals.find(({ message }) => message?.referral === each.id);
    return {
      ...each,
      ...(withdrawal && {
        withdrawn: { receivedAt: withdrawal.receivedAt, gatewayReference: withdrawal.gatewayReference },
      }),
    };
  });

if (values.json) {
  console.log(JSON.stringify(received, undefined, 2));
} else if (!inbox) {
  console.log(
    `No embedded Gateway has kept anything in ${dataDir} yet. Start the site with “npm start” and send a referral.`,
  );
} else if (received.length === 0) {
  console.log('The embedded Gateway has received no referral yet.');
} else {
  for (const { reference, receivedAt, gatewayReference, message, withdrawn } of received) {
    const end = withdrawn ? ` · withdrawn ${withdrawn.receivedAt}` : isWithdrawal(message) ? ' · a withdrawal' : '';
    console.log(
      `${reference ?? 'cannot be opened'} · received ${receivedAt} · Gateway reference ${gatewayReference}${end}\n`,
    );
    const referral = referralV1.safeParse(message).data;
    if (referral) console.log(`${howToMakeContact(referral)}\n`);
    if (message) console.log(stringify(message).replace(/^/gm, '  ').trimEnd());
    console.log();
  }
  const referrals = received.filter(({ message }) => !isWithdrawal(message)).length;
  const withdrawn = withdrawals.length > 0 ? `, ${withdrawals.length} withdrawn` : '';
  console.log(`${referrals === 1 ? '1 referral' : `${referrals} referrals`}${withdrawn}.`);
}
