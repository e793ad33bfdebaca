/** Leads a browser along the check and the form as a person goes: reads what the page asks, answers it, presses the button. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Answer, Answers } from '#check/check-flow.ts';
import { referFlow } from '#referral/refer-flow.ts';
import { href, stepHref, stepOfSlug, type JourneyId } from '#site/links.ts';
import type { Variant } from '#site/variants.ts';
import { formOfAnswer } from './journeys.ts';
import type { Filled, FilledSteps } from './people.ts';

/** The form that the page shows: a question of the check or a step of the form. */
export const formOf = (page: Page): Locator => page.locator('form[data-question], form[data-step]');

/** The button that goes on, or sends; not the one that leaves a step for later. */
export const continueButton = (page: Page): Locator => formOf(page).locator('button[type=submit]:not([name])');

/** Which step the page asks: a question’s fact or a step’s id; undefined where it asks nothing. */
export const stepShown = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('form[data-question], form[data-step]');
    return form?.dataset['question'] ?? form?.dataset['step'];
  });

/**
 * Does something that leads on, and waits for what a person then sees: another page, or another question in the place of
 * this one. Either has a heading of its own, also where it asks the same again.
 */
async function arrive(page: Page, leadOn: () => Promise<unknown>): Promise<void> {
  await page.locator('h1').evaluate((heading) => heading.setAttribute('data-seen', ''));
  await leadOn();
  await expect(page.locator('h1:not([data-seen])')).toHaveCount(1);
  await page.waitForLoadState('domcontentloaded');
}

/** Presses a button or link and waits for what it leads to. */
export const press = (page: Page, control: Locator): Promise<void> => arrive(page, () => control.click());

/** Goes back as the browser’s own button does. */
export const goBack = (page: Page): Promise<void> => arrive(page, () => page.goBack({ waitUntil: 'commit' }));

/** Goes forward as the browser’s own button does. */
export const goForward = (page: Page): Promise<void> => arrive(page, () => page.goForward({ waitUntil: 'commit' }));

/** Chooses and types, and leaves the button alone. What is not named is left as it is. */
export async function fillIn(page: Page, filled: Filled): Promise<void> {
  const held = await heldIn(page);
  const types = await formOf(page)
    .locator('input[name], textarea[name]')
    .evaluateAll((all) => Object.fromEntries((all as HTMLInputElement[]).map(({ name, type }) => [name, type])));
  for (const [name, value] of Object.entries(filled)) {
    const field = formOf(page).locator(`[name="${name}"]`);
    const type = types[name];
    if (type !== 'radio' && type !== 'checkbox') {
      await field.fill(String(value));
      continue;
    }
    const wished = typeof value === 'string' ? [value] : value;
    const option = (each: string): Locator => formOf(page).locator(`[name="${name}"][value="${each}"]`);
    const chosen = held[name] ?? [];
    if (type === 'checkbox') for (const each of chosen) if (!wished.includes(each)) await option(each).uncheck();
    for (const each of wished) if (!chosen.includes(each)) await option(each).check();
  }
}

/** Fills in the step shown and goes on. */
export async function answer(page: Page, filled: Filled): Promise<void> {
  await fillIn(page, filled);
  await press(page, continueButton(page));
}

/** What the form holds now, by field: the values chosen, or the text typed. */
export const heldIn = (page: Page): Promise<Record<string, string[]>> =>
  formOf(page)
    .locator('input[name], textarea[name]')
    .evaluateAll((controls) => {
      const held: Record<string, string[]> = {};
      for (const control of controls as (HTMLInputElement | HTMLTextAreaElement)[]) {
        const values = (held[control.name] ??= []);
        const isChoice = control.type === 'radio' || control.type === 'checkbox';
        if (!isChoice || (control as HTMLInputElement).checked) values.push(control.value);
      }
      return held;
    });

/** What a question is answered with where a person’s answers say nothing of it. */
const otherwise = 'unsure';

/** Answers each question that the page asks, up to the result. Returns the questions asked. */
export async function answerUntilResult(page: Page, answerTo: (question: string) => Answer): Promise<string[]> {
  const asked: string[] = [];
  for (;;) {
    const question = await stepShown(page);
    if (question === undefined) break;
    expect(asked, 'no question is asked twice').not.toContain(question);
    asked.push(question);
    await answer(page, formOfAnswer(question, answerTo(question)));
  }
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'check-result');
  return asked;
}

/** Opens the check’s start page and answers every question that is asked, up to the result. Returns the questions asked. */
export async function walkCheck(page: Page, variant: Variant, answers: Answers): Promise<string[]> {
  await page.goto(href('check', variant));
  await press(page, page.locator(`main a[href="${stepHref('check', 'danger', variant)}"]`).first());
  return answerUntilResult(page, (question) => answers[question] ?? otherwise);
}

/** Posts a step as the page’s form would, with the page’s cookies; returns the step that the answer leads to. */
async function post(
  page: Page,
  journey: JourneyId,
  step: string,
  variant: Variant,
  form: Filled,
): Promise<string | undefined> {
  const body = new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) => [value].flat().map((each) => [name, each] as [string, string])),
  );
  const response = await page.request.post(stepHref(journey, step, variant), {
    data: body.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    maxRedirects: 0,
  });
  expect(response.status()).toBe(303);
  const leadsTo = response.headers()['location'] ?? '';
  expect(leadsTo, `${step} was refused`).not.toContain('#errors');
  const { pathname } = new URL(leadsTo, 'http://this.site');
  return stepOfSlug(journey, pathname.split('/').at(-1) ?? '', variant);
}

/** As `walkCheck`, without showing the questions: for tests of what comes after them. */
export async function skipCheck(page: Page, variant: Variant, answers: Answers): Promise<string[]> {
  const asked: string[] = [];
  for (let next: string | undefined = 'danger'; next !== undefined;) {
    asked.push(next);
    next = await post(page, 'check', next, variant, formOfAnswer(next, answers[next] ?? otherwise));
  }
  await page.goto(href('check-result', variant));
  return asked;
}

/** Fills in the form without showing its steps, and opens the step `until`, or check-your-answers. */
export async function skipForm(page: Page, variant: Variant, filled: FilledSteps, until?: string): Promise<void> {
  for (const { id } of referFlow) {
    if (id === until) break;
    if (filled[id]) await post(page, 'refer', id, variant, filled[id]);
  }
  await page.goto(until === undefined ? href('refer-check', variant) : stepHref('refer', until, variant));
}

/** The outcomes that the page shows, in their order. */
export const outcomesShown = (page: Page): Promise<string[]> =>
  page.locator('[data-outcome]').evaluateAll((all) => all.map((each) => each.getAttribute('data-outcome') ?? ''));

/** Opens the form’s start page and its first step. */
export async function startForm(page: Page, variant: Variant): Promise<void> {
  await page.goto(href('refer', variant));
  await press(page, page.locator(`main a[href="${stepHref('refer', 'about', variant)}"]`).first());
}

/**
 * From a step of the form on, fills in each step that is asked, until the page asks none of these any more or the step
 * `until` is shown. Returns the steps asked.
 */
export async function walkForm(page: Page, filled: FilledSteps, until?: string): Promise<string[]> {
  const asked: string[] = [];
  for (;;) {
    const step = await stepShown(page);
    if (step === undefined || step === 'send' || step === until) return asked;
    expect(asked, 'no step is asked twice').not.toContain(step);
    asked.push(step);
    const form = filled[step];
    if (!form) throw new Error(`This person has nothing to say at the step “${step}”.`);
    await answer(page, form);
  }
}

/** From check-your-answers, presses send and returns the reference that the person sees. */
export async function send(page: Page): Promise<string> {
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'refer-check');
  await press(page, continueButton(page));
  await expect(page.locator('main')).toHaveAttribute('data-screen', 'refer-sent');
  return referenceShown(page);
}

/** The reference that the confirmation shows. */
export async function referenceShown(page: Page): Promise<string> {
  return ((await page.locator('output[data-reference]').textContent()) ?? '').trim();
}

/** Presses a switch of language or format. */
export async function switchTo(page: Page, variant: Variant): Promise<void> {
  await press(page, page.locator(`[data-switch="${variant}"]`));
  await expect(page.locator('main')).toHaveAttribute('data-variant', variant);
}
