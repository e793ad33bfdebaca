/** What visitors read: every page, outcome, service and picture, in step in its four variants. `npm run parity` says the same. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everythingSaid } from '../../src/commands/parity.ts';
import { outcomeIds } from '../../src/eligibility/outcomes.ts';
import { outcomes, pages, pictures } from '../../src/library/content.ts';
import { pageRoutes, parity } from '../../src/library/parity.ts';
import { readPageSource } from '../../src/library/page-source.ts';

const { findings, board } = parity(everythingSaid());

describe('the content', () => {
  it('has nothing to mend', () => {
    expect(findings.filter(({ where }) => !where.startsWith('i18n/'))).toEqual([]);
  });

  it('is all on the board', () => {
    expect(board.map(({ what }) => what).sort()).toEqual(
      [...pageRoutes.map((id) => `pages/${id}`), ...outcomeIds.map((id) => `outcomes/${id}`)].sort(),
    );
  });

  it('leads to every page from another page, an outcome or the frame of the site', () => {
    const linked = new Set<string>();
    for (const page of pages().values()) {
      for (const { name, attributes } of readPageSource(page.variants.en?.body ?? '').tags) {
        if (name === 'PageLink' || name === 'Start') linked.add(attributes['to'] ?? '');
      }
    }
    for (const { links } of outcomes().values()) for (const link of links) linked.add(link);
    // The header leads home; errors come by themselves; the footer names the statement.
    const byThemselves = [
      'home',
      'accessibility',
      'page-not-found',
      'something-went-wrong',
      'could-not-accept',
      'wait-a-minute',
    ];
    expect(pageRoutes.filter((id) => !linked.has(id) && !byThemselves.includes(id))).toEqual([]);
  });

  it('has a drawing for every picture that it names', () => {
    const drawn = readdirSync('public/pictures');
    expect(Object.keys(pictures()).filter((id) => !drawn.includes(`${id}.svg`))).toEqual([]);
  });

  it('never tells anybody that they are not entitled', () => {
    const refusals =
      /\bnot entitled\b|\bnot eligible\b|\bno right to\b|\bdo not qualify\b|ddim yn gymwys|ddim hawl|dim hawl gennych|heb hawl/i;
    const told: string[] = [];
    for (const [id, outcome] of outcomes()) {
      if (refusals.test(JSON.stringify(outcome.words))) told.push(`outcomes/${id}`);
    }
    for (const [id, page] of pages()) {
      if (id !== 'for-staff' && refusals.test(JSON.stringify(page.variants))) told.push(`pages/${id}`);
    }
    expect(told).toEqual([]);
  });
});
