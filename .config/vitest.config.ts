import react from '@vitejs/plugin-react';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Node keeps what it made of the sources: a command that a test starts then takes half the time of the processor. */
const env = { NODE_COMPILE_CACHE: fileURLToPath(new URL('../.cache/node', import.meta.url)) };

/**
 * Three projects. Quick tests touch no network and leave nothing behind in their process, which they share: modules are read
 * anew for each file all the same. Integration tests start real servers and real clients on free ports, in folders and
 * network namespaces of their own, so that files run side by side; they wait more than they work.
 */
export default defineConfig({
  root,
  cacheDir: '.cache/vitest',
  plugins: [react()],
  test: {
    // What is awaited has a generous limit: the one second that is built in says something of the machine, not of us.
    expect: { poll: { timeout: 60_000, interval: 25 } },
    projects: [
      {
        extends: true,
        test: { name: 'quick', include: ['test/{unit,wire,property}/**/*.test.{ts,tsx}'], testTimeout: 180_000, setupFiles: ['test/support/fixed-seed.ts'], isolate: false, maxWorkers: availableParallelism() },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          // Limits, not measurements: a busy machine takes its time.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 1 + availableParallelism(),
          env,
        },
      },
      // By itself: it takes the whole machine for two minutes, and would starve whatever runs beside it.
      { extends: true, test: { name: 'soak', include: ['test/soak/**/*.test.ts'], env } },
    ],
  },
});
