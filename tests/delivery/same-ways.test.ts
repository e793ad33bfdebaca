/** The four variants ask the same, in the same order, with the same values, and the result is what the service for programs says. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf, checkFlow, choicesOf, questionOf, type Answer, type Answers } from '#check/check-flow.ts';
import { factsFromAnswers } from '#check/facts-from-answers.ts';
import { journey } from '#flow/journey.ts';
import { href, stepHref } from '#site/links.ts';
import { variantKeys, type Variant } from '#site/variants.ts';

import { answersOfCase, outcomesByQuestions } from '../support/case-answers.ts';
import { formOfAnswer, walksToSetsOfOutcomes } from '../support/journeys.ts';
import { cases } from '../support/people.ts';
import { startSite, type Site } from '../support/site.ts';
import { Visitor, type Answer as Page } from '../support/visitor.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
}, 60_000);
afterAll(() => site.stop());

const today = new Date().toISOString().slice(0, 10);
const walks = walksToSetsOfOutcomes(today, 240);

/** The question that a page asks, and the values that it offers, in order; undefined on a page that asks nothing. */
function questionOn({ text }: Page): { readonly id: string; readonly values: readonly string[] } | undefined {
  const id = /<form[^>]*data-question="([^"]+)"/.exec(text)?.[1];
  if (id === undefined) return undefined;
  const inputs = text.match(/<(?:input|option)\b[^>]*>/g) ?? [];
  const own = inputs.filter((input) => input.includes(`name="${id}"`));
  return { id, values: own.map((input) => /value="([^"]*)"/.exec(input)?.[1] ?? '') };
}

const outcomesOn = ({ text }: Page): string[] => [...text.matchAll(/data-outcome="([^"]+)"/g)].map(([, id]) => id!);

/** What is offered on a result and answered in this walk: the first, as a visitor would open it. */
const offeredOn = ({ text }: Page, variant: Variant, answers: Answers, asked: readonly string[]): string | undefined =>
  checkFlow
    .map(({ id }) => id)
    .find(
      (id) =>
        answers[id] !== undefined && !asked.includes(id) && text.includes(`href="${stepHref('check', id, variant)}"`),
    );

interface Walked {
  readonly asked: readonly string[];
  readonly offers: readonly string[];
  readonly result: Page;
}

/** From this page on, answers what is asked and what is offered, until the result has nothing more for this walk. */
async function walkOn(visitor: Visitor, variant: Variant, answers: Answers, first: Page): Promise<Walked> {
  const asked: string[] = [];
  const offers: string[] = [];
  for (let page = first; ;) {
    const question = questionOn(page);
    if (!question) {
      const id = offeredOn(page, variant, answers, asked);
      if (id === undefined) return { asked, offers, result: page };
      page = await visitor.get(stepHref('check', id, variant));
      continue;
    }
    asked.push(question.id);
    offers.push(`${question.id}: ${question.values.join(' ')}`);
    const answer = answers[question.id];
    if (answer === undefined) throw new Error(`${question.id} is asked in ${variant}, and not on this way.`);
    page = await visitor.post(stepHref('check', question.id, variant), formOfAnswer(question.id, answer));
  }
}

async function walk(variant: Variant, answers: Answers): Promise<Walked & { readonly visitor: Visitor }> {
  const visitor = new Visitor(site.origin);
  const first = await visitor.get(stepHref('check', 'danger', variant));
  return { visitor, ...(await walkOn(visitor, variant, answers, first)) };
}

async function decided(answers: Answers): Promise<string[]> {
  const response = await fetch(`${site.origin}/api/eligibility/v1/decide`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ facts: factsFromAnswers(answers), on: today }),
  });
  expect(response.status).toBe(200);
  const { findings } = (await response.json()) as { findings: { outcome: string }[] };
  return findings.map(({ outcome }) => outcome);
}

describe('the worked cases, walked through the pages without scripts', () => {
  for (const variant of ['en.easy', 'cy'] as const) {
    it.each(cases)(`$id ends at its outcomes in ${variant}`, async (worked) => {
      const { result, asked } = await walk(variant, answersOfCase(worked));
      expect([...outcomesOn(result)].sort()).toEqual(outcomesByQuestions(worked));
      expect([...asked].sort()).toEqual(Object.keys(answersOfCase(worked)).sort());
      for (const harmful of worked.never ?? []) expect(outcomesOn(result)).not.toContain(harmful);
      expect(result.text).toContain(`data-variant="${variant}"`);
    });
  }
});

describe('the ways through the pages', () => {
  it('end, for each set of outcomes, at the outcomes that the service for programs names, in its order', async () => {
    expect(walks.length).toBeGreaterThan(200);
    for (const [at, { answers, outcomes }] of walks.entries()) {
      const variant = variantKeys[at % variantKeys.length]!;
      const { result, asked } = await walk(variant, answers);
      const told = `${variant}: ${JSON.stringify(answers)}`;
      expect(outcomesOn(result), told).toEqual(outcomes);
      expect(await decided(answers), told).toEqual(outcomes);
      expect([...asked].sort(), told).toEqual(Object.keys(answers).sort());
    }
  }, 300_000);

  it('are the same in all four variants: the same questions, and the same values in the same order', async () => {
    const met = new Set<string>();
    for (const { answers, outcomes } of walks.filter((_, at) => at % 5 === 0)) {
      const each = await Promise.all(variantKeys.map((variant) => walk(variant, answers)));
      for (const { asked, offers, result } of each) {
        expect(asked).toEqual(each[0]!.asked);
        expect(offers).toEqual(each[0]!.offers);
        expect(outcomesOn(result)).toEqual(outcomes);
      }
      // And they are the values of the question itself, for somebody with the answers so far.
      const sofar: Record<string, Answer> = {};
      for (const [at, id] of each[0]!.asked.entries()) {
        met.add(id);
        expect(each[0]!.offers[at]).toBe(`${id}: ${choicesOf(questionOf(id)!, sofar).join(' ')}`);
        sofar[id] = answers[id]!;
      }
    }
    expect([...met].sort(), 'every question was met').toEqual(checkFlow.map(({ id }) => id).sort());
  }, 300_000);

  it('lead whoever changes an answer to where they would be if they had given it in the first place', async () => {
    let changes = 0;
    for (const [at, { answers }] of walks.filter((_, each) => each % 8 === 0).entries()) {
      const variant = variantKeys[at % variantKeys.length]!;
      const { visitor } = await walk(variant, answers);
      const another = walks[(at * 37 + 11) % walks.length]!.answers;
      const id = Object.keys(answers)[(at * 7 + 3) % Object.keys(answers).length]!;
      const question = questionOf(id)!;
      const values = choicesOf(question, answers);
      const value = values[(at * 5 + 1) % values.length]!;
      const changed = answerOf(question, value);
      // What is asked because of the change is answered as another walk would, or with “not sure”.
      const others: Answers = { ...another, ...answers, [id]: changed };
      let page = await visitor.post(stepHref('check', id, variant), formOfAnswer(id, changed));
      const given: Record<string, Answer> = { ...answers, [id]: changed };
      for (let asked = questionOn(page); asked; asked = questionOn(page)) {
        const kept = others[asked.id];
        const isOffered = kept !== undefined && [kept].flat().every((each) => asked.values.includes(each));
        given[asked.id] = isOffered ? kept : 'unsure';
        page = await visitor.post(stepHref('check', asked.id, variant), formOfAnswer(asked.id, given[asked.id]!));
      }
      page = await visitor.get(href('check-result', variant));
      const straight = await walk(variant, journey(checkFlow, given).relevant);
      expect(outcomesOn(page), `${variant}: ${id} of ${JSON.stringify(given)}`).toEqual(outcomesOn(straight.result));
      changes += 1;
    }
    expect(changes).toBeGreaterThan(25);
  }, 300_000);
});
