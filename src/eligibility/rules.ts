/** The rules, one row each, in the order in which they are read. README.md says how to read a row and who must approve a change. */
import type { CitationId } from './citations.ts';
import {
  careActProcesses,
  facts as factTable,
  gatewayCouncils,
  type FactId,
  type Facts,
  namedProcesses,
} from './facts.ts';
import type { Day, Validity } from './in-force.ts';
import type { OutcomeId } from './outcomes.ts';

/** The version of the rules: the day of the last change, and a number within that day. Raise it with every change to what a row decides or cites. */
export const ruleset = '2026-11-22.1';

/** The day of the last change: the first on which anybody could have asked these rows. */
export const rulesetDay: Day = ruleset.slice(0, 10);

/** A citation, or citations that depend on what was answered (for a list, those of every value in it). */
export type Law = CitationId | { readonly by: FactId; readonly law: Readonly<Record<string, readonly CitationId[]>> };

export type Given = { readonly outcome: OutcomeId; readonly law: readonly Law[] };

/** Facts that made a rule fit. In a list within the list, only the first that was given counts: it stands in for the others. */
export type Because = readonly (FactId | readonly FactId[])[];

export type Rule = Partial<Validity> & {
  readonly id: `R${number}.${number}`;
  /** What the row says, for staff and lawyers. Never shown to a person who asks for help. */
  readonly says: { readonly en: string; readonly cy: string };
  /** `found` holds the outcomes of the rows above. */
  readonly when: (facts: Facts, found: ReadonlySet<OutcomeId>) => boolean;
  readonly because: Because;
  readonly gives: readonly Given[];
  /** The row counts only if no row above with the same number before the dot and this mark has fitted. */
  readonly firstThatFits?: true;
  /** If this row fits, no row below is read. */
  readonly stop?: true;
};

type Answer<K extends FactId> = (typeof factTable)[K]['values'][number];

const give = (outcome: OutcomeId, ...law: Law[]): Given => ({ outcome, law });
const lawBy = <K extends FactId>(by: K, law: { readonly [A in Answer<K>]?: readonly CitationId[] }): Law => ({
  by,
  law: law as Readonly<Record<string, readonly CitationId[]>>,
});

/** Whether the answer is one of these. Absent and `unsure` are not. */
const is = <V extends string>(answer: V | undefined, ...values: readonly NoInfer<V>[]): boolean =>
  answer !== undefined && values.includes(answer);

/** Whether the list has any of these. An absent list and `unsure` have none. */
const has = <V extends string>(
  answer: readonly V[] | 'unsure' | undefined,
  ...values: readonly NoInfer<V>[]
): boolean => Array.isArray(answer) && answer.some((value: V) => values.includes(value));

const unknown = (answer: string | undefined): boolean => answer === undefined || answer === 'unsure';

const under18 = (f: Facts): boolean => is(f.age, 'under-5', '5-15', '16-17');
const under16 = (f: Facts): boolean => is(f.age, 'under-5', '5-15');
const surelyAdult = (f: Facts): boolean => is(f.age, '18-24', '25-or-over');
const under18Or18To24 = (f: Facts): boolean => under18(f) || f.age === '18-24';
const careLeaver = (f: Facts): boolean => has(f.child, 'care-leaver') && is(f.age, '16-17', '18-24');
/** Someone whose age is not known counts as an adult, and is never sent away as a child. */
const adult = (f: Facts): boolean => !under18(f) && !careLeaver(f);

const inEngland = (f: Facts): boolean => f.country === 'england' && f.placedBy === undefined;

const mentalHealthCare = (f: Facts): boolean => f.mentalHealth !== undefined && f.mentalHealth !== 'none';
/** IMHA follows the hospital; the home stands in only where nothing was said about a hospital. */
const hospital = (f: Facts): Facts['country'] => f.hospitalCountry ?? f.country;
const hospitalInWales = (f: Facts): boolean => mentalHealthCare(f) && (unknown(hospital(f)) || hospital(f) === 'wales');
const hospitalIn = (f: Facts, country: NonNullable<Facts['country']>): boolean =>
  mentalHealthCare(f) && hospital(f) === country;

/** Dates of commencement of the Mental Health Act 2025 are not known. Put them here: these rows end, and their successors begin. */
const untilTheMentalHealthAct2025: Validity = { from: null, until: null };

const namedProcess = (f: Facts): boolean => has(f.process, ...namedProcesses);
const careActProcess = (f: Facts): boolean => has(f.process, ...careActProcesses);
const someBarrier = (f: Facts): boolean => has(f.barriers, 'understand', 'remember', 'weigh', 'communicate');
const saysNoBarrier = (f: Facts): boolean => Array.isArray(f.barriers) && f.barriers.length === 0;
const noAppropriateIndividual = (f: Facts): boolean => is(f.supporter, 'none', 'not-wanted', 'unable', 'implicated');

const substantialDifficulty = (f: Facts): boolean =>
  inEngland(f) && careActProcess(f) && f.substantialDifficulty === 'yes';

const bigDecision = (f: Facts): boolean =>
  is(f.decision, 'serious-medical-treatment', 'long-hospital-stay', 'long-care-home-stay');
const lacksCapacity = (f: Facts): boolean => f.capacity === 'lacks' && !under16(f);
const capacityUnsure = (f: Facts): boolean => f.capacity === 'unsure' && !under16(f);
/** The deprivation of liberty safeguards start at 18. */
const libertyCounts = (f: Facts): boolean => f.age !== '16-17';

const outcomesWithARoute: readonly OutcomeId[] = [
  'w-ipa-must',
  'w-ipa-ask',
  'w-ai-first',
  'w-other-forms',
  'w-cmha',
  'other-help',
  'parent-advocacy',
  'carer-own-right',
];

const leadsToARoute = (f: Facts, found: ReadonlySet<OutcomeId>): boolean =>
  adult(f) && !found.has('consent-needed') && outcomesWithARoute.some((outcome) => found.has(outcome));

const theCode = 'sswba-2014-part-10-code';
const dutyToArrange = ['sswba-2014-part-10-code-para-47', 'sswba-2014-s145'] as const;
const allFormsOfAdvocacy = 'sswba-2014-part-10-code-para-7';
const imhaCompulsory = ['mha-1983-s130i', 'mental-health-measure-2010-part-4'] as const;
const imhaInformal = ['mha-1983-s130j', 'mental-health-measure-2010-part-4'] as const;
const imhaEngland = ['mha-1983-s130a', 'mha-1983-s130c'] as const;
const careAct = lawBy('process', {
  assessment: ['care-act-2014-s67'],
  'carer-assessment': ['care-act-2014-s67'],
  'care-plan': ['care-act-2014-s67'],
  review: ['care-act-2014-s67'],
  safeguarding: ['care-act-2014-s68'],
});
const imcaForDecision = lawBy('decision', {
  'serious-medical-treatment': ['mca-2005-s37'],
  'long-hospital-stay': ['mca-2005-s38'],
  'long-care-home-stay': ['mca-2005-s38', 'mca-2005-s39'],
  'care-review': ['wsi-2007-852'],
  safeguarding: ['wsi-2007-852'],
});
const imcaForLiberty = lawBy('liberty', {
  'being-assessed': ['mca-2005-s39a'],
  'no-representative': ['mca-2005-s39c'],
  'unpaid-representative': ['mca-2005-s39d'],
  'paid-representative': ['mca-2005-s39d'],
});

/** What the rows with the same number before the dot are about, in the order in which they are read. */
export const ruleGroups: Readonly<Record<string, Rule['says']>> = {
  R0: { en: 'Danger', cy: 'Perygl' },
  R1: { en: 'IMHA follows the hospital, not the home', cy: 'Mae IMHA yn dilyn yr ysbyty, nid y cartref' },
  R2: { en: 'Not Wales', cy: 'Y tu allan i Gymru' },
  R3: { en: 'Complaints', cy: 'Cwynion' },
  R4: { en: 'England', cy: 'Lloegr' },
  R5: { en: 'Children and care leavers', cy: 'Plant a phobl sydd wedi gadael gofal' },
  R6: { en: 'Meic', cy: 'Meic' },
  R7: { en: 'IMCA', cy: 'IMCA' },
  R8: { en: 'Independent professional advocate, adults', cy: 'Eiriolwr proffesiynol annibynnol, oedolion' },
  R9: { en: 'Consent', cy: 'Cydsyniad' },
  R10: { en: 'Never empty', cy: 'Byth yn wag' },
  R11: { en: 'Where to go', cy: 'Ble i fynd' },
};

export const rules: readonly Rule[] = [
  // R0
  {
    id: 'R0.1',
    says: {
      en: 'In danger now: urgent help, and nothing else.',
      cy: 'Mewn perygl nawr: help brys, a dim byd arall.',
    },
    when: (f) => f.danger === 'now' && !under18(f),
    because: ['danger'],
    gives: [give('urgent-999'), give('urgent-domestic-abuse'), give('urgent-safeguarding-adult', 'sswba-2014-s126')],
    stop: true,
  },
  {
    id: 'R0.2',
    says: {
      en: 'In danger now and under 18: urgent help, and nothing else.',
      cy: 'Mewn perygl nawr ac o dan 18 oed: help brys, a dim byd arall.',
    },
    when: (f) => f.danger === 'now' && under18(f),
    because: ['danger', 'age'],
    gives: [give('urgent-999'), give('urgent-domestic-abuse'), give('urgent-safeguarding-child', 'sswba-2014-s130')],
    stop: true,
  },
  {
    id: 'R0.3',
    says: {
      en: 'Suicidal: urgent help, and nothing else.',
      cy: 'Yn meddwl am hunanladdiad: help brys, a dim byd arall.',
    },
    when: (f) => f.danger === 'suicidal',
    because: ['danger'],
    gives: [give('urgent-999'), give('urgent-mh-111-2')],
    stop: true,
  },
  {
    id: 'R0.4',
    says: {
      en: 'At risk: tell the council that an adult is at risk.',
      cy: 'Yn wynebu risg: dweud wrth y cyngor bod oedolyn yn wynebu risg.',
    },
    when: (f) => f.danger === 'at-risk' && !under18(f),
    because: ['danger'],
    gives: [give('urgent-safeguarding-adult', 'sswba-2014-s126')],
  },
  {
    id: 'R0.5',
    says: {
      en: 'At risk and under 18: tell the council that a child is at risk.',
      cy: 'Yn wynebu risg ac o dan 18 oed: dweud wrth y cyngor bod plentyn yn wynebu risg.',
    },
    when: (f) => f.danger === 'at-risk' && under18(f),
    because: ['danger', 'age'],
    gives: [give('urgent-safeguarding-child', 'sswba-2014-s130')],
  },
  {
    id: 'R0.6',
    says: {
      en: 'At risk, and domestic abuse: Live Fear Free.',
      cy: 'Yn wynebu risg, a cham-drin domestig yn digwydd: Byw Heb Ofn.',
    },
    when: (f) => f.danger === 'at-risk' && f.domesticAbuse === 'yes',
    because: ['danger', 'domesticAbuse'],
    gives: [give('urgent-domestic-abuse')],
  },

  // R1
  {
    id: 'R1.1',
    says: {
      en: 'Informal patient in a hospital in Wales: right to an IMHA.',
      cy: 'Claf anffurfiol mewn ysbyty yng Nghymru: hawl i IMHA.',
    },
    when: (f) => hospitalInWales(f) && f.mentalHealth === 'informal',
    because: ['mentalHealth', ['hospitalCountry', 'country']],
    gives: [give('w-imha-informal', ...imhaInformal), give('route-imha')],
    firstThatFits: true,
  },
  {
    id: 'R1.2',
    says: {
      en: 'Place of safety (sections 135, 136) in Wales: other forms of advocacy.',
      cy: 'Man diogel (adrannau 135 a 136) yng Nghymru: mathau eraill o eiriolaeth.',
    },
    when: (f) => hospitalInWales(f) && f.mentalHealth === 'place-of-safety',
    because: ['mentalHealth', ['hospitalCountry', 'country']],
    gives: [give('w-other-forms', 'mha-1983-s130i')],
    firstThatFits: true,
  },
  {
    id: 'R1.3',
    says: {
      en: 'Section 58A treatment considered in Wales, aged 18 or over: other forms of advocacy.',
      cy: 'Ystyried triniaeth adran 58A yng Nghymru, a’r person yn 18 oed neu’n hŷn: mathau eraill o eiriolaeth.',
    },
    when: (f) => hospitalInWales(f) && f.mentalHealth === 'considering-s58a' && surelyAdult(f),
    because: ['mentalHealth', 'age', ['hospitalCountry', 'country']],
    gives: [give('w-other-forms', 'mha-1983-s130i')],
    firstThatFits: true,
  },
  {
    id: 'R1.4',
    says: {
      en: 'Section 58A treatment considered in Wales, not known to be 18 or over: right to an IMHA.',
      cy: 'Ystyried triniaeth adran 58A yng Nghymru, heb wybod a yw’r person yn 18 oed neu’n hŷn: hawl i IMHA.',
    },
    when: (f) => hospitalInWales(f) && f.mentalHealth === 'considering-s58a',
    because: ['mentalHealth', 'age', ['hospitalCountry', 'country']],
    gives: [give('w-imha-compulsory', ...imhaCompulsory), give('route-imha')],
    firstThatFits: true,
  },
  {
    id: 'R1.5',
    says: {
      en: 'Not sure which mental health rules apply in Wales: ask about an IMHA.',
      cy: 'Ddim yn siŵr pa reolau iechyd meddwl sy’n gymwys yng Nghymru: gofyn am IMHA.',
    },
    when: (f) => hospitalInWales(f) && f.mentalHealth === 'unsure',
    because: ['mentalHealth', ['hospitalCountry', 'country']],
    gives: [give('w-imha-ask', 'mha-1983-s130i', 'mha-1983-s130j'), give('route-imha')],
    firstThatFits: true,
  },
  {
    id: 'R1.6',
    says: {
      en: 'Detained (short-term sections too), community order, guardianship, conditional discharge or section 57 in Wales: right to an IMHA.',
      cy: 'Wedi’i gadw yn yr ysbyty (adrannau byr hefyd), gorchymyn triniaeth gymunedol, gwarcheidiaeth, rhyddhad amodol neu adran 57, yng Nghymru: hawl i IMHA.',
    },
    when: (f) => hospitalInWales(f),
    because: ['mentalHealth', ['hospitalCountry', 'country']],
    gives: [give('w-imha-compulsory', ...imhaCompulsory), give('route-imha')],
    firstThatFits: true,
  },
  {
    id: 'R1.7',
    says: {
      en: 'Detained, community order, guardianship, conditional discharge or section 57 in England: right to an IMHA in England.',
      cy: 'Wedi’i gadw yn yr ysbyty, gorchymyn triniaeth gymunedol, gwarcheidiaeth, rhyddhad amodol neu adran 57, yn Lloegr: hawl i IMHA yn Lloegr.',
    },
    when: (f) =>
      hospitalIn(f, 'england') &&
      is(f.mentalHealth, 'detained', 'community-order', 'guardianship', 'conditional-discharge', 'considering-s57'),
    because: ['mentalHealth', ['hospitalCountry', 'country']],
    gives: [give('e-imha', ...imhaEngland)],
    firstThatFits: true,
    ...untilTheMentalHealthAct2025,
  },
  {
    id: 'R1.8',
    says: {
      en: 'Section 58A treatment considered in England, not known to be 18 or over: right to an IMHA in England.',
      cy: 'Ystyried triniaeth adran 58A yn Lloegr, heb wybod a yw’r person yn 18 oed neu’n hŷn: hawl i IMHA yn Lloegr.',
    },
    when: (f) => hospitalIn(f, 'england') && f.mentalHealth === 'considering-s58a' && !surelyAdult(f),
    because: ['mentalHealth', 'age', ['hospitalCountry', 'country']],
    gives: [give('e-imha', ...imhaEngland)],
    firstThatFits: true,
    ...untilTheMentalHealthAct2025,
  },
  {
    id: 'R1.9',
    says: {
      en: 'Every other mental health answer in England (informal patients and short-term sections too): who to ask in England.',
      cy: 'Pob ateb arall am iechyd meddwl yn Lloegr (cleifion anffurfiol ac adrannau byr hefyd): at bwy i droi yn Lloegr.',
    },
    when: (f) => hospitalIn(f, 'england'),
    because: ['mentalHealth', ['hospitalCountry', 'country']],
    gives: [give('e-signpost')],
    firstThatFits: true,
    ...untilTheMentalHealthAct2025,
  },
  {
    id: 'R1.10',
    says: {
      en: 'Hospital in Scotland: who to ask in Scotland.',
      cy: 'Ysbyty yn yr Alban: at bwy i droi yn yr Alban.',
    },
    when: (f) => hospitalIn(f, 'scotland'),
    because: ['mentalHealth', ['hospitalCountry', 'country']],
    gives: [give('x-scotland')],
    firstThatFits: true,
  },
  {
    id: 'R1.11',
    says: {
      en: 'Hospital in Northern Ireland: who to ask in Northern Ireland.',
      cy: 'Ysbyty yng Ngogledd Iwerddon: at bwy i droi yng Ngogledd Iwerddon.',
    },
    when: (f) => hospitalIn(f, 'northern-ireland'),
    because: ['mentalHealth', ['hospitalCountry', 'country']],
    gives: [give('x-northern-ireland')],
    firstThatFits: true,
  },
  {
    id: 'R1.12',
    says: {
      en: 'Hospital outside the UK: who can help from Wales.',
      cy: 'Ysbyty y tu allan i’r DU: pwy all helpu o Gymru.',
    },
    when: (f) => hospitalIn(f, 'elsewhere'),
    because: ['mentalHealth', ['hospitalCountry', 'country']],
    gives: [give('x-elsewhere')],
    firstThatFits: true,
  },

  // R2
  {
    id: 'R2.1',
    says: {
      en: 'Lives in Scotland, and no Welsh council arranged it: who to ask in Scotland, and nothing after.',
      cy: 'Yn byw yn yr Alban, ac nid cyngor yng Nghymru a drefnodd hynny: at bwy i droi yn yr Alban, a dim ar ôl hynny.',
    },
    when: (f) => f.placedBy === undefined && f.country === 'scotland',
    because: ['country'],
    gives: [give('x-scotland')],
    stop: true,
  },
  {
    id: 'R2.2',
    says: {
      en: 'Lives in Northern Ireland, and no Welsh council arranged it: who to ask there, and nothing after.',
      cy: 'Yn byw yng Ngogledd Iwerddon, ac nid cyngor yng Nghymru a drefnodd hynny: at bwy i droi yno, a dim ar ôl hynny.',
    },
    when: (f) => f.placedBy === undefined && f.country === 'northern-ireland',
    because: ['country'],
    gives: [give('x-northern-ireland')],
    stop: true,
  },
  {
    id: 'R2.3',
    says: {
      en: 'Lives outside the UK, and no Welsh council arranged it: who can help from Wales, and nothing after.',
      cy: 'Yn byw y tu allan i’r DU, ac nid cyngor yng Nghymru a drefnodd hynny: pwy all helpu o Gymru, a dim ar ôl hynny.',
    },
    when: (f) => f.placedBy === undefined && f.country === 'elsewhere',
    because: ['country'],
    gives: [give('x-elsewhere')],
    stop: true,
  },

  // R3
  {
    id: 'R3.1',
    says: {
      en: 'NHS complaint: Llais, at any age.',
      cy: 'Cwyn am y GIG: Llais, ar unrhyw oed.',
    },
    when: (f) => f.complaint === 'nhs' && !inEngland(f),
    because: ['complaint'],
    gives: [give('w-llais-nhs', 'hsc-quality-engagement-2020-s16')],
  },
  {
    id: 'R3.2',
    says: {
      en: 'Lives in England, complaint about the NHS in Wales: Llais.',
      cy: 'Yn byw yn Lloegr, ac yn cwyno am y GIG yng Nghymru: Llais.',
    },
    when: (f) => f.complaint === 'nhs' && inEngland(f) && f.nhsProvider === 'wales',
    because: ['complaint', 'nhsProvider'],
    gives: [give('w-llais-nhs', 'hsc-quality-engagement-2020-s16')],
  },
  {
    id: 'R3.3',
    says: {
      en: 'Complaint about the NHS in England: complaints advocacy in England.',
      cy: 'Cwyn am y GIG yn Lloegr: eiriolaeth ar gyfer cwynion yn Lloegr.',
    },
    when: (f) => f.complaint === 'nhs' && f.nhsProvider === 'england',
    because: ['complaint', 'nhsProvider'],
    gives: [give('e-nhs-complaints', 'lgpiha-2007-s223a')],
  },
  {
    id: 'R3.4',
    says: {
      en: 'Lives in England, NHS complaint, provider not named: complaints advocacy in England.',
      cy: 'Yn byw yn Lloegr, cwyn am y GIG, heb enwi’r darparwr: eiriolaeth ar gyfer cwynion yn Lloegr.',
    },
    when: (f) => f.complaint === 'nhs' && inEngland(f) && f.nhsProvider === undefined,
    because: ['complaint', 'country'],
    gives: [give('e-nhs-complaints', 'lgpiha-2007-s223a')],
  },
  {
    id: 'R3.5',
    says: {
      en: 'Social care complaint, under 25: an advocate from the children and young people’s service.',
      cy: 'Cwyn am ofal cymdeithasol, o dan 25 oed: eiriolwr o’r gwasanaeth i blant a phobl ifanc.',
    },
    when: (f) => f.complaint === 'social-care' && !inEngland(f) && under18Or18To24(f),
    because: ['complaint', 'age'],
    gives: [
      give('c-complaint-advocacy', 'sswba-2014-s174', 'sswba-2014-s176', 'sswba-2014-s178'),
      give('route-child-provider'),
    ],
  },
  {
    id: 'R3.6',
    says: {
      en: 'Social care complaint, anyone else: Llais.',
      cy: 'Cwyn am ofal cymdeithasol, pawb arall: Llais.',
    },
    when: (f) => f.complaint === 'social-care' && !inEngland(f) && !under18Or18To24(f),
    because: ['complaint'],
    gives: [give('w-llais-social-care', 'hsc-quality-engagement-2020-s16')],
  },

  // R4. Its two exceptions do not exist in Wales
  {
    id: 'R4.1',
    says: {
      en: 'England, a Care Act process, substantial difficulty, nobody suitable to support: the council must arrange an advocate.',
      cy: 'Lloegr, proses o dan y Ddeddf Gofal, anhawster sylweddol, neb addas i gefnogi: rhaid i’r cyngor drefnu eiriolwr.',
    },
    when: (f) => substantialDifficulty(f) && (noAppropriateIndividual(f) || f.supporter === 'paid-only'),
    because: ['country', 'process', 'substantialDifficulty', 'supporter'],
    gives: [give('e-care-act-must', careAct)],
    firstThatFits: true,
  },
  {
    id: 'R4.2',
    says: {
      en: 'England, as above but with someone suitable, and an exception: the council must arrange an advocate all the same.',
      cy: 'Lloegr, fel uchod ond gyda rhywun addas, ac un o’r eithriadau: rhaid i’r cyngor drefnu eiriolwr serch hynny.',
    },
    when: (f) =>
      substantialDifficulty(f) && f.supporter === 'suitable' && is(f.exception, 'nhs-placement', 'agreed-disagreement'),
    because: ['country', 'process', 'substantialDifficulty', 'supporter', 'exception'],
    gives: [give('e-care-act-exception', careAct)],
    firstThatFits: true,
  },
  {
    id: 'R4.3',
    says: {
      en: 'England, as above with someone suitable and no exception: that person can support.',
      cy: 'Lloegr, fel uchod gyda rhywun addas a heb eithriad: gall y person hwnnw gefnogi.',
    },
    when: (f) => substantialDifficulty(f) && f.supporter === 'suitable',
    because: ['country', 'process', 'substantialDifficulty', 'supporter'],
    gives: [give('e-ai-first', careAct)],
    firstThatFits: true,
  },
  {
    id: 'R4.4',
    says: {
      en: 'Lives in England, and no Welsh council arranged it: who to ask in England, and nothing after.',
      cy: 'Yn byw yn Lloegr, ac nid cyngor yng Nghymru a drefnodd hynny: at bwy i droi yn Lloegr, a dim ar ôl hynny.',
    },
    when: inEngland,
    because: ['country'],
    gives: [give('e-signpost')],
    stop: true,
  },

  // R5
  {
    id: 'R5.1',
    says: {
      en: 'Aged 5 to 17, has become looked after or is in child protection: must be offered an advocate.',
      cy: 'Rhwng 5 ac 17 oed, newydd ddod i dderbyn gofal neu’n destun camau amddiffyn plant: rhaid cynnig eiriolwr.',
    },
    when: (f) => is(f.age, '5-15', '16-17') && has(f.child, 'became-looked-after', 'child-protection'),
    because: ['child', 'age'],
    gives: [
      give('c-active-offer', 'national-approach-statutory-advocacy', 'sswba-2014-s178'),
      give('route-child-provider'),
    ],
  },
  {
    id: 'R5.2',
    says: {
      en: 'Under 18, looked after or in need of care and support: right to an advocate.',
      cy: 'O dan 18 oed, yn derbyn gofal neu ag angen gofal a chymorth: hawl i eiriolwr.',
    },
    when: (f) => under18(f) && has(f.child, 'looked-after', 'became-looked-after', 'needs-care-and-support'),
    because: ['child', 'age'],
    gives: [give('c-statutory-ipa', 'sswba-2014-s174', 'sswba-2014-s178'), give('route-child-provider')],
  },
  {
    id: 'R5.3',
    says: {
      en: 'Under 18, with a carer’s assessment: right to an advocate.',
      cy: 'O dan 18 oed, gydag asesiad gofalwr: hawl i eiriolwr.',
    },
    when: (f) => under18(f) && has(f.process, 'carer-assessment'),
    because: ['process', 'age'],
    gives: [give('c-statutory-ipa', 'sswba-2014-s174', 'sswba-2014-s178'), give('route-child-provider')],
  },
  {
    id: 'R5.4',
    says: {
      en: 'Care leaver aged 16 to 24: right to an advocate.',
      cy: 'Wedi gadael gofal, rhwng 16 a 24 oed: hawl i eiriolwr.',
    },
    when: careLeaver,
    because: ['child', 'age'],
    gives: [give('c-care-leaver', 'sswba-2014-s176', 'sswba-2014-s178'), give('route-child-provider')],
  },
  {
    id: 'R5.5',
    says: {
      en: 'Under 25, additional learning needs: independent advocacy about them.',
      cy: 'O dan 25 oed, anghenion dysgu ychwanegol: eiriolaeth annibynnol yn eu cylch.',
    },
    when: (f) => under18Or18To24(f) && has(f.child, 'additional-learning-needs'),
    because: ['child', 'age'],
    gives: [give('c-aln', 'alnet-2018-s69')],
  },

  // R6
  {
    id: 'R6.1',
    says: {
      en: 'Aged 5 to 24: Meic.',
      cy: 'Rhwng 5 a 24 oed: Meic.',
    },
    when: (f) => is(f.age, '5-15', '16-17', '18-24'),
    because: ['age'],
    gives: [give('c-meic')],
  },

  // R7, from 16. What a professional has said about capacity is a fact; the rules never decide it
  {
    id: 'R7.1',
    says: {
      en: 'Lacks capacity; serious treatment, a long hospital stay or a long care home stay; nobody to consult: an IMCA must be instructed.',
      cy: 'Heb alluedd; triniaeth ddifrifol, arhosiad hir yn yr ysbyty neu arhosiad hir mewn cartref gofal; neb i ymgynghori ag ef: rhaid cyfarwyddo IMCA.',
    },
    when: (f) => lacksCapacity(f) && bigDecision(f) && f.consultable === 'no',
    because: ['capacity', 'decision', 'consultable'],
    gives: [give('imca-must', imcaForDecision), give('route-decision-maker')],
  },
  {
    id: 'R7.2',
    says: {
      en: 'The same, with somebody to consult: other forms of advocacy.',
      cy: 'Yr un fath, gyda rhywun i ymgynghori ag ef: mathau eraill o eiriolaeth.',
    },
    when: (f) => lacksCapacity(f) && bigDecision(f) && f.consultable === 'yes',
    because: ['capacity', 'decision', 'consultable'],
    gives: [give('w-other-forms', imcaForDecision)],
  },
  {
    id: 'R7.3',
    says: {
      en: 'The same, not known whether there is somebody to consult: ask about an IMCA.',
      cy: 'Yr un fath, heb wybod a oes rhywun i ymgynghori ag ef: gofyn am IMCA.',
    },
    when: (f) => lacksCapacity(f) && bigDecision(f) && unknown(f.consultable),
    because: ['capacity', 'decision', 'consultable'],
    gives: [give('imca-ask', imcaForDecision), give('route-decision-maker')],
  },
  {
    id: 'R7.4',
    says: {
      en: 'Lacks capacity, safeguarding decision: an IMCA may be instructed, whoever is consultable.',
      cy: 'Heb alluedd, penderfyniad diogelu: gellir cyfarwyddo IMCA, ni waeth â phwy y gellir ymgynghori.',
    },
    when: (f) => lacksCapacity(f) && f.decision === 'safeguarding',
    because: ['capacity', 'decision'],
    gives: [give('imca-may', imcaForDecision), give('route-decision-maker')],
  },
  {
    id: 'R7.5',
    says: {
      en: 'Lacks capacity, care review, nobody to consult: an IMCA may be instructed.',
      cy: 'Heb alluedd, adolygiad gofal, neb i ymgynghori ag ef: gellir cyfarwyddo IMCA.',
    },
    when: (f) => lacksCapacity(f) && f.decision === 'care-review' && f.consultable === 'no',
    because: ['capacity', 'decision', 'consultable'],
    gives: [give('imca-may', imcaForDecision), give('route-decision-maker')],
  },
  {
    id: 'R7.6',
    says: {
      en: 'Lacks capacity, care review, not known whether there is somebody to consult: ask about an IMCA.',
      cy: 'Heb alluedd, adolygiad gofal, heb wybod a oes rhywun i ymgynghori ag ef: gofyn am IMCA.',
    },
    when: (f) => lacksCapacity(f) && f.decision === 'care-review' && unknown(f.consultable),
    because: ['capacity', 'decision', 'consultable'],
    gives: [give('imca-ask', imcaForDecision), give('route-decision-maker')],
  },
  {
    id: 'R7.7',
    says: {
      en: 'Deprivation of liberty, unpaid representative: an IMCA must be instructed on request or where needed.',
      cy: 'Amddifadu o ryddid, cynrychiolydd di-dâl: rhaid cyfarwyddo IMCA os gofynnir amdano neu os oes ei angen.',
    },
    when: (f) => lacksCapacity(f) && libertyCounts(f) && f.liberty === 'unpaid-representative',
    because: ['capacity', 'liberty'],
    gives: [give('imca-dols', imcaForLiberty), give('route-decision-maker')],
  },
  {
    id: 'R7.8',
    says: {
      en: 'Deprivation of liberty, paid representative: other forms of advocacy.',
      cy: 'Amddifadu o ryddid, cynrychiolydd sy’n cael ei dalu: mathau eraill o eiriolaeth.',
    },
    when: (f) => lacksCapacity(f) && libertyCounts(f) && f.liberty === 'paid-representative',
    because: ['capacity', 'liberty'],
    gives: [give('w-other-forms', imcaForLiberty)],
  },
  {
    id: 'R7.9',
    says: {
      en: 'Deprivation of liberty being assessed, or no representative; nobody to consult: an IMCA must be instructed.',
      cy: 'Amddifadu o ryddid yn cael ei asesu, neu heb gynrychiolydd; neb i ymgynghori ag ef: rhaid cyfarwyddo IMCA.',
    },
    when: (f) =>
      lacksCapacity(f) &&
      libertyCounts(f) &&
      is(f.liberty, 'being-assessed', 'no-representative') &&
      f.consultable === 'no',
    because: ['capacity', 'liberty', 'consultable'],
    gives: [give('imca-dols', imcaForLiberty), give('route-decision-maker')],
  },
  {
    id: 'R7.10',
    says: {
      en: 'The same, not known whether there is somebody to consult: ask about an IMCA.',
      cy: 'Yr un fath, heb wybod a oes rhywun i ymgynghori ag ef: gofyn am IMCA.',
    },
    when: (f) =>
      lacksCapacity(f) &&
      libertyCounts(f) &&
      is(f.liberty, 'being-assessed', 'no-representative') &&
      unknown(f.consultable),
    because: ['capacity', 'liberty', 'consultable'],
    gives: [give('imca-ask', imcaForLiberty), give('route-decision-maker')],
  },
  {
    id: 'R7.11',
    says: {
      en: 'Not known whether the person can make one of these decisions: ask about an IMCA.',
      cy: 'Heb wybod a all y person wneud un o’r penderfyniadau hyn: gofyn am IMCA.',
    },
    when: (f) => capacityUnsure(f) && (bigDecision(f) || is(f.decision, 'care-review', 'safeguarding')),
    because: ['capacity', 'decision'],
    gives: [give('imca-ask', imcaForDecision), give('route-decision-maker')],
  },
  {
    id: 'R7.12',
    says: {
      en: 'Not known whether the person has capacity, deprivation of liberty safeguards: ask about an IMCA.',
      cy: 'Heb wybod a oes gan y person alluedd, trefniadau diogelu rhag amddifadu o ryddid: gofyn am IMCA.',
    },
    when: (f) => capacityUnsure(f) && libertyCounts(f) && f.liberty !== undefined && f.liberty !== 'none',
    because: ['capacity', 'liberty'],
    gives: [give('imca-ask', imcaForLiberty), give('route-decision-maker')],
  },

  // R8
  {
    id: 'R8.1',
    says: {
      en: 'Parent in child protection: parent advocacy, and ask about an independent professional advocate.',
      cy: 'Rhiant mewn achos amddiffyn plant: eiriolaeth i rieni, a gofyn am eiriolwr proffesiynol annibynnol.',
    },
    when: (f) => adult(f) && has(f.process, 'child-protection-parent'),
    because: ['process'],
    gives: [give('parent-advocacy'), give('w-ipa-ask', theCode)],
    firstThatFits: true,
  },
  {
    id: 'R8.2',
    says: {
      en: 'About something else, and no named process: other help, and other forms of advocacy.',
      cy: 'Ynglŷn â rhywbeth arall, heb broses a enwir: help arall, a mathau eraill o eiriolaeth.',
    },
    when: (f) => adult(f) && f.process !== undefined && f.otherTopic === 'yes' && !namedProcess(f),
    because: ['otherTopic', 'process'],
    gives: [give('other-help'), give('w-other-forms', allFormsOfAdvocacy)],
    firstThatFits: true,
  },
  {
    id: 'R8.3',
    says: {
      en: 'Says that nothing makes it hard to take part: other forms of advocacy.',
      cy: 'Yn dweud nad oes dim yn ei gwneud yn anodd cymryd rhan: mathau eraill o eiriolaeth.',
    },
    when: (f) => adult(f) && f.process !== undefined && saysNoBarrier(f),
    because: ['process', 'barriers'],
    gives: [give('w-other-forms', allFormsOfAdvocacy)],
    firstThatFits: true,
  },
  {
    id: 'R8.4',
    says: {
      en: 'A named process, at least one barrier, no appropriate individual: the council must arrange an independent professional advocate.',
      cy: 'Proses a enwir, o leiaf un rhwystr, dim unigolyn priodol: rhaid i’r cyngor drefnu eiriolwr proffesiynol annibynnol.',
    },
    when: (f) => adult(f) && namedProcess(f) && someBarrier(f) && noAppropriateIndividual(f),
    because: ['process', 'barriers', 'supporter'],
    gives: [give('w-ipa-must', ...dutyToArrange)],
    firstThatFits: true,
  },
  {
    id: 'R8.5',
    says: {
      en: 'A named process, at least one barrier, somebody wanted, able and available: that person can support.',
      cy: 'Proses a enwir, o leiaf un rhwystr, a rhywun y mae’r person am gael ei help, sy’n gallu helpu ac sydd ar gael: gall hwnnw gefnogi.',
    },
    when: (f) => adult(f) && namedProcess(f) && someBarrier(f) && f.supporter === 'suitable',
    because: ['process', 'barriers', 'supporter'],
    gives: [give('w-ai-first', 'sswba-2014-part-10-code-chapter-13')],
    firstThatFits: true,
  },
  {
    id: 'R8.6',
    says: {
      en: 'A named process, finding help, or not sure what is happening: ask about an independent professional advocate.',
      cy: 'Proses a enwir, holi am help, neu ddim yn siŵr beth sy’n digwydd: gofyn am eiriolwr proffesiynol annibynnol.',
    },
    when: (f) => adult(f) && (namedProcess(f) || has(f.process, 'finding-help') || f.process === 'unsure'),
    because: ['process', 'barriers', 'supporter'],
    gives: [give('w-ipa-ask', theCode)],
    firstThatFits: true,
  },
  {
    id: 'R8.7',
    says: {
      en: 'None of these processes: other forms of advocacy.',
      cy: 'Dim un o’r prosesau hyn: mathau eraill o eiriolaeth.',
    },
    when: (f) => adult(f) && f.process !== undefined,
    because: ['process'],
    gives: [give('w-other-forms', allFormsOfAdvocacy)],
    firstThatFits: true,
  },
  {
    id: 'R8.8',
    says: {
      en: 'Unpaid carer: carers count in their own right.',
      cy: 'Gofalwr di-dâl: mae gofalwyr yn cyfrif yn eu rhinwedd eu hunain.',
    },
    when: (f) => adult(f) && f.carer === 'yes',
    because: ['carer'],
    gives: [give('carer-own-right', 'sswba-2014-s24', theCode)],
  },
  {
    id: 'R8.9',
    says: {
      en: 'In secondary mental health care: community mental health advocacy.',
      cy: 'Yn cael gofal iechyd meddwl eilaidd: eiriolaeth iechyd meddwl gymunedol.',
    },
    when: (f) => adult(f) && f.secondaryMentalHealthCare === 'yes',
    because: ['secondaryMentalHealthCare'],
    gives: [give('w-cmha')],
  },

  // R9
  {
    id: 'R9.1',
    says: {
      en: 'For somebody else who has not agreed: ask them first.',
      cy: 'Dros rywun arall nad yw wedi cytuno: gofyn i’r person yn gyntaf.',
    },
    when: (f) => adult(f) && f.about === 'someone-else' && is(f.agreed, 'not-asked', 'no'),
    because: ['about', 'agreed'],
    gives: [give('consent-needed')],
  },

  // R10
  {
    id: 'R10.1',
    says: {
      en: 'Nothing so far, under 18: Meic.',
      cy: 'Dim byd hyd yma, o dan 18 oed: Meic.',
    },
    when: (f, found) => found.size === 0 && under18(f),
    because: ['age'],
    gives: [give('c-meic')],
  },
  {
    id: 'R10.2',
    says: {
      en: 'Nothing so far: other forms of advocacy.',
      cy: 'Dim byd hyd yma: mathau eraill o eiriolaeth.',
    },
    when: (_, found) => found.size === 0,
    because: [],
    gives: [give('w-other-forms', allFormsOfAdvocacy)],
  },

  // R11
  {
    id: 'R11.1',
    says: {
      en: 'Adult in Cardiff or the Vale of Glamorgan, or placed from there: the Gateway.',
      cy: 'Oedolyn yng Nghaerdydd neu Fro Morgannwg, neu wedi’i leoli gan un o’r ddau gyngor: y Porth.',
    },
    when: (f, found) => leadsToARoute(f, found) && is(f.placedBy ?? f.council, ...gatewayCouncils),
    because: [['placedBy', 'council']],
    gives: [give('route-gateway-cav')],
    firstThatFits: true,
  },
  {
    id: 'R11.2',
    says: {
      en: 'Adult anywhere else in Wales, or where is not known: their own council.',
      cy: 'Oedolyn yn rhywle arall yng Nghymru, neu heb wybod ymhle: ei gyngor ei hun.',
    },
    when: leadsToARoute,
    because: [['placedBy', 'council']],
    gives: [give('route-council-wales')],
    firstThatFits: true,
  },
];
