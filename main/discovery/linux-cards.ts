import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { parseIpv4, type Subnet } from '../../common/values/ip.ts';
import type { CardFacts, CardKind } from './card-facts.ts';

/** Where the kernel tells about cards; other places in tests. */
export interface LinuxSources {
  readonly sys: string;
  readonly routes: string;
  readonly addresses: ReturnType<typeof networkInterfaces>;
}

/** if_arp.h */
const ARPHRD_ETHER = 1;
const ARPHRD_LOOPBACK = 772;

/** Reads /sys/class/net, which also has the cards without any address that `os.networkInterfaces` leaves out. */
export function readLinuxCards(
  sources: LinuxSources = { sys: '/sys/class/net', routes: '/proc/net/route', addresses: networkInterfaces() },
): readonly CardFacts[] {
  const byDefaultRoute = defaultRouteCards(readText(sources.routes));
  return readdirSync(sources.sys)
    .filter((name) => existsSync(join(sources.sys, name, 'type')))
    .map((name) => {
      const told = (file: string): string => readText(join(sources.sys, name, file)).trim();
      const speed = Number(told('speed'));
      return {
        name,
        mac: told('address'),
        addresses: subnetsOf(sources.addresses[name] ?? []),
        kind: kindOf(join(sources.sys, name)),
        // `carrier` cannot be read while the card is down, which means no link as well.
        linkUp: told('carrier') === '1',
        speed: speed > 0 ? speed : null,
        defaultRoute: byDefaultRoute.has(name),
      };
    });
}

/** The cards that /proc/net/route names for destination 0.0.0.0/0. */
export function defaultRouteCards(routes: string): ReadonlySet<string> {
  const rows = routes.split('\n').slice(1).map((line) => line.trim().split(/\s+/));
  return new Set(rows.filter((row) => row[1] === '00000000' && row[7] === '00000000').flatMap((row) => row[0] ?? []));
}

export function subnetsOf(addresses: readonly { readonly family: string; readonly cidr: string | null }[]): readonly Subnet[] {
  return addresses.flatMap(({ family, cidr }) => {
    const [address, prefix] = (cidr ?? '').split('/');
    const ip = family === 'IPv4' ? parseIpv4(address ?? '') : null;
    return ip === null ? [] : [{ address: ip, prefix: Number(prefix) }];
  });
}

function kindOf(folder: string): CardKind {
  const has = (file: string): boolean => existsSync(join(folder, file));
  const type = Number(readText(join(folder, 'type')));
  const devtype = /^DEVTYPE=(\w+)/m.exec(readText(join(folder, 'uevent')))?.[1];
  if (type === ARPHRD_LOOPBACK) return 'loopback';
  if (has('wireless') || has('phy80211') || devtype === 'wlan') return 'wifi';
  if (has('tun_flags') || devtype === 'wireguard' || type !== ARPHRD_ETHER) return 'vpn';
  // A VLAN or a bond stands on a real card; a bridge, veth, dummy or container network on nothing that a phone plugs into.
  if (has('device') || devtype === 'vlan' || devtype === 'bond' || has('bonding')) return 'cable';
  return 'virtual';
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
