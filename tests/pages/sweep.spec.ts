/** Every page in a real browser, on the narrowest screen, in light and dark: one load each, all the gates that need a browser. */
import type { Page, Response } from '@playwright/test';
import { outcomeOfRoute, routeIds } from '#site/routes.ts';
import type { Variant } from '#site/variants.ts';
import { addExamined } from '../support/examined.ts';
import { expect, test } from '../support/site-test.ts';
import { inTurn } from '../support/in-turn.ts';
import { allStates, type State } from '../support/states.ts';
import { Visitor, type Form } from '../support/visitor.ts';
import { judgeWithAxe } from './axe-gate.ts';
import { judgeWithCodeSniffer } from './codesniffer-gate.ts';
import { builtScript, scriptOf } from './page-scripts.ts';
import { judgeOverflow } from './overflow-gate.ts';
import { judgeShape, judgeSwitches } from './shape-gate.ts';
import type { Verdict } from './verdict.ts';

test.use({ viewport: { width: 320, height: 640 }, colorScheme: 'light' });

/** Posts a form to the page that is open, as its own form would, and waits for the answer. */
async function postFrom(page: Page, posted: Form): Promise<Response> {
  const [answered] = await Promise.all([
    page.waitForResponse((response) => response.request().isNavigationRequest()),
    page.waitForEvent('load'),
    page.evaluate((fields) => {
      const form = document.createElement('form');
      form.method = 'post';
      for (const [name, value] of Object.entries(fields)) {
        for (const each of [value].flat()) {
          const input = document.createElement('input');
          Object.assign(input, { type: 'hidden', name, value: each });
          form.append(input);
        }
      }
      document.body.append(form);
      form.submit();
    }, posted),
  ]);
  return answered;
}

/** A page has at most some forty states; none takes three seconds even on a busy machine. */
const longestPerState = 6000;

// One test a page, not a state: a worker starts anew after each failure, and a fault in the layout would fail hundreds.
// An outcome has the same words on a result, in all four variants, and the same template as all others.
const turnOfOutcome = inTurn(routeIds.filter((id) => outcomeOfRoute(id) !== undefined));
// What is wrong is said in the same markup in each variant: each step is refused in one language as it is, in the other in easy
// read, and the next step the other way about.
const pairs: readonly (readonly Variant[])[] = [
  ['en', 'cy.easy'],
  ['cy', 'en.easy'],
];
const all = allStates();
const screensWithErrors = [...new Set(all.flatMap(({ hasErrors, screen }) => (hasErrors ? [screen] : [])))];
const refusedIn = new Map(screensWithErrors.map((screen, at) => [screen, pairs[at % pairs.length]!]));
const isLookedAt = ({ isForSomeoneElse, screen, variant, hasErrors }: State): boolean => {
  if (isForSomeoneElse || (turnOfOutcome.has(screen) && turnOfOutcome.get(screen) !== variant)) return false;
  return !hasErrors || variant === undefined || refusedIn.get(screen)!.includes(variant);
};
const byScreen = Map.groupBy(all.filter(isLookedAt), (state) => state.screen);

for (const [screen, states] of byScreen) {
  test(`${screen} is sound in every variant and state`, async ({ page, siteOrigin }, testInfo) => {
    test.setTimeout(30_000 + states.length * longestPerState);
    const asked: string[] = [];
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      const isPage = request.resourceType() === 'document' || pathname.endsWith('.svg');
      const isScript = scriptOf(screen) !== undefined && builtScript.test(pathname);
      if (origin !== siteOrigin || !(isPage || isScript)) asked.push(request.url());
    });

    async function visit(state: State): Promise<void> {
      const judged = (gate: string, { faults, nodes }: Verdict): void => {
        addExamined(testInfo, gate, nodes);
        expect.soft(faults, `${gate}: ${state.name}`).toEqual([]);
      };
      const visitor = new Visitor(siteOrigin);
      const { path, posted } = await state.reach(visitor);
      const cookies = [...visitor.cookies].map(([name, value]) => ({ name, value, url: siteOrigin, httpOnly: true }));
      await page.context().clearCookies();
      await page.context().addCookies(cookies);
      await page.emulateMedia({ colorScheme: 'light' });
      // Without the fragment of a refused form, which scrolls: the first screen is judged from its top.
      const opened = await page.goto(path.replace(/#.*/, ''));
      const response = posted ? await postFrom(page, posted) : opened;
      expect.soft(response?.status(), state.name).toBe(state.status);
      judged('shape', await judgeShape(page, state));
      judged('overflow', await judgeOverflow(page));
      judged('axe in light', await judgeWithAxe(page));
      judged('HTML_CodeSniffer', await judgeWithCodeSniffer(page));
      await page.emulateMedia({ colorScheme: 'dark' });
      judged('axe in dark', await judgeWithAxe(page, { onlyColours: true }));
      judged('switches', await judgeSwitches(page, state));
    }

    for (const state of states) await visit(state);
    expect(asked, 'requests for anything but our own pages, their pictures and the island').toEqual([]);
  });
}
