// Builds when a source has changed since the last build, told by content, so that a fresh checkout of the same tree is not rebuilt.
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { handOver } from './node.mjs';
import { root } from './run.mjs';
import { say, Trouble } from './say.mjs';

const SOURCES = ['common', 'main', 'renderer', 'preload', '.config', 'scripts/build.mjs', 'package-lock.json', 'package.json'];
const STAMP = join(root, 'out/.built');

export async function ensureBuilt() {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourceDigest()) return;
  accessSync(root, constants.W_OK);
  say('building …');
  if ((await handOver(['scripts/build.mjs'])) !== 0) throw new Trouble('The build failed: the lines above say where; mend that and run this again.');
}

/** Called around a complete build. */
export function forgetBuild() {
  rmSync(STAMP, { force: true });
}

export function rememberBuild(digest) {
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(STAMP, digest);
}

export function sourceDigest() {
  const hash = createHash('sha256');
  for (const path of SOURCES.flatMap((source) => filesUnder(source))) hash.update(`${path}\0`).update(readFileSync(join(root, path))).update('\0');
  return hash.digest('hex');
}

function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (/\.(mjs|json)$/.test(path)) return [path];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
    .sort();
}
