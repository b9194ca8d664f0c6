import type { Mac } from '../../common/values/mac.ts';
import type { Model } from '../../common/values/model.ts';
import type { Fault } from '../../main/simulator/faults.ts';
import { fleetIdentity, type PhoneIdentity } from '../../main/simulator/identity.ts';
import { seededRandom } from '../../main/simulator/random.ts';

export const OLD = 'sip88xx.11-0-1MPP-376';
export const HOP = 'sip88xx.11-3-1MSR3-1';
export const TARGET = 'sip88xx.12-0-7MPP0201-66';
/** A load that lacks a file, and the load that its phone runs. */
export const TORN = 'sip68xx.12-0-7MPP0201-66';
const TORN_OLD = 'sip68xx.11-3-1MSR3-1';
const OTHER_OLD = 'sip78xx.11-2-1MES-3';

/** How a phone comes to its load, which is what its model tells: profiles are given by model. */
export const WAYS = {
  /** Its template has the place of the wave: told when its turn comes, images by HTTP. */
  wave: 'CP-8851-3PCC',
  /** Its own template names both loads by TFTP, and it has no web page: loads when it likes. */
  tftp: 'CP-8811-3PCC',
  /** The same by HTTPS, with the bench's authority. */
  https: 'CP-8841-3PCC',
  /** A template of somebody's names a load that is not made for it. */
  wrongFamily: 'CP-7841-3PCC',
  /** Its load lacks an image. */
  torn: 'CP-6851-3PCC',
} as const;
export type Way = keyof typeof WAYS;

/** One phone of the soak, and where it must end. */
export interface Role {
  readonly index: number;
  readonly identity: PhoneIdentity;
  readonly way: Way;
  readonly fault: Fault | null;
  /** RFC 7440 window, for TFTP. */
  readonly window: number;
}

/** Share of phones with each fault, for the ways on which it can be seen. */
const FAULTS: readonly (readonly [Fault, number])[] = [
  ['never-upgrades', 0.02], ['loses-power-each-upgrade', 0.02], ['wrong-hash', 0.02], ['stops-acking', 0.02],
  ['reboot-mid-upgrade', 0.04], ['reboot-mid-transfer', 0.02], ['slow', 0.02], ['no-syslog', 0.08],
];
/** From these no phone gets to its target. */
const HOPELESS: ReadonlySet<Fault> = new Set<Fault>(['never-upgrades', 'loses-power-each-upgrade', 'wrong-hash', 'stops-acking']);

/** Phones by seed: two odd ones, then seven of ten led by the wave, two by TFTP and one by HTTPS on their own; each fault at least once. */
export function rolesOf(count: number, seed: number): readonly Role[] {
  const random = seededRandom(seed * 31 + 1);
  const faults: (Fault | null)[] = FAULTS.flatMap(([fault, share]) => Array.from({ length: Math.max(1, Math.round(share * count)) }, () => fault));
  while (faults.length < count) faults.push(null);
  shuffle(faults, random);
  return Array.from({ length: count }, (_, index): Role => {
    const way = index === 0 ? 'wrongFamily' : index === 1 ? 'torn' : wayOf(random());
    const wish = way === 'wrongFamily' || way === 'torn' ? null : (faults[index] ?? null);
    // Over TFTP nothing but syslog ever tells the bench a version: such a phone cannot be proved, and is told so after a quarter of an hour.
    const fault = wish === 'no-syslog' && way === 'tftp' ? null : wish;
    return { index, identity: identityOf(index, seed, way), way, fault, window: random() < 0.5 ? 16 : 1 };
  });
}

export function isHealthy({ way, fault }: Role): boolean {
  return way !== 'wrongFamily' && way !== 'torn' && (fault === null || !HOPELESS.has(fault));
}

export function macsOf(roles: readonly Role[]): ReadonlyMap<Mac, Role> {
  return new Map(roles.map((role) => [role.identity.mac, role]));
}

function wayOf(chance: number): Way {
  return chance < 0.7 ? 'wave' : chance < 0.9 ? 'tftp' : 'https';
}

function identityOf(index: number, seed: number, way: Way): PhoneIdentity {
  const firmware = way === 'torn' ? TORN_OLD : way === 'wrongFamily' ? OTHER_OLD : OLD;
  return { ...fleetIdentity(index, seed), model: WAYS[way] as Model, firmware };
}

function shuffle<T>(list: T[], random: () => number): void {
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [list[last], list[other]];
    if (a !== undefined && b !== undefined) [list[last], list[other]] = [b, a];
  }
}
