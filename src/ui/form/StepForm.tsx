/** One step: its question or fields, and one button. */
import { Choice } from './Choice.tsx';
import { ErrorSummary } from './ErrorSummary.tsx';
import type { FieldView, FormWords } from './field-view.ts';
import { TextField } from './TextField.tsx';

export interface StepFormProps {
  /** `data-question` or `data-step`, for tests and tools. */
  readonly mark: { readonly 'data-question': string } | { readonly 'data-step': string };
  /** Where the form posts to; left out: to the address that the browser shows. */
  readonly action?: string | undefined;
  readonly title: string;
  readonly why?: string | undefined;
  readonly fields: readonly FieldView[];
  readonly words: FormWords;
  /** For a step that nobody has to answer: says so, and names the button that leaves it for later. */
  readonly optional?: { readonly note: string; readonly button?: SecondButton | undefined } | undefined;
  /** A box that only robots fill in. The label is for a browser without styles. */
  readonly trap?: { readonly name: string; readonly label: string } | undefined;
}

export interface SecondButton {
  /** The name under which the button is posted. */
  readonly name: string;
  readonly words: string;
}

/** The id of the step’s form: the language and easy-read switches in the header belong to it, so that they keep what was typed. */
export const stepFormId = 'step';

export function StepForm({ mark, action, title, why, fields, words, optional, trap }: StepFormProps) {
  const only = fields.length === 1 ? fields[0] : undefined;
  const onlyChoice = only?.kind === 'choice' ? only : undefined;
  return (
    <>
      <ErrorSummary fields={fields} heading={words.errorSummary} />
      <form method="post" action={action} id={stepFormId} noValidate autocomplete="off" {...mark}>
        {onlyChoice ? (
          <Choice
            field={{ ...onlyChoice, label: title }}
            errorPrefix={words.errorPrefix}
            why={why}
            note={optional?.note}
            asHeading
          />
        ) : (
          <>
            <h1>{title}</h1>
            {optional && <p class="why">{optional.note}</p>}
            {why && <p class="why">{why}</p>}
            {fields.map((field) =>
              field.kind === 'choice' ? (
                <Choice key={field.id} field={field} errorPrefix={words.errorPrefix} asHeading={false} />
              ) : (
                <TextField key={field.id} field={field} errorPrefix={words.errorPrefix} />
              ),
            )}
          </>
        )}
        {trap && (
          <label class="unseen" aria-hidden="true">
            {trap.label} <input type="text" name={trap.name} tabIndex={-1} autocomplete="off" />
          </label>
        )}
        <button type="submit" class="button">
          {words.continue}
        </button>
        {optional?.button && (
          <p>
            <button type="submit" class="button plain" name={optional.button.name} value="yes">
              {optional.button.words}
            </button>
          </p>
        )}
      </form>
    </>
  );
}
