/** HTML_CodeSniffer, the checker in pa11y, at level AAA: on every page and state, where pa11y-ci can open only bare addresses. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { Verdict } from './verdict.ts';

interface Message {
  /** 1: a fault. 2 and 3: what only a person can judge, asked of every page. */
  readonly type: number;
  readonly code: string;
  readonly msg: string;
  readonly element: Element;
}

declare global {
  interface Window {
    HTMLCS: {
      process: (standard: string, document: Document, done: (error?: unknown) => void) => void;
      getMessages: () => readonly Message[];
    };
  }
}

const source = readFileSync(createRequire(import.meta.url).resolve('@pa11y/html_codesniffer/build/HTMLCS.js'), 'utf8');

/** Judges the page that is open. The count is of everything it had to say: it asks something of a sound page too. */
export async function judgeWithCodeSniffer(page: Page): Promise<Verdict> {
  await page.evaluate(source);
  return page.evaluate(
    () =>
      new Promise<{ faults: string[]; nodes: number }>((resolve, reject) => {
        window.HTMLCS.process('WCAG2AAA', document, (error) => {
          if (error) return reject(new Error('HTML_CodeSniffer stopped', { cause: error }));
          const messages = window.HTMLCS.getMessages();
          const faults = messages
            .filter(({ type }) => type === 1)
            .map(({ code, msg, element }) => `${code} (${msg}): ${element.outerHTML.slice(0, 160)}`);
          resolve({ faults, nodes: messages.length });
        });
      }),
  );
}
