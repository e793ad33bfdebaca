/** The parity check finds each kind of fault, and says where it is and how to mend it. */
import { describe, expect, it } from 'vitest';
import { everythingSaid } from '../../src/commands/parity.ts';
import type { Page } from '../../src/library/content.ts';
import { parity, type Everything, type Finding } from '../../src/library/parity.ts';
import type { OutcomeWords } from '../../src/library/shapes.ts';
import { variantKeys, type Variant } from '../../src/site/variants.ts';

const all = everythingSaid();
const only = <T>(map: ReadonlyMap<string, T>, ...ids: string[]) => new Map([...map].filter(([id]) => ids.includes(id)));

/** A site of few pages and one outcome: enough to be wrong in every way. */
const sound: Everything = { ...all, pages: only(all.pages, 'home', 'carers'), outcomes: only(all.outcomes, 'c-meic') };
const isKnown = new Set(parity(sound).findings.map((finding) => JSON.stringify(finding)));

/** What the check finds beyond what it finds anyway. */
const newIn = (change: Partial<Everything>): Finding[] =>
  parity({ ...sound, ...change }).findings.filter((finding) => !isKnown.has(JSON.stringify(finding)));

type Change = (text: string) => string;
const add =
  (more: string): Change =>
  (text) =>
    `${text}\n${more}\n`;

/** The site with one page changed in one variant. */
function withPage(id: string, variant: Variant, change: Change): Partial<Everything> {
  const page = sound.pages.get(id)!;
  const source = page.variants[variant]!;
  const changed: Page = {
    ...page,
    variants: { ...page.variants, [variant]: { ...source, body: change(source.body) } },
  };
  return { pages: new Map([...sound.pages, [id, changed]]) };
}

/** The site with every text of one outcome’s variant changed. */
function withOutcome(id: string, variant: Variant, change: (words: OutcomeWords) => unknown): Partial<Everything> {
  const outcome = structuredClone(sound.outcomes.get(id)!);
  change(outcome.words[variant]);
  return { outcomes: new Map([...sound.outcomes, [id, outcome]]) };
}

interface Tree {
  [key: string]: Tree | string;
}

/** The site with one string changed in these variants; undefined takes it out. */
function withString(
  namespace: 'site' | 'check' | 'refer' | 'staff',
  changed: readonly Variant[],
  path: string,
  text: string | undefined,
): Partial<Everything> {
  const strings = structuredClone(sound.strings);
  for (const variant of changed) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const parent = keys.reduce((at, key) => at[key] as Tree, strings[variant][namespace] as Tree);
    if (text === undefined) Reflect.deleteProperty(parent, last);
    else parent[last] = text;
  }
  return { strings };
}

const row = (text: string, picture = 'advocate'): string => `<Row picture="${picture}">\n\n${text}\n\n</Row>`;
const without = (path: string): Partial<Everything> => ({ files: sound.files.filter((each) => each !== path) });

/** What is wrong, the site with it, the file that is named, and what is said. */
const faults: readonly (readonly [string, Partial<Everything>, string, RegExp])[] = [
  ['a page without its Welsh', without('pages/home/cy.mdx'), 'content/pages/home/cy.mdx', /missing/],
  [
    'an outcome without easy read',
    without('outcomes/c-meic/en.easy.yaml'),
    'content/outcomes/c-meic/en.easy.yaml',
    /missing/,
  ],
  [
    'easy read of a staff page',
    { files: [...sound.files, 'pages/for-staff/en.easy.mdx'] },
    'content/pages/for-staff/en.easy.mdx',
    /nothing reads/,
  ],
  [
    'a page without an address',
    { files: [...sound.files, 'pages/news/en.mdx'] },
    'content/pages/news/en.mdx',
    /nothing reads/,
  ],
  [
    'an outcome that no rule gives',
    { outcomeIds: sound.outcomeIds.filter((id) => id !== 'c-meic') },
    'content/outcomes/c-meic/en.yaml',
    /nothing reads/,
  ],
  [
    'a heading more',
    withPage('carers', 'cy', add('\n## Rhagor')),
    'content/pages/carers/cy.mdx',
    /piece .* “h2”.*the end/,
  ],
  [
    'a link less',
    withPage('home', 'cy', (text) => text.replace(/<PageLink to="carers">(.*?)<\/PageLink>/, '$1')),
    'content/pages/home/cy.mdx',
    /piece/,
  ],
  [
    'another picture',
    withPage('home', 'cy.easy', (text) => text.replace('picture="free"', 'picture="money"')),
    'content/pages/home/cy.easy.mdx',
    /picture=money/,
  ],
  [
    'a picture that is not drawn',
    withPage('home', 'en.easy', add(`\n${row('You can ask.', 'unicorn')}`)),
    'content/pages/home/en.easy.mdx',
    /unicorn.*leads nowhere/,
  ],
  [
    'a link to no page',
    withPage('home', 'en', add('\nRead <PageLink to="news">the news</PageLink>.')),
    'content/pages/home/en.mdx',
    /news.*leads nowhere/,
  ],
  [
    'a service that is not there',
    withPage('home', 'en', add('\n<Service id="nobody" />')),
    'content/pages/home/en.mdx',
    /nobody.*leads nowhere/,
  ],
  [
    'a number that no source shows',
    withPage('home', 'en', add('\nPhone <Phone service="gateway-cav" />.')),
    'content/pages/home/en.mdx',
    /gateway-cav.*leads nowhere/,
  ],
  [
    'a law that is not there',
    withPage('home', 'en', add('\nRead <Cite id="magna-carta" />.')),
    'content/pages/home/en.mdx',
    /magna-carta.*leads nowhere/,
  ],
  [
    'an outside link without TLS',
    withPage('home', 'en', add('\n<OutsideLink href="http://a.b">a</OutsideLink>')),
    'content/pages/home/en.mdx',
    /leads nowhere/,
  ],
  [
    'a component that is none',
    withPage('home', 'en', add('\n<Marquee>words</Marquee>')),
    'content/pages/home/en.mdx',
    /<Marquee> is no component/,
  ],
  ['an import', withPage('home', 'en', add("\nimport x from 'y';")), 'content/pages/home/en.mdx', /is code/],
  [
    'a Markdown link',
    withPage('home', 'en', add('\n[here](https://example.com)')),
    'content/pages/home/en.mdx',
    /is code or a Markdown link/,
  ],
  [
    'a must-know fact that is not marked',
    withPage('home', 'cy', (text) => text.replace('<MustKnow id="free">', '<MustKnow id="independent">')),
    'content/pages/home/cy.mdx',
    /“free” is not marked/,
  ],
  [
    'a must-know fact that no row states',
    withPage('home', 'en.easy', (text) => text.replace(' fact="free"', '')),
    'content/pages/home/en.easy.mdx',
    /“free” is not marked/,
  ],
  [
    'a mark that page.yaml does not know',
    withPage('home', 'en', add('\n<MustKnow id="tea">Tea is nice.</MustKnow>')),
    'content/pages/home/en.mdx',
    /“tea” is marked/,
  ],
  [
    'a telephone number in a page',
    withPage('home', 'en', add('\nPhone 029 2018 0000.')),
    'content/pages/home/en.mdx',
    /029 2018 0000 is typed/,
  ],
  ['a leftover', withPage('home', 'en', add('\nTODO')), 'content/pages/home/en.mdx', /“TODO” was left behind/],
  ['a straight apostrophe', withPage('home', 'en', add("\nIt's free.")), 'content/pages/home/en.mdx', /straight/],
  [
    'straight quotation marks',
    withPage('home', 'cy', add('\nDywedwch "na".')),
    'content/pages/home/cy.mdx',
    /straight/,
  ],
  ['a Welsh “ti”', withPage('home', 'cy', add('\nWyt ti’n iawn?')), 'content/pages/home/cy.mdx', /“ti” in Welsh/],
  [
    'a Welsh “dy”',
    withPage('home', 'cy.easy', add(`\n${row('Dyma dy hawl.')}`)),
    'content/pages/home/cy.easy.mdx',
    /“ti” in Welsh/,
  ],
  [
    'a sentence of 26 words',
    withPage('home', 'en', add(`\n${'word '.repeat(26).trim()}.`)),
    'content/pages/home/en.mdx',
    /26 words/,
  ],
  [
    'a sentence of 16 words in easy read',
    withPage('home', 'en.easy', add(`\n${row(`${'word '.repeat(16).trim()}.`)}`)),
    'content/pages/home/en.easy.mdx',
    /16 words/,
  ],
  [
    'brackets in easy read',
    withPage('home', 'en.easy', add(`\n${row('It is free (really).')}`)),
    'content/pages/home/en.easy.mdx',
    /“\(” in easy read/,
  ],
  [
    '“e.g.” in easy read',
    withPage('home', 'en.easy', add(`\n${row('Help, e.g. tea.')}`)),
    'content/pages/home/en.easy.mdx',
    /short form/,
  ],
  [
    'a percentage in easy read',
    withPage('home', 'en.easy', add(`\n${row('It helps 50% of you.')}`)),
    'content/pages/home/en.easy.mdx',
    /percentage/,
  ],
  [
    'two sentences in one paragraph of a row',
    withPage('home', 'en.easy', add(`\n${row('It is free. You do not pay.')}`)),
    'content/pages/home/en.easy.mdx',
    /two sentences in one paragraph/,
  ],
  [
    'four sentences in a row',
    withPage('home', 'en.easy', add(`\n${row('One.\n\nTwo.\n\nThree.\n\nFour.')}`)),
    'content/pages/home/en.easy.mdx',
    /4 sentences/,
  ],
  [
    'words outside a row',
    withPage('home', 'en.easy', add('\nOut here.')),
    'content/pages/home/en.easy.mdx',
    /stands in no row/,
  ],
  [
    'nine rows under a heading',
    withPage('home', 'en.easy', add(`\n## More\n\n${Array(9).fill(row('It is free.')).join('\n\n')}`)),
    'content/pages/home/en.easy.mdx',
    /9 rows under heading/,
  ],
  [
    'a row on a standard page',
    withPage('home', 'en', add(`\n${row('It is free.')}`)),
    'content/pages/home/en.mdx',
    /standard page/,
  ],
  [
    'a heading that leaves out a level',
    withPage('home', 'en', (text) => `### Too deep\n\n${text}`),
    'content/pages/home/en.mdx',
    /level 3/,
  ],
  [
    'an outcome behind the others',
    withOutcome('c-meic', 'cy', (words) => (words.revision = 0)),
    'content/outcomes/c-meic/cy.yaml',
    /revision 0/,
  ],
  [
    'an outcome with a block less',
    withOutcome('c-meic', 'cy', (words) => words.now.pop()),
    'content/outcomes/c-meic/cy.yaml',
    /“now” has .* blocks/,
  ],
  [
    'an outcome with other pictures',
    withOutcome('c-meic', 'cy.easy', (words) => (words.now[0]!.picture = 'money')),
    'content/outcomes/c-meic/cy.easy.yaml',
    /has the pictures money/,
  ],
  [
    'an outcome without a picture',
    withOutcome('c-meic', 'en.easy', (words) => delete words.now[0]!.picture),
    'content/outcomes/c-meic/en.easy.yaml',
    /has no picture/,
  ],
  [
    'an outcome with a picture in standard',
    withOutcome('c-meic', 'en', (words) => (words.now[0]!.picture = 'phone')),
    'content/outcomes/c-meic/en.yaml',
    /has a picture/,
  ],
  [
    'an outcome with other keys',
    withOutcome('c-meic', 'cy', (words) => delete words.say),
    'content/outcomes/c-meic/cy.yaml',
    /has the keys/,
  ],
  [
    'a telephone number in an outcome',
    withOutcome('c-meic', 'en', (words) => words.now[0]!.text.push('Phone 080880 23456.')),
    'content/outcomes/c-meic/en.yaml',
    /080880 23456/,
  ],
  [
    'a string that is missing',
    withString('site', ['cy'], 'leave', undefined),
    'i18n/site.cy.json',
    /“leave” is missing/,
  ],
  [
    'a string too many',
    withString('site', ['cy'], 'extra', 'Rhagor o eiriau'),
    'i18n/site.en.json',
    /“extra” is missing/,
  ],
  [
    'a sentence for a call that is missing in Welsh',
    withString('staff', ['cy'], 'questions.danger.say', undefined),
    'i18n/staff.cy.json',
    /“questions.danger.say” is missing, and en has it/,
  ],
  [
    'a sentence for a call that is left in English',
    withString('staff', ['en', 'cy'], 'questions.danger.say', 'Is anyone in danger?'),
    'i18n/staff.cy.json: questions.danger.say',
    /the Welsh is the English/,
  ],
  [
    'a sentence for a call with another gap',
    withString('staff', ['cy'], 'page.ruleLabel', 'Rheol {{id}}'),
    'i18n/staff.cy.json: page.ruleLabel',
    /gaps/,
  ],
  [
    'a sentence for a call that no question needs',
    withString('staff', ['en', 'cy'], 'questions.tea', 'Hoffech chi de?'),
    'i18n/staff.*.json',
    /nothing asks for “questions.tea”/,
  ],
  ['a string that says nothing', withString('site', ['cy'], 'leave', ' '), 'i18n/site.cy.json: leave', /says nothing/],
  [
    'markup in a string',
    withString('site', ['cy'], 'leave', 'Gadael <b>nawr</b>'),
    'i18n/site.cy.json: leave',
    /markup/,
  ],
  ['another gap', withString('site', ['cy'], 'checkedOn', 'Ar {{day}}.'), 'i18n/site.cy.json: checkedOn', /gaps/],
  [
    'an English string in Welsh',
    withString('site', ['cy'], 'leave', 'Leave this site'),
    'i18n/site.cy.json: leave',
    /the Welsh is the English/,
  ],
  [
    'an error that names no option',
    withString('check', ['en'], 'questions.age.error', 'Choose “No idea”.'),
    'i18n/check.en.json: questions.age.error',
    /“No idea”, which is not on offer/,
  ],
  [
    'a “yes” that belongs to no question',
    withString('site', variantKeys, 'yes', 'Yes'),
    'i18n/site.*.json: yes',
    /belongs to no question/,
  ],
  [
    'a string that nobody says',
    withString('site', variantKeys, 'whatever', 'Something.'),
    'i18n/site.*.json: whatever',
    /nothing says it/,
  ],
  [
    'an option that nobody is offered',
    withString('check', variantKeys, 'questions.age.options.100', 'A hundred'),
    'i18n/check.*.json',
    /nothing asks for “questions.age.options.100”/,
  ],
  [
    'a question without words',
    { questions: [...sound.questions, { id: 'tea', values: ['yes'], codes: ['required'] }] },
    'i18n/check.*.json',
    /“questions.tea.title” is missing everywhere/,
  ],
  [
    'a field without words',
    { steps: [{ id: 'name', fields: [{ id: 'nickname', values: undefined, codes: ['required'] }] }] },
    'i18n/refer.*.json',
    /“steps.name.fields.nickname.error.required” is missing/,
  ],
  [
    'a picture for an option that nobody is offered',
    { optionPictures: { age: { old: 'time' } } },
    'src/check/option-pictures.ts',
    /nobody is offered “old”/,
  ],
  [
    'an option with a picture that is not drawn',
    { optionPictures: { age: { unsure: 'unicorn' } } },
    'src/check/option-pictures.ts',
    /no picture “unicorn”/,
  ],
];

describe('the parity check', () => {
  it.each(faults)('finds %s', (_what, change, where, problem) => {
    const found = newIn(change);
    expect(found.map((finding) => finding.where)).toContain(where);
    expect(
      found.filter((finding) => finding.where === where && problem.test(finding.problem)).length,
      JSON.stringify(found),
    ).toBeGreaterThan(0);
    for (const { problem: says, fix } of found) expect(`${says} ${fix}`).toMatch(/\p{L}.*[.”)]$/u);
  });

  it('finds a paragraph that is the same in both languages', () => {
    const sentence = 'This sentence was never put into Welsh.';
    const english = withPage('home', 'en', add(`\n${sentence}`)).pages!.get('home')!;
    const both = {
      ...english,
      variants: {
        ...english.variants,
        cy: withPage('home', 'cy', add(`\n${sentence}`)).pages!.get('home')!.variants.cy!,
      },
    };
    const found = newIn({ pages: new Map([...sound.pages, ['home', both]]) });
    expect(found.map(({ problem }) => problem)).toEqual([`the Welsh is the English: “${sentence}”`]);
  });

  it('finds a page that is behind, and names the revision that it must say', () => {
    const page = sound.pages.get('home')!;
    const en = page.variants.en!;
    const ahead = {
      ...page,
      variants: { ...page.variants, en: { ...en, front: { ...en.front, revision: en.front.revision + 1 } } },
    };
    const found = newIn({ pages: new Map([...sound.pages, ['home', ahead]]) });
    expect(found.map(({ where }) => where).sort()).toEqual(
      ['cy.easy', 'cy', 'en.easy'].map((variant) => `content/pages/home/${variant}.mdx`),
    );
  });

  it('lets the order of links within a paragraph follow the grammar', () => {
    const links = (first: string, second: string) =>
      `\n<PageLink to="${first}">a</PageLink> <PageLink to="${second}">b</PageLink>`;
    const en = withPage('home', 'en', add(links('carers', 'contact'))).pages!.get('home')!;
    const cy = withPage('home', 'cy', add(links('contact', 'carers'))).pages!.get('home')!;
    const both = { ...en, variants: { ...en.variants, cy: cy.variants.cy! } };
    expect(newIn({ pages: new Map([...sound.pages, ['home', both]]) })).toEqual([]);
  });

  it('warns of a long sentence without refusing it', () => {
    const change = withPage('home', 'en', add(`\n${'word '.repeat(22).trim()}.`));
    expect(newIn(change)).toEqual([]);
    expect(parity({ ...sound, ...change }).warnings.length).toBe(parity(sound).warnings.length + 1);
  });
});
