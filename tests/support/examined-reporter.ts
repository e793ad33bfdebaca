/** Adds up what each gate examined, prints it, and keeps it for the check that no gate has gone blind. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { examinedAnnotation, type Examined } from './examined.ts';

export default class ExaminedReporter implements Reporter {
  readonly #gates = new Map<string, Examined>();

  onTestEnd(_test: TestCase, result: TestResult): void {
    for (const { type, description } of result.annotations) {
      if (type !== examinedAnnotation || !description) continue;
      const { gate, pages, nodes } = JSON.parse(description) as Examined;
      const sofar = this.#gates.get(gate) ?? { gate, pages: 0, nodes: 0 };
      this.#gates.set(gate, { gate, pages: sofar.pages + pages, nodes: sofar.nodes + nodes });
    }
  }

  onEnd(): void {
    const all = [...this.#gates.values()].sort((a, b) => a.gate.localeCompare(b.gate));
    mkdirSync('test-results', { recursive: true });
    writeFileSync('test-results/examined.json', `${JSON.stringify(all, null, 2)}\n`);
    for (const { gate, pages, nodes } of all)
      process.stdout.write(`examined: ${gate}: ${pages} pages, ${nodes} nodes\n`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
