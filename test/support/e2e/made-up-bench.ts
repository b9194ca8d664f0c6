import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const HOST = fileURLToPath(new URL('dev-host.ts', import.meta.url));

/**
 * The made-up host, for what no test may do to a real network: picking a card, a second DHCP server, a port that root
 * keeps. It speaks the real contract; what it says is invented.
 */
export async function madeUpBench(...flags: readonly string[]): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', HOST, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
    exited.then(([code]) => Promise.reject(new Error(`the made-up host ended with ${String(code)}`))),
  ]);
  const { ui } = JSON.parse(line) as { readonly ui: string };
  return {
    url: ui,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
