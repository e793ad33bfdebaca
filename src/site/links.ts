/** From a page or step to its address in a variant, and back. Every link of the site is made here. */
import { sayableCode } from './codes.ts';
import { routeIds, routes, variantsOf, type Route, type RouteId, type RouteKind } from './routes.ts';
import { variantKeys, variants, type Variant } from './variants.ts';
import { strings, words } from './words.ts';

/** The two journeys whose steps have addresses of their own, below the journey’s start. */
export type JourneyId = 'check' | 'refer';

/** Where a visitor is: a page, or a step of a journey. */
export interface Place {
  readonly route: RouteId;
  readonly step?: string;
  /** The sheet to print about the page, instead of the page. */
  readonly isSheet?: true;
}

/** The path of a page in a variant; a variant’s home ends with a slash, nothing else does. */
export function href(route: RouteId, variant: Variant): string {
  const { prefix, language } = variants[variant];
  return `${prefix}/${routes[route].path[language]}`;
}

const questionsOf = (variant: Variant): object => (strings[variant].check as { questions: object }).questions;
const stepsOf = (variant: Variant): object => (strings[variant].refer as { steps: object }).steps;

/** The steps of a journey that have addresses: the check’s questions; the form’s own steps and the questions it shares. */
const sharedQuestions = [
  'about',
  'age',
  'child',
  'agreed',
  'council',
  'process',
  'otherTopic',
  'barriers',
  'supporter',
];
export function stepIds(journey: JourneyId): string[] {
  return journey === 'check' ? Object.keys(questionsOf('en')) : [...sharedQuestions, ...Object.keys(stepsOf('en'))];
}

function slugOf(variant: Variant, journey: JourneyId, step: string): string {
  const isQuestion = journey === 'check' || sharedQuestions.includes(step);
  return isQuestion ? words(variant, 'check')(`questions.${step}.slug`) : words(variant, 'refer')(`steps.${step}.slug`);
}

/** The path of a step of a journey in a variant. */
export const stepHref = (journey: JourneyId, step: string, variant: Variant): string =>
  `${href(journey, variant)}/${slugOf(variant, journey, step)}`;

interface StepPlace {
  readonly journey: JourneyId;
  readonly step: string;
  readonly variant: Variant;
}

const stepsByPath: ReadonlyMap<string, StepPlace> = new Map(
  (['check', 'refer'] as const).flatMap((journey) =>
    stepIds(journey).flatMap((step) =>
      variantKeys.map((variant) => [stepHref(journey, step, variant), { journey, step, variant }] as const),
    ),
  ),
);

/** The step that is asked at this path, which ends without a slash; undefined if none is. */
export const stepAt = (path: string): StepPlace | undefined => stepsByPath.get(path);

/** The step that a slug names in this variant; undefined if none does. */
export const stepOfSlug = (journey: JourneyId, slug: string, variant: Variant): string | undefined =>
  stepAt(`${href(journey, variant)}/${slug}`)?.step;

/** The path that is said, printed and typed: it opens the page in exactly this variant. Throws for a page without a code. */
export function codeHref(route: RouteId, variant: Variant): string {
  const code = sayableCode(route, variant);
  if (code === undefined) throw new Error(`src/site/codes.ts gives “${route}” no number in ${variant}`);
  return `/${code}`;
}

/** The path of the sheet to print about a page. It stands beside the code, outside the words of either language. */
export const sheetHref = (route: RouteId, variant: Variant): string => `${codeHref(route, variant)}/print`;

/** The path of the QR code that holds the address of a page’s code. */
export const qrHref = (route: RouteId, variant: Variant): string => `${codeHref(route, variant)}/qr.svg`;

/** The name in its address says nothing to who reads over a shoulder. */
const handOverParameter = 'k';

/** The path of a hand-over link. */
export const handOverHref = (secret: string, variant: Variant): string =>
  `${href('handed-over', variant)}?${handOverParameter}=${secret}`;

/** The secret of a hand-over link; undefined in any other address. */
export const handOverSecretIn = (url: URL): string | undefined => url.searchParams.get(handOverParameter) ?? undefined;

/** The path of a place in a variant: the same page in another language or format. */
export function placeHref(place: Place, variant: Variant): string {
  if (place.isSheet) return sheetHref(place.route, variant);
  return place.step === undefined
    ? href(place.route, variant)
    : stepHref(place.route as JourneyId, place.step, variant);
}

/** What a page is called in `data-screen` and in the list of addresses. */
export function screenId(place: Place): string {
  if (place.isSheet) return 'print-sheet';
  return place.step === undefined ? place.route : `${place.route}-${place.step}`;
}

/** The variants in which a page exists: all four, but for staff pages. */
export const variantsOfPlace = (place: Place): Variant[] => variantsOf(place.route);

export interface Address {
  readonly id: string;
  /** Left out for the entrance, which belongs to no variant. */
  readonly variant?: Variant;
  readonly path: string;
  readonly kind: RouteKind;
}

/** Every address of the site that a person can open. */
export function allAddresses(): Address[] {
  const addresses: Address[] = [{ id: 'entrance', path: '/', kind: 'entrance' }];
  for (const id of routeIds) {
    const { kind }: Route = routes[id];
    for (const variant of variantsOf(id)) addresses.push({ id, variant, path: href(id, variant), kind });
  }
  for (const journey of ['check', 'refer'] as const) {
    for (const step of stepIds(journey)) {
      const place = { route: journey, step };
      for (const variant of variantKeys) {
        addresses.push({ id: screenId(place), variant, path: placeHref(place, variant), kind: journey });
      }
    }
  }
  return addresses;
}
