import type { PhoneEvent, PhoneState } from './events.ts';

/** A phone that is plugged into a bench, for the one who plays with it. */
export interface VirtualPhone {
  state(): PhoneState;
  /** The newest 200 steps, oldest first. */
  readonly events: readonly PhoneEvent[];
  /** Resync now, with a one-time rule or with its own; ends when the resync has ended. */
  resync(rule?: string): Promise<PhoneState>;
  /** Upgrades now by a one-time URL, or by its own rule whatever failed before; ends when it fails or is about to start again. */
  upgrade(url?: string): Promise<PhoneState>;
  /** Ends every wait and transfer; resolves when no socket is left. */
  powerOff(): Promise<void>;
  /** The state at the end of its first resync, be it success or failure, or after a first round of DISCOVER without answer. */
  readonly finished: Promise<PhoneState>;
}
