import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const root = fileURLToPath(new URL('..', import.meta.url));
/** The pages are the built ones, and so is the program that serves them: `npm run build` after a change. */
process.env['DIALBENCH_PROGRAM'] ??= 'out/main/dialbench.mjs';

/** Debian's Chromium: nothing is downloaded for the tests. */
const chromium = [process.env['DIALBENCH_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (file) => file !== undefined && existsSync(file),
);

/**
 * `chromium` drives the UI of the headless host in a browser; `electron` drives the desktop host, in real Electron where
 * DIALBENCH_ELECTRON names its binary and else in the stand-in of test/support/electron.
 */
export default defineConfig({
  testDir: `${root}test/e2e`,
  outputDir: `${root}test-results`,
  retries: 0,
  // Each spec has a bench of its own on free ports.
  workers: 2,
  fullyParallel: false,
  // Limits, not measurements: a busy machine takes its time.
  timeout: 240_000,
  expect: { timeout: 40_000 },
  reporter: [['list'], ['json', { outputFile: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ?? `${root}.cache/test/e2e.json` }]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      // Chromium's own sandbox does not start for root in a container.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    { name: 'chromium', testIgnore: '**/electron*.spec.ts' },
    { name: 'electron', testMatch: '**/electron*.spec.ts' },
  ],
});
