/** All that stands in <main> on a question of the check. The server renders it; the island renders it again from the same props. */
import { CookieNotice, type CookieNoticeProps } from './CookieNotice.tsx';
import { StepForm } from './StepForm.tsx';
import type { FieldView, FormWords } from './field-view.ts';

export interface QuestionPageProps {
  /** The question’s own path, where its form posts to. */
  readonly action: string;
  /** The question’s id. */
  readonly question: string;
  readonly back: { readonly href: string; readonly words: string };
  /** Shown where the browser keeps no cookie. */
  readonly notice?: CookieNoticeProps | undefined;
  readonly title: string;
  readonly why?: string | undefined;
  readonly fields: readonly FieldView[];
  readonly words: FormWords;
  /** How many questions are left. */
  readonly left: string;
}

export function QuestionPage({ action, question, back, notice, title, why, fields, words, left }: QuestionPageProps) {
  return (
    <>
      <a class="back" href={back.href}>
        {back.words}
      </a>
      {notice && <CookieNotice {...notice} />}
      <StepForm
        mark={{ 'data-question': question }}
        action={action}
        title={title}
        why={why}
        fields={fields}
        words={words}
      />
      <p class="left">{left}</p>
    </>
  );
}
