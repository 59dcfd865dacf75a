import { defineConfig } from 'vitest/config'

// The machine of the tests stands where it is hardly ever Rome’s day: whoever asks it for the day or the hour is found out.
process.env.TZ ??= 'Pacific/Kiritimati'

const long = process.env.LONG_TESTS === '1'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: long ? ['{src,test}/**/*.long.test.ts'] : ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    exclude: long ? [] : ['**/*.long.test.ts'],
    globalSetup: ['test/kit/database.ts'],
    setupFiles: ['test/kit/chance.ts'],
    pool: 'forks',
    // The house is read once by each worker, not once for every file.
    isolate: false,
    maxWorkers: 2,
    // A limit for what hangs, far above what a slow machine needs.
    testTimeout: long ? 600_000 : 300_000,
    hookTimeout: 300_000,
    // What is waited for comes when it comes: a busy machine is no fault of the house.
    expect: { poll: { timeout: 120_000 } },
  },
})
