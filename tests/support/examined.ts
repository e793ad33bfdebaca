/** How much a gate looked at: a gate that looks at nothing finds nothing. */
import type { TestInfo } from '@playwright/test';

export interface Examined {
  readonly gate: string;
  readonly pages: number;
  /** Whatever the gate judges one by one: elements, rules’ nodes, headers, bytes’ owners. */
  readonly nodes: number;
}

export const examinedAnnotation = 'examined';

/** Adds to what a gate has examined in this run. */
export function addExamined(testInfo: TestInfo, gate: string, nodes: number, pages = 1): void {
  testInfo.annotations.push({ type: examinedAnnotation, description: JSON.stringify({ gate, pages, nodes }) });
}
