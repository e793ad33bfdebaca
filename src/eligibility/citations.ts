/** The laws that the rules rest on: their official names in both languages, and their official addresses. */

type BothLanguages = { readonly en: string; readonly cy: string };

export type Citation = {
  readonly id: string;
  /** The Act, Measure, regulations, code or statement. */
  readonly instrument: BothLanguages;
  /** The part of it; `null` where the whole is meant. */
  readonly provision: BothLanguages | null;
  /** The words that a page shows. */
  readonly title: BothLanguages;
  /** Where to read it. `cy` is the official Welsh text where there is one, and otherwise the English text in a Welsh frame. */
  readonly url: BothLanguages;
  /** The languages in which the official text at these addresses exists. */
  readonly textIn: readonly ('en' | 'cy')[];
};

type Source = {
  readonly name: BothLanguages;
  readonly url: BothLanguages;
  readonly textIn: readonly ('en' | 'cy')[];
};

const legislation = 'https://www.legislation.gov.uk';

/** An Act of the UK Parliament: in English only. */
const ukAct = (path: string, en: string, cy: string) => ({
  name: { en, cy },
  urlOf: (part: string) => ({ en: `${legislation}/${path}/${part}`, cy: `${legislation}/cy/${path}/${part}` }),
  textIn: ['en'] as const,
});

/** A law of the Senedd: Welsh and English texts of equal standing. */
const welshLaw = (path: string, en: string, cy: string) => ({
  name: { en, cy },
  urlOf: (part: string) => ({ en: `${legislation}/${path}/${part}`, cy: `${legislation}/cy/${path}/${part}/welsh` }),
  textIn: ['en', 'cy'] as const,
});

const socialServicesAct = welshLaw(
  'anaw/2014/4',
  'Social Services and Well-being (Wales) Act 2014',
  'Deddf Gwasanaethau Cymdeithasol a Llesiant (Cymru) 2014',
);
const learningNeedsAct = welshLaw(
  'anaw/2018/2',
  'Additional Learning Needs and Education Tribunal (Wales) Act 2018',
  'Deddf Anghenion Dysgu Ychwanegol a’r Tribiwnlys Addysg (Cymru) 2018',
);
const qualityAct = welshLaw(
  'asc/2020/1',
  'Health and Social Care (Quality and Engagement) (Wales) Act 2020',
  'Deddf Iechyd a Gofal Cymdeithasol (Ansawdd ac Ymgysylltu) (Cymru) 2020',
);
const mentalHealthMeasure = welshLaw(
  'mwa/2010/7',
  'Mental Health (Wales) Measure 2010',
  'Mesur Iechyd Meddwl (Cymru) 2010',
);
const capacityRegulations = welshLaw(
  'wsi/2007/852',
  'Mental Capacity Act 2005 (Independent Mental Capacity Advocates) (Wales) Regulations 2007',
  'Rheoliadau Deddf Galluedd Meddyliol 2005 (Eiriolwyr Annibynnol o ran Galluedd Meddyliol) (Cymru) 2007',
);
const mentalHealthAct = ukAct('ukpga/1983/20', 'Mental Health Act 1983', 'Deddf Iechyd Meddwl 1983');
const capacityAct = ukAct('ukpga/2005/9', 'Mental Capacity Act 2005', 'Deddf Galluedd Meddyliol 2005');
const careAct = ukAct('ukpga/2014/23', 'Care Act 2014', 'Deddf Gofal 2014');
const involvementAct = ukAct(
  'ukpga/2007/28',
  'Local Government and Public Involvement in Health Act 2007',
  'Deddf Llywodraeth Leol a Chynnwys y Cyhoedd mewn Iechyd 2007',
);

// No official address of the Code itself has been confirmed, so it is shown where the law that it is made under can be read.
const advocacyCode: Source = {
  name: {
    en: 'Part 10 Code of Practice (Advocacy) under the Social Services and Well-being (Wales) Act 2014',
    cy: 'Cod Ymarfer Rhan 10 (Eirioli) o dan Ddeddf Gwasanaethau Cymdeithasol a Llesiant (Cymru) 2014',
  },
  url: socialServicesAct.urlOf('section/145'),
  textIn: socialServicesAct.textIn,
};

const nationalApproach: Source = {
  name: {
    en: 'Welsh Government written statement: National Approach to Statutory Advocacy for Children and Young People',
    cy: 'Datganiad ysgrifenedig Llywodraeth Cymru: Dull Cenedlaethol ar gyfer Eiriolaeth Statudol i Blant a Phobl Ifanc',
  },
  url: {
    en: 'https://www.gov.wales/node/49022',
    cy: 'https://llyw.cymru/datganiad-ysgrifenedig-dull-cenedlaethol-ar-gyfer-eiriolaeth-statudol-i-blant-phobl-ifanc',
  },
  textIn: ['en', 'cy'],
};

const cited = <const Id extends string>(id: Id, source: Source, provision: BothLanguages | null = null) => ({
  id,
  instrument: source.name,
  provision,
  title:
    provision === null
      ? source.name
      : { en: `${source.name.en}, ${provision.en}`, cy: `${source.name.cy}, ${provision.cy}` },
  url: source.url,
  textIn: source.textIn,
});

const section = <const Id extends string>(id: Id, act: ReturnType<typeof ukAct | typeof welshLaw>, number: string) =>
  cited(
    id,
    { name: act.name, url: act.urlOf(`section/${number}`), textIn: act.textIn },
    { en: `section ${number}`, cy: `adran ${number}` },
  );

// The Code in force is the 2019 one; these numbers are known only from a strategy that quotes it, so the words say so.
const asQuoted = (en: string, cy: string): BothLanguages => ({
  en: `${en}, as quoted in the Cardiff and Vale Advocacy Strategy 2021 to 2026`,
  cy: `${cy}, fel y’i dyfynnir yn Strategaeth Eiriolaeth Caerdydd a’r Fro 2021 i 2026`,
});

const all = [
  cited('sswba-2014-part-10-code', advocacyCode),
  cited('sswba-2014-part-10-code-para-7', advocacyCode, asQuoted('paragraph 7', 'paragraff 7')),
  cited('sswba-2014-part-10-code-para-47', advocacyCode, asQuoted('paragraph 47', 'paragraff 47')),
  cited('sswba-2014-part-10-code-chapter-13', advocacyCode, { en: 'chapter 13', cy: 'pennod 13' }),
  section('sswba-2014-s24', socialServicesAct, '24'),
  section('sswba-2014-s126', socialServicesAct, '126'),
  section('sswba-2014-s130', socialServicesAct, '130'),
  section('sswba-2014-s145', socialServicesAct, '145'),
  section('sswba-2014-s174', socialServicesAct, '174'),
  section('sswba-2014-s176', socialServicesAct, '176'),
  section('sswba-2014-s178', socialServicesAct, '178'),
  cited('national-approach-statutory-advocacy', nationalApproach),
  section('alnet-2018-s69', learningNeedsAct, '69'),
  section('hsc-quality-engagement-2020-s16', qualityAct, '16'),
  cited(
    'mental-health-measure-2010-part-4',
    {
      name: mentalHealthMeasure.name,
      url: mentalHealthMeasure.urlOf('part/4'),
      textIn: mentalHealthMeasure.textIn,
    },
    { en: 'Part 4', cy: 'Rhan 4' },
  ),
  section('mha-1983-s130a', mentalHealthAct, '130A'),
  section('mha-1983-s130c', mentalHealthAct, '130C'),
  section('mha-1983-s130i', mentalHealthAct, '130I'),
  section('mha-1983-s130j', mentalHealthAct, '130J'),
  section('mca-2005-s37', capacityAct, '37'),
  section('mca-2005-s38', capacityAct, '38'),
  section('mca-2005-s39', capacityAct, '39'),
  section('mca-2005-s39a', capacityAct, '39A'),
  section('mca-2005-s39c', capacityAct, '39C'),
  section('mca-2005-s39d', capacityAct, '39D'),
  cited('wsi-2007-852', {
    name: capacityRegulations.name,
    url: capacityRegulations.urlOf('made'),
    textIn: capacityRegulations.textIn,
  }),
  section('care-act-2014-s67', careAct, '67'),
  section('care-act-2014-s68', careAct, '68'),
  section('lgpiha-2007-s223a', involvementAct, '223A'),
] as const satisfies readonly Citation[];

export type CitationId = (typeof all)[number]['id'];

export const citations = Object.fromEntries(all.map((citation) => [citation.id, citation])) as Record<
  CitationId,
  Citation
>;

export const citationIds = Object.keys(citations) as CitationId[];
