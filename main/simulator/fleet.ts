import type { PhoneEvent } from './events.ts';
import type { Fault } from './faults.ts';
import { powerUp } from './phone.ts';
import type { BenchAddress, VirtualPhone } from './phone.ts';
import { fleetIdentity } from './identity.ts';
import { seededRandom } from './random.ts';

export interface FleetOptions {
  /** 1–5,000 phones. */
  readonly count: number;
  readonly server: BenchAddress;
  readonly source: 'dhcp' | 'given';
  readonly pace: number;
  /** Real milliseconds between two phones being plugged in; 0 = all at once. */
  readonly staggerMs: number;
  /** Same seed, same fleet: MACs, models, serials, firmware and delays. */
  readonly seed: number;
  /** Faults of the phone at an index from 0; none where it is left out. */
  readonly faults?: (index: number) => readonly Fault[];
  readonly log?: (event: PhoneEvent) => void;
}

export interface Fleet {
  /** Grows while phones are being plugged in. */
  readonly phones: readonly VirtualPhone[];
  stop(): Promise<void>;
}

/** Plugs phones in, one after the other, until `count` run. */
export function startFleet(options: FleetOptions): Fleet {
  const phones: VirtualPhone[] = [];
  let timer: NodeJS.Timeout | null = null;
  const plugIn = (): void => {
    const index = phones.length;
    phones.push(
      powerUp({
        ...fleetIdentity(index, options.seed),
        server: options.server,
        source: options.source,
        faults: options.faults?.(index) ?? [],
        pace: options.pace,
        random: seededRandom(options.seed * 7919 + index),
        ...(options.log ? { log: options.log } : {}),
      }),
    );
  };
  const next = (): void => {
    timer = null;
    if (phones.length >= options.count) return;
    plugIn();
    timer = setTimeout(next, options.staggerMs);
  };
  if (options.staggerMs > 0) next();
  else while (phones.length < options.count) plugIn();
  return {
    phones,
    stop: async () => {
      if (timer) clearTimeout(timer);
      await Promise.all(phones.map((phone) => phone.powerOff()));
    },
  };
}
