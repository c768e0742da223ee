import { defineConfig } from 'vitest/config'

/** Tables of cases and instants that start hundreds of steps: `npm run test:sweeps`. */
export default defineConfig({
  test: {
    include: ['test/sweeps/**/*.test.ts'],
    setupFiles: ['test/trust-emulators.ts'],
    // Ends what hangs; no test is about how long it takes.
    testTimeout: 180_000,
    maxConcurrency: 8,
    maxWorkers: 2,
  },
})
