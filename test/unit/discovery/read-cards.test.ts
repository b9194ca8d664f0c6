import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultRouteCards, readLinuxCards } from '../../../main/discovery/linux-cards.ts';
import { otherCards } from '../../../main/discovery/other-cards.ts';

const sys = mkdtempSync(join(tmpdir(), 'dialbench-sys-'));
afterAll(() => rmSync(sys, { recursive: true }));

function card(name: string, files: Readonly<Record<string, string>>, folders: readonly string[] = []): void {
  for (const folder of folders) mkdirSync(join(sys, name, folder), { recursive: true });
  mkdirSync(join(sys, name), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(sys, name, file), `${text}\n`);
}

// As read on a Debian 12 machine (virtio card, bridge, veth, tun, WireGuard, Wi-Fi); ifindex lines left out.
card('eth0', { type: '1', address: '02:fc:00:00:00:01', carrier: '1', speed: '1000', uevent: 'INTERFACE=eth0' }, ['device']);
card('eth1', { type: '1', address: '02:fc:00:00:00:02', carrier: '0', speed: '-1', uevent: 'INTERFACE=eth1' }, ['device']);
card('eth0.20', { type: '1', address: '02:fc:00:00:00:01', carrier: '1', uevent: 'DEVTYPE=vlan\nINTERFACE=eth0.20' });
card('br0', { type: '1', address: '02:fc:00:00:00:03', carrier: '1', uevent: 'DEVTYPE=bridge\nINTERFACE=br0' }, ['bridge']);
card('tun0', { type: '65534', carrier: '1', tun_flags: '0x1001', uevent: 'INTERFACE=tun0' });
card('wg0', { type: '65534', carrier: '1', uevent: 'DEVTYPE=wireguard\nINTERFACE=wg0' });
card('wlan0', { type: '1', address: '02:fc:00:00:00:04', carrier: '1', uevent: 'DEVTYPE=wlan\nINTERFACE=wlan0' }, ['device', 'phy80211']);
card('lo', { type: '772', address: '00:00:00:00:00:00', carrier: '1', uevent: 'INTERFACE=lo' });

const routes = join(sys, 'routes');
writeFileSync(
  routes,
  `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	010200C0	0003	0	0	0	00000000	0	0	0
eth0	000200C0	00000000	0001	0	0	0	00FFFFFF	0	0	0
br0	00000A0A	00000000	0001	0	0	0	0000FFFF	0	0	0
`,
);

describe('reading the cards of a Linux system', () => {
  const addresses = {
    eth0: [
      { address: 'fe80::1', netmask: 'ffff:ffff:ffff:ffff::', family: 'IPv6' as const, mac: '', internal: false, cidr: 'fe80::1/64', scopeid: 2 },
      { address: '192.0.2.2', netmask: '255.255.255.0', family: 'IPv4' as const, mac: '', internal: false, cidr: '192.0.2.2/24' },
    ],
  };
  const cards = new Map(readLinuxCards({ sys, routes, addresses }).map((each) => [each.name, each]));

  it('tells the kinds apart', () => {
    expect(Object.fromEntries([...cards].map(([name, facts]) => [name, facts.kind]))).toEqual({
      eth0: 'cable', eth1: 'cable', 'eth0.20': 'cable', br0: 'virtual', tun0: 'vpn', wg0: 'vpn', wlan0: 'wifi', lo: 'loopback',
    });
  });

  it('lists a card without any address, with its link and without a speed that the system does not know', () => {
    expect(cards.get('eth1')).toMatchObject({ addresses: [], linkUp: false, speed: null, defaultRoute: false });
  });

  it('tells address, link, speed and the default route', () => {
    expect(cards.get('eth0')).toMatchObject({ addresses: [{ address: '192.0.2.2', prefix: 24 }], linkUp: true, speed: 1000, defaultRoute: true });
  });

  it('takes no other route for the default one', () => {
    expect([...defaultRouteCards('Iface\tDestination\nbr0\t00000A0A\t0\t1\t0\t0\t0\t0000FFFF')]).toEqual([]);
  });
});

describe('reading the cards of other systems', () => {
  const entry = (address: string) => ({ address, netmask: '255.255.255.0', family: 'IPv4' as const, mac: '02:00:00:00:00:01', internal: false, cidr: `${address}/24` });

  it('finds the default route of macOS by the name that route tells', () => {
    const told = '   route to: default\ndestination: default\n    gateway: 192.168.1.1\n  interface: en0\n';
    const cards = otherCards({ en0: [entry('192.168.1.34')], en5: [entry('10.20.0.1')], utun3: [entry('10.8.0.6')] }, told, 'darwin');
    expect(cards.map((card) => [card.name, card.kind, card.defaultRoute])).toEqual([['en0', 'other', true], ['en5', 'other', false], ['utun3', 'vpn', false]]);
  });

  it('finds the default route of Windows by the address of the card', () => {
    const told = 'Active Routes:\r\n  0.0.0.0          0.0.0.0      192.168.1.1     192.168.1.34     25\r\n';
    const cards = otherCards({ Ethernet: [entry('10.20.0.1')], 'Wi-Fi': [entry('192.168.1.34')], 'vEthernet (WSL)': [entry('172.20.0.1')] }, told, 'win32');
    expect(cards.map((card) => [card.name, card.kind, card.defaultRoute])).toEqual([
      ['Ethernet', 'cable', false], ['Wi-Fi', 'wifi', true], ['vEthernet (WSL)', 'virtual', false],
    ]);
  });
});
