import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The one UI: loaded from `app://` under Electron and from the headless host in a browser. Nothing is inlined: its CSP takes no `data:` font. */
export default defineConfig({
  root: `${root}renderer`,
  base: './',
  cacheDir: `${root}.cache/vite`,
  plugins: [react()],
  build: { outDir: `${root}out/renderer`, emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0, sourcemap: false, chunkSizeWarningLimit: 1500, rollupOptions: { checks: { pluginTimings: false } } },
});
