/** Walks every way through the questions of the check, and writes them down as few lines as say it all. */
import { checkFlow, choicesOf, type Answer, type Answers, type Question } from '../../src/check/check-flow.ts';
import { factsFromAnswers } from '../../src/check/facts-from-answers.ts';
import { decide } from '../../src/eligibility/decide.ts';
import { outcomeIds } from '../../src/eligibility/outcomes.ts';
import { councils, gatewayCouncils } from '../../src/eligibility/facts.ts';
import { journey } from '../../src/flow/journey.ts';

export const day = '2026-11-22';

const otherCouncils = councils.filter((code) => !gatewayCouncils.some((each) => each === code));

/**
 * Answers that lead to the same wherever they are given: only the first of each row is walked, and another test proves
 * the rest. An answer that stands in no row stands for itself.
 */
export const alike: Readonly<Record<string, readonly (readonly string[])[]>> = {
  danger: [['no', 'unsure']],
  domesticAbuse: [['no', 'unsure']],
  about: [['me', 'unsure']],
  country: [['wales', 'unsure']],
  placedBy: [gatewayCouncils, otherCouncils, ['none', 'unsure']],
  age: [['25-or-over', 'unsure']],
  child: [
    ['looked-after', 'needs-care-and-support'],
    ['none', 'unsure'],
  ],
  council: [gatewayCouncils, [...otherCouncils, 'unsure']],
  carer: [['no', 'unsure']],
  process: [
    [
      'assessment',
      'care-plan',
      'review',
      'safeguarding',
      'leaving-hospital',
      'where-to-live',
      'provider-failure',
      'stepping-down',
      'informal-care-change',
    ],
  ],
  otherTopic: [['no', 'unsure']],
  barriers: [['understand', 'remember', 'weigh', 'communicate']],
  supporter: [['none', 'not-wanted', 'unable', 'implicated']],
};

const rowOf = (id: string, value: string): readonly string[] =>
  alike[id]?.find((row) => row.includes(value)) ?? [value];

/** The answer that is walked in place of this one. */
export const walkedFor = (id: string, value: string): string => rowOf(id, value)[0] ?? value;

/** The answer that choosing just this value gives. */
export const answerOf = ({ kind }: Question, value: string): Answer => {
  if (kind === 'one' || value === 'unsure') return value;
  return value === 'none' ? [] : [value];
};

export const outcomesOf = (answers: Answers): string[] =>
  decide(factsFromAnswers(answers), day).findings.map(({ outcome }) => outcome);

/** What lies before somebody: what all ways on from here have in common, and the ways themselves without it. */
interface Rest {
  readonly common: readonly string[];
  readonly ahead: Ahead | undefined;
}
interface Ahead {
  readonly question: string;
  readonly ways: readonly { readonly values: readonly string[]; readonly rest: Rest }[];
}

/** Two rests with the same text are the same object: what leads to the same is written once. */
const known = new Map<string, Ahead>();
const numbers = new Map<Ahead, number>();

function restFrom(answers: Answers): Rest {
  const { next, relevant } = journey(checkFlow, answers);
  if (!next) return { common: outcomesOf(relevant), ahead: undefined };
  const groups = new Map<string, { values: string[]; rest: Rest }>();
  for (const value of choicesOf(next, answers)) {
    if (walkedFor(next.id, value) !== value) continue;
    const rest = restFrom({ ...answers, [next.id]: answerOf(next, value) });
    const key = keyOf(rest);
    const group = groups.get(key);
    if (group) group.values.push(value);
    else groups.set(key, { values: [value], rest });
  }
  const found = [...groups.values()];
  const [first, ...others] = found;
  const common = (first?.rest.common ?? []).filter((outcome) =>
    others.every(({ rest }) => rest.common.includes(outcome)),
  );
  const ways = found.map(({ values, rest }) => ({
    values,
    rest: { common: rest.common.filter((outcome) => !common.includes(outcome)), ahead: rest.ahead },
  }));
  const key = `${next.id} ${ways.map(({ values, rest }) => `${values.join()}:${keyOf(rest)}`).join(' ')}`;
  let ahead = known.get(key);
  if (!ahead) {
    ahead = { question: next.id, ways };
    known.set(key, ahead);
    numbers.set(ahead, numbers.size);
  }
  return { common, ahead };
}

const keyOf = ({ common, ahead }: Rest): string => `${common.join('+')}>${ahead ? numbers.get(ahead) : 'end'}`;

const inOrder = (outcomes: readonly string[]): string[] =>
  [...outcomes].sort((a, b) => outcomeIds.findIndex((id) => id === a) - outcomeIds.findIndex((id) => id === b));

const nameOf = (id: string, value: string): string => {
  const row = rowOf(id, value);
  if (row === gatewayCouncils) return 'Cardiff or the Vale';
  if (row.length >= otherCouncils.length)
    return row.includes('unsure') ? 'another council or unsure' : 'another council';
  return row.join(' or ');
};

/** All ways, one a line; what several ways have ahead of them stands once, as a part of its own. */
export function everyWay(): string {
  const start = restFrom({});
  const timesMet = new Map<Ahead, number>();
  const count = ({ ahead }: Rest): void => {
    if (!ahead) return;
    timesMet.set(ahead, (timesMet.get(ahead) ?? 0) + 1);
    if (timesMet.get(ahead) === 1) for (const { rest } of ahead.ways) count(rest);
  };
  count(start);
  const parts: Ahead[] = [];
  const partOf = (ahead: Ahead): number => {
    if (!parts.includes(ahead)) parts.push(ahead);
    return parts.indexOf(ahead) + 1;
  };
  const linesOf = (ahead: Ahead, before: string, sofar: readonly string[]): string[] =>
    ahead.ways.flatMap(({ values, rest }) => {
      const answers = `${before}${ahead.question} = ${values.map((value) => nameOf(ahead.question, value)).join(' or ')}`;
      const outcomes = [...sofar, ...rest.common];
      if (rest.ahead && (timesMet.get(rest.ahead) ?? 0) < 2) return linesOf(rest.ahead, `${answers}; `, outcomes);
      const then = rest.ahead ? [`part ${partOf(rest.ahead)}`] : [];
      return [`${answers} → ${[...inOrder(outcomes), ...then].join(', ') || 'nothing more'}`];
    });
  const written: string[] = [];
  if (start.ahead) partOf(start.ahead);
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at];
    if (part) written.push(`part ${at + 1}`, ...linesOf(part, '', at === 0 ? start.common : []), '');
  }
  return `${written.join('\n').trim()}\n`;
}
