// Builds everything that runs: out/main (Node, ES modules), out/electron (CommonJS), out/renderer (the UI).
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { forgetBuild, rememberBuild, sourceDigest } from './setup/build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.argv.slice(2);
const parts = [
  ['main', '.config/vite.node.ts', 'main/cli/dialbench.ts'],
  ['electron', '.config/vite.electron.ts', 'main/electron/main.ts'],
  ['renderer', '.config/vite.renderer.ts', 'renderer/index.html'],
];

const digest = sourceDigest();
forgetBuild();
for (const [name, configFile, entry] of parts) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (!existsSync(root + entry)) continue;
  const began = Date.now();
  await build({ configFile: root + configFile, logLevel: 'warn' });
  process.stderr.write(`built ${name} in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}
if (wanted.length === 0) rememberBuild(digest);
