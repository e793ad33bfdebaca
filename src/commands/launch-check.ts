/** `npm run launch-check`: what a person must still confirm before the public uses the site, and the file to change. Ends with 1 while anything is open. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Service } from '#directory/service.ts';
import { outcomes, pages, services, type Outcome, type Page } from '#library/content.ts';
import { variantKeys, type Variant } from '#site/variants.ts';
import { namespacesOf } from '#site/words.ts';

export interface OpenPoint {
  readonly what: string;
  /** The file to change; the point is closed by what is written there. */
  readonly file: string;
}

export interface OpenGroup {
  readonly heading: string;
  readonly points: readonly OpenPoint[];
}

interface Decision extends OpenPoint {
  /** Who settled it and when; null until somebody has. */
  readonly settled: string | null;
}

export interface ToConfirm {
  readonly services: ReadonlyMap<string, Service>;
  readonly pages: ReadonlyMap<string, Pick<Page, 'signedOff'>>;
  readonly outcomes: ReadonlyMap<string, Pick<Outcome, 'signedOff'>>;
  /** Who signed off the strings of each variant; null until somebody has. */
  readonly stringsSignedOff: Readonly<Record<Variant, string | null>>;
  readonly decisions: readonly Decision[];
  /** The text of `src/eligibility/README.md`. */
  readonly lawReadme: string;
}

/** Facts of a service go stale: somebody reads the source again after so many days. */
const factsLastDays = 90;

/** Without one of these, the form has nowhere to send people who would rather talk. */
const gatewayMustHave = ['phone', 'email', 'web', 'hours'] as const;
const gateway = 'gateway-cav';

/** Every point that is open on this day (YYYY-MM-DD), group by group; groups without any are left out. */
export function openGroups(toConfirm: ToConfirm, today: string): OpenGroup[] {
  const groups: OpenGroup[] = [
    { heading: 'Decisions', points: openDecisions(toConfirm) },
    { heading: 'The law, to be confirmed by a lawyer or the commissioner', points: openLaw(toConfirm) },
    { heading: 'Services: how to reach them', points: missingContacts(toConfirm) },
    { heading: 'Services: facts from a weak source', points: weakFacts(toConfirm) },
    { heading: `Services: facts older than ${factsLastDays} days`, points: staleFacts(toConfirm, today) },
    { heading: 'Welsh and easy read, not signed off', points: notSignedOff(toConfirm) },
  ];
  return groups.filter(({ points }) => points.length > 0);
}

const openDecisions = ({ decisions }: ToConfirm): OpenPoint[] =>
  decisions.filter(({ settled }) => settled === null).map(({ what, file }) => ({ what, file }));

/** The entries under the README’s heading; whoever confirms one takes it out of the list. */
function openLaw({ lawReadme }: ToConfirm): OpenPoint[] {
  const [, section = ''] = lawReadme.split(/^## To be confirmed before launch$/m);
  const [list = ''] = section.split(/^## /m);
  return [...list.matchAll(/^- (.+)$/gm)].map(([, entry = '']) => ({
    what: entry.replaceAll('**', ''),
    file: 'src/eligibility/README.md',
  }));
}

const fileOf = (service: string): string => `content/services/${service}.yaml`;

function missingContacts({ services }: ToConfirm): OpenPoint[] {
  return [...services].flatMap(([id, service]): OpenPoint[] => {
    if (id === gateway) {
      return gatewayMustHave
        .filter((fact) => service[fact] === null)
        .map((fact) => ({ what: `The Gateway’s ${fact} is not known.`, file: fileOf(id) }));
    }
    const isReachable = [service.phone, service.text, service.email, service.web].some((fact) => fact !== null);
    return isReachable ? [] : [{ what: 'No source shows any way to reach it.', file: fileOf(id) }];
  });
}

function weakFacts({ services }: ToConfirm): OpenPoint[] {
  return [...services].flatMap(([id, { confidence, withheld }]) => [
    ...(confidence === 'high'
      ? []
      : [{ what: `Its facts are of ${confidence} confidence: confirm them.`, file: fileOf(id) }]),
    ...(withheld === undefined ? [] : [{ what: `Withheld: ${withheld}`, file: fileOf(id) }]),
  ]);
}

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

function staleFacts({ services }: ToConfirm, today: string): OpenPoint[] {
  return [...services]
    .filter(([, { checkedOn }]) => daysBetween(checkedOn, today) > factsLastDays)
    .map(([id, { checkedOn }]) => ({ what: `Read on ${checkedOn}: read its source again.`, file: fileOf(id) }));
}

function notSignedOff({ pages, outcomes, stringsSignedOff }: ToConfirm): OpenPoint[] {
  const texts = [
    ...[...pages].map(([id, { signedOff }]) => ({ signedOff, file: `content/pages/${id}/page.yaml` })),
    ...[...outcomes].map(([id, { signedOff }]) => ({ signedOff, file: `content/outcomes/${id}/outcome.yaml` })),
  ];
  const points = texts.flatMap(({ signedOff: { welsh, easyRead }, file }) => {
    const open = [...(welsh === null ? ['Welsh'] : []), ...(easyRead === null ? ['easy read'] : [])];
    return open.length > 0 ? [{ what: `Not signed off: ${open.join(' and ')}.`, file }] : [];
  });
  const strings = variantKeys
    .filter((variant) => stringsSignedOff[variant] === null)
    .map((variant) => ({
      what: `The strings of ${variant} (${namespacesOf(variant)
        .map((namespace) => `${namespace}.${variant}.json`)
        .join(', ')}).`,
      file: 'i18n/signed-off.json',
    }));
  return [...points, ...strings];
}

const decisionsShape = z.array(z.strictObject({ what: z.string(), file: z.string(), settled: z.string().nullable() }));
const signedOffShape = z.strictObject({
  en: z.string().nullable(),
  'en.easy': z.string().nullable(),
  cy: z.string().nullable(),
  'cy.easy': z.string().nullable(),
});

/** All that there is to confirm, as it is on the disk. Throws for a file that does not have its shape. */
export const everythingToConfirm = (): ToConfirm => ({
  services: services(),
  pages: pages(),
  outcomes: outcomes(),
  stringsSignedOff: signedOffShape.parse(JSON.parse(readFileSync('i18n/signed-off.json', 'utf8'))),
  decisions: decisionsShape.parse(parse(readFileSync('docs/before-launch.yaml', 'utf8'))),
  lawReadme: readFileSync('src/eligibility/README.md', 'utf8'),
});

/** What the command prints, and the code with which it ends. */
export function launchReport(groups: readonly OpenGroup[]): { readonly text: string; readonly exitCode: 0 | 1 } {
  if (groups.length === 0) return { text: 'Everything is confirmed. The public can use the site.', exitCode: 0 };
  const count = groups.reduce((sum, { points }) => sum + points.length, 0);
  const written = groups.map(({ heading, points }) =>
    [`${heading}: ${points.length}`, ...points.map(({ what, file }) => `  ${file}\n    ${what}`)].join('\n'),
  );
  return {
    text: `${written.join('\n\n')}\n\nStill open: ${count}. The public must not use the site yet.`,
    exitCode: 1,
  };
}

if (import.meta.main) {
  const { text, exitCode } = launchReport(openGroups(everythingToConfirm(), new Date().toISOString().slice(0, 10)));
  console.log(text);
  process.exitCode = exitCode;
}
