import { setTimeout as wait } from 'node:timers/promises';
import type { Mac } from '../../common/values/mac.ts';
import type { PhoneState } from './events.ts';
import type { Fleet } from './fleet.ts';

export interface FirmwareGoal {
  /** What each phone shall show: `sip88xx.12-0-7MPP0201-66`; null for a phone of which nothing is expected. */
  readonly target: string | ((state: PhoneState, index: number) => string | null);
  /** Real milliseconds for all of them together. */
  readonly withinMs: number;
  /** True when a phone that is not there will not get there; `hasGivenUp` where it is left out. */
  readonly givenUp?: (state: PhoneState, index: number) => boolean;
  /** Ends the wait at once. */
  readonly signal?: AbortSignal;
}

/** How one phone ended. `reached`: it runs the target and has resynced with it, so that the bench could see it. */
export interface FirmwareEnd {
  readonly index: number;
  readonly mac: Mac;
  readonly kind: 'reached' | 'given-up' | 'out-of-time';
  readonly state: PhoneState;
}

const LOOK_EVERY_MS = 100;

/**
 * Waits until every phone of a fleet runs its target or has given up; the fleet goes on running.
 * @returns one end for each phone, in the order of the fleet
 */
export async function reachFirmware(fleet: Fleet, goal: FirmwareGoal): Promise<readonly FirmwareEnd[]> {
  const deadline = performance.now() + goal.withinMs;
  const settled = new Map<number, FirmwareEnd>();
  for (;;) {
    for (const [index, phone] of fleet.phones.entries()) {
      if (settled.has(index)) continue;
      const state = phone.state();
      const kind = judge(state, index, goal);
      if (kind !== null) settled.set(index, { index, mac: state.mac, kind, state });
    }
    if (settled.size >= fleet.count || performance.now() >= deadline || goal.signal?.aborted) break;
    await wait(LOOK_EVERY_MS);
  }
  return fleet.phones.map((phone, index): FirmwareEnd => {
    const state = phone.state();
    return settled.get(index) ?? { index, mac: state.mac, kind: 'out-of-time', state };
  });
}

/** It has no power, cannot be provisioned, or its upgrade failed and it will not try again by itself. */
export function hasGivenUp(state: PhoneState): boolean {
  if (state.phase === 'off' || state.phase === 'no-address') return true;
  if (state.phase === 'failed') return state.nextResyncAt === null;
  return state.phase === 'resynced' && state.upgradeError !== null && state.nextUpgradeAt === null;
}

function judge(state: PhoneState, index: number, { target, givenUp = hasGivenUp }: FirmwareGoal): FirmwareEnd['kind'] | null {
  const wanted = typeof target === 'string' ? target : target(state, index);
  if (wanted === null || (state.firmware === wanted && state.phase === 'resynced')) return 'reached';
  return givenUp(state, index) ? 'given-up' : null;
}
