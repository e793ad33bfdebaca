/** `npm run routes`: every address of the site, one a line; with `-- --json` as data. */
import { allAddresses } from '#site/links.ts';

const addresses = allAddresses();
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(addresses, null, 2)}\n`);
else
  for (const { path, variant, kind, id } of addresses)
    process.stdout.write(`${path}  ${kind}  ${id}  ${variant ?? ''}\n`);
