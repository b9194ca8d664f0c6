import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Ipv4 } from '../../../common/values/ip.ts';
import { openBenchSight, type BenchSight } from '../../../main/discovery/bonjour.ts';
import { findCard, readCards } from '../../../main/discovery/cards.ts';
import { giveAddress, thisComputer } from '../../../main/discovery/give-address.ts';
import { portHolder } from '../../../main/discovery/port-holder.ts';
import { checkRuntime } from '../../../main/discovery/runtime.ts';

const linux = process.platform === 'linux';
const root = linux && process.getuid?.() === 0;
const bridge = `dialb${String(process.pid).slice(-5)}`;
if (!root) console.warn('skipped: giving an address to a card needs root on Linux');

describe('this computer', () => {
  it('has a loopback card with its address', async () => {
    expect((await readCards()).find((card) => card.kind === 'loopback')?.addresses).toContainEqual({ address: '127.0.0.1', prefix: 8 });
  });

  it('knows no card of a name that nobody has', async () => {
    expect(await findCard('no-such-card')).toMatchObject({ ok: false, failure: { code: 'card.unknown' } });
  });

  it('has everything that the bench needs of its runtime', async () => {
    expect(await checkRuntime()).toEqual([]);
  });

  it.skipIf(!linux)('says which process holds a TCP and a UDP port', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    const socket = createSocket('udp4');
    await Promise.all([new Promise((resolve) => server.once('listening', resolve)), new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))]);
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await portHolder('tcp', port)).toMatchObject({ pid: process.pid, name: 'node' });
    expect(await portHolder('udp', socket.address().port)).toMatchObject({ pid: process.pid });
    server.close();
    socket.close();
    expect(await portHolder('tcp', port)).toBeNull();
  });
});

describe('giving a card an address', () => {
  const has = (): boolean => spawnSync('ip', ['-4', 'address', 'show', 'dev', bridge], { encoding: 'utf8' }).stdout.includes('10.20.0.1/24');
  afterEach(() => {
    if (root) spawnSync('ip', ['link', 'delete', bridge]);
  });

  it.skipIf(!root)('sets 10.20.0.1/24 and takes it back', async () => {
    spawnSync('ip', ['link', 'add', bridge, 'type', 'bridge']);
    const given = await giveAddress(bridge);
    expect(has()).toBe(true);
    if (given.ok) await given.value.takeBack();
    expect(has()).toBe(false);
  });

  it.skipIf(!root)('loses the address when the bench is killed', async () => {
    spawnSync('ip', ['link', 'add', bridge, 'type', 'bridge']);
    const module = new URL('../../../main/discovery/give-address.ts', import.meta.url).href;
    const script = `const { giveAddress } = await import('${module}'); const given = await giveAddress('${bridge}'); process.stdout.write(String(given.ok), () => process.kill(process.pid, 'SIGKILL'));`;
    const killed = spawnSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 60_000, encoding: 'utf8' });
    expect([killed.stdout, killed.signal]).toEqual(['true', 'SIGKILL']);
    for (let tries = 0; tries < 1_000 && has(); tries++) await wait(20);
    expect(has()).toBe(false);
  });

  it.skipIf(!root)('says why where the card does not exist', async () => {
    const given = await giveAddress('dialbno');
    expect(given).toMatchObject({ ok: false, failure: { code: 'card.address-refused', params: { command: 'sudo ip address add 10.20.0.1/24 dev dialbno' } } });
  });

  it('gives the exact command where it has no rights, and runs nothing', async () => {
    const without = { ...thisComputer(), root: false, desktop: false };
    expect(await giveAddress('en5', { ...without, platform: 'darwin' })).toMatchObject({ ok: false, failure: { params: { command: 'sudo ifconfig en5 alias 10.20.0.1/24' } } });
    expect(await giveAddress('Ethernet 2', { ...without, platform: 'win32' })).toMatchObject({
      ok: false,
      failure: { params: { command: 'netsh interface ipv4 add address name="Ethernet 2" address=10.20.0.1 mask=255.255.255.0 store=active' } },
    });
  });

  it('takes no name that could be read as an option or a command', async () => {
    for (const name of ['-x', 'a;b', '$(id)', '']) expect(await giveAddress(name)).toMatchObject({ ok: false, failure: { code: 'card.unknown' } });
  });
});

describe('seeing other benches', () => {
  const subnet = { address: '127.0.0.1' as Ipv4, prefix: 8 };
  // Below what any system gives out by itself.
  const mdnsPort = 10_000 + (process.pid % 20_000);
  const open: BenchSight[] = [];
  const sight = (name: string, port: number, troubles: string[] = []): BenchSight => {
    const bench = openBenchSight({ subnet, name, port, mdnsPort, onTrouble: (cause) => troubles.push(cause) });
    open.push(bench);
    return bench;
  };
  const until = async (ready: () => boolean): Promise<void> => {
    for (let tries = 0; tries < 3_000 && !ready(); tries++) await wait(20);
  };
  afterEach(async () => {
    await Promise.all(open.splice(0).map((bench) => bench.stop()));
  });

  it.skipIf(!linux)('lists a bench that shows itself, with its address and port, and forgets it when it goes', async () => {
    const shown = sight('Bench of Nadia', 8443);
    const looking = sight('Other', 0);
    await until(() => looking.others().length > 0);
    expect(looking.others()).toMatchObject([{ name: 'Bench of Nadia', address: '127.0.0.1', port: 8443 }]);
    expect(shown.others()).toEqual([]);
    await shown.stop();
    await until(() => looking.others().length === 0);
    expect(looking.others()).toEqual([]);
  });

  it.skipIf(!linux)('survives packets of any bytes and cleans the names it shows', async () => {
    const troubles: string[] = [];
    const looking = sight('Looking', 0, troubles);
    await wait(300);
    const socket = createSocket('udp4');
    const send = (bytes: Uint8Array): Promise<void> => new Promise((resolve) => socket.send(bytes, mdnsPort, '127.0.0.1', () => resolve()));
    for (let length = 0; length < 300; length++) {
      await send(Uint8Array.from({ length }, (_, index) => (index === 2 ? 0x84 : (index * 37 + length * 11) & 0xff)));
    }
    socket.close();
    const shown = sight('Evil\u0007 name', 9000);
    await until(() => looking.others().length > 0);
    expect(looking.others()[0]?.name).toBe('Evil name');
    await shown.stop();
  });
});
