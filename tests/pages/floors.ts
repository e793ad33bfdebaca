/** The least that each gate must have examined in a whole run: a gate that looks at nothing finds nothing. */

export interface Examined {
  readonly pages: number;
  /** Whatever the gate judges one by one: elements, rules’ nodes, headers, files. */
  readonly nodes: number;
}

export const floors = {
  headers: { pages: 1, nodes: 1 },
  'html-validate': { pages: 1, nodes: 1 },
  budget: { pages: 1, nodes: 1 },
  shape: { pages: 1, nodes: 1 },
  overflow: { pages: 1, nodes: 1 },
  'axe in light': { pages: 1, nodes: 1 },
  'axe in dark': { pages: 1, nodes: 1 },
  switches: { pages: 1, nodes: 1 },
  pa11y: { pages: 1, nodes: 1 },
} as const satisfies Record<string, Examined>;
