import { defineConfig } from 'vitest/config'

// Two projects: `unit` mirrors the source and is part of `npm run check`; `integration` needs sockets and processes;
// `servers` needs Debian's httpbin, nginx, Flask, squid and microsocks, and runs by `npm run test:servers` only.
const setupFiles = ['test/support/clean-environment.ts']

export default defineConfig({
  test: {
    // A worker on each core: by itself one is left free, which on two cores means one file after the other.
    maxWorkers: '100%',
    projects: [
      { test: { name: 'unit', setupFiles, include: ['test/unit/**/*.test.ts', 'test/architecture/**/*.test.ts'], testTimeout: 120_000 } },
      { test: { name: 'integration', setupFiles, include: ['test/integration/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 } },
      { test: { name: 'servers', setupFiles, include: ['test/servers/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 } },
    ],
  },
})
