/** Reads `content/` from disk, once. A file that does not have its shape stops the program with the file’s name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { service, type Service } from '#directory/service.ts';
import { outcomeOfRoute, type RouteId } from '#site/routes.ts';
import { variantKeys, type Variant } from '#site/variants.ts';
import {
  outcomeShared,
  outcomeWords,
  pageFront,
  pageShared,
  type OutcomeShared,
  type OutcomeWords,
  type PageFront,
  type PageShared,
} from './shapes.ts';

/** Relative to the project, where every command and the server itself are started. */
const root = 'content';

function read<T>(schema: z.ZodType<T>, path: string, source: string): T {
  const result = schema.safeParse(parse(source));
  if (result.success) return result.data;
  throw new Error(`${path}: ${z.prettifyError(result.error)}`);
}

const readFile = <T>(schema: z.ZodType<T>, path: string): T => read(schema, path, readFileSync(path, 'utf8'));

const foldersOf = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

export interface Outcome extends OutcomeShared {
  readonly words: Readonly<Record<Variant, OutcomeWords>>;
}

/** Every outcome with its four variants, by id. */
export const outcomes = once((): ReadonlyMap<string, Outcome> => {
  const folder = join(root, 'outcomes');
  return new Map(
    foldersOf(folder).map((id) => {
      const words = Object.fromEntries(
        variantKeys.map((variant) => [variant, readFile(outcomeWords, join(folder, id, `${variant}.yaml`))]),
      ) as Record<Variant, OutcomeWords>;
      return [id, { ...readFile(outcomeShared, join(folder, id, 'outcome.yaml')), words }];
    }),
  );
});

/** Every service of the directory, by id. */
export const services = once((): ReadonlyMap<string, Service> => {
  const folder = join(root, 'services');
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => [name.replace(/\.yaml$/, ''), readFile(service, join(folder, name))]),
  );
});

/** A service by its id; throws for an id that no file has. */
export function serviceOf(id: string): Service {
  const found = services().get(id);
  if (!found) throw new Error(`content/services has no “${id}”; it has: ${[...services().keys()].join(', ')}`);
  return found;
}

const pictureMeaning = z.record(z.string(), z.strictObject({ en: z.string().min(1), cy: z.string().min(1) }));

/** What each picture means, by id. */
export const pictures = once(() => readFile(pictureMeaning, join(root, 'pictures.yaml')));

export interface PageSource {
  readonly front: PageFront;
  /** The MDX below the front matter. */
  readonly body: string;
}

export interface Page extends PageShared {
  /** A variant that has no file is missing: the parity check names it. */
  readonly variants: Readonly<Partial<Record<Variant, PageSource>>>;
}

/** Every page with the source of its variants, by id. */
export const pages = once((): ReadonlyMap<string, Page> => {
  const folder = join(root, 'pages');
  return new Map(
    foldersOf(folder).map((id) => {
      const files = readdirSync(join(folder, id));
      const variants = Object.fromEntries(
        variantKeys
          .filter((variant) => files.includes(`${variant}.mdx`))
          .map((variant) => [variant, readPage(join(folder, id, `${variant}.mdx`))]),
      );
      return [id, { ...readFile(pageShared, join(folder, id, 'page.yaml')), variants }];
    }),
  );
});

function readPage(path: string): PageSource {
  const source = readFileSync(path, 'utf8');
  const [, front, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? [];
  if (front === undefined || body === undefined) throw new Error(`${path}: begins with no front matter`);
  return { front: read(pageFront, path, front), body };
}

/** What a page is called in a variant, an outcome’s own page too; throws for a page or variant that has no words. */
export function titleOf(route: RouteId, variant: Variant): string {
  const outcome = outcomeOfRoute(route);
  const title = outcome
    ? outcomes().get(outcome)?.words[variant].title
    : pages().get(route)?.variants[variant]?.front.title;
  if (title === undefined) throw new Error(`content/ has no title for “${route}” in ${variant}`);
  return title;
}
