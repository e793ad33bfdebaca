/** Whether the four variants say the same: pages, outcomes, services and strings, each fault with the file and the way to mend it. */
import type { Service } from '#directory/service.ts';
import { routeIds, routes, variantsOf, type Route, type RouteId } from '#site/routes.ts';
import { sentencesOf } from '#site/sentences.ts';
import { isEasyRead, variantKeys, variantOf, variants, type Language, type Variant } from '#site/variants.ts';
import { namespaces, namespacesOf, staffNamespaces, type Namespace, type strings } from '#site/words.ts';
import type { Outcome, Page } from './content.ts';
import { readPageSource, type PageReading } from './page-source.ts';
import { longSentences, remarksOn, telephoneShapesIn } from './plain-language.ts';
import type { Block, OutcomeWords } from './shapes.ts';

export interface Finding {
  /** The file, and within it the key or paragraph. */
  readonly where: string;
  readonly problem: string;
  readonly fix: string;
}

/** Something that a visitor is asked: a question of the check, or a field of the form. */
export interface Asked {
  readonly id: string;
  /** Every value that anybody can be offered; undefined for something to write. */
  readonly values: readonly string[] | undefined;
  /** The error codes that its own words must answer. */
  readonly codes: readonly string[];
}

export interface Everything {
  /** Every file below `content/`, from there on. */
  readonly files: readonly string[];
  readonly pages: ReadonlyMap<string, Page>;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly services: ReadonlyMap<string, Service>;
  readonly pictures: Readonly<Record<string, Readonly<Record<Language, string>>>>;
  /** Picture by question or field, and option. */
  readonly optionPictures: Readonly<Partial<Record<string, Readonly<Record<string, string>>>>>;
  readonly outcomeIds: readonly string[];
  readonly citationIds: readonly string[];
  readonly strings: typeof strings;
  /** Strings that may be equal in both languages. */
  readonly sameInBoth: readonly string[];
  readonly questions: readonly Asked[];
  readonly steps: readonly { readonly id: string; readonly fields: readonly Asked[] }[];
  /** The code that speaks the strings. */
  readonly sources: readonly { readonly path: string; readonly text: string }[];
}

export interface Revisions {
  readonly what: string;
  readonly revisions: Readonly<Partial<Record<Variant, number>>>;
}

export interface Parity {
  readonly findings: readonly Finding[];
  /** Allowed, but worth another look. */
  readonly warnings: readonly Finding[];
  readonly board: readonly Revisions[];
}

const languages: readonly Language[] = ['en', 'cy'];
const pairs = [
  ['en', 'cy'],
  ['en.easy', 'cy.easy'],
] as const satisfies readonly (readonly [Variant, Variant])[];

/** Pages that the code makes of its own data: nothing of them is in `content/`. */
const madeOfData: readonly RouteId[] = ['for-staff-check', 'for-staff-rules'];

/** Routes with a page in `content/pages/`: whole pages, and the two pages on which a journey starts. */
const pageKinds: readonly Route['kind'][] = ['content', 'services', 'staff', 'system'];
export const pageRoutes: readonly RouteId[] = routeIds.filter(
  (id) => (pageKinds.includes(routes[id].kind) && !madeOfData.includes(id)) || id === 'check' || id === 'refer',
);

export function parity(everything: Everything): Parity {
  const findings: Finding[] = [];
  const warnings: Finding[] = [];
  const report: Report = {
    find: (where, problem, fix) => void findings.push({ where, problem, fix }),
    warn: (where, problem, fix) => void warnings.push({ where, problem, fix }),
  };
  checkFiles(everything, report);
  for (const [id, page] of everything.pages) checkPage(id, page, everything, report);
  for (const [id, outcome] of everything.outcomes) checkOutcome(id, outcome, everything, report);
  for (const [id, service] of everything.services) checkService(id, service, report);
  checkPictures(everything, report);
  for (const namespace of [...namespaces, ...staffNamespaces]) checkNamespace(namespace, everything, report);
  return { findings, warnings, board: boardOf(everything) };
}

interface Report {
  readonly find: (where: string, problem: string, fix: string) => void;
  readonly warn: (where: string, problem: string, fix: string) => void;
}

function boardOf({ pages, outcomes }: Everything): Revisions[] {
  const board: Revisions[] = [];
  for (const [id, page] of pages) {
    const revisions = variantKeys.flatMap((key) => {
      const source = page.variants[key];
      return source ? [[key, source.front.revision] as const] : [];
    });
    board.push({ what: `pages/${id}`, revisions: Object.fromEntries(revisions) });
  }
  for (const [id, outcome] of outcomes) {
    const revisions = variantKeys.map((key) => [key, outcome.words[key].revision] as const);
    board.push({ what: `outcomes/${id}`, revisions: Object.fromEntries(revisions) });
  }
  return board;
}

/** Every page and outcome has its files, and no file is there that nobody reads. */
function checkFiles({ files, outcomeIds }: Everything, { find }: Report): void {
  const due = new Map<string, string>();
  for (const id of pageRoutes) {
    due.set(`pages/${id}/page.yaml`, 'Write what its variants share: mustKnow and signedOff.');
    for (const key of variantsOf(id)) due.set(`pages/${id}/${key}.mdx`, `Write the page “${id}” in this variant.`);
  }
  for (const id of outcomeIds) {
    due.set(`outcomes/${id}/outcome.yaml`, 'Write what its variants share: services, links and signedOff.');
    for (const key of variantKeys) due.set(`outcomes/${id}/${key}.yaml`, `Write the outcome “${id}” in this variant.`);
  }
  for (const [path, fix] of due) if (!files.includes(path)) find(`content/${path}`, 'this file is missing', fix);
  for (const path of files) {
    if (!/^(?:pages|outcomes)\//.test(path) || due.has(path)) continue;
    find(
      `content/${path}`,
      'nothing reads this file',
      'Delete it, give it the name of a variant, or name its page in src/site/routes.ts (an outcome: src/eligibility/outcomes.ts).',
    );
  }
}

function checkRevisions(
  folder: string,
  extension: string,
  revisions: Readonly<Partial<Record<Variant, number>>>,
  { find }: Report,
): void {
  const newest = Math.max(...Object.values(revisions));
  for (const [key, revision] of Object.entries(revisions)) {
    if (revision === newest) continue;
    find(
      `${folder}/${key}.${extension}`,
      `it is at revision ${revision}, and another variant is at ${newest}`,
      `Say what revision ${newest} says, then write “revision: ${newest}”.`,
    );
  }
}

/** What a machine can say about any words that are read. */
function checkWords(where: string, texts: readonly string[], variant: Variant, { find, warn }: Report): void {
  for (const text of texts) {
    for (const { problem, fix } of remarksOn(text, variant)) find(where, problem, fix);
    for (const long of longSentences(text, variant))
      warn(where, `a long sentence: “${long}”`, 'Look if it can be shorter.');
  }
}

function checkTelephones(where: string, texts: readonly string[], { find }: Report): void {
  for (const text of texts) {
    for (const number of telephoneShapesIn(text)) {
      find(
        where,
        `the number ${number} is typed into the text`,
        'Put it into content/services/ with its source, and show it with <Phone> or a contact card.',
      );
    }
  }
}

/** Words of this length can be the same in both languages by chance (“BSL”, “GP”); sentences cannot. */
const isSentence = (text: string): boolean => /\p{L}{2,}\s+\p{L}{2,}/u.test(text);

function checkTranslated(
  where: string,
  [english, welsh]: readonly [readonly string[], readonly string[]],
  sameInBoth: readonly string[],
  { find }: Report,
): void {
  for (const text of new Set(welsh)) {
    if (!english.includes(text) || !isSentence(text) || sameInBoth.includes(text)) continue;
    find(where, `the Welsh is the English: “${text}”`, 'Write it in Welsh, or put it into i18n/same-in-both.json.');
  }
}

// Pages

const componentTargets: Readonly<Record<string, string>> = {
  PageLink: 'to',
  Start: 'to',
  FirstStep: 'of',
  OutsideLink: 'href',
  MustKnow: 'id',
  Row: 'picture',
  Service: 'id',
  Phone: 'service',
  Cite: 'id',
};
const allowedComponents = [...Object.keys(componentTargets), 'Say'];

function checkPage(id: string, page: Page, everything: Everything, report: Report): void {
  const folder = `content/pages/${id}`;
  const readings: Partial<Record<Variant, PageReading>> = {};
  const revisions: Partial<Record<Variant, number>> = {};
  const texts: Partial<Record<Variant, readonly string[]>> = {};
  for (const key of variantKeys) {
    const source = page.variants[key];
    if (!source) continue;
    const where = `${folder}/${key}.mdx`;
    const reading = readPageSource(source.body);
    readings[key] = reading;
    revisions[key] = source.front.revision;
    const all = [source.front.title, source.front.summary, ...reading.texts];
    texts[key] = all;
    checkWords(where, all, key, report);
    checkTelephones(where, all, report);
    for (const { text, language } of reading.readOut) {
      const spoken = languages.find((each) => each === language) ?? variants[key].language;
      checkWords(where, [text], variantOf(spoken, variants[key].format), report);
      checkTelephones(where, [text], report);
    }
    checkComponents(where, reading, everything, report);
    checkMarks(where, reading, { mustKnow: Object.keys(page.mustKnow), isEasy: isEasyRead(key) }, report);
    if (isEasyRead(key)) checkRows(where, reading, report);
    else checkStandardPage(where, reading, report);
  }
  checkRevisions(folder, 'mdx', revisions, report);
  for (const [english, welsh] of pairs) {
    const [a, b] = [readings[english], readings[welsh]];
    if (!a || !b) continue;
    checkSkeletons(folder, [english, a], [welsh, b], report);
    checkTranslated(
      `${folder}/${welsh}.mdx`,
      [texts[english] ?? [], texts[welsh] ?? []],
      everything.sameInBoth,
      report,
    );
  }
}

function checkComponents(
  where: string,
  { tags, strange }: PageReading,
  everything: Everything,
  { find }: Report,
): void {
  const { services, pictures, citationIds } = everything;
  const known: Readonly<Record<string, (target: string) => boolean>> = {
    PageLink: (to) => to in routes,
    Start: (to) => to === 'check' || to === 'refer',
    FirstStep: (of) => of === 'check' || of === 'refer' || of === 'contact-me',
    OutsideLink: (href) => href.startsWith('https://'),
    Row: (picture) => Object.hasOwn(pictures, picture),
    Service: (service) => services.has(service),
    Phone: (service) => typeof services.get(service)?.phone === 'string',
    Cite: (citation) => citationIds.includes(citation),
  };
  const lives: Readonly<Record<string, string>> = {
    PageLink: 'src/site/routes.ts',
    Row: 'content/pictures.yaml',
    Service: 'content/services/',
    Phone: 'content/services/ (and must have a telephone number there)',
    Cite: 'src/eligibility/citations.ts',
    OutsideLink: 'an address that begins with https://',
    Start: '“check” and “refer”',
    FirstStep: '“check”, “refer” and “contact-me”',
  };
  for (const { name, attributes } of tags) {
    if (!allowedComponents.includes(name)) {
      find(where, `<${name}> is no component that a page may use`, `Use one of: ${allowedComponents.join(', ')}.`);
      continue;
    }
    const attribute = componentTargets[name];
    const target = attribute && attributes[attribute];
    if (attribute && target === undefined) {
      find(where, `<${name}> has no “${attribute}”`, `Write <${name} ${attribute}="…">.`);
    } else if (target !== undefined && known[name] && !known[name](target)) {
      find(where, `<${name} ${attribute}="${target}"> leads nowhere`, `Take an id from ${lives[name] ?? 'the list'}.`);
    }
  }
  for (const found of strange) {
    find(where, `“${found}” is code or a Markdown link`, 'Use the components of content/README.md, and no import.');
  }
}

function checkMarks(
  where: string,
  { tags }: PageReading,
  { mustKnow, isEasy }: { mustKnow: readonly string[]; isEasy: boolean },
  { find }: Report,
): void {
  const [component, attribute] = isEasy ? ['Row', 'fact'] : ['MustKnow', 'id'];
  const marked = tags
    .filter(({ name }) => name === component)
    .flatMap(({ attributes }) => (attributes[attribute] ?? '').split(/\s+/).filter((each) => each !== ''));
  for (const id of mustKnow) {
    if (marked.includes(id)) continue;
    find(
      where,
      `the must-know fact “${id}” is not marked`,
      `State it, and mark it with <${component} ${attribute}="${id}">.`,
    );
  }
  for (const id of new Set(marked)) {
    if (mustKnow.includes(id)) continue;
    find(
      where,
      `“${id}” is marked, but page.yaml does not know it`,
      `Add it to mustKnow in page.yaml, or mark one of: ${mustKnow.join(', ')}.`,
    );
  }
}

function checkStandardPage(where: string, { tags, headingLevels }: PageReading, { find }: Report): void {
  if (tags.some(({ name }) => name === 'Row')) {
    find(where, '<Row> stands on a standard page', 'Write paragraphs: rows are for easy read.');
  }
  for (const [at, level] of headingLevels.entries()) {
    if (level === 2 || (level === 3 && (headingLevels[at - 1] ?? 1) >= 2)) continue;
    find(where, `heading ${at + 1} is of level ${level}`, 'Use ## for parts of the page, and ### only below a ##.');
  }
}

const mostRowsInASection = 8;
const mostRowsOnAPage = 30;
const mostSentencesInARow = 3;

function checkRows(where: string, reading: PageReading, { find }: Report): void {
  const { sections, outsideRows, headingLevels } = reading;
  for (const text of outsideRows) find(where, `“${text}” stands in no row`, 'Put it into a <Row> with its picture.');
  if (headingLevels.some((level) => level !== 2)) find(where, 'a heading that is not ##', 'In easy read use ## only.');
  const rows = sections.flat();
  if (rows.length > mostRowsOnAPage) {
    find(where, `${rows.length} rows on one page`, `Keep ${mostRowsOnAPage} or fewer: say less, or make it two pages.`);
  }
  for (const [at, section] of sections.entries()) {
    if (section.length <= mostRowsInASection) continue;
    find(
      where,
      `${section.length} rows under heading ${at}`,
      `Put a heading after at most ${mostRowsInASection} rows.`,
    );
  }
  for (const { paragraphs, picture } of rows) {
    const name = `the row with the picture “${picture ?? ''}”`;
    const sentences = paragraphs.flatMap(sentencesOf);
    if (sentences.length > paragraphs.length) {
      find(where, `${name} has two sentences in one paragraph`, 'Put a blank line after each sentence.');
    }
    if (sentences.length > mostSentencesInARow) {
      find(
        where,
        `${name} has ${sentences.length} sentences`,
        `Keep ${mostSentencesInARow} or fewer: make it two rows.`,
      );
    }
  }
}

function checkSkeletons(
  folder: string,
  [english, a]: readonly [Variant, PageReading],
  [welsh, b]: readonly [Variant, PageReading],
  { find }: Report,
): void {
  const at = [...a.skeleton, 'the end'].findIndex((each, index) => each !== ([...b.skeleton, 'the end'][index] ?? ''));
  if (at === -1) return;
  find(
    `${folder}/${welsh}.mdx`,
    `piece ${at + 1} is “${b.skeleton[at] ?? 'the end'}”, and in ${english}.mdx it is “${a.skeleton[at] ?? 'the end'}”`,
    `Give ${english}.mdx and ${welsh}.mdx the same headings, components, pictures and links in the same order.`,
  );
}

// Outcomes

const parts = ['means', 'withoutAnswers', 'now', 'ifNo'] as const;

const blocksOf = (words: OutcomeWords): readonly Block[] => parts.flatMap((part) => words[part] ?? []);
const textsOf = (words: OutcomeWords): string[] => [
  words.title,
  ...(words.say === undefined ? [] : [words.say]),
  ...blocksOf(words).flatMap(({ text }) => text),
];

function checkOutcome(id: string, outcome: Outcome, everything: Everything, report: Report): void {
  const { find } = report;
  const folder = `content/outcomes/${id}`;
  const shared = `${folder}/outcome.yaml`;
  for (const service of outcome.services) {
    if (!everything.services.has(service))
      find(shared, `there is no service “${service}”`, 'Take an id from content/services/.');
  }
  for (const link of outcome.links) {
    if (!(pageRoutes as readonly string[]).includes(link)) {
      find(shared, `there is no page “${link}”`, 'Take the id of a page from src/site/routes.ts.');
    } else if (variantsOf(link as RouteId).length < variantKeys.length) {
      find(shared, `the page “${link}” has no easy read`, 'Link to a page that everybody can read.');
    }
  }
  const revisions = Object.fromEntries(variantKeys.map((key) => [key, outcome.words[key].revision]));
  checkRevisions(folder, 'yaml', revisions, report);
  const keysOfEnglish = Object.keys(outcome.words.en).sort().join(', ');
  for (const key of variantKeys) {
    const where = `${folder}/${key}.yaml`;
    const words = outcome.words[key];
    const keys = Object.keys(words).sort().join(', ');
    if (keys !== keysOfEnglish) {
      find(where, `it has the keys ${keys}, and en.yaml has ${keysOfEnglish}`, 'Give all four files the same keys.');
    }
    checkWords(where, textsOf(words), key, report);
    checkTelephones(where, textsOf(words), report);
    checkBlocks(where, words, { isEasy: isEasyRead(key), pictures: everything.pictures }, report);
  }
  for (const [english, welsh] of pairs) {
    const where = `${folder}/${welsh}.yaml`;
    for (const part of parts)
      checkSameBlocks(where, part, outcome.words[english][part], outcome.words[welsh][part], report);
    const texts = [textsOf(outcome.words[english]), textsOf(outcome.words[welsh])] as const;
    checkTranslated(where, texts, everything.sameInBoth, report);
  }
}

function checkBlocks(
  where: string,
  words: OutcomeWords,
  { isEasy, pictures }: { isEasy: boolean; pictures: Everything['pictures'] },
  { find }: Report,
): void {
  for (const { picture, text } of blocksOf(words)) {
    const [first = ''] = text;
    if (!isEasy) {
      if (picture) find(where, `“${first}” has a picture`, 'Leave the picture out: pictures are for easy read.');
      continue;
    }
    if (!picture) find(where, `“${first}” has no picture`, 'Add “picture:” with an id of content/pictures.yaml.');
    else if (!Object.hasOwn(pictures, picture)) {
      find(where, `there is no picture “${picture}”`, 'Take an id from content/pictures.yaml.');
    }
    if (text.some((each) => sentencesOf(each).length > 1)) {
      find(where, `“${first}” has two sentences in one entry`, 'Give each sentence an entry of its own.');
    }
    if (text.length > mostSentencesInARow) {
      find(
        where,
        `“${first}” goes on for ${text.length} sentences`,
        `Keep ${mostSentencesInARow} or fewer: make it two blocks.`,
      );
    }
  }
  for (const part of parts) {
    const count = words[part]?.length ?? 0;
    if (isEasy && count > mostRowsInASection) {
      find(where, `“${part}” has ${count} blocks`, `Keep ${mostRowsInASection} or fewer.`);
    }
  }
}

function checkSameBlocks(
  where: string,
  part: string,
  english: readonly Block[] | undefined,
  welsh: readonly Block[] | undefined,
  { find }: Report,
): void {
  const pictures = (blocks: readonly Block[] | undefined): string =>
    (blocks ?? []).map(({ picture }) => picture ?? 'no picture').join(', ');
  if (english?.length !== welsh?.length) {
    find(
      where,
      `“${part}” has ${welsh?.length ?? 0} blocks, and the English has ${english?.length ?? 0}`,
      'Give both languages the same ideas, block by block.',
    );
  } else if (pictures(english) !== pictures(welsh)) {
    find(
      where,
      `“${part}” has the pictures ${pictures(welsh)}, and the English has ${pictures(english)}`,
      'Give both languages the same pictures in the same order.',
    );
  }
}

// Services and pictures

function checkService(id: string, service: Service, report: Report): void {
  const where = `content/services/${id}.yaml`;
  for (const key of variantKeys) checkWords(where, [service.for[key]], key, report);
  for (const language of languages) {
    const key = variantOf(language, 'standard');
    checkWords(where, [service.name[language], ...(service.hours ? [service.hours[language]] : [])], key, report);
  }
  for (const [english, welsh] of pairs) {
    checkTranslated(where, [[service.for[english]], [service.for[welsh]]], [], report);
  }
}

function checkPictures({ pictures, optionPictures, questions, steps }: Everything, report: Report): void {
  for (const [id, means] of Object.entries(pictures)) {
    for (const language of languages) checkWords(`content/pictures.yaml: ${id}`, [means[language]], language, report);
  }
  const asked = [...questions, ...steps.flatMap(({ fields }) => fields)];
  const where = 'src/check/option-pictures.ts';
  for (const [id, options] of Object.entries(optionPictures)) {
    const values = asked.find((each) => each.id === id)?.values;
    for (const [value, picture] of Object.entries(options ?? {})) {
      if (!values?.includes(value)) {
        report.find(
          where,
          `nobody is offered “${value}” under “${id}”`,
          'Take it out, or give it the option’s own id.',
        );
      }
      if (!Object.hasOwn(pictures, picture)) {
        report.find(
          where,
          `there is no picture “${picture}” (${id}, ${value})`,
          'Take an id from content/pictures.yaml.',
        );
      }
    }
  }
}

// Strings

type Flat = ReadonlyMap<string, string>;

function flatten(strings: object, parent = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(strings) as [string, unknown][]) {
    const path = parent === '' ? key : `${parent}.${key}`;
    if (typeof value === 'object' && value !== null)
      for (const [below, text] of flatten(value, path)) flat.set(below, text);
    else flat.set(path, String(value));
  }
  return flat;
}

const isSlug = (key: string): boolean => key.endsWith('.slug');
const gapsOf = (text: string): string => (text.match(/\{\{[^}]*\}\}/g) ?? []).sort().join(' ');
const markup = /<[a-z/!]|&[a-z]+;|\*\*|\]\(|^#/i;

function checkNamespace(namespace: Namespace, everything: Everything, report: Report): void {
  const { find } = report;
  const fileOf = (variant: Variant): string => `i18n/${namespace}.${variant}.json`;
  const spokenIn = variantKeys.filter((variant) => namespacesOf(variant).includes(namespace));
  const flat = Object.fromEntries(
    variantKeys.map((variant) => [variant, flatten(everything.strings[variant][namespace] ?? {})]),
  ) as Record<Variant, Map<string, string>>;
  const keys = [...new Set(spokenIn.flatMap((variant) => [...flat[variant].keys()]))];

  for (const variant of spokenIn) {
    const where = fileOf(variant);
    const missing = keys.filter((key) => !flat[variant].has(key));
    for (const key of missing) {
      const others = spokenIn.filter((each) => flat[each].has(key)).join(', ');
      find(where, `“${key}” is missing, and ${others} has it`, 'Write it here, or take it out of every file.');
    }
    if (missing.length === 0 && [...flat[variant].keys()].join() !== [...flat.en.keys()].join()) {
      find(where, 'its keys stand in another order than in the English file', 'Put them into the same order.');
    }
    for (const [key, text] of flat[variant]) {
      const place = `${where}: ${key}`;
      if (text.trim() === '') find(place, 'it says nothing', 'Write the words.');
      if (markup.test(text)) find(place, `“${text}” has markup in it`, 'Write plain text; prose belongs in content/.');
      if (gapsOf(text) !== gapsOf(flat.en.get(key) ?? text)) {
        find(place, `its gaps are not those of the English: “${text}”`, 'Write the same {{…}} in every file.');
      }
      if (!isSlug(key)) checkWords(place, [text], variant, report);
    }
  }
  for (const [english, welsh] of pairs) {
    for (const [key, text] of flat[welsh]) {
      if (isSlug(key) || flat[english].get(key) !== text || everything.sameInBoth.includes(text)) continue;
      find(
        `${fileOf(welsh)}: ${key}`,
        `the Welsh is the English: “${text}”`,
        'Write it in Welsh, or put it into i18n/same-in-both.json.',
      );
    }
  }
  for (const key of keys) {
    const segments = key.split('.').map((segment) => segment.replace(/_other$/, ''));
    const at = segments.findIndex((segment) => segment === 'yes' || segment === 'no');
    if (at !== -1 && segments[at - 1] !== 'options') {
      find(
        `i18n/${namespace}.*.json: ${key}`,
        'a “yes” or “no” that belongs to no question',
        'Give each question its own options.',
      );
    }
  }
  const isStructured = namespace === 'check' || namespace === 'refer' || namespace === 'staff';
  const structured = isStructured ? checkStructure(namespace, keys, everything, report) : [];
  checkUsed(
    namespace,
    keys.filter((key) => !structured.includes(key)),
    everything,
    report,
  );
  for (const variant of spokenIn) checkQuotes(fileOf(variant), flat[variant], report);
}

const oneQuestion = ['slug', 'title', 'label', 'error'];
const mayHave = ['why', 'hint'];

/**
 * Keys that are built from ids: exactly those of the questions and steps, both ways.
 * Returns the keys that it has looked at.
 */
function checkStructure(
  namespace: 'check' | 'refer' | 'staff',
  keys: readonly string[],
  everything: Everything,
  { find }: Report,
): string[] {
  const file = `i18n/${namespace}.*.json`;
  const must = new Set<string>();
  const may = new Set<string>();
  if (namespace === 'check') {
    for (const { id, values = [], codes } of everything.questions) {
      const key = `questions.${id}`;
      for (const part of oneQuestion) must.add(`${key}.${part}`);
      if (codes.includes('conflict')) must.add(`${key}.errorConflict`);
      for (const part of mayHave) may.add(`${key}.${part}`);
      for (const value of values) must.add(`${key}.options.${value}`);
    }
  } else if (namespace === 'staff') {
    for (const { id } of everything.questions) {
      for (const part of ['label', 'say']) must.add(`questions.${id}.${part}`);
      may.add(`questions.${id}.note`);
    }
  } else {
    for (const { id, fields } of everything.steps) {
      const key = `steps.${id}`;
      for (const part of ['slug', 'title', 'label']) must.add(`${key}.${part}`);
      may.add(`${key}.why`);
      for (const field of fields) {
        const fieldKey = `${key}.fields.${field.id}`;
        must.add(`${fieldKey}.label`);
        may.add(`${fieldKey}.hint`);
        for (const value of field.values ?? []) must.add(`${fieldKey}.options.${value}`);
        for (const code of field.codes) must.add(`${fieldKey}.error.${code}`);
      }
    }
  }
  const root = namespace === 'refer' ? 'steps.' : 'questions.';
  const structured = keys.filter((key) => key.startsWith(root));
  for (const key of must) {
    if (!keys.includes(key)) find(file, `“${key}” is missing everywhere`, 'Write it: the code asks for it.');
  }
  for (const key of structured) {
    const plain = key.replace(/_other$/, '');
    if (must.has(plain) || may.has(plain)) {
      if (plain !== key && !keys.includes(plain)) find(file, `“${key}” has no “${plain}” beside it`, 'Write both.');
    } else {
      find(file, `nothing asks for “${key}”`, 'Take it out of every file, or ask the question that it answers.');
    }
  }
  return structured;
}

/** A key is spoken by a file that opens its namespace and holds the key, or the two halves from which it is built. */
function checkUsed(namespace: Namespace, keys: readonly string[], { sources }: Everything, { find }: Report): void {
  const speakers = sources.filter(({ text }) => new RegExp(`words\\([^;]*?, '${namespace}'\\)`).test(text));
  for (const key of keys) {
    const plain = key.replace(/_other$/, '');
    const [, parent = '', leaf = ''] = /^(.*)\.([^.]*)$/.exec(plain) ?? [];
    const isSpoken = speakers.some(
      ({ text }) =>
        text.includes(`'${plain}'`) ||
        (parent !== '' && text.includes(`\`${parent}.\${`) && text.includes(`'${leaf}'`)),
    );
    if (!isSpoken) find(`i18n/${namespace}.*.json: ${key}`, 'nothing says it', 'Take it out of every file.');
  }
}

/** An error that names an option names it letter by letter, for everybody who can read it. */
function checkQuotes(file: string, flat: Flat, { find }: Report): void {
  for (const [key, text] of flat) {
    const [, owner, isOther] = /^(.*?)\.error(?:Conflict|\.[a-z-]+)?(_other)?$/.exec(key) ?? [];
    if (owner === undefined) continue;
    const readBy = isOther ? ['_other'] : flat.has(`${key}_other`) ? [''] : ['', '_other'];
    for (const context of readBy) {
      const options = [...flat.keys()]
        .filter((each) => each.startsWith(`${owner}.options.`) && !each.endsWith('_other'))
        .map((each) => flat.get(`${each}${context}`) ?? flat.get(each));
      // A page’s own error names its buttons.
      if (options.length === 0) continue;
      for (const [, quoted = ''] of text.matchAll(/“([^”]*)”/g)) {
        if (options.includes(quoted)) continue;
        find(
          `${file}: ${key}`,
          `it names the answer “${quoted}”, which is not on offer${context ? ' to somebody who helps another person' : ''}`,
          'Repeat the option exactly as it stands, or write the error also with “_other”.',
        );
      }
    }
  }
}
