import { SERVE_FLAGS } from '../cli/serve-options.ts';

/** Flags of `dialbench serve` that mean nothing to a window. */
const BROWSER_ONLY = new Set(['ui', 'ui-insecure']);

/**
 * Picks the bench's own flags out of a command line that also carries Electron's and Chromium's. Both `--data DIR` and
 * `--data=DIR` are read; what follows is not checked here: the bench refuses it with a sentence.
 */
export function benchArguments(argv: readonly string[]): readonly string[] {
  const picked: string[] = [];
  for (const [index, word] of argv.entries()) {
    const name = /^--([a-z-]+)(?:=|$)/.exec(word)?.[1] ?? '';
    const flag = Object.entries(SERVE_FLAGS).find(([known]) => known === name)?.[1];
    if (flag === undefined || BROWSER_ONLY.has(name)) continue;
    picked.push(word);
    const next = argv[index + 1];
    if (flag.type === 'string' && !word.includes('=') && next !== undefined) picked.push(next);
  }
  return picked;
}
