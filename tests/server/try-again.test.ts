/** The button on the page that asks for a minute: it holds what was typed, as text and nothing else. */
import { expect, test } from 'vitest';
import { withTryAgain } from '#server/try-again.ts';

const page = '<main><h1>Wait</h1><h2>What you can do</h2><h2>If you cannot wait</h2></main>';

test('sends every field again, with words that look like markup as words', () => {
  const posted = new URLSearchParams([
    ['ownWords', `"><script>alert('Ŵyn')</script>&\r\nsecond line`],
    ['needs', 'bsl'],
    ['needs', 'other'],
  ]).toString();
  const html = withTryAgain(page, { posted, label: 'Try again' });
  expect(html).toContain('<form method="post"');
  expect(html).not.toContain('<script');
  expect(html).toContain('value="&#34;&#62;&#60;script&#62;alert(&#39;Ŵyn&#39;)&#60;/script&#62;&#38;\r\nsecond line"');
  expect(html.match(/name="needs"/g)).toHaveLength(2);
  expect(html.indexOf('<form')).toBeGreaterThan(html.indexOf('What you can do'));
  expect(html.indexOf('</form>')).toBeLessThan(html.indexOf('If you cannot wait'));
});

test('only asks again where nothing was posted', () => {
  const html = withTryAgain(page, { posted: undefined, label: 'Try again' });
  expect(html).toContain('<form method="get"');
  expect(html).not.toContain('<input');
});
