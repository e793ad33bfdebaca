/** Every law, row, fact and outcome as they were reviewed: a change of a name, an address, a reason or a value is read like law. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { citations, citationIds, factIds, facts, outcomeIds, outcomes, ruleset } from '../../src/eligibility/decide.ts';
import { rules, type Law } from '../../src/eligibility/rules.ts';

const path = new URL('./reviewed-law.txt', import.meta.url);

const lawWords = (law: Law): string =>
  typeof law === 'string'
    ? law
    : Object.entries(law.law)
        .map(([value, ids]) => `${law.by} = ${value}: ${ids.join(' + ')}`)
        .join('; ');

const written = [
  `The laws, rows, facts and outcomes of the rules, version ${ruleset}. Reviewed like law.`,
  'Written by: UPDATE_LAW=1 npx vitest run tests/eligibility',
  ...citationIds.flatMap((id) => {
    const { id: own, instrument, provision, title, url, textIn } = citations[id];
    return [
      '',
      `law ${own}, text in ${textIn.join(' and ')}`,
      ...(['en', 'cy'] as const).flatMap((language) => [
        `  ${language}: ${instrument[language]} | ${provision ? provision[language] : 'the whole'} | ${url[language]}`,
        `      shown as: ${title[language]}`,
      ]),
    ];
  }),
  ...rules.flatMap(({ id, because, gives, firstThatFits, stop, from, until }) => [
    '',
    [`row ${id}`, firstThatFits && 'first that fits', stop && 'stop', from && `from ${from}`, until && `until ${until}`]
      .filter(Boolean)
      .join(', '),
    `  because: ${because.map((entry) => (typeof entry === 'string' ? entry : entry.join(' or else '))).join(', ') || 'nothing that was said'}`,
    ...gives.map(({ outcome, law }) => `  gives ${outcome}: ${law.map(lawWords).join(', ') || 'no law speaks of it'}`),
  ]),
  '',
  ...factIds.map((id) => {
    const { kind, values, unsure } = facts[id];
    return `fact ${id}, ${kind}: ${values.join(' ')}${unsure ? ' unsure' : ''}`;
  }),
  '',
  ...outcomeIds.map((id) => `outcome ${id}: ${outcomes[id]}`),
  '',
].join('\n');

it('the laws, rows, facts and outcomes are those that were reviewed', () => {
  if (process.env['UPDATE_LAW'] === '1') writeFileSync(path, written);
  const hint = 'Run UPDATE_LAW=1 npx vitest run tests/eligibility, and have the change of reviewed-law.txt reviewed.';
  expect(written.split('\n'), hint).toEqual(readFileSync(path, 'utf8').split('\n'));
});
