/**
 * Changing language or format wherever somebody can be, over the wire, as a browser without scripts does: at every question
 * and step, on every way to ask, with nothing typed, half typed, refused, and half put right. Each page must be the one that a
 * person would see who had read this variant from the start, with everything typed as it was typed, and nothing kept of it.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkFlow } from '#check/check-flow.ts';
import { controlId, type FieldView } from '#ui/form/field-view.ts';
import { referFlow } from '#referral/refer-flow.ts';
import { cookieWasSet } from '#site/cookies.ts';
import { allAddresses, handOverHref, href, placeHref, stepHref, variantsOfPlace, type Place } from '#site/links.ts';
import { variantsOf, type RouteId } from '#site/routes.ts';
import { inOtherFormat, inOtherLanguage, variantKeys, variants, type Variant } from '#site/variants.ts';
import { words } from '#site/words.ts';
import { anything, half, oddLine, oddLines } from '../support/half-typed.ts';
import { answerCheck, fillReferral, walksToEveryOutcome } from '../support/journeys.ts';
import {
  everyStep,
  everyWay,
  justContactMe,
  mair,
  neighbour,
  nurse,
  refusedOf,
  textOnly,
  type FilledSteps,
} from '../support/people.ts';
import { emptied, fill, formIn, goOn, held, shownPage, switchTo, type ShownPage } from '../support/shown-page.ts';
import { startSite, type Site } from '../support/site.ts';
import { Visitor, type Form } from '../support/visitor.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
}, 60_000);
afterAll(() => site.stop());

/** Where a visitor is, and what can be done there. */
interface Spot {
  readonly place: Place;
  readonly visitor: Visitor;
  /** Shows it in this variant, with nothing typed that was not accepted before. */
  readonly open: (variant: Variant) => Promise<ShownPage>;
  /** What is refused here, and the fields that are wrong then, others perhaps among them. */
  readonly refused?: { readonly filled: Form; readonly wrong: readonly string[] };
  /** What the visitor has given so far, as their pages show it. */
  readonly kept?: () => Promise<string>;
  /** Whether what is chosen shows on the page as soon as it is posted, a switch or not. */
  readonly isShownAtOnce?: true;
}

/** Presses every switch of every variant once, and ends where it began. */
function wayRound(from: Variant, known: readonly Variant[]): readonly Variant[] {
  const [language, format] = [inOtherLanguage(from), inOtherFormat(from)];
  if (!known.includes(format)) return [language, from];
  const both = inOtherFormat(language);
  return [format, both, language, from, language, both, format, from];
}

/** The ids that the error summary may lead to for a field: of a choice, of a box, of a question on the page for staff. */
const idsOf = (id: string): readonly string[] => [
  ...(['choice', 'text'] as const).map((kind) => controlId({ id, kind } as FieldView)),
  `q-${id}`,
];

/** What must be the same however somebody came to this page. */
const seen = ({ lang, title, screen, variant, errors, says, step, form }: ShownPage) => ({
  lang,
  title,
  screen,
  variant,
  errors,
  step,
  says,
  held: form && held(form),
});

/** The pages on which the switches were pressed. */
const goneRoundOn = new Set<string>();

/** Presses the switches all round; each page is as `expected`, at its own address, and holds what `page` holds. */
async function goRound(
  { visitor, place }: Spot,
  state: string,
  page: ShownPage,
  expected: ReadonlyMap<Variant, ShownPage>,
): Promise<ShownPage> {
  goneRoundOn.add(page.screen);
  const from = page.variant as Variant;
  const holds = page.form && held(page.form);
  let at = page;
  for (const to of wayRound(from, variantsOfPlace(place))) {
    const before = at.variant;
    at = await switchTo(visitor, at, to);
    const where = `${state}, from ${before} to ${to}`;
    expect(at.path.replace(cookieWasSet, ''), where).toBe(placeHref(place, to));
    expect(at.lang, where).toBe(variants[to].language);
    expect(seen(at), where).toEqual({ ...seen(expected.get(to)!), held: holds });
  }
  return at;
}

/** Looks at the place in every variant in one way. */
async function inEach(known: readonly Variant[], look: (variant: Variant) => Promise<ShownPage>) {
  const pages = new Map<Variant, ShownPage>();
  for (const variant of known) pages.set(variant, await look(variant));
  return pages;
}

/** What somebody sees who has emptied this form, filled it in wrongly and sent it. */
async function refusedIn({ visitor, open, refused }: Spot, variant: Variant): Promise<ShownPage> {
  const page = await open(variant);
  const empty = emptied(formIn(page));
  if (!refused) throw new Error(`Nothing is known that ${page.path} refuses.`);
  // A field may not be asked of this person.
  const asked = Object.entries(refused.filled).filter(([name]) => empty.controls.some((each) => each.name === name));
  return goOn(visitor, page, fill(empty, Object.fromEntries(asked)));
}

/** Goes round with nothing typed: each page is the one that opening it shows. */
async function keepsThePage(spot: Spot, from: Variant): Promise<ReadonlyMap<Variant, ShownPage>> {
  const fresh = await inEach(variantsOfPlace(spot.place), spot.open);
  await goRound(spot, 'with nothing typed', fresh.get(from)!, fresh);
  return fresh;
}

/** Goes round the switches with nothing typed, half typed, refused, and put right but not sent. */
async function keepsEverything(spot: Spot, from: Variant): Promise<void> {
  const { visitor, place, open } = spot;
  // The variant to begin in comes last: what was refused last is what is gone on with.
  const known = [...variantsOfPlace(place).filter((variant) => variant !== from), from];
  const kept = await spot.kept?.();
  const fresh = await keepsThePage(spot, from);

  const page = await open(from);
  const form = formIn(page);
  const typed = half(form);
  expect(held(fill(form, typed)), 'something is typed').not.toEqual(held(form));
  const typedIn = async (variant: Variant): Promise<ShownPage> => {
    const opened = await open(variant);
    return goOn(visitor, opened, fill(formIn(opened), typed));
  };
  const expected = spot.isShownAtOnce ? await inEach(known, typedIn) : fresh;
  await goRound(spot, 'half typed', { ...page, form: fill(form, typed) }, expected);

  const refused = await inEach(known, (variant) => refusedIn(spot, variant));
  for (const [variant, { errors }] of refused) {
    const wrong = errors.map(({ leadsTo }) => leadsTo);
    for (const field of spot.refused!.wrong.filter((name) => form.controls.some((each) => each.name === name))) {
      expect(
        idsOf(field).filter((id) => wrong.includes(id)),
        `${field} is wrong in ${variant}`,
      ).toHaveLength(1);
    }
    expect(errors).not.toEqual([]);
    const others = refused.get(inOtherLanguage(variant))!.errors;
    for (const [at, error] of errors.entries()) expect(error.words, 'said anew').not.toBe(others[at]?.words);
  }
  const last = await goRound(spot, 'refused', refused.get(from)!, refused);

  // Whether what stands there now is right is not judged before it is sent.
  const rightNow = { ...last, form: fill(formIn(last), anything(formIn(last))) };
  const other = await switchTo(visitor, rightNow, inOtherLanguage(from));
  expect([other.screen, other.step]).toEqual([page.screen, page.step]);
  expect(held(formIn(other)), 'put right, and not sent').toEqual(held(rightNow.form));
  expect(await spot.kept?.(), 'all that was sent is kept, and nothing else').toBe(kept);
}

/** The same in passing, with one switch each time, for a page that another way leads to as well. */
async function keepsInPassing(spot: Spot, from: Variant): Promise<void> {
  const kept = await spot.kept?.();
  const language = inOtherLanguage(from);
  const page = await spot.open(from);
  const typed = { ...page, form: fill(formIn(page), half(formIn(page))) };
  const switchedHalf = await switchTo(spot.visitor, typed, language);
  expect([switchedHalf.step, held(formIn(switchedHalf)), switchedHalf.errors]).toEqual([
    page.step,
    held(typed.form),
    [],
  ]);
  const refused = await refusedIn(spot, language);
  const switched = await switchTo(spot.visitor, refused, inOtherFormat(language));
  expect([switched.step, held(formIn(switched))]).toEqual([page.step, held(formIn(refused))]);
  expect(switched.errors.map(({ leadsTo }) => leadsTo)).toEqual(refused.errors.map(({ leadsTo }) => leadsTo));
  expect(await spot.kept?.(), 'all that was sent is kept, and nothing else').toBe(kept);
}

describe('at every question of the check', () => {
  const today = new Date().toISOString().slice(0, 10);
  const walks = walksToEveryOutcome(today);

  test.each(checkFlow.map(({ id }, at) => [id, variantKeys[at % variantKeys.length]!] as const))(
    '%s, beginning in %s',
    async (id, from) => {
      const answers = walks.find((walk) => walk.answers[id] !== undefined)?.answers;
      expect(answers, 'somebody is asked this').toBeDefined();
      const visitor = new Visitor(site.origin);
      const before = checkFlow.slice(
        0,
        checkFlow.findIndex((question) => question.id === id),
      );
      const given = Object.fromEntries(
        Object.entries(answers!).filter(([name]) => before.some((each) => each.id === name)),
      );
      if (before.length > 0) await answerCheck(visitor, from, given);
      const place = { route: 'check', step: id } as const;
      await keepsEverything(
        {
          place,
          visitor,
          open: async (variant) => shownPage(await visitor.get(placeHref(place, variant))),
          refused: refusedOf(id),
          kept: async () => shownPage(await visitor.get(href('check-result', from))).says,
        },
        from,
      );
    },
  );
});

/** A way to ask: who fills in the form, from which step on, and whether they also open what check-your-answers leads to. */
interface WayToAsk {
  readonly name: string;
  readonly from: Variant;
  readonly start: string;
  readonly filled: FilledSteps;
  readonly opensOthers?: true;
  /** The page on which this way ends. */
  readonly endsAt: 'refer-check' | 'refer-ask-first' | 'refer-elsewhere';
}

const whole = { start: 'about', endsAt: 'refer-check' } as const;
const offered = { opensOthers: true, start: 'contact-me', endsAt: 'refer-check' } as const;
/** A social worker who asks for Mr Khan, who is not able to agree, by any way of contact. */
const forWhomCannotAgree = everyStep;

const waysToAsk: readonly WayToAsk[] = [
  { ...whole, name: 'for me, by any way of contact', from: 'en', filled: { ...everyWay, need: everyStep['need']! } },
  { ...whole, name: 'for me, by text alone', from: 'cy.easy', filled: textOnly },
  {
    ...whole,
    name: 'for me, at 18',
    from: 'cy',
    endsAt: 'refer-elsewhere',
    filled: { ...mair, age: { age: '18-24' }, child: { child: ['care-leaver'] } },
  },
  { ...whole, name: 'for somebody who agreed', from: 'cy', filled: neighbour },
  { ...whole, name: 'for somebody who cannot agree', from: 'en.easy', filled: forWhomCannotAgree },
  {
    ...whole,
    name: 'for somebody who has not been asked',
    from: 'cy',
    endsAt: 'refer-ask-first',
    filled: { ...neighbour, agreed: { agreed: 'not-asked' } },
  },
  {
    ...whole,
    name: 'for somebody who said no',
    from: 'en.easy',
    endsAt: 'refer-ask-first',
    filled: { ...neighbour, agreed: { agreed: 'no' } },
  },
  { ...whole, name: 'as staff with a recorded agreement', from: 'cy.easy', filled: nurse },
  {
    ...whole,
    name: 'whole, chosen on a page of its own',
    from: 'en',
    start: 'asked',
    filled: { ...mair, asked: { asked: 'full' } },
  },
  { ...offered, name: 'in the short way, for me, by telephone', from: 'cy', filled: { ...mair, ...justContactMe } },
  {
    ...offered,
    name: 'in the short way, for me, by e-mail',
    from: 'en',
    filled: {
      ...mair,
      'contact-me': { name: 'Mair', way: 'email', detail: 'mair@example.org' },
      'contact-me-when': { times: ['any'] },
      contact: { ways: ['email'] },
      'contact-details': { email: 'mair@example.org' },
    },
  },
  {
    ...offered,
    name: 'in the short way, as staff with a recorded agreement',
    from: 'en.easy',
    filled: { ...nurse, ...justContactMe },
  },
];

/** The steps of the form that somebody has been at, and what they asked: a page that asks the same is not gone round twice. */
const visited = new Set<string>();
const goneRound = new Set<string>();

const whatItAsks = (page: ShownPage): string =>
  JSON.stringify([
    page.step,
    page.title,
    formIn(page).controls.map(({ name, type, value }) => [name, ['radio', 'checkbox'].includes(type) ? value : type]),
  ]);

const referStep = (visitor: Visitor, step: string, from: Variant): Spot => ({
  place: { route: 'refer', step },
  visitor,
  open: async (variant) => shownPage(await visitor.get(stepHref('refer', step, variant))),
  refused: refusedOf(step),
  kept: async () => shownPage(await visitor.get(href('refer-check', from))).says,
});

const pageSpot = (visitor: Visitor, route: RouteId): Spot => ({
  place: { route },
  visitor,
  open: async (variant) => shownPage(await visitor.get(href(route, variant))),
});

/** The step that a form asks of this person, on the page itself or as the next that is offered there. */
function nextStep(
  { screen, step, says }: ShownPage,
  { from, filled, opensOthers }: WayToAsk,
  been: ReadonlySet<string>,
) {
  if (screen !== 'refer-check') return screen === `refer-${step}` ? step : undefined;
  if (!opensOthers) return undefined;
  return referFlow
    .map(({ id }) => id)
    .find((id) => !been.has(id) && filled[id] && says.includes(`href="${stepHref('refer', id, from)}"`));
}

describe('at every step of the form', () => {
  test.each(waysToAsk)(
    '$name, beginning in $from',
    async (way) => {
      const { from, start, filled, endsAt } = way;
      const visitor = new Visitor(site.origin);
      const been = new Set<string>();
      let page = shownPage(await visitor.get(stepHref('refer', start, from)));
      for (let step = nextStep(page, way, been); step !== undefined; step = nextStep(page, way, been)) {
        expect([...been], 'no step is asked twice').not.toContain(step);
        been.add(step);
        const form = filled[step];
        if (!form) throw new Error(`${way.name}: nothing is said at the step “${step}”.`);
        const spot = referStep(visitor, step, from);
        const asks = whatItAsks(await spot.open('en'));
        await (goneRound.has(asks) ? keepsInPassing : keepsEverything)(spot, from);
        goneRound.add(asks);
        const opened = await spot.open(from);
        page = await goOn(visitor, opened, fill(emptied(formIn(opened)), form));
      }
      for (const step of been) visited.add(step);
      expect(page.screen).toBe(endsAt);
      await keepsThePage(pageSpot(visitor, endsAt), from);

      // Somebody who gave the same answers, and never pressed a switch.
      const other = new Visitor(site.origin);
      await fillReferral(other, from, filled, [...been]);
      const unswitched = shownPage(await other.get(href(endsAt, from)));
      expect(shownPage(await visitor.get(href(endsAt, from))).says).toBe(unswitched.says);
      if (endsAt !== 'refer-check') return;
      const sent = await goOn(visitor, page, formIn(page));
      expect(sent.screen).toBe('refer-sent');
      await keepsThePage(pageSpot(visitor, 'refer-sent'), from);
    },
    120_000,
  );

  test('nobody left out a step', () => {
    expect([...visited].sort()).toEqual(referFlow.map(({ id }) => id).sort());
  });
});

/** Posts this to the page in each variant: a page that nothing leads to but what is posted. */
const postedSpot = (visitor: Visitor, route: RouteId, form: Form): Spot => ({
  place: { route },
  visitor,
  open: async (variant) => shownPage(await visitor.post(href(route, variant), form)),
});

const textIn = ({ says }: ShownPage, mark: string): string =>
  new RegExp(`<\\w+[^>]*\\b${mark}\\b[^>]*>\\s*([^<]*?)\\s*<`).exec(says)?.[1] ?? '';

describe('after sending', () => {
  const sent = async (variant: Variant) => {
    const visitor = new Visitor(site.origin);
    await fillReferral(visitor, variant, justContactMe, Object.keys(justContactMe));
    const page = shownPage(await visitor.post(href('refer-check', variant), {}));
    return { reference: textIn(page, 'data-reference'), code: textIn(page, 'data-status-code') };
  };
  /** Somebody at another device, once the page says this. */
  const whoFinds = async (secrets: Form, variant: Variant, heading: string): Promise<Visitor> => {
    const visitor = new Visitor(site.origin);
    await vi.waitFor(
      async () => {
        const page = shownPage(await visitor.post(href('refer-status', variant), secrets));
        expect(page.says).toContain(heading);
      },
      { timeout: 20_000, interval: 100 },
    );
    return visitor;
  };

  test.concurrent.each(variantKeys)(
    'the two secrets, as they are typed, wrong and put right, beginning in %s',
    async (from) => {
      const secrets = await sent(from);
      const visitor = new Visitor(site.origin);
      const spot = pageSpot(visitor, 'refer-status');
      await keepsEverything({ ...spot, refused: { filled: { code: '4kx' }, wrong: ['reference'] } }, from);
      const wrongPair = { reference: ' 4KX-92R-7HE', code: ' 4k x9 2r 7h EC ' };
      await keepsEverything({ ...spot, refused: { filled: wrongPair, wrong: ['reference'] } }, from);

      // The right pair, typed over a wrong one, is not looked up by a switch, however often; the button finds it.
      const page = await goOn(
        visitor,
        await spot.open(from),
        fill(formIn(await spot.open(from)), { ...secrets, code: 'CC-CC' }),
      );
      let at: ShownPage = { ...page, form: fill(formIn(page), secrets) };
      for (const to of [...wayRound(from, variantKeys), ...wayRound(from, variantKeys)]) {
        at = await switchTo(visitor, at, to);
        expect([at.step, at.errors]).toEqual(['status', []]);
      }
      expect((await goOn(visitor, at, formIn(at))).step).toBe('take-back');
    },
  );

  test.concurrent('a wrong pair is one guess, however often the language is switched', async () => {
    const { reference, code } = await sent('cy');
    const visitor = new Visitor(site.origin);
    const wrong = shownPage(await visitor.post(href('refer-status', 'cy'), { reference, code: 'CC-CC-CC-CC-CC' }));
    let at = wrong;
    for (const to of [...wayRound('cy', variantKeys), ...wayRound('cy', variantKeys)]) {
      at = await switchTo(visitor, at, to);
      expect(at.errors).toHaveLength(1);
    }
    expect((await goOn(visitor, at, fill(formIn(at), { code }))).step).toBe('take-back');
  });

  test.concurrent('a request that was found, the question before it is taken back, and one taken back', async () => {
    const secrets = await sent('en');
    const say = (key: string): string => words('en', 'status')(key);
    const visitor = await whoFinds(secrets, 'en', say('received.title'));
    const looked = { ...secrets, looked: 'yes' };
    const found = postedSpot(visitor, 'refer-status', looked);
    const beforeTaking = postedSpot(visitor, 'refer-status', { ...looked, do: 'ask' });
    await Promise.all([keepsThePage(found, 'en'), keepsThePage(beforeTaking, 'cy.easy')]);
    const asked = await switchTo(visitor, await beforeTaking.open('en'), 'cy');
    expect((await found.open('en')).says, 'nothing was taken back').toContain(say('received.title'));
    expect((await goOn(visitor, asked, formIn(asked), 'withdraw')).says).toContain('data-status="withdrawn"');
    await keepsThePage(postedSpot(await whoFinds(secrets, 'en', say('withdrawn.told')), 'refer-status', looked), 'cy');
  });
});

describe('for somebody who has not been asked', () => {
  const written = { from: 'Nia', name: 'Mair Llŷr', ownWords: 'Mae cyfarfod.\nMae hi’n poeni.' };
  const makeLink = async (visitor: Visitor): Promise<string> =>
    /\?k=([\w-]+)/.exec(textIn(shownPage(await visitor.post(href('hand-over', 'cy'), written)), 'data-link'))?.[1] ??
    '';

  test.each(variantKeys)('what a helper writes, beginning in %s', async (from) => {
    const spot = pageSpot(new Visitor(site.origin), 'hand-over');
    await keepsEverything(
      { ...spot, refused: { filled: { from: oddLine.repeat(12), ownWords: oddLines }, wrong: ['from'] } },
      from,
    );

    // Put right, and not sent: a switch makes no link.
    const wrong = await goOn(
      spot.visitor,
      await spot.open(from),
      fill(formIn(await spot.open(from)), { from: 'x'.repeat(300) }),
    );
    const right = { ...wrong, form: fill(formIn(wrong), written) };
    const switched = await switchTo(spot.visitor, right, inOtherLanguage(from));
    expect([switched.step, switched.errors]).toEqual(['hand-over', []]);
    expect(held(formIn(switched))).toEqual(held(right.form));
  });

  test('the link, the page that it opens, and what was written', async () => {
    const helper = new Visitor(site.origin);
    const link = await makeLink(helper);
    await keepsThePage(postedSpot(helper, 'hand-over', { link }), 'en');
    const visitor = new Visitor(site.origin);
    const closed: Spot = {
      place: { route: 'handed-over' },
      visitor,
      open: async (variant) => shownPage(await visitor.get(handOverHref(link, variant))),
    };
    await keepsThePage(closed, 'cy.easy');
    const opened = postedSpot(visitor, 'handed-over', { link, do: 'open' });
    await keepsThePage(opened, 'cy');
    const switched = await switchTo(visitor, await opened.open('cy'), 'en');
    expect(formIn(await closed.open('cy')).controls, 'nothing was used or deleted').not.toEqual([]);
    const taken = await goOn(visitor, switched, formIn(switched), 'take');
    expect(taken.screen).toBe('refer-age');
    const need = shownPage(await visitor.get(stepHref('refer', 'need', 'en')));
    expect(held(formIn(need))['ownWords']).toEqual([written.ownWords]);
  });
});

describe('on the page for staff with a caller on the line', () => {
  test.each(variantsOf('for-staff-check'))('every question, beginning in %s', async (from) => {
    const visitor = new Visitor(site.origin);
    await keepsEverything(
      {
        ...postedSpot(visitor, 'for-staff-check', { said: variants[from].language }),
        refused: { filled: { danger: 'no', process: ['none', 'assessment'] }, wrong: ['process'] },
        isShownAtOnce: true,
      },
      from,
    );
  });
});

test('no page whose switches belong to a form was left out', async () => {
  const visitor = new Visitor(site.origin);
  for (const { id, path } of allAddresses().filter(({ variant }) => variant === 'en')) {
    const answer = await visitor.get(path);
    if (/<button[^>]*\bdata-switch=/.test(answer.text)) expect(goneRoundOn, path).toContain(id);
  }
});
