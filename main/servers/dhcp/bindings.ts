import { failed, type Failure } from '../../../common/values/failure.ts';
import { subnetContains, subnetRange, ipv4FromNumber, ipv4ToNumber, type Ipv4, type Subnet } from '../../../common/values/ip.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Observation } from '../../../common/values/observation.ts';
import type { Instant } from './clock.ts';
import type { Lease } from './needs.ts';
import { drop, emptyTable, lookUp, put, spread, valuesOf, type Table } from './table.ts';

/** What the lease machine works with; fixed for its life. */
export interface LeaseConfig {
  /** The card: its address is our server identifier. */
  readonly subnet: Subnet;
  readonly pool: { readonly from: Ipv4; readonly to: Ipv4 };
  readonly leaseSeconds: number;
  /** False where a broadcast may have come in by another card: no evidence before the client takes our offer. */
  readonly cardProved: boolean;
}

/** One address of the pool that is, or once was, somebody's. */
export interface Binding {
  readonly ip: Ipv4;
  readonly key: string;
  readonly mac: Mac | null;
  readonly clientId: string;
  readonly state: 'offered' | Lease['state'];
  /** `Instant.time` at which it is free again. The holder is remembered beyond that, and gets it again. */
  readonly until: number;
  /** The DISCOVER that waits for its proof, see `cardProved`. */
  readonly heard: Observation | null;
}

export interface Bindings {
  readonly byAddress: Table<Binding>;
  readonly addressOf: Table<Ipv4>;
}

const DAY_MS = 86_400_000;

/**
 * Who a client is: MAC and option 61 together. Phones with a cloned MAC or a cloned client identifier each get their own
 * address, against the letter of RFC 2131 §4.2. The usual identifier `01` + MAC counts as none, so a phone whose boot
 * loader sends none keeps its address when the load sends one.
 */
export function clientKey(mac: Mac | null, clientId: string): string {
  return clientId === '' || clientId === `01${mac}` ? `${mac}` : `${mac}/${clientId}`;
}

/** Takes up the leases of an earlier run. A lease from a future that a wrong clock made ends within a day. */
export function rememberedBindings(leases: readonly Lease[], config: LeaseConfig, now: Instant): Bindings {
  const longest = Math.max(config.leaseSeconds * 1000, DAY_MS);
  const order = leases.toSorted((a, b) => a.expiresAt - b.expiresAt);
  return order.reduce<Bindings>(
    (bindings, lease) =>
      subnetContains(config.subnet, lease.ip)
        ? withBinding(bindings, {
            ip: lease.ip,
            mac: lease.mac,
            clientId: lease.clientId,
            key: clientKey(lease.mac, lease.clientId),
            state: lease.state,
            until: now.time + Math.min(lease.expiresAt - now.wall, longest),
            heard: null,
          })
        : bindings,
    { byAddress: emptyTable(), addressOf: emptyTable() },
  );
}

export function bindingAt(bindings: Bindings, ip: Ipv4): Binding | undefined {
  return lookUp(bindings.byAddress, ip);
}

export function bindingOf(bindings: Bindings, key: string): Binding | undefined {
  const ip = lookUp(bindings.addressOf, key);
  const binding = ip === undefined ? undefined : bindingAt(bindings, ip);
  return binding?.key === key ? binding : undefined;
}

export function withBinding(bindings: Bindings, binding: Binding): Bindings {
  const isKnown = binding.mac === null || lookUp(bindings.addressOf, binding.key) === binding.ip;
  return {
    byAddress: put(bindings.byAddress, binding.ip, binding),
    addressOf: isKnown ? bindings.addressOf : put(bindings.addressOf, binding.key, binding.ip),
  };
}

export function withoutBinding(bindings: Bindings, binding: Binding): Bindings {
  const ofClient = lookUp(bindings.addressOf, binding.key) === binding.ip;
  return {
    byAddress: drop(bindings.byAddress, binding.ip),
    addressOf: ofClient ? drop(bindings.addressOf, binding.key) : bindings.addressOf,
  };
}

/** Free for this client: nobody's, its own, or somebody's whose time is over. Never an address in quarantine. */
export function isFreeFor(binding: Binding | undefined, key: string, now: Instant): boolean {
  if (binding === undefined || binding.until <= now.time) return true;
  return binding.state === 'released' || (binding.state !== 'declined' && binding.key === key);
}

/** In the subnet and neither the bench itself nor the network's first or last address. */
export function isGivable(config: LeaseConfig, ip: Ipv4): boolean {
  const { first, last } = subnetRange(config.subnet);
  const value = ipv4ToNumber(ip);
  const isHost = config.subnet.prefix >= 31 || (value !== first && value !== last);
  return value >= first && value <= last && isHost && ip !== config.subnet.address;
}

export function isInPool(config: LeaseConfig, ip: Ipv4): boolean {
  const value = ipv4ToNumber(ip);
  return value >= ipv4ToNumber(config.pool.from) && value <= ipv4ToNumber(config.pool.to) && isGivable(config, ip);
}

/** Why no address can be given away at all, null when some can. */
export function poolProblem({ subnet, pool: { from, to } }: Pick<LeaseConfig, 'subnet' | 'pool'>): Failure | null {
  if (subnetContains(subnet, from) && subnetContains(subnet, to) && ipv4ToNumber(from) <= ipv4ToNumber(to)) return null;
  return failed('dhcp.pool-outside', { from, to, subnet: `${subnet.address}/${subnet.prefix}` }).failure;
}

/** Addresses that can be given away. */
export function poolSize(config: Pick<LeaseConfig, 'subnet' | 'pool'>): number {
  const from = ipv4ToNumber(config.pool.from);
  const to = ipv4ToNumber(config.pool.to);
  const { first, last } = subnetRange(config.subnet);
  const notHosts = config.subnet.prefix >= 31 ? [ipv4ToNumber(config.subnet.address)] : [first, last, ipv4ToNumber(config.subnet.address)];
  return Math.max(0, to - from + 1) - new Set(notHosts.filter((value) => value >= from && value <= to)).size;
}

/** Addresses that are bound or in quarantine now. */
export function countUsed(bindings: Bindings, now: Instant): number {
  let used = 0;
  for (const { state, until } of valuesOf(bindings.byAddress)) if (until > now.time && (state === 'bound' || state === 'declined')) used += 1;
  return used;
}

/**
 * An address for a client that has none: its own place in the pool (by hash, so that it is the same after a lost record),
 * else the next one that nobody ever had, else the one whose holder has been gone longest.
 * @returns the address, or when the next one becomes free.
 */
export function findAddress(bindings: Bindings, config: LeaseConfig, key: string, now: Instant): { ip: Ipv4 } | { fullUntil: number } {
  const from = ipv4ToNumber(config.pool.from);
  const size = ipv4ToNumber(config.pool.to) - from + 1;
  const start = spread(key) % size;
  let longestGone: Binding | null = null;
  let soonest = Number.POSITIVE_INFINITY;
  for (let step = 0; step < size; step += 1) {
    const ip = ipv4FromNumber(from + ((start + step) % size));
    if (!isGivable(config, ip)) continue;
    const binding = bindingAt(bindings, ip);
    if (binding === undefined) return { ip };
    if (isFreeFor(binding, key, now)) {
      if (longestGone === null || binding.until < longestGone.until) longestGone = binding;
    } else soonest = Math.min(soonest, binding.until);
  }
  return longestGone ? { ip: longestGone.ip } : { fullUntil: soonest };
}
