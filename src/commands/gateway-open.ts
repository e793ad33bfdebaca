/** `npm run gateway:open -- FILE --key KEYFILE`: opens a sealed message with a Gateway’s private key, checks it, and prints it. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openReferral } from '#gateway/receiving/open-referral.ts';

const usage = 'npm run gateway:open -- FILE --key KEYFILE   (FILE may be “-”: then it is read from standard input)';

async function openOne(): Promise<number> {
  const { values, positionals } = parseArgs({ options: { key: { type: 'string' } }, allowPositionals: true });
  const [file] = positionals;
  if (file === undefined || values.key === undefined) {
    console.error(usage);
    return 2;
  }
  const opened = await openReferral(readFileSync(file === '-' ? 0 : file), readFileSync(values.key, 'utf8'));
  if ('message' in opened) {
    console.log(JSON.stringify(opened.message, undefined, 2));
    return 0;
  }
  if (opened.text !== undefined) console.log(opened.text);
  console.error(opened.problem.title);
  for (const { at, rule } of opened.problem.errors ?? []) console.error(`  ${at}: ${rule}`);
  return 1;
}

try {
  process.exitCode = await openOne();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
