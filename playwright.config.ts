import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/findChromium.mjs'

const executablePath = findChromium()

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/buildPage.ts',
  outputDir: 'test-results',
  // A flake is a defect to be found, not to be tried again.
  retries: 0,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    browserName: 'chromium',
    trace: 'retain-on-failure',
    launchOptions: {
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        // A name of the local network: a page from there is no secure context.
        '--host-resolver-rules=MAP gpu-box 127.0.0.1',
      ],
      ...(executablePath ? { executablePath } : {}),
    },
  },
})
