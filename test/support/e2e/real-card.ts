import { chromium, type Browser } from '@playwright/test';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBench, temporaryFolder, type BenchProcess } from '../bench-process.ts';
import { ipInside, runInside, type Ran } from '../dhcp/in-namespace.ts';
import { makeTestNetwork, type TestNetwork } from '../network/namespace.ts';

export const PHONE_CLASS = 'Cisco Systems, Inc. IP Phone CP-8841-3PCC';

/**
 * The switch stands in for a card in a slot: a bridge is judged as virtual, rightly, and no kernel makes anything better
 * without hardware. So in the bench's own view of /sys it gets the one thing that a real card has more, `device`; all
 * else there stays the kernel's own and alive.
 */
const AS_A_REAL_CARD = `
  mount -t tmpfs tmpfs /sys/class/net || exit 1
  for card in /sys/devices/virtual/net/*; do
    mkdir /sys/class/net/\${card##*/} && ln -s $card/* /sys/class/net/\${card##*/}/
  done
  mkdir /sys/class/net/bench0/device && exec "$@"`;

/** A switch with clients on it, and a browser that stands where the bench stands: it reaches the UI over loopback there. */
export interface RealCard {
  readonly network: TestNetwork;
  readonly browser: Browser;
  /** A bench on a new workspace, with every server on its own port and no card picked yet. */
  bench(): Promise<{ readonly process: BenchProcess; readonly url: string; stop(): Promise<void> }>;
  /** The namespace of a client. */
  client(index: number): string;
  /** What udhcpc says in a client whose option 60 is `vendorClass`. */
  asks(index: number, vendorClass: string): Promise<Ran>;
  /** The addresses that the card has. */
  addresses(): Promise<string>;
  close(): Promise<void>;
}

export async function realCard(name: string, clients: number): Promise<RealCard> {
  const network = makeTestNetwork(name, { cidr: '10.66.0.1/24', clients });
  const folder = await temporaryFolder();
  const wrapper = join(folder.path, 'chromium');
  const program = process.env['DIALBENCH_CHROMIUM'] ?? '/usr/bin/chromium';
  await writeFile(wrapper, `#!/bin/sh\nexec ${network.inside(network.server).join(' ')} '${program}' "$@"\n`);
  await chmod(wrapper, 0o755);
  const browser = await chromium.launch({ executablePath: wrapper, args: ['--no-sandbox'] }).catch((error: unknown) => {
    network.remove();
    throw error;
  });
  const client = (index: number): string => network.clients[index] ?? '';
  return {
    network,
    browser,
    client,
    bench: async () => {
      const data = await temporaryFolder();
      const started = await startBench(['--data', data.path, '--ui', '0'], [...network.inside(network.server), 'sh', '-c', AS_A_REAL_CARD, 'sh']);
      if (started.ui === null) throw new Error('the bench serves no page: build the renderer first');
      return {
        process: started,
        url: started.ui,
        stop: async () => {
          await started.stop().catch(() => undefined);
          await data.remove();
        },
      };
    },
    asks: (index, vendorClass) =>
      runInside([...network.inside(client(index)), 'busybox', 'udhcpc', '-i', 'phone0', '-f', '-q', '-n', '-t', '3', '-T', '2', '-V', vendorClass, '-s', '/bin/true']),
    addresses: async () => (await runInside([...network.inside(network.server), 'ip', '-4', '-o', 'address', 'show', 'dev', network.card])).output,
    close: async () => {
      await browser.close();
      network.remove();
      await folder.remove();
    },
  };
}

/** Gives a client's card the MAC of the test. */
export function setMac(namespace: string, mac: string): void {
  ipInside(namespace, 'link', 'set', 'phone0', 'down');
  ipInside(namespace, 'link', 'set', 'phone0', 'address', mac.replaceAll(/(..)(?!$)/g, '$1:'));
  ipInside(namespace, 'link', 'set', 'phone0', 'up');
}
