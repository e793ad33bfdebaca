/** Worked cases walked through the pages in a browser, with scripts off: each ends at exactly the outcomes that the law names for it. */
import { stepHref } from '#site/links.ts';
import type { Variant } from '#site/variants.ts';
import { answerInCase, answersOfCase, outcomesByQuestions } from '../support/case-answers.ts';
import { answerUntilResult, outcomesShown, press } from '../support/check-path.ts';
import { cases } from '../support/people.ts';
import { expect, test } from '../support/site-test.ts';

// Ten cases a test: a new browser context for each would cost more than its pages.
test.describe.configure({ timeout: 300_000 });

const walked: readonly Variant[] = ['en.easy', 'cy'];
const inOneTest = 10;

// All of them are walked over the wire (delivery/same-ways.test.ts); here one in five, as people see it, or all with EVERY_CASE=1.
const shown = process.env['EVERY_CASE'] === '1' ? cases : cases.filter((_, at) => at % 5 === 0);

for (const variant of walked) {
  for (let from = 0; from < shown.length; from += inOneTest) {
    const some = shown.slice(from, from + inOneTest);
    test(`the cases ${some[0]!.id} to ${some.at(-1)!.id} end at their outcomes in ${variant}`, async ({
      page,
      context,
    }) => {
      for (const worked of some) {
        await test.step(`${worked.id}: ${worked.situation}`, async () => {
          await context.clearCookies();
          await page.goto(stepHref('check', 'danger', variant));
          const answerTo = (question: string) => answerInCase(worked, question);
          const asked = await answerUntilResult(page, answerTo);

          // What the case speaks of and nobody had to answer stands as a link on the result.
          for (;;) {
            const open = Object.keys(worked.facts).filter((fact) => !asked.includes(fact));
            const links = open.map((fact) => `main ul a[href="${stepHref('check', fact, variant)}"]`);
            const link = links.length === 0 ? undefined : page.locator(links.join()).first();
            if (!link || (await link.count()) === 0) break;
            await press(page, link);
            asked.push(...(await answerUntilResult(page, answerTo)));
          }

          const found = await outcomesShown(page);
          expect([...found].sort(), worked.id).toEqual(outcomesByQuestions(worked));
          for (const harmful of worked.never ?? []) expect(found, worked.id).not.toContain(harmful);
          expect([...asked].sort(), worked.id).toEqual(Object.keys(answersOfCase(worked)).sort());
          await expect(page.locator('main')).toHaveAttribute('data-variant', variant);
        });
      }
    });
  }
}
