import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Entry points that run in Node: the command line and everything that is started as a process or a thread of its own. */
const entries = {
  dialbench: 'main/cli/dialbench.ts',
  host: 'main/electron/host.ts',
  'tftp-worker': 'main/servers/tftp/worker.ts',
  'syslog-receiver': 'main/servers/syslog/worker.ts',
  'store-worker': 'main/store/worker.ts',
  'syslog-worker': 'main/store/syslog/worker.ts',
};

/** Node side as ES modules; packages stay outside and are loaded from node_modules. */
export default defineConfig({
  root,
  cacheDir: '.cache/vite-node',
  build: {
    ssr: true,
    outDir: 'out/main',
    emptyOutDir: true,
    target: 'node22',
    sourcemap: true,
    minify: false,
    rollupOptions: {
      input: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(root + file))),
      external: [/^node:/, ...builtinModules],
      output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
});
