import { execFile } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import type { CardFacts, CardKind } from './card-facts.ts';
import { subnetsOf } from './linux-cards.ts';

type Addresses = ReturnType<typeof networkInterfaces>;

/** macOS and Windows: what Node tells, and the default route from the system's own tool. Only cards that are up are listed. */
export async function readOtherCards(): Promise<readonly CardFacts[]> {
  const routes =
    process.platform === 'win32' ? await output('route', ['print', '-4', '0.0.0.0']) : await output('route', ['-n', 'get', 'default']);
  return otherCards(networkInterfaces(), routes, process.platform);
}

export function otherCards(addresses: Addresses, routes: string, platform: NodeJS.Platform): readonly CardFacts[] {
  return Object.entries(addresses).map(([name, entries = []]) => {
    const subnets = subnetsOf(entries);
    return {
      name,
      mac: entries[0]?.mac ?? '',
      addresses: subnets,
      kind: entries[0]?.internal === true ? 'loopback' : kindByName(name, platform),
      linkUp: true,
      speed: null,
      defaultRoute: isDefaultRoute(routes, name, subnets.map((subnet) => subnet.address)),
    };
  });
}

/** `route -n get default` names the card (macOS), `route print` the card's own address in the fourth column (Windows). */
function isDefaultRoute(routes: string, name: string, addresses: readonly string[]): boolean {
  if (/^\s*interface:\s*(\S+)/m.exec(routes)?.[1] === name) return true;
  const rows = routes.split('\n').map((line) => line.trim().split(/\s+/));
  return rows.some((row) => row[0] === '0.0.0.0' && row[1] === '0.0.0.0' && addresses.includes(row[3] ?? ''));
}

/** The system tells no kind here; the usual names do. macOS calls Wi-Fi `en0` on laptops and cable elsewhere: that stays open. */
function kindByName(name: string, platform: NodeJS.Platform): CardKind {
  if (/^(utun|tun|tap|wg|ppp|ipsec|zt)\d|vpn|tailscale|wireguard|openvpn/i.test(name)) return 'vpn';
  if (/^(bridge|vmnet|vnic|awdl|llw|ap|gif|stf|anpi)\d|vEthernet|VirtualBox|VMware|Hyper-V|WSL|docker/i.test(name)) return 'virtual';
  if (/wi-?fi|wlan|wireless/i.test(name)) return 'wifi';
  return platform === 'win32' && /ethernet/i.test(name) ? 'cable' : 'other';
}

function output(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 5000, windowsHide: true }, (_error, stdout) => resolve(stdout));
  });
}
