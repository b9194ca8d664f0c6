// The scripts run under the machine's Node (20 or newer); Dialbench itself runs under Node 24, which npm brings along.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';
import { Trouble } from './say.mjs';

/**
 * The bench's young generation, MB for each half: Node would let it grow to 16 with the rate of the transfers, some 15 MB
 * that nothing needs (docs/performance/http.md). It cannot be set from inside.
 */
export const BENCH_FLAGS = ['--max-semi-space-size=2'];

/**
 * For the C library of Linux (mallopt(3)); others do not look. Left to itself it raises the size from which it gives memory
 * back, and keeps an arena for each of a dozen threads: some 45 MB after a wave of 200 phones (docs/performance/soak.md).
 */
export const BENCH_ENV = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' };

const EXE = process.platform === 'win32' ? 'node.exe' : 'node';

/** The Node 24 of node_modules, or the running one where it is new enough. */
export function findNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const brought = join(root, `node_modules/node-${system}-${process.arch}/bin`, EXE);
  if (existsSync(brought)) return brought;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Trouble('Dialbench needs Node 24 and npm has none for this system: install Node 24 from nodejs.org and run this again.');
}

/** The environment in which `node` means Node 24 for everything that is started from there. */
export function nodeEnvironment() {
  const folder = join(findNode(), '..');
  const separator = process.platform === 'win32' ? ';' : ':';
  const path = process.env.PATH ?? process.env.Path ?? '';
  return { PATH: [folder, join(root, 'node_modules/.bin'), path].join(separator) };
}

/** Runs Node 24 with these arguments in this terminal and answers with its exit code. */
export async function handOver(args, options = {}) {
  const { code } = await run(findNode(), args, { ...options, env: { ...nodeEnvironment(), ...options.env } });
  return code ?? 3;
}
