// The window tests: the built app in a real browser. `npm test` builds first and finds the browser.
import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/find-chromium.mjs'

const executablePath = process.env['CHROMIUM_PATH'] ?? findChromium()

export default defineConfig({
  testDir: 'test/e2e',
  // Of a window that outlives its host, of other pages beside it, and of what a page without real paths must do, Electron knows nothing.
  testIgnore: process.env['POSTHASTE_E2E_HOST'] === 'electron' ? ['web-host.spec.ts', 'hostile-page.spec.ts', 'visual.spec.ts'] : [],
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  // How long a busy machine may take before a test counts as stuck; where all is well, none of this is waited for.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  outputDir: 'test-results',
  use: {
    viewport: { width: 1280, height: 800 },
    trace: 'off',
    screenshot: 'only-on-failure',
    actionTimeout: 20_000,
    launchOptions: executablePath === null ? {} : { executablePath },
  },
})
