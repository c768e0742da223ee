import { defineConfig } from 'vitest/config'

/** The test with a real TURN server and a real browser: `npm run test:relay`. */
export default defineConfig({
  test: {
    include: ['test/relay/**/*.test.ts'],
    globalSetup: ['test/relay/installed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
