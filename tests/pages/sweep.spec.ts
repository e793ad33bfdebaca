/** Every page in a real browser, on the narrowest screen, in light and dark: one load each, all the gates that need a browser. */
import { addExamined } from '../support/examined.ts';
import { expect, test } from '../support/site-test.ts';
import { allStates } from '../support/states.ts';
import { Visitor } from '../support/visitor.ts';
import { judgeWithAxe } from './axe-gate.ts';
import { judgeOverflow } from './overflow-gate.ts';
import { judgeShape, judgeSwitches } from './shape-gate.ts';
import type { Verdict } from './verdict.ts';

test.use({ viewport: { width: 320, height: 640 }, colorScheme: 'light' });

for (const state of allStates()) {
  test(`${state.name} is sound`, async ({ page, siteOrigin }, testInfo) => {
    const visitor = new Visitor(siteOrigin);
    const { path } = await state.reach(visitor);
    await page.context().addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: siteOrigin })));
    const asked: string[] = [];
    page.on('request', (request) => {
      const isOurs = request.url().startsWith(`${siteOrigin}/`);
      if (!isOurs || !['document', 'image'].includes(request.resourceType())) asked.push(request.url());
    });
    const judged = (gate: string, { faults, nodes }: Verdict): void => {
      addExamined(testInfo, gate, nodes);
      expect.soft(faults, gate).toEqual([]);
    };

    const response = await page.goto(path);
    expect(response?.status(), path).toBe(state.status);
    judged('shape', await judgeShape(page, state));
    judged('overflow', await judgeOverflow(page));
    judged('axe in light', await judgeWithAxe(page));
    await page.emulateMedia({ colorScheme: 'dark' });
    judged('axe in dark', await judgeWithAxe(page, { onlyColours: true }));
    judged('switches', await judgeSwitches(page, state));
    expect.soft(asked, 'requests for anything but our own pages and pictures').toEqual([]);
  });
}
