/** The page of an outcome is read by people who have answered nothing: it may not speak of their answers. */
import { expect, it } from 'vitest';
import { outcomeIds } from '../../src/eligibility/outcomes.ts';
import { outcomeRoutes } from '../../src/site/outcome-routes.ts';
import { isEasyRead, variantKeys } from '../../src/site/variants.ts';
import { outcomeView } from '../../src/views/finding-view.ts';

const ofAnswers =
  /\b(?:you(?: have)? told us|from what you|from your answers|change your answer|do this check)\b|yn ôl eich atebion|ar sail eich atebion|rydych chi wedi dweud|newidiwch eich ateb|y cwestiynau hyn/iu;

it('every outcome has a page', () => {
  expect(Object.keys(outcomeRoutes).sort()).toEqual(outcomeIds.map((id) => `outcome-${id}`).sort());
});

it('no page of an outcome speaks of answers that nobody gave', () => {
  for (const id of outcomeIds) {
    for (const variant of variantKeys) {
      const { title, means, now, say = '', ifNo = [] } = outcomeView(id, variant).words;
      const texts = [title, say, ...[...means, ...now, ...ifNo].flatMap(({ text }) => text)];
      expect(
        texts.filter((text) => ofAnswers.test(text)),
        `${id} in ${variant}`,
      ).toEqual([]);
    }
  }
});

it('an outcome that a situation must lead to says which', () => {
  for (const id of ['w-ipa-must', 'e-care-act-must', 'imca-must', 'w-imha-compulsory', 'e-imha'] as const) {
    for (const variant of variantKeys) {
      const [first] = outcomeView(id, variant).words.means.flatMap(({ text }) => text);
      expect(first, `${id} in ${variant}`).toMatch(isEasyRead(variant) ? /\?$/ : /\b(?:when|if|people|pan|os|bobl)\b/);
    }
  }
});
