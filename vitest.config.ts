/** Tests without a browser: of the code room by room, and of every page as it comes over the wire (that one needs the build). */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Tests start sites and Gateways of their own, and wait for them: one more at once than the two cores. Still more would only
    // time each other out.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 30_000,
  },
});
