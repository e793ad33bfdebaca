/** `npm run gateway:check -- URL --token … --key PUBLIC_JWK`: holds a Gateway’s endpoint to the contract, with referrals of nobody. */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkEndpoint, nobody } from '#gateway/receiving/check-endpoint.ts';
import { readGatewayKeys } from '#seal/gateway-key.server.ts';

const usage = `npm run gateway:check -- URL --token TOKEN --key PUBLIC_JWK
  TOKEN       what the site would send; --token-file FILE keeps it out of the list of processes
  PUBLIC_JWK  the public key, or set of keys, as a file or as JSON
  --format json   for a Gateway that cannot open sealed messages yet; then without --key`;

const words = { pass: 'pass  ', advice: 'advice', fail: 'FAIL  ' } as const;

async function check(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      token: { type: 'string' },
      'token-file': { type: 'string' },
      key: { type: 'string' },
      format: { type: 'string', default: 'jwe' },
    },
    allowPositionals: true,
  });
  const [url = ''] = positionals;
  const token = values.token ?? (values['token-file'] && readFileSync(values['token-file'], 'utf8').trim());
  const { format, key } = values;
  if (!URL.canParse(url) || !token || (format !== 'jwe' && format !== 'json') || (format === 'jwe' && !key)) {
    console.error(usage);
    return 2;
  }
  const keys = format === 'jwe' && key ? await readGatewayKeys(existsSync(key) ? readFileSync(key, 'utf8') : key) : [];

  const kept = new Set<string>();
  const count = { pass: 0, advice: 0, fail: 0 };
  console.log(`Trying ${url}. What it keeps is about “${nobody}”.\n`);
  const findings = checkEndpoint(
    { url: new URL(url), token, format, keys },
    { now: () => Date.now(), kept: (id) => kept.add(id) },
  );
  for await (const { verdict, sentence } of findings) {
    count[verdict] += 1;
    console.log(`${words[verdict]}  ${sentence}`);
  }
  console.log(`\n${count.pass} passed, ${count.advice} with advice, ${count.fail} failed.`);
  if (kept.size > 0)
    console.log(`Test referrals to remove there, by id:\n${[...kept].map((id) => `  ${id}`).join('\n')}`);
  return count.fail > 0 ? 1 : 0;
}

try {
  process.exitCode = await check();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
