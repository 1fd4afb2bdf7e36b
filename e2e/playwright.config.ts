import { defineConfig, devices } from '@playwright/test';
import { findBrowser } from '../scripts/find-browser.mjs';

const executablePath = findBrowser();
// Two working copies can be tested side by side.
const port = Number(process.env.E2E_PORT ?? 4319);

/** End-to-end tests against the built demo, served as any static host would. */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // Two cores run models and a browser; a second test beside them would only starve the first.
  workers: 1,
  // Real models on a busy machine: a second try tells noise from a fault, and the report names both.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}`,
    trace: 'on-first-retry',
    ...devices['Desktop Chrome'],
    launchOptions: executablePath === undefined ? {} : { executablePath },
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    cwd: '..',
    url: `http://localhost:${port}/`,
    reuseExistingServer: !process.env.CI,
  },
});
