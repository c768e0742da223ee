import { defineConfig } from 'vitest/config'

/** On Windows, Node.js ends a process that is to get a signal at once, so what a step does on one cannot be tested. */
const WITHOUT_SIGNALS = process.platform === 'win32' ? { testNamePattern: /^(?!.*(cancel|signal))/i } : {}

/** The scripts of recipes are written for the bash of ubuntu-latest. */
const WITHOUT_BASH = process.platform === 'win32' ? ['test/recipes.test.ts'] : []

/** What `npm test` runs. The sweeps and the relay test have configurations of their own. */
export default defineConfig({
  logLevel: 'error',
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/sweeps/**', 'test/relay/**', ...WITHOUT_BASH],
    ...WITHOUT_SIGNALS,
    setupFiles: ['test/trust-emulators.ts'],
    // Ends what hangs; no test is about how long it takes.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // The time goes into the steps' processes, and into waiting: more workers than cores, and few steps at once in each.
    isolate: false,
    maxWorkers: 4,
    maxConcurrency: 8,
    // It imports JSON without the attribute that Node demands.
    server: { deps: { inline: [/@actions\/(languageservice|workflow-parser|expressions)/] } },
  },
})
