/** Keeps the call page’s result in step with the answers, and copies the case note. The page works the same without it. */

const form = document.querySelector<HTMLFormElement>('form[data-call]')!;
const find = (selector: string, within: ParentNode = document): HTMLElement | null => within.querySelector(selector);
const show = (selector: string, isShown: boolean): void => {
  const element = find(selector);
  if (element) element.hidden = !isShown;
};

/** Speaks to screen readers only. */
function speak(words: string): void {
  const spoken = find('[data-spoken]')!;
  if (spoken.textContent !== words) spoken.textContent = words;
}

function takeOver(answered: Document): void {
  for (const details of form.querySelectorAll('details')) {
    const fresh = answered.querySelector<HTMLDetailsElement>(`#${details.id}`);
    if (!fresh) throw new Error(details.id);
    const hasFocus = details.contains(document.activeElement);
    const status = find('.status', details)!;
    const newStatus = find('.status', fresh)!.textContent;
    // What somebody has opened or closed by hand stays so until the question’s standing changes.
    if (!hasFocus && status.textContent !== newStatus) details.open = fresh.open;
    if (hasFocus) {
      status.textContent = newStatus;
      find('.error', details)?.remove();
      const error = find('.error', fresh);
      if (error) find('.choices', details)!.before(error);
    } else details.replaceChildren(...fresh.childNodes);
  }
  const result = find('[data-result]', answered)!;
  find('[data-result]')!.replaceChildren(...result.childNodes);
  show('[data-copy]', true);
  speak(
    [...document.querySelectorAll('.error-summary a, [data-outcome] h3')].map((each) => each.textContent).join('. '),
  );
}

let asking: AbortController | undefined;

async function ask(): Promise<void> {
  asking?.abort();
  const own = (asking = new AbortController());
  find('[data-result]')!.ariaBusy = 'true';
  try {
    const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    const response = await fetch(form.action, { method: 'POST', body, signal: own.signal });
    if (!response.ok) throw new Error(response.statusText);
    const text = await response.text();
    takeOver(new DOMParser().parseFromString(text, 'text/html'));
    show('[data-not-live]', false);
  } catch {
    if (own.signal.aborted) return;
    show('[data-not-live]', true);
    speak(find('[data-not-live]')!.textContent);
  }
  if (asking === own) find('[data-result]')!.ariaBusy = 'false';
}

async function copy(): Promise<void> {
  const note = document.querySelector<HTMLTextAreaElement>('.note textarea')!;
  const isCopied = await navigator.clipboard.writeText(note.value).then(
    () => true,
    () => false,
  );
  show('[data-copied]', isCopied);
  show('[data-cannot-copy]', !isCopied);
  speak(find(isCopied ? '[data-copied]' : '[data-cannot-copy]')!.textContent.trim());
}

form.addEventListener('change', () => void ask());
document.addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('[data-copy]')) void copy();
});
show('[data-live]', true);
show('[data-copy]', true);
