/** Runs in the browser: posts a question as its form would, and shows the next one in its place without loading a page. */
import { render } from 'preact';
import { errorSummaryId } from '#site/fragments.ts';
import { QuestionPage } from '#ui/form/QuestionPage.tsx';
import { stepFormId } from '#ui/form/StepForm.tsx';
import { islandReads, type QuestionAnswer, type WayOut } from './step-answer.ts';

/** What is on its way to the server: a form, or the question of the address that Back or Forward led to. */
interface Asking {
  readonly form: HTMLFormElement | undefined;
  readonly abort: AbortController;
}

/** After this long the browser asks in its own way, and shows that it is waiting. */
const longestWaitMs = 8000;

let asking: Asking | undefined;
/** Once the browser was told to load a page, forms are its own again: it may be stopped, and must then work without us. */
let isAside = false;

const main = document.querySelector('main')!;
const stepForm = (): HTMLElement | null => document.getElementById(stepFormId);

function stepAside(load: () => void): void {
  isAside = true;
  load();
}

/** Shows a question. Whatever was done to the old one, by a translating browser say, goes with it. */
function show({ screen, title, page }: QuestionAnswer, search: string, isMove: boolean): void {
  const fresh = document.createDocumentFragment();
  render(<QuestionPage {...page} />, fresh);
  const errors = fresh.querySelector<HTMLElement>(`#${errorSummaryId}`);
  const address = page.action + search;
  if (isMove && page.action === location.pathname) {
    history.replaceState(null, '', errors ? `${address}#${errorSummaryId}` : address);
  } else if (isMove) {
    history.pushState(null, '', address);
  }
  document.title = title;
  main.dataset['screen'] = screen;
  main.replaceChildren(fresh);
  scrollTo(0, 0);
  errors?.scrollIntoView();
  const heading = main.querySelector<HTMLElement>('h1');
  // A heading takes no focus by itself; here reading begins, as it does on a page that was loaded.
  if (heading) heading.tabIndex = -1;
  (errors ?? heading)?.focus({ preventScroll: true });
}

/** Asks the server; whatever goes wrong, the browser does the same in its own way. An answer that comes twice is kept once. */
async function moveAlong(form: HTMLFormElement | undefined, asTheBrowserDoes: () => void): Promise<void> {
  asking?.abort.abort();
  const abort = new AbortController();
  const mine = (asking = { form, abort });
  const limit = setTimeout(() => abort.abort(), longestWaitMs);
  stepForm()?.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(form?.action ?? location.href, {
      headers: { accept: islandReads },
      cache: 'no-store',
      signal: abort.signal,
      ...(form && { method: 'POST', body: new URLSearchParams([...new FormData(form)] as [string, string][]) }),
    });
    if (!response.ok) throw new Error(response.statusText);
    const answer = (await response.json()) as QuestionAnswer | WayOut;
    if (asking !== mine) return;
    if ('goTo' in answer) stepAside(() => location.assign(answer.goTo));
    else show(answer, new URL(response.url).search, form !== undefined);
  } catch {
    if (asking === mine) stepAside(asTheBrowserDoes);
  } finally {
    clearTimeout(limit);
    if (asking === mine) {
      asking = undefined;
      stepForm()?.removeAttribute('aria-busy');
    }
  }
}

/** The step’s own button: the switches in the header belong to the form too, and load a page. */
const goesOn = (button: HTMLElement | null): boolean =>
  button instanceof HTMLButtonElement && button.form?.id === stepFormId && button.name === '';

document.addEventListener('submit', (event) => {
  if (isAside || !goesOn(event.submitter)) return;
  event.preventDefault();
  if (asking?.form) return;
  const form = event.target as HTMLFormElement;
  void moveAlong(form, () => form.submit());
});

// The second press of a double click may meet the next question, which it was not meant for.
document.addEventListener('click', (event) => {
  if (event.detail > 1 && goesOn((event.target as Element).closest('button'))) event.preventDefault();
});

addEventListener('popstate', () => {
  const isShown = stepForm()?.getAttribute('action') === location.pathname;
  if (isShown) {
    // Only the fragment changed; or Forward came back before what Back asked for.
    if (asking && !asking.form) {
      asking.abort.abort();
      asking = undefined;
      stepForm()?.removeAttribute('aria-busy');
    }
  } else if (isAside) location.reload();
  else void moveAlong(undefined, () => location.reload());
});

// A page that the browser kept whole may show answers that are gone by now.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
