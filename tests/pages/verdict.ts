/** What a gate says of one page. */
export interface Verdict {
  /** One sentence a fault; empty where all is well. */
  readonly faults: readonly string[];
  /** How many elements, rules’ nodes, headers or files the gate looked at. */
  readonly nodes: number;
}
