/** The MDX pages of `content/`, for Astro to render. (Astro fixes this file’s name.) All other content: library/content.ts. */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { pageFront } from '#library/shapes.ts';

export const collections = {
  pages: defineCollection({
    loader: glob({
      base: './content/pages',
      pattern: '*/*.mdx',
      // The id is the path: Astro’s own ids drop the dot of `cy.easy`.
      generateId: ({ entry }) => entry.replace(/\.mdx$/, ''),
    }),
    schema: pageFront,
  }),
};
