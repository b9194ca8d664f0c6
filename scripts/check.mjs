// Types of both sides, lint, borders. `npm run check` shows every part, also when one before it failed.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensurePackages } from './setup/install.mjs';
import { nodeEnvironment } from './setup/node.mjs';
import { root, run } from './setup/run.mjs';
import { guarded, say } from './setup/say.mjs';

/** Each takes a processor and up to a gigabyte. */
const AT_ONCE = 2;
const BORDERED = ['common', 'main', 'preload', 'renderer'];

export function checkParts() {
  const bin = (name) => join('node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);
  const sources = BORDERED.filter((name) => existsSync(join(root, name)));
  return [
    { name: 'types of the Node side', command: [bin('tsc'), '-p', 'tsconfig.json'] },
    ...(existsSync(join(root, 'renderer')) ? [{ name: 'types of the renderer', command: [bin('tsc'), '-p', '.config/tsconfig.renderer.json'] }] : []),
    { name: 'lint', command: [bin('eslint'), '-c', '.config/eslint.config.mjs', '--cache', '--cache-location', '.cache/eslint', '.'] },
    { name: 'borders', command: [bin('depcruise'), '--config', '.config/borders.cjs', ...sources] },
  ];
}

/** Runs every part; answers with the names of those that failed. */
export async function check() {
  const waiting = checkParts();
  const failed = [];
  const work = async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      const [program, ...args] = part.command;
      const { code, text } = await run(program, args, { env: nodeEnvironment(), output: 'keep' });
      process.stdout.write(text);
      say(`check: ${part.name}: ${code === 0 ? 'ok' : 'FAILED'}`);
      if (code !== 0) failed.push(part.name);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, availableParallelism()) }, work));
  return failed;
}

if (process.argv[1] !== undefined && import.meta.url.endsWith('/scripts/check.mjs') && process.argv[1].endsWith('check.mjs')) {
  await guarded(async () => {
    await ensurePackages();
    return (await check()).length === 0 ? 0 : 1;
  });
}
