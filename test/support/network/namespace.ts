import { execFileSync, spawnSync } from 'node:child_process';

/** A network of its own for one test: a bridge that stands for the switch, and namespaces plugged into it. */
export interface TestNetwork {
  /** The card of the server's side, in the namespace `server`. */
  readonly card: string;
  /** Namespaces by role; run a program inside with `inside(role)`. */
  readonly server: string;
  readonly clients: readonly string[];
  /** `ip netns exec NAME` as the beginning of a command line. */
  inside(namespace: string): readonly [string, ...string[]];
  remove(): void;
}

/** Why no namespaces can be made here, or null when they can. */
export function namespacesRefused(): string | null {
  if (process.platform !== 'linux') return 'network namespaces exist on Linux only';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const name = `dialbench-probe-${process.pid}`;
  const tried = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8', timeout: 30_000 });
  if (tried.status !== 0) return `this system makes no network namespaces: ${(tried.stderr ?? tried.error?.message ?? '').trim()}`;
  // In some containers a namespace can be made but not entered.
  const entered = spawnSync('ip', ['netns', 'exec', name, 'true'], { encoding: 'utf8', timeout: 30_000 });
  spawnSync('ip', ['netns', 'delete', name], { timeout: 30_000 });
  if (entered.status !== 0) return `this system lets nobody enter a network namespace: ${entered.stderr.trim()}`;
  return null;
}

/**
 * One namespace with the switch and the server's card (`bench0`, given address and prefix), and `clients` more, each with
 * one card `phone0` without an address. Names begin with `dialbench`, so that a broken-off run is cleaned up by `npm test`.
 */
export function makeTestNetwork(name: string, options: { readonly cidr: string; readonly clients: number }): TestNetwork {
  const prefix = `dialbench-${name}-${process.pid}`;
  const server = `${prefix}-server`;
  const clients = Array.from({ length: options.clients }, (_, index) => `${prefix}-phone${index}`);
  const remove = (): void => {
    for (const each of [...clients, server]) spawnSync('ip', ['netns', 'delete', each], { timeout: 30_000 });
  };
  try {
    ip('netns', 'add', server);
    ip('-n', server, 'link', 'set', 'lo', 'up');
    ip('-n', server, 'link', 'add', 'bench0', 'type', 'bridge', 'forward_delay', '0');
    ip('-n', server, 'address', 'add', options.cidr, 'dev', 'bench0');
    ip('-n', server, 'link', 'set', 'bench0', 'up');
    for (const [index, client] of clients.entries()) {
      ip('netns', 'add', client);
      ip('-n', client, 'link', 'set', 'lo', 'up');
      ip('-n', server, 'link', 'add', `port${index}`, 'type', 'veth', 'peer', 'name', 'phone0', 'netns', client);
      ip('-n', server, 'link', 'set', `port${index}`, 'master', 'bench0', 'up');
      ip('-n', client, 'link', 'set', 'phone0', 'up');
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { card: 'bench0', server, clients, inside: (namespace) => ['ip', 'netns', 'exec', namespace], remove };
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 30_000 });
}
