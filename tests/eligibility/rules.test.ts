/** What every set of facts may count on, and the corners of each rule that the worked cases do not reach. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  citationIds,
  citations,
  decide,
  findingsOf,
  forces,
  isDay,
  outcomeIds,
  outcomes,
  parseFacts,
  rulesAsData,
  ruleset,
  type Facts,
  type Finding,
} from '../../src/eligibility/decide.ts';
import { ruleGroups, rules, rulesetDay, type Law, type Rule } from '../../src/eligibility/rules.ts';
import { cases } from '../support/people.ts';

const today = '2026-11-22';
const read = (name: string): unknown => parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const catalogue = read('./outcomes.yaml') as readonly { id: string; force: string; rule: string }[];
const workedFacts = cases.map((worked): Facts => {
  const parsed = parseFacts(worked.facts);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.facts;
});

const findings = (given: Facts): readonly Finding[] => decide(given, today).findings;
const outcomesOf = (given: Facts): readonly string[] =>
  findings(given)
    .map(({ outcome }) => outcome)
    .sort();
const findingOf = (given: Facts, outcome: string): Finding => {
  const found = findings(given).find((finding) => finding.outcome === outcome);
  if (found === undefined) throw new Error(`${outcome} was not given`);
  return found;
};

describe('the groups of rules', () => {
  it('are those of the rows, in their order, each with a name in both languages', () => {
    expect(Object.keys(ruleGroups)).toEqual([...new Set(rules.map(({ id }) => id.split('.')[0]))]);
    for (const { en, cy } of Object.values(ruleGroups))
      for (const name of [en, cy]) expect(name).toMatch(/^[A-Z].{2,}/);
  });

  it('stand as on a day', () => {
    expect(isDay(rulesetDay)).toBe(true);
    expect(ruleset.startsWith(rulesetDay)).toBe(true);
  });
});

describe('the catalogue', () => {
  it('has exactly the outcomes of the specification, each with its force', () => {
    expect(Object.entries(outcomes).sort()).toEqual(catalogue.map(({ id, force }) => [id, force]).sort());
    expect(outcomeIds).toHaveLength(43);
  });

  it('names the forces in the order of display', () => {
    expect(forces).toEqual(['urgent', 'must', 'right', 'consider', 'may', 'info', 'signpost', 'route']);
  });

  it('holds nothing that the rules cannot give', () => {
    const beyondTheCases: readonly Facts[] = [
      { danger: 'at-risk', age: '5-15' },
      { mentalHealth: 'unsure' },
      { capacity: 'unsure', decision: 'long-hospital-stay' },
      { country: 'northern-ireland' },
      { country: 'elsewhere' },
      { process: ['child-protection-parent'] },
      { complaint: 'nhs', nhsProvider: 'england' },
    ];
    const reached = new Set([...workedFacts, ...beyondTheCases].flatMap((given) => outcomesOf(given)));
    expect([...reached].sort()).toEqual([...outcomeIds].sort());
  });

  it('gives each outcome first in the rule that the catalogue names', () => {
    const shared = new Set([
      'w-other-forms',
      'e-signpost',
      'c-meic',
      'x-scotland',
      'x-northern-ireland',
      'x-elsewhere',
    ]);
    const alsoInComplaints = new Set(['route-child-provider']);
    const inR11 = new Set(['route-gateway-cav', 'route-council-wales']);
    for (const { id, rule } of catalogue) {
      const numbers = new Set(
        rules.filter((row) => row.gives.some(({ outcome }) => outcome === id)).map((row) => row.id.split('.')[0]),
      );
      expect(numbers, id).toContain(inR11.has(id) ? 'R11' : rule);
      if (!shared.has(id) && !alsoInComplaints.has(id)) expect(numbers.size, id).toBe(1);
    }
  });
});

describe('every rule', () => {
  it('has an id of its own, in the order of the specification', () => {
    const numbers = rules.map(({ id }) => id.slice(1).split('.').map(Number) as [number, number]);
    const sorted = [...numbers].sort(([a, b], [c, d]) => a - c || b - d);
    expect(numbers).toEqual(sorted);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(new Set(numbers.map(([number]) => number))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]));
  });

  it('can fire', () => {
    const beyondTheCases: readonly Facts[] = [
      {},
      { age: 'under-5' },
      { danger: 'now', age: '16-17' },
      { danger: 'at-risk', age: '5-15' },
      { mentalHealth: 'considering-s58a', age: '18-24' },
      { mentalHealth: 'unsure' },
      { mentalHealth: 'considering-s58a', hospitalCountry: 'england' },
      { mentalHealth: 'detained', hospitalCountry: 'scotland' },
      { mentalHealth: 'detained', hospitalCountry: 'northern-ireland' },
      { mentalHealth: 'detained', hospitalCountry: 'elsewhere' },
      { country: 'northern-ireland' },
      { country: 'elsewhere' },
      { complaint: 'nhs', country: 'england' },
      { complaint: 'nhs', country: 'england', nhsProvider: 'wales' },
      { complaint: 'nhs', nhsProvider: 'england' },
      { age: '5-15', process: ['carer-assessment'] },
      { capacity: 'lacks', decision: 'long-hospital-stay' },
      { capacity: 'lacks', decision: 'long-hospital-stay', consultable: 'yes' },
      { capacity: 'lacks', decision: 'care-review' },
      { capacity: 'lacks', decision: 'care-review', consultable: 'no' },
      { capacity: 'lacks', liberty: 'paid-representative' },
      { capacity: 'lacks', liberty: 'no-representative' },
      { capacity: 'unsure', decision: 'safeguarding' },
      { capacity: 'unsure', liberty: 'being-assessed' },
      { process: ['child-protection-parent'] },
      { process: [] },
    ];
    const fired = new Set(
      [...workedFacts, ...beyondTheCases].flatMap((given) => findings(given).map(({ rule }) => rule)),
    );
    expect(rules.map(({ id }) => id).filter((id) => !fired.has(id))).toEqual([]);
  });

  it('is published as plain data', () => {
    const data = rulesAsData();
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
    expect(data.ruleset).toBe(ruleset);
    expect(data.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    expect(data.outcomes).toEqual(outcomeIds.map((id) => ({ id, force: outcomes[id] })));
    const open = { from: null, until: null };
    const row = (id: string) => data.rules.find((each) => each.id === id);
    expect(row('R0.1')).toMatchObject({ firstThatFits: false, stop: true, ...open });
    expect(row('R8.4')).toMatchObject({ firstThatFits: true, stop: false, ...open });
    for (const { says } of data.rules) {
      for (const text of [says.en, says.cy]) expect(text).toMatch(/^[A-Z].{5,150}\.$/u);
    }
  });
});

describe('every citation', () => {
  const idsOf = (law: Law): readonly string[] => (typeof law === 'string' ? [law] : Object.values(law.law).flat());

  it('is used by a rule', () => {
    const used = new Set(rules.flatMap(({ gives }) => gives.flatMap(({ law }) => law.flatMap(idsOf))));
    expect([...used].sort()).toEqual([...citationIds].sort());
  });

  it('has words in both languages and an official address', () => {
    for (const citation of Object.values(citations)) {
      expect(citation.title.en).not.toBe(citation.title.cy);
      for (const url of Object.values(citation.url)) {
        expect(url).toMatch(/^https:\/\/(www\.legislation\.gov\.uk|www\.gov\.wales|llyw\.cymru)\//);
      }
      expect(citation.url.cy.endsWith('/welsh')).toBe(
        citation.textIn.includes('cy') && citation.url.cy.includes('legislation.gov.uk'),
      );
    }
  });

  it('never gives a paragraph of the Code as its own, only as quoted', () => {
    for (const { title } of Object.values(citations)) {
      if (title.en.includes('paragraph')) expect(title.en).toContain('as quoted in');
      if (title.cy.includes('paragraff')) expect(title.cy).toContain('fel y’i dyfynnir');
    }
  });

  it('that follows an answer is none where that answer was not given', () => {
    const byDecision = rules.find(({ id }) => id === 'R7.1')!;
    const [found] = findingsOf([{ ...byDecision, when: () => true }], {}, today);
    expect(found).toMatchObject({ outcome: 'imca-must', citations: [] });
  });

  it('follows the decision that is being made', () => {
    const lacks = { capacity: 'lacks', consultable: 'no' } as const;
    const cited = (given: Facts, outcome: string) => findingOf(given, outcome).citations.map(({ id }) => id);
    expect(cited({ ...lacks, decision: 'serious-medical-treatment' }, 'imca-must')).toEqual(['mca-2005-s37']);
    expect(cited({ ...lacks, decision: 'long-care-home-stay' }, 'imca-must')).toEqual(['mca-2005-s38', 'mca-2005-s39']);
    expect(cited({ ...lacks, liberty: 'no-representative' }, 'imca-dols')).toEqual(['mca-2005-s39c']);
    const england = { country: 'england', substantialDifficulty: 'yes', supporter: 'none' } as const;
    expect(cited({ ...england, process: ['review', 'assessment'] }, 'e-care-act-must')).toEqual(['care-act-2014-s67']);
    expect(cited({ ...england, process: ['safeguarding'] }, 'e-care-act-must')).toEqual(['care-act-2014-s68']);
  });
});

describe('no facts at all', () => {
  it('lead to other forms of advocacy and to the person’s own council', () => {
    expect(outcomesOf({})).toEqual(['route-council-wales', 'w-other-forms']);
    expect(findingOf({}, 'w-other-forms')).toMatchObject({ rule: 'R10.2', because: [] });
  });

  it('but an age under 5 lead to Meic', () => {
    expect(outcomesOf({ age: 'under-5' })).toEqual(['c-meic']);
  });
});

it('the strongest comes first, whichever row gave it', () => {
  const given: Facts = {
    complaint: 'nhs',
    danger: 'at-risk',
    process: ['review'],
    barriers: ['weigh'],
    supporter: 'none',
  };
  expect(findings(given).map(({ outcome }) => outcome)).toEqual([
    'urgent-safeguarding-adult',
    'w-ipa-must',
    'w-llais-nhs',
    'route-council-wales',
  ]);
});

describe('the reasons', () => {
  it('name no fact that was not given', () => {
    expect(findingOf({ mentalHealth: 'considering-s58a' }, 'w-imha-compulsory').because).toEqual(['mentalHealth']);
  });

  it('of a duty to arrange an advocate are what is happening, what is hard, and who could help', () => {
    const given: Facts = {
      country: 'wales',
      council: 'W06000015',
      about: 'me',
      age: '25-or-over',
      danger: 'no',
      process: ['assessment'],
      barriers: ['communicate'],
      supporter: 'none',
    };
    expect(decide(given, today)).toEqual({
      ruleset,
      findings: [
        {
          outcome: 'w-ipa-must',
          force: 'must',
          rule: 'R8.4',
          because: ['process', 'barriers', 'supporter'],
          citations: ['sswba-2014-part-10-code-para-47', 'sswba-2014-s145'].map((id) => ({
            id,
            title: citations[id as keyof typeof citations].title,
            url: 'https://www.legislation.gov.uk/anaw/2014/4/section/145',
          })),
        },
        { outcome: 'route-gateway-cav', force: 'route', rule: 'R11.1', because: ['council'], citations: [] },
      ],
    });
  });

  it('of the route are the council that arranged care, where there is one, and otherwise the council', () => {
    expect(findingOf({ placedBy: 'W06000014', council: 'W06000001' }, 'route-gateway-cav').because).toEqual([
      'placedBy',
    ]);
    expect(findingOf({ placedBy: 'W06000001', council: 'W06000014' }, 'route-council-wales').because).toEqual([
      'placedBy',
    ]);
    expect(findingOf({ council: 'unsure' }, 'route-council-wales').because).toEqual(['council']);
  });

  it('of an IMHA name the hospital’s country where it was given, and the home only where it was not', () => {
    const both: Facts = { country: 'england', hospitalCountry: 'wales', mentalHealth: 'informal' };
    expect(findingOf(both, 'w-imha-informal').because).toEqual(['mentalHealth', 'hospitalCountry']);
    expect(findingOf({ country: 'wales', mentalHealth: 'detained' }, 'w-imha-compulsory').because).toEqual([
      'mentalHealth',
      'country',
    ]);
  });

  it('are those of the first row where two rows give the same outcome', () => {
    const given: Facts = { complaint: 'social-care', age: '18-24', child: ['care-leaver'] };
    expect(findingOf(given, 'route-child-provider').rule).toBe('R3.5');
  });
});

describe('danger', () => {
  it('now, for somebody under 18, leads to the children’s safeguarding team and nothing else', () => {
    expect(outcomesOf({ danger: 'now', age: '16-17', process: ['assessment'], complaint: 'nhs' })).toEqual([
      'urgent-999',
      'urgent-domestic-abuse',
      'urgent-safeguarding-child',
    ]);
  });

  it('to oneself comes before where the person lives', () => {
    expect(outcomesOf({ danger: 'suicidal', country: 'scotland' })).toEqual(['urgent-999', 'urgent-mh-111-2']);
  });

  it('that is a worry and not now does not end the check', () => {
    expect(outcomesOf({ danger: 'at-risk', age: '5-15', domesticAbuse: 'yes' })).toEqual([
      'c-meic',
      'urgent-domestic-abuse',
      'urgent-safeguarding-child',
    ]);
    expect(outcomesOf({ danger: 'at-risk', domesticAbuse: 'unsure' })).toEqual(['urgent-safeguarding-adult']);
  });
});

describe('an independent mental health advocate', () => {
  it('is for somebody held for a short time in Wales, and not in England', () => {
    expect(outcomesOf({ mentalHealth: 'short-hold', hospitalCountry: 'wales' })).toContain('w-imha-compulsory');
    expect(outcomesOf({ mentalHealth: 'short-hold', hospitalCountry: 'england' })).toEqual(['e-signpost']);
  });

  it('follows the hospital in Scotland, though the person lives in Wales and has an assessment too', () => {
    expect(
      outcomesOf({ country: 'wales', hospitalCountry: 'scotland', mentalHealth: 'detained', process: ['review'] }),
    ).toEqual(['route-council-wales', 'w-ipa-ask', 'x-scotland']);
  });

  it('is spoken of even where the person lives outside Wales', () => {
    expect(outcomesOf({ country: 'scotland', hospitalCountry: 'wales', mentalHealth: 'detained' })).toEqual([
      'route-imha',
      'w-imha-compulsory',
      'x-scotland',
    ]);
  });

  it('is looked for in Wales where the hospital’s country is not known, whatever the home', () => {
    expect(outcomesOf({ country: 'england', hospitalCountry: 'unsure', mentalHealth: 'informal' })).toEqual([
      'e-signpost',
      'route-imha',
      'w-imha-informal',
    ]);
  });

  it('for section 58A treatment depends on age, and an unknown age is not a “no”', () => {
    const ect = { mentalHealth: 'considering-s58a' } as const;
    expect(outcomesOf({ ...ect, age: '16-17' })).toContain('w-imha-compulsory');
    expect(outcomesOf({ ...ect, age: 'unsure' })).toContain('w-imha-compulsory');
    expect(outcomesOf(ect)).toContain('w-imha-compulsory');
    expect(outcomesOf({ ...ect, age: '18-24' })).toContain('w-other-forms');
    expect(outcomesOf({ ...ect, hospitalCountry: 'england', age: 'unsure' })).toContain('e-imha');
    expect(outcomesOf({ ...ect, hospitalCountry: 'england', age: '25-or-over' })).toEqual(['e-signpost']);
  });

  it('is not thought of where the person says that none of this applies', () => {
    expect(outcomesOf({ mentalHealth: 'none', hospitalCountry: 'england' })).toEqual([
      'route-council-wales',
      'w-other-forms',
    ]);
  });
});

describe('complaints', () => {
  it('about the NHS follow the provider across the border, and both ways where that helps', () => {
    const nhs = { complaint: 'nhs' } as const;
    expect(outcomesOf({ ...nhs, country: 'england' })).toEqual(['e-nhs-complaints', 'e-signpost']);
    expect(outcomesOf({ ...nhs, country: 'england', nhsProvider: 'wales' })).toEqual(['e-signpost', 'w-llais-nhs']);
    expect(outcomesOf({ ...nhs, country: 'wales', nhsProvider: 'england' })).toEqual([
      'e-nhs-complaints',
      'w-llais-nhs',
    ]);
    expect(outcomesOf({ ...nhs, country: 'england', placedBy: 'W06000015' })).toEqual(['w-llais-nhs']);
  });

  it('about social care in England are for the English council', () => {
    expect(outcomesOf({ complaint: 'social-care', country: 'england' })).toEqual(['e-signpost']);
  });

  it('about social care by somebody whose age is not known go to Llais', () => {
    expect(outcomesOf({ complaint: 'social-care', age: 'unsure' })).toEqual(['w-llais-social-care']);
  });
});

describe('England', () => {
  const difficulty = { country: 'england', process: ['assessment'], substantialDifficulty: 'yes' } as const;

  it.each(['assessment', 'carer-assessment', 'care-plan', 'review', 'safeguarding'] as const)(
    'gives the right in each process of its Act: %s',
    (process) => {
      expect(outcomesOf({ ...difficulty, process: [process], supporter: 'none' })).toContain('e-care-act-must');
    },
  );

  it('counts paid staff as nobody suitable, as its Act says', () => {
    expect(outcomesOf({ ...difficulty, supporter: 'paid-only' })).toEqual(['e-care-act-must', 'e-signpost']);
  });

  it('says who to ask where it is not known who could support', () => {
    expect(outcomesOf({ ...difficulty, supporter: 'unsure' })).toEqual(['e-signpost']);
    expect(outcomesOf(difficulty)).toEqual(['e-signpost']);
  });

  it('keeps its exceptions to itself: they are no rule in Wales', () => {
    const given = { process: ['assessment'], barriers: ['weigh'], supporter: 'suitable' } as const;
    expect(
      outcomesOf({ ...given, country: 'wales', exception: 'nhs-placement', substantialDifficulty: 'yes' }),
    ).toEqual(['route-council-wales', 'w-ai-first']);
  });
});

describe('children and care leavers', () => {
  it('under 5 have a right to an advocate, without the active offer that starts at 5', () => {
    expect(outcomesOf({ age: 'under-5', child: ['became-looked-after'] })).toEqual([
      'c-statutory-ipa',
      'route-child-provider',
    ]);
  });

  it('who care for somebody have the right at their own carer’s assessment', () => {
    expect(outcomesOf({ age: '5-15', process: ['carer-assessment'] })).toEqual([
      'c-meic',
      'c-statutory-ipa',
      'route-child-provider',
    ]);
  });

  it('who left care are never sent to the adult form', () => {
    const given = { child: ['care-leaver'], process: ['assessment'], barriers: ['weigh'], supporter: 'none' } as const;
    expect(outcomesOf({ ...given, age: '18-24', council: 'W06000015' })).toEqual([
      'c-care-leaver',
      'c-meic',
      'route-child-provider',
    ]);
  });

  it('who left care and are 25 or over are adults like any other', () => {
    expect(outcomesOf({ child: ['care-leaver'], age: '25-or-over' })).toEqual(['route-council-wales', 'w-other-forms']);
  });
});

describe('an independent mental capacity advocate', () => {
  const lacks = { capacity: 'lacks' } as const;

  it('is not for somebody under 16', () => {
    expect(outcomesOf({ ...lacks, age: '5-15', decision: 'serious-medical-treatment', consultable: 'no' })).toEqual([
      'c-meic',
    ]);
  });

  it('is asked about where it is not known whether there is family or a friend', () => {
    for (const decision of ['long-hospital-stay', 'care-review'] as const) {
      expect(outcomesOf({ ...lacks, decision })).toEqual(['imca-ask', 'route-decision-maker']);
      expect(outcomesOf({ ...lacks, decision, consultable: 'unsure' })).toEqual(['imca-ask', 'route-decision-maker']);
    }
  });

  it('gives way to other forms where there is family or a friend to ask', () => {
    expect(outcomesOf({ ...lacks, decision: 'long-hospital-stay', consultable: 'yes' })).toEqual([
      'route-council-wales',
      'w-other-forms',
    ]);
  });

  it('under the deprivation of liberty safeguards starts at 18', () => {
    const given = { ...lacks, liberty: 'being-assessed', consultable: 'no' } as const;
    expect(outcomesOf({ ...given, age: '18-24' })).toContain('imca-dols');
    expect(outcomesOf({ ...given, age: '16-17' })).toEqual(['c-meic']);
    expect(outcomesOf({ capacity: 'unsure', liberty: 'paid-representative', age: '16-17' })).toEqual(['c-meic']);
  });

  it('is asked about where a professional is not sure about capacity, but not for a short stay', () => {
    expect(outcomesOf({ capacity: 'unsure', decision: 'safeguarding' })).toContain('imca-ask');
    expect(outcomesOf({ capacity: 'unsure', liberty: 'no-representative' })).toContain('imca-ask');
    expect(outcomesOf({ capacity: 'unsure', decision: 'short-care-home-stay' })).not.toContain('imca-ask');
  });
});

describe('an independent professional advocate', () => {
  const given = { process: ['assessment'], barriers: ['weigh'] } as const;

  it.each(['none', 'not-wanted', 'unable', 'implicated'] as const)(
    'must be arranged where the supporter is: %s',
    (supporter) => {
      expect(outcomesOf({ ...given, supporter })).toContain('w-ipa-must');
    },
  );

  it.each(['paid-only', 'unsure'] as const)('is asked about where the supporter is: %s', (supporter) => {
    expect(outcomesOf({ ...given, supporter })).toContain('w-ipa-ask');
  });

  it('is asked about where the supporter, or what is hard, was not asked', () => {
    expect(outcomesOf(given)).toContain('w-ipa-ask');
    expect(outcomesOf({ process: ['assessment'], supporter: 'none' })).toContain('w-ipa-ask');
  });

  it('is asked about by a parent in child protection, whatever else is happening', () => {
    expect(outcomesOf({ ...given, process: ['child-protection-parent', 'review'], supporter: 'none' })).toEqual([
      'parent-advocacy',
      'route-council-wales',
      'w-ipa-ask',
    ]);
  });

  it('is not set aside because another topic comes up in the same breath', () => {
    expect(outcomesOf({ ...given, otherTopic: 'yes', supporter: 'none' })).toContain('w-ipa-must');
  });

  it('is for somebody whose age is not known, too', () => {
    expect(outcomesOf({ ...given, age: 'unsure', supporter: 'none' })).toContain('w-ipa-must');
  });

  it('for somebody who has not agreed is explained, and no route is shown', () => {
    expect(outcomesOf({ ...given, supporter: 'none', about: 'someone-else', agreed: 'no' })).toEqual([
      'consent-needed',
      'w-ipa-must',
    ]);
    expect(outcomesOf({ ...given, supporter: 'none', about: 'someone-else', agreed: 'cannot-agree' })).toContain(
      'route-council-wales',
    );
  });
});

describe('dates', () => {
  const informalInEngland: Facts = { mentalHealth: 'informal', hospitalCountry: 'england' };
  const on = (rows: readonly Rule[], day: string) =>
    findingsOf(rows, informalInEngland, day).map(({ outcome, rule }) => ({ outcome, rule }));
  const rowToAmend = rules.find(({ id }) => id === 'R1.9') as Rule;

  it('are open for the English IMHA rows, until the Mental Health Act 2025 has dates', () => {
    for (const id of ['R1.7', 'R1.8', 'R1.9']) {
      expect(rulesAsData().rules.find((row) => row.id === id)).toMatchObject({ from: null, until: null });
    }
    expect(on(rules, '1983-01-01')).toEqual(on(rules, '2999-12-31'));
  });

  it('end one row and begin the next on the right day', () => {
    const successor: Rule = {
      ...rowToAmend,
      id: 'R1.9',
      gives: [{ outcome: 'e-imha', law: ['mha-1983-s130a'] }],
      from: '2027-04-01',
      until: null,
    };
    const amended = rules.flatMap((row) => (row === rowToAmend ? [{ ...row, until: '2027-03-31' }, successor] : [row]));
    expect(on(amended, '2027-03-31')).toEqual([{ outcome: 'e-signpost', rule: 'R1.9' }]);
    expect(on(amended, '2027-04-01')).toEqual([{ outcome: 'e-imha', rule: 'R1.9' }]);
    expect(on(amended, '2030-01-01')).toEqual([{ outcome: 'e-imha', rule: 'R1.9' }]);
  });

  it('are counted with the first day and the last, and a row that has not begun is passed over', () => {
    const year: Rule = { ...rowToAmend, from: '2027-01-01', until: '2027-12-31' };
    const countsOn = (day: string) => findingsOf([year], informalInEngland, day).length === 1;
    const days = ['2026-12-31', '2027-01-01', '2027-06-15', '2027-12-31', '2028-01-01'];
    expect(days.map(countsOn)).toEqual([false, true, true, true, false]);
  });

  it('never leave a gap in help: a row that has ended is passed over', () => {
    const ended = rules.map((row) => (row === rowToAmend ? { ...row, until: '2027-03-31' } : row));
    expect(on(ended, '2027-04-01').map(({ outcome }) => outcome)).toEqual(['w-other-forms', 'route-council-wales']);
  });

  it('are days that exist', () => {
    for (const day of ['2026-11-22', '2028-02-29']) expect(isDay(day), day).toBe(true);
    for (const day of [
      '2026-02-30',
      '2027-02-29',
      '2026-13-01',
      '22-11-2026',
      '2026-11-22T10:00',
      '',
      '2026',
      '2026-11',
      null,
      20261122,
      ['2026-11-22'],
    ]) {
      expect(isDay(day), String(day)).toBe(false);
    }
  });
});
