/** The least that each gate must have examined in a whole run: a gate that looks at nothing finds nothing. */

export interface Examined {
  readonly pages: number;
  /** Whatever the gate judges one by one: elements, rules’ nodes, headers, files. */
  readonly nodes: number;
}

export const floors = {
  headers: { pages: 640, nodes: 9000 },
  'html-validate': { pages: 630, nodes: 70000 },
  budget: { pages: 630, nodes: 3000 },
  shape: { pages: 480, nodes: 48000 },
  overflow: { pages: 480, nodes: 45000 },
  'axe in light': { pages: 480, nodes: 220000 },
  HTML_CodeSniffer: { pages: 600, nodes: 50000 },
  'axe in dark': { pages: 480, nodes: 48000 },
  switches: { pages: 480, nodes: 900 },
  pa11y: { pages: 120, nodes: 0 },
} as const satisfies Record<string, Examined>;
