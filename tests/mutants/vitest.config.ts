/** The tests that every mutant of the law and of the flow meets: examples, which name what is right. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A slow machine is no test that failed: Stryker itself ends what never ends.
    testTimeout: 600_000,
    include: ['tests/{eligibility,flow}/*.test.ts'],
    exclude: [
      // Chance proves what holds for everybody; it would take an hour and kill nothing that the examples do not name.
      'tests/eligibility/every-set-of-facts.test.ts',
      // Reads the source as it is written, not as a mutant has it.
      'tests/eligibility/room.test.ts',
    ],
  },
});
