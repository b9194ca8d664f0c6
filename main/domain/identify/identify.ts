import { isLoopback } from '../../../common/values/ip.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Observation } from '../../../common/values/observation.ts';
import type { Serial } from '../../../common/values/serial.ts';
import { readSigns, type Signs, type SignSource } from './signs.ts';

/** What the bench knows of addresses and serial numbers at this moment. */
export interface Directory {
  /** Phones that hold a lease of this address or were last heard from it; several make the address useless as a sign. */
  byAddress(ip: string): readonly Mac[];
  bySerial(serial: Serial): Mac | null;
  /** The system's neighbour (ARP) table; null for an unknown address. */
  neighbour(ip: string): Mac | null;
}

export interface Identity {
  readonly mac: Mac | null;
  /** The sign that decided. */
  readonly from: SignSource | null;
  readonly signs: Signs;
  /** The certificate belongs to another phone than the name asked for: refuse with `file.other-phone`. */
  readonly conflict: { readonly pathMac: Mac; readonly certMac: Mac } | null;
}

/** Settled order: what the device proves, what it says, then where it speaks from. */
const ORDER: readonly SignSource[] = ['chaddr', 'certificate', 'path', 'user-agent', 'syslog'];

/**
 * Says which phone an observation is about. A stronger sign is never overruled by a weaker one; an address is asked only
 * when the device says nothing of itself. Loopback, or an address that several phones use, identifies nobody.
 */
export function identify(observation: Pick<Observation, 'facts' | 'peer'>, directory: Directory): Identity {
  const signs = readSigns(observation.facts);
  const macFrom = (source: SignSource): Mac | null => signs.macs.find(({ from }) => from === source)?.mac ?? null;
  const serialMac = signs.serial ? directory.bySerial(signs.serial) : null;
  const bySerial = (source: SignSource): Mac | null => (signs.from.serial === source ? serialMac : null);
  const certMac = macFrom('certificate') ?? bySerial('certificate');
  const pathMac = macFrom('path');
  const conflict = certMac && pathMac && certMac !== pathMac ? { pathMac, certMac } : null;
  for (const source of ORDER) {
    const mac = macFrom(source) ?? bySerial(source);
    if (mac) return { mac, from: source, signs, conflict };
  }
  return { ...byAddress(observation.peer.address, directory), signs, conflict };
}

function byAddress(address: string, directory: Directory): Pick<Identity, 'mac' | 'from'> {
  if (isLoopback(address)) return { mac: null, from: null };
  const holders = new Set(directory.byAddress(address));
  if (holders.size > 1) return { mac: null, from: null };
  const [holder] = holders;
  if (holder !== undefined) return { mac: holder, from: 'lease' };
  const neighbour = directory.neighbour(address);
  return neighbour ? { mac: neighbour, from: 'neighbour' } : { mac: null, from: null };
}
