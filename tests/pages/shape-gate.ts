/** What every page must have, whatever it says: its marks, its language, its switches, the way out, and nothing that runs or remembers. */
import type { Page } from '@playwright/test';
import { routes, variantsOf, type RouteId } from '#site/routes.ts';
import { sentencesOf } from '#site/sentences.ts';
import { inOtherFormat, inOtherLanguage, isEasyRead, variants, type Variant } from '#site/variants.ts';
import { builtScript, scriptOf } from './page-scripts.ts';
import type { Verdict } from './verdict.ts';

export interface Expected {
  readonly screen: string;
  /** Left out for the two pages that belong to no variant. */
  readonly variant?: Variant;
  readonly hasErrors: boolean;
}

interface Switch {
  readonly to: string;
  readonly words: string;
  /** Where a link leads; undefined for a button. */
  readonly href: string | undefined;
  readonly hreflang: string | undefined;
  /** What a button posts, as a browser would: all that stands in its form; undefined for a link. */
  readonly posts: string | undefined;
}

/** The variants that a page’s switches must lead to. */
function switchesOf({ screen, variant }: Expected): readonly Variant[] {
  if (!variant) return [];
  const has = screen in routes ? variantsOf(screen as RouteId) : undefined;
  return [inOtherLanguage(variant), inOtherFormat(variant)].filter((each) => !has || has.includes(each));
}

/** Reads the page as it stands in the browser; 320 × 640 is the size that counts. Presses nothing. */
async function factsOf(page: Page) {
  return page.evaluate(async () => {
    const all = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];
    const firstFocusable = all('a[href], button, input, textarea, select, summary, [tabindex]').find(
      (element) => element.tabIndex >= 0,
    );
    const exit = all('[data-exit]')[0];
    const box = exit?.getBoundingClientRect();
    const middle = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
      nodes: document.querySelectorAll('*').length,
      /** Each line as it is shown. */
      lines: document.body.innerText.split('\n'),
      lang: document.documentElement.lang,
      title: document.title,
      mains: all('main').map(({ id, dataset }) => ({ id, screen: dataset['screen'], variant: dataset['variant'] })),
      h1s: all('h1').length,
      firstFocusable: { href: firstFocusable?.getAttribute('href'), words: firstFocusable?.innerText.trim() },
      exits: all('[data-exit]').length,
      exitForm: exit instanceof HTMLButtonElement ? `${exit.form?.method} ${exit.form?.getAttribute('action')}` : '',
      exitBox: box && { left: box.left, top: box.top, right: box.right, bottom: box.bottom },
      exitIsOnTop: exit !== undefined && middle !== null && middle !== undefined && exit.contains(middle),
      switches: all('[data-switch]').map((element): Switch => {
        const form = element instanceof HTMLButtonElement ? element.form : null;
        return {
          to: element.dataset['switch'] ?? '',
          words: element.innerText.trim(),
          href: element.getAttribute('href') ?? undefined,
          hreflang: element.getAttribute('hreflang') ?? undefined,
          posts:
            form?.method === 'post' && element.getAttribute('value') === element.dataset['switch']
              ? new URLSearchParams([...new FormData(form, element)] as [string, string][]).toString()
              : undefined,
        };
      }),
      errorLinks: all('#errors a').map((link) => document.querySelector(link.getAttribute('href') ?? '') !== null),
      runs: all('script, [onclick], [onload], [onchange], [onsubmit], [oninput], iframe, object, embed').map(
        (element) => `${element.tagName.toLowerCase()} ${element.getAttribute('src') ?? 'in the page'}`,
      ),
      keeps: {
        localStorage: localStorage.length,
        sessionStorage: sessionStorage.length,
        indexedDB: (await indexedDB.databases()).length,
        serviceWorkers: (await navigator.serviceWorker.getRegistrations()).length,
        // Our cookies are out of any script’s reach.
        scriptCookies: document.cookie.length,
      },
    };
  });
}

/** Judges the page that is open. Its viewport must be 320 × 640. */
export async function judgeShape(page: Page, expected: Expected): Promise<Verdict> {
  const facts = await factsOf(page);
  const faults: string[] = [];
  const must = (isRight: boolean, fault: string): void => {
    if (!isRight) faults.push(fault);
  };
  const { variant, screen, hasErrors } = expected;
  const main = facts.mains[0];

  must(facts.lang === (variant ? variants[variant].language : 'cy'), `html[lang] is “${facts.lang}”`);
  must(facts.title.trim() !== '', 'the title is empty');
  must(facts.h1s === 1, `${facts.h1s} h1`);
  must(facts.mains.length === 1, `${facts.mains.length} main`);
  must(main?.screen === screen, `main[data-screen] is “${main?.screen}”, not “${screen}”`);
  must(main?.variant === variant, `main[data-variant] is “${main?.variant}”, not “${variant}”`);

  // The entrance and the page outside all variants have nothing above their main to skip but the way out.
  if (variant) {
    must(facts.firstFocusable.href === '#main' && main?.id === 'main', 'the first thing in tab order is no skip link');
    must(Boolean(facts.firstFocusable.words), 'the skip link has no words');
  }

  const wanted = switchesOf(expected);
  const found = facts.switches.map(({ to }) => to);
  must(found.join() === wanted.join(), `the switches lead to “${found.join()}”, not to “${wanted.join()}”`);
  for (const { to, words, href, hreflang, posts } of facts.switches) {
    must(words !== '', `the switch to ${to} has no words`);
    must(
      href !== undefined || posts !== undefined,
      `the switch to ${to} is neither a link nor a button that posts its form`,
    );
    const language = to in variants ? variants[to as Variant].language : undefined;
    must(href === undefined || hreflang === language, `the switch to ${to} has hreflang “${hreflang}”`);
  }

  if (variant && isEasyRead(variant)) {
    const crowded = facts.lines.filter((line) => sentencesOf(line.trim()).length > 1);
    must(crowded.length === 0, `a line of easy read has more than one sentence: “${crowded[0]}”`);
  }

  must(facts.exits === 1, `${facts.exits} ways to leave the site`);
  must(facts.exitForm === 'post /leave', `leaving the site is “${facts.exitForm}”`);
  const box = facts.exitBox;
  must(
    box !== undefined && box.top >= 0 && box.left >= 0 && box.right <= 320 && box.bottom <= 640,
    'the way to leave the site is not in the first screen of 320 × 640',
  );
  must(facts.exitIsOnTop, 'the way to leave the site is covered');

  must(
    facts.errorLinks.length > 0 === hasErrors,
    hasErrors ? 'no error summary' : 'an error summary that nobody earned',
  );
  must(!facts.errorLinks.includes(false), 'a link of the error summary leads nowhere');
  const [script = '', ...others] = scriptOf(screen) ? facts.runs : ['', ...facts.runs];
  must(others.length === 0, `the page can run or embed something: ${others.join()}`);
  must(!scriptOf(screen) || builtScript.test(script.replace('script ', '')), `the script is “${script}”`);
  for (const [what, count] of Object.entries(facts.keeps)) must(count === 0, `${what} holds ${count}`);

  return { faults, nodes: facts.nodes };
}

/** Follows each switch as its page would, with the visitor’s cookies, and judges where it leads. */
export async function judgeSwitches(page: Page, { screen, variant, hasErrors }: Expected): Promise<Verdict> {
  const faults: string[] = [];
  const { switches } = await factsOf(page);
  for (const { to, href, posts } of switches) {
    const response = href
      ? await page.request.get(new URL(href, page.url()).href)
      : await page.request.post(page.url().replace(/#.*/, ''), {
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          data: posts ?? '',
        });
    const html = await response.text();
    const [, foundScreen] = /<main\b[^>]*\bdata-screen="([^"]*)"/.exec(html) ?? [];
    const [, foundVariant] = /<main\b[^>]*\bdata-variant="([^"]*)"/.exec(html) ?? [];
    if (foundScreen !== screen || foundVariant !== to) {
      faults.push(`the switch from ${variant} to ${to} leads to ${foundScreen} in ${foundVariant} (${response.url()})`);
    }
    if (html.includes('id="errors"') !== hasErrors) faults.push(`the switch to ${to} loses or makes an error summary`);
  }
  return { faults, nodes: switches.length };
}
