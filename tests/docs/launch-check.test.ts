/** The launch check: open as long as a person must still confirm something, and quiet when all is confirmed. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everythingToConfirm, launchReport, openGroups, type ToConfirm } from '../../src/commands/launch-check.ts';
import type { Service } from '../../src/directory/service.ts';

const words = { en: 'a', 'en.easy': 'a', cy: 'a', 'cy.easy': 'a' };
const sound: Service = {
  name: { en: 'A', cy: 'A' },
  for: words,
  phone: '029 2018 0000',
  text: null,
  email: 'a@example.com',
  web: 'https://example.com/',
  hours: { en: 'always', cy: 'bob amser' },
  area: ['wales'],
  voiceFree: false,
  source: 'Its own website.',
  checkedOn: '2026-11-01',
  confidence: 'high',
};
const signedOff = { welsh: 'Mair, 2026-11-20', easyRead: 'The readers’ panel, 2026-11-21' };

const confirmed: ToConfirm = {
  services: new Map([
    ['gateway-cav', sound],
    ['meic', sound],
  ]),
  pages: new Map([['home', { signedOff }]]),
  outcomes: new Map([['c-meic', { signedOff }]]),
  stringsSignedOff: { en: 'Ann', 'en.easy': 'Ann', cy: 'Mair', 'cy.easy': 'Mair' },
  decisions: [{ what: 'Who is the controller.', file: 'content/pages/privacy/', settled: 'The councils, 2026-11-20' }],
  lawReadme:
    '# The law\n\n- a list entry elsewhere\n\n## To be confirmed before launch\n\nNothing is open.\n\n## More\n\n- another\n',
};

const today = '2026-11-22';
const openIn = (change: Partial<ToConfirm>, on = today) =>
  openGroups({ ...confirmed, ...change }, on).flatMap(({ points }) =>
    points.map(({ file, what }) => `${file}: ${what}`),
  );
const withService = (id: string, change: Partial<Service>): Partial<ToConfirm> => ({
  services: new Map([...confirmed.services, [id, { ...sound, ...change }]]),
});

describe('the launch check', () => {
  it('is quiet when everything is confirmed', () => {
    expect(openIn({})).toEqual([]);
    expect(launchReport([])).toEqual({ text: 'Everything is confirmed. The public can use the site.', exitCode: 0 });
  });

  it('stops while anything at all is open, and says how much', () => {
    const groups = openGroups({ ...confirmed, ...withService('meic', { confidence: 'low' }) }, today);
    const { text, exitCode } = launchReport(groups);
    expect(exitCode).toBe(1);
    expect(text).toContain('Still open: 1.');
    expect(text).toContain('content/services/meic.yaml\n    Its facts are of low confidence');
  });

  it.each<[string, Partial<ToConfirm>, RegExp]>([
    ['a decision', { decisions: [{ what: 'The lawful basis.', file: 'f', settled: null }] }, /^f: The lawful basis\.$/],
    [
      'a point of law',
      { lawReadme: '## To be confirmed before launch\n\n- **R5** as it is.\n\n## More\n\n- no' },
      /^src\/eligibility\/README\.md: R5 as it is\.$/,
    ],
    [
      'the Gateway’s telephone number',
      withService('gateway-cav', { phone: null }),
      /gateway-cav\.yaml: The Gateway’s phone/,
    ],
    ['the Gateway’s hours', withService('gateway-cav', { hours: null }), /gateway-cav\.yaml: The Gateway’s hours/],
    [
      'a service that nobody can reach',
      withService('meic', { phone: null, email: null, web: null }),
      /meic\.yaml: No source/,
    ],
    ['facts of medium confidence', withService('meic', { confidence: 'medium' }), /medium confidence/],
    ['a fact that is withheld', withService('meic', { withheld: 'Phone: seen once.' }), /Withheld: Phone: seen once\./],
    [
      'a page’s Welsh',
      { pages: new Map([['home', { signedOff: { ...signedOff, welsh: null } }]]) },
      /pages\/home\/page\.yaml: Not signed off: Welsh\.$/,
    ],
    [
      'an outcome’s easy read',
      { outcomes: new Map([['c-meic', { signedOff: { ...signedOff, easyRead: null } }]]) },
      /outcomes\/c-meic\/outcome\.yaml: Not signed off: easy read\.$/,
    ],
    [
      'the strings of a variant',
      { stringsSignedOff: { ...confirmed.stringsSignedOff, 'cy.easy': null } },
      /signed-off\.json: The strings of cy\.easy \(site\.cy\.easy\.json/,
    ],
  ])('lists %s, with the file', (_what, change, point) => {
    const open = openIn(change);
    expect(open).toHaveLength(1);
    expect(open[0]).toMatch(point);
  });

  it('asks for a fact to be read again after 90 days, and not before', () => {
    expect(openIn(withService('meic', { checkedOn: '2026-11-22' }), '2027-01-15')).toEqual([]);
    expect(openIn({}, '2027-01-30')).toEqual([]);
    expect(openIn({}, '2027-01-31')).toHaveLength(2);
  });

  it('reads the site as it is, and names only files that exist', () => {
    const groups = openGroups(everythingToConfirm(), today);
    for (const { points } of groups) for (const { file } of points) expect(existsSync(file), file).toBe(true);
    expect(groups.find(({ heading }) => heading.startsWith('The law'))?.points.length ?? 0).toBeLessThan(40);
  });
});
