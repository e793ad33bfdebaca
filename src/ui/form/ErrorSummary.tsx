/** What has to be put right, first on the page, each error a link to its field. */
import { errorSummaryId } from '#site/fragments.ts';
import { controlId, type FieldView } from './field-view.ts';

interface Props {
  readonly fields: readonly FieldView[];
  readonly heading: string;
}

export function ErrorSummary({ fields, heading }: Props) {
  const wrong = fields.filter((field) => field.error);
  if (wrong.length === 0) return null;
  return (
    // The redirect after a refused form leads to #errors: that moves focus here without a script.
    <div class="error-summary" id={errorSummaryId} tabIndex={-1} role="group" aria-labelledby="errors-heading">
      {/* No h2: it would stand before the page’s h1, and the outline of headings would begin below its top. */}
      <p class="title" id="errors-heading">
        {heading}
      </p>
      <ul>
        {wrong.map((field) => (
          <li key={field.id}>
            <a href={`#${controlId(field)}`}>{field.error}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
