/** What every outcome of the check holds: what to say, what if they say no, and the contact of everybody whom it names. */
import { describe, expect, it } from 'vitest';
import { outcomeIds } from '../../src/eligibility/outcomes.ts';
import { outcomes } from '../../src/library/content.ts';
import { variantKeys } from '../../src/site/variants.ts';

/** Outcomes that nobody can refuse. */
const nobodyCanSayNo: Readonly<Record<string, string>> = {
  'urgent-999': 'emergency services come; what to do if a call is not possible stands with the number',
  'urgent-mh-111-2': 'the line answers everybody, and says itself that 999 is next',
  'urgent-domestic-abuse': 'the helpline answers everybody',
  'c-meic': 'the helpline answers every young person',
  'x-scotland': 'we do not know how to complain there, and send people to those who do',
  'x-northern-ireland': 'we do not know how to complain there, and send people to those who do',
  'x-elsewhere': 'we do not know how to complain there, and say how we can help from Wales',
};

/** Outcomes that name nobody whom a stranger could contact. */
const noContact: Readonly<Record<string, string>> = {
  'consent-needed': 'the next person to talk to is the person',
  'route-decision-maker': 'the decision is made by somebody whom only the person knows',
  'x-elsewhere': 'the directory knows no service outside the UK',
};

/** How content names a service, in either language. */
const named: Readonly<Record<string, RegExp>> = {
  llais: /\bLlais\b/,
  meic: /\bMeic\b/,
  'nyas-cymru': /\bNYAS\b/,
  'tgp-cymru': /\bTGP\b/,
  ombudsman: /Ombudsman|Ombwdsmon/,
  'snap-cymru': /\bSNAP\b/,
  'advocacy-support-cymru': /Advocacy Support Cymru|Cymorth Eiriolaeth Cymru/,
  samaritans: /Samarit|Samariaid/,
  'live-fear-free': /Live Fear Free|Byw Heb Ofn/,
  siaa: /Scottish Independent Advocacy Alliance/,
  'patient-client-council-ni': /Patient and Client Council/,
  'citizens-advice': /Citizens Advice|Cyngor ar Bopeth/,
  'shelter-cymru': /Shelter Cymru/,
  'carers-wales': /Carers Wales|Gofalwyr Cymru/,
};

const all = outcomeIds.map((id) => ({ id, outcome: outcomes().get(id)! }));

describe('every outcome', () => {
  it.each(all)('$id says what it means, what to do, and words to say, in all four variants', ({ outcome }) => {
    for (const variant of variantKeys) {
      const { title, means, now, say } = outcome.words[variant];
      expect(title).not.toBe('');
      expect(means.length).toBeGreaterThan(0);
      expect(now.length).toBeGreaterThan(0);
      expect(say, `${variant} has words to read out`).toMatch(/\p{L}/u);
    }
  });

  it('says what to do if they say no, but where nobody can', () => {
    for (const variant of variantKeys) {
      const without = all
        .filter(({ outcome }) => outcome.words[variant].ifNo === undefined)
        .map(({ id }) => id as string);
      expect(without.sort(), variant).toEqual(Object.keys(nobodyCanSayNo).sort());
    }
  });

  it('gives a contact, but where there is none to give', () => {
    const without = all.filter(({ outcome }) => outcome.services.length === 0).map(({ id }) => id as string);
    expect(without.sort()).toEqual(Object.keys(noContact).sort());
  });

  it.each(all)('$id gives the contact of every service that its words name', ({ outcome }) => {
    const text = JSON.stringify(outcome.words);
    const due = Object.keys(named).filter((service) => named[service]!.test(text));
    expect(due.filter((service) => !outcome.services.includes(service))).toEqual([]);
  });

  it('leads to another page of this site', () => {
    expect(all.filter(({ outcome }) => outcome.links.length === 0).map(({ id }) => id)).toEqual([]);
  });
});
