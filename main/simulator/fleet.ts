import type { PhoneEvent } from './events.ts';
import type { Fault } from './faults.ts';
import { powerUp } from './phone.ts';
import type { VirtualPhone } from './phone.ts';
import type { BenchAddress, PhoneOptions } from './options.ts';
import { fleetIdentity } from './identity.ts';
import type { PhoneIdentity } from './identity.ts';
import { seededRandom } from './random.ts';

export interface FleetOptions {
  /** 1–5,000 phones. */
  readonly count: number;
  readonly server: BenchAddress;
  readonly source: 'dhcp' | 'given';
  readonly pace: number;
  readonly leases?: PhoneOptions['leases'];
  /** Real milliseconds between two phones being plugged in; 0 = all at once. */
  readonly staggerMs: number;
  /** Same seed, same fleet: MACs, models, serials, firmware and delays. */
  readonly seed: number;
  /** Faults of the phone at an index from 0; none where it is left out. */
  readonly faults?: (index: number) => readonly Fault[];
  /** Port of each phone's web server on its own leased loopback address, for direct actions; off unless given. */
  readonly web?: number;
  /** Changes what a phone is born with: a MAC of a list, one model for all. */
  readonly identity?: (born: PhoneIdentity, index: number) => PhoneIdentity;
  /** What the phone at an index has of its own for TLS and for its upgrades. */
  readonly own?: (index: number) => Pick<PhoneOptions, 'clock' | 'certificate' | 'tftpWindow' | 'writeSeconds'>;
  readonly log?: (event: PhoneEvent) => void;
}

export interface Fleet {
  /** How many there will be. */
  readonly count: number;
  /** Grows while phones are being plugged in. */
  readonly phones: readonly VirtualPhone[];
  /** Settles when every phone is plugged in and has ended its first resync; also after `stop`. */
  readonly finished: Promise<void>;
  /** Takes the power from all of them. */
  stop(): Promise<void>;
}

/** Plugs phones in, one after the other, until `count` run. */
export function startFleet(options: FleetOptions): Fleet {
  const phones: VirtualPhone[] = [];
  const complete = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | null = null;
  const plugIn = (): void => {
    timer = null;
    phones.push(powerUp(phoneOptions(options, phones.length)));
    if (phones.length >= options.count) complete.resolve();
    else if (options.staggerMs > 0) timer = setTimeout(plugIn, options.staggerMs);
  };
  do plugIn();
  while (options.staggerMs <= 0 && phones.length < options.count);
  return {
    count: options.count,
    phones,
    finished: complete.promise.then(() => Promise.all(phones.map((phone) => phone.finished))).then(() => undefined),
    stop: async () => {
      if (timer) clearTimeout(timer);
      complete.resolve();
      await Promise.all(phones.map((phone) => phone.powerOff()));
    },
  };
}

function phoneOptions(options: FleetOptions, index: number): PhoneOptions {
  const born = fleetIdentity(index, options.seed);
  return {
    ...(options.identity?.(born, index) ?? born),
    server: options.server,
    source: options.source,
    faults: options.faults?.(index) ?? [],
    pace: options.pace,
    ...(options.leases === undefined ? {} : { leases: options.leases }),
    random: seededRandom(options.seed * 7919 + index),
    ...(options.web === undefined ? {} : { web: options.web }),
    ...options.own?.(index),
    ...(options.log ? { log: options.log } : {}),
  };
}
