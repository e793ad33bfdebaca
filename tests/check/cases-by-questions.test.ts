/** The lawyers’ worked cases, answered question by question: they end at the very outcomes that the law names. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { answerOf, checkFlow, choicesOf, type Answer, type Answers } from '../../src/check/check-flow.ts';
import { outcomesOf } from '../../src/check/every-way.ts';
import { decide } from '../../src/eligibility/decide.ts';
import { councils } from '../../src/eligibility/facts.ts';
import { rulesetDay } from '../../src/eligibility/rules.ts';
import { journey } from '../../src/flow/journey.ts';

interface Case {
  readonly id: string;
  readonly situation: string;
  readonly facts: Readonly<Record<string, Answer>>;
  readonly expect: readonly string[];
}

const cases = parse(
  readFileSync(new URL('../../src/eligibility/cases.yaml', import.meta.url), 'utf8'),
) as readonly Case[];

/** Cases that are silent about social services. Whoever answers is asked, and says “none of these”: then other forms fit too. */
const other = ['route-gateway-cav', 'w-other-forms'];
const ledToMore: Readonly<Record<string, readonly string[]>> = {
  M01: other,
  M02: other,
  M06: other,
  M07: other,
  M12: other,
  P01: other,
  P04: other,
  P08: other,
  P09: other,
  L01: other,
  L02: other,
  C08: other,
};

/** What somebody answers of whom the case says nothing. */
const unsaid: Answers = {
  danger: 'no',
  domesticAbuse: 'no',
  about: 'me',
  council: 'unsure',
  country: 'unsure',
  placedBy: 'none',
  agreed: 'yes',
  carer: 'no',
  child: [],
  process: [],
  otherTopic: 'no',
  barriers: [],
  substantialDifficulty: 'unsure',
  supporter: 'none',
  exception: 'none',
  mentalHealth: 'none',
  hospitalCountry: 'unsure',
  complaint: 'none',
  nhsProvider: 'unsure',
  capacity: 'has',
  decision: 'unsure',
  liberty: 'none',
  consultable: 'unsure',
};

/** Answers what is asked, and of what is offered only what the case speaks of, or what must be answered to come to that. */
function answersOf({ facts }: Case): Answers {
  let answers: Answers = {};
  for (;;) {
    const { next, offered, relevant } = journey(checkFlow, answers);
    const question = next ?? offered.find(({ id }) => facts[id] !== undefined);
    if (!question) return relevant;
    const answer = facts[question.id] ?? unsaid[question.id];
    if (answer === undefined) throw new Error(`Nothing is said of ${question.id}.`);
    answers = { ...answers, [question.id]: answer };
  }
}

/**
 * Facts of a case that nobody is asked on its way, and why the case ends at the same outcomes all the same.
 * The country is such a fact wherever the council is named: the council says it.
 */
const notAskedOf: Readonly<Record<string, readonly string[]>> = {
  // Danger now, or thoughts of suicide: help comes first, and nothing else is asked.
  W31: ['country', 'council', 'about', 'age', 'process', 'barriers', 'supporter'],
  W33: ['country', 'council', 'about', 'age', 'process', 'barriers', 'supporter'],
  // Nobody is asked who could help with what is not hard, or not known to be hard.
  W07: ['supporter'],
  W08: ['supporter'],
  W26: ['supporter'],
  X04: ['supporter'],
  // The duty follows from what social services do: with none of that, neither is asked.
  W17: ['barriers', 'supporter'],
  W27: ['barriers', 'supporter'],
  // Finding out about help gives no duty, whoever could help.
  W10: ['supporter'],
  W40: ['supporter'],
  // Whoever could be asked, a stay of under 8 weeks gives no duty to instruct an IMCA, and in safeguarding there may be one.
  P03: ['consultable'],
  P06: ['consultable'],
  // The law of England speaks of one thing only: whether it is very hard to take part.
  E01: ['age', 'barriers'],
  E02: ['age', 'barriers'],
  E04: ['age', 'barriers'],
  E06: ['age', 'barriers'],
  // Outside Wales help is the same at every age, unless somebody is at risk.
  M10: ['age'],
  E09: ['age'],
  X01: ['age'],
};

describe('the worked cases, answered question by question', () => {
  it.each(cases)('$id: $situation', (worked) => {
    const answers = answersOf(worked);
    expect(journey(checkFlow, answers).next).toBeUndefined();
    expect(outcomesOf(answers).sort()).toEqual([...worked.expect, ...(ledToMore[worked.id] ?? [])].sort());
  });

  it.each(cases)('$id: every fact of it is asked or offered, or there is a reason why not', (worked) => {
    const answers = answersOf(worked);
    const isImplied = (fact: string): boolean =>
      fact === 'country' && councils.some((code) => code === answers['council']);
    const left = Object.keys(worked.facts).filter((fact) => answers[fact] === undefined && !isImplied(fact));
    const reasons = notAskedOf[worked.id] ?? [];
    expect(left.sort()).toEqual([...reasons].sort());
    for (const [fact, value] of Object.entries(worked.facts)) {
      if (answers[fact] !== undefined) expect(answers[fact], fact).toEqual(value);
    }
  });

  it('that say less than somebody who answers say just that less', () => {
    for (const [id, more] of Object.entries(ledToMore)) {
      const worked = cases.find((each) => each.id === id)!;
      expect(worked.facts, id).not.toHaveProperty('process');
      const found = decide({ ...worked.facts, process: [] }, rulesetDay).findings.map(({ outcome }) => outcome);
      expect(found.sort(), id).toEqual([...worked.expect, ...more].sort());
    }
  });
});

describe('the usual way', () => {
  it('of an adult has 8 questions: that of the case W01', () => {
    const asked = Object.keys(answersOf(cases.find(({ id }) => id === 'W01')!));
    expect(asked).toEqual(['danger', 'about', 'council', 'age', 'carer', 'process', 'barriers', 'supporter']);
  });

  // content/pages/check says this to everybody who begins.
  it('of an adult in Wales has 6 to 9 questions, and one more for a complaint about the NHS', () => {
    const lengths = new Set<number>();
    const walk = (answers: Answers, sofar: number): void => {
      const { next } = journey(checkFlow, answers);
      if (!next) {
        if (answers['complaint'] === 'nhs') expect(sofar).toBe(10);
        else lengths.add(sofar);
        return;
      }
      const usual: Answers = { danger: 'no', about: 'me', council: 'W06000015', age: '25-or-over' };
      const given = usual[next.id];
      for (const value of given === undefined ? choicesOf(next, answers) : [String(given)]) {
        walk({ ...answers, [next.id]: answerOf(next, value) }, sofar + 1);
      }
    };
    walk({}, 0);
    expect([...lengths].sort()).toEqual([6, 7, 8, 9]);
  });
});
