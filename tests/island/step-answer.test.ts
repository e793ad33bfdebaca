/** Who is answered with a view to read, and who with a page. */
import { describe, expect, it } from 'vitest';
import { answerToIsland, isFromIsland } from '#island/step-answer.ts';

const saying = (accept: string) => isFromIsland(new Headers({ accept }));

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
    for (const accept of browsers) expect(saying(accept), accept).toBe(false);
    expect(isFromIsland(new Headers())).toBe(false);
  });

  it('answers the island with what it can read, and says that it varies', async () => {
    expect(saying('application/json')).toBe(true);
    const answer = answerToIsland({ goTo: '/en/result' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('vary')).toBe('accept');
    expect(await answer.json()).toEqual({ goTo: '/en/result' });
  });
});
