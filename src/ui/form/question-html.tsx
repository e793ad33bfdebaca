/** A question as HTML, as Astro writes it. */
import { renderToString } from 'preact-render-to-string';
import { QuestionPage, type QuestionPageProps } from './QuestionPage.tsx';

export const questionHtml = (page: QuestionPageProps): string => renderToString(<QuestionPage {...page} />);
