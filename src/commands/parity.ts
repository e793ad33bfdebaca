/** `npm run parity`: whether all variants are in step, with each fault and the way to mend it. Ends with 1 if there is any. */
import { globSync, readFileSync } from 'node:fs';
import { checkFlow, everyChoiceOf } from '#check/check-flow.ts';
import { optionPictures } from '#check/option-pictures.ts';
import { citationIds, outcomeIds } from '#eligibility/decide.ts';
import type { Field } from '#form/fields.ts';
import { contactWays } from '#gateway/referral-v1.ts';
import { outcomes, pages, pictures, services } from '#library/content.ts';
import { parity, type Asked, type Everything, type Finding } from '#library/parity.ts';
import { referFlow, type ReferStep } from '#referral/refer-flow.ts';
import { variantKeys } from '#site/variants.ts';
import { strings } from '#site/words.ts';

const questions: readonly Asked[] = checkFlow.map((question) => ({
  id: question.id,
  values: everyChoiceOf(question),
  codes: question.kind === 'list' ? ['required', 'conflict'] : ['required'],
}));

function askedBy(field: Field): Asked {
  const isNeeded = field.required === true || 'requiredWith' in field;
  const forms = Object.values('formBy' in field ? field.formBy.forms : {});
  const kinds = new Set([field.kind, ...forms.map(({ kind }) => kind)]);
  const form = (['phone', 'email', 'postcode'] as const).filter((kind) => kinds.has(kind));
  const conflict = field.kind === 'many' && (field.alone ?? field.apartFrom) ? ['conflict'] : [];
  return {
    id: field.id,
    values: 'values' in field ? field.values : undefined,
    codes: [...(isNeeded ? ['required'] : []), ...form, ...conflict],
  };
}

/** The step as they see it between them who can be reached in every way, and who can be reached in every way but a call. */
function stepAsked(step: ReferStep): { readonly id: string; readonly fields: readonly Asked[] } {
  const fields = [contactWays, contactWays.filter((way) => way !== 'call')].flatMap(
    (ways) => step.fields?.({ contact: { ways } }) ?? [],
  );
  return { id: step.id, fields: [...new Map(fields.map((field) => [field.id, askedBy(field)])).values()] };
}

const readText = (path: string): { path: string; text: string } => ({ path, text: readFileSync(path, 'utf8') });

/** All that the site says, as it is on the disk. Throws, with the file’s name, for a file that does not have its shape. */
export const everythingSaid = (): Everything => ({
  files: globSync('content/**/*.*').map((path) => path.replace(/^content\//, '')),
  pages: pages(),
  outcomes: outcomes(),
  services: services(),
  pictures: pictures(),
  optionPictures,
  outcomeIds,
  citationIds,
  strings,
  sameInBoth: JSON.parse(readFileSync('i18n/same-in-both.json', 'utf8')) as string[],
  questions,
  steps: referFlow.filter(({ question }) => !question).map(stepAsked),
  sources: globSync('src/**/*.{ts,tsx,astro}').map(readText),
});

const printed = ({ where, problem, fix }: Finding): string => `${where}\n  ${problem}\n  → ${fix}`;

function printParity(): void {
  const { findings, warnings, board } = parity(everythingSaid());
  const width = Math.max(...board.map(({ what }) => what.length));
  for (const { what, revisions } of board) {
    const each = variantKeys.map((variant) => `${variant} ${revisions[variant] ?? '–'}`.padEnd(10));
    console.log(`${what.padEnd(width)}  ${each.join('  ').trimEnd()}`);
  }
  if (warnings.length > 0)
    console.log(`\nWorth another look: ${warnings.length}\n\n${warnings.map(printed).join('\n\n')}`);
  if (findings.length > 0) {
    console.log(`\nTo be mended: ${findings.length}\n\n${findings.map(printed).join('\n\n')}`);
    process.exitCode = 1;
  } else {
    console.log('\nAll variants are in step. There is nothing to mend.');
  }
}

if (import.meta.main) {
  try {
    printParity();
  } catch (error) {
    // A file that cannot be read says so itself, with its name: nothing can be compared until it is mended.
    console.log(`To be mended first: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
