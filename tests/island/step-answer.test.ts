/** Who is answered with a view to read, and who with a page. */
import { describe, expect, it } from 'vitest';
import type { QuestionPageProps } from '#ui/form/QuestionPage.tsx';
import { answerToIsland, isFromIsland } from '#island/step-answer.ts';

describe('an address that answers in two ways', () => {
  it('answers with a page whatever a browser says that opens it', () => {
    const browsers = [
      'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8',
      'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      'text/html, application/json',
      'application/json, text/html',
      'application/json;q=0.1',
      '*/*',
      '',
    ];
    for (const accept of browsers) expect(isFromIsland(accept), accept).toBe(false);
    expect(isFromIsland(undefined)).toBe(false);
  });

  it('answers the island with what it can read, and says that it varies', async () => {
    expect(isFromIsland('application/json')).toBe(true);
    const question = { screen: 'check-age', title: 'Age', page: { question: 'age' } as QuestionPageProps };
    const answer = answerToIsland(question);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('vary')).toBe('accept');
    expect(await answer.json()).toEqual(question);
  });
});
