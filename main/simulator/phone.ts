import type { Ipv4 } from '../../common/values/ip.ts';
import type { Mac } from '../../common/values/mac.ts';
import type { Model } from '../../common/values/model.ts';
import type { Serial } from '../../common/values/serial.ts';
import type { PhoneEvent, PhoneState } from './events.ts';
import type { Fault } from './faults.ts';

/** The bench that a virtual phone is plugged into. */
export interface BenchAddress {
  readonly address: Ipv4;
  /** Port of the bench's DHCP over unicast; null when the phone gets no address from it. */
  readonly dhcpPort: number | null;
  /** Used where a URL names no port. A real phone knows 69, 80 and 514 only. */
  readonly tftpPort: number;
  readonly httpPort: number;
  readonly syslogPort: number;
}

export interface PhoneOptions {
  readonly mac: Mac;
  readonly model: Model;
  readonly serial: Serial;
  /** `sip88xx.11-3-2MPP0001-609`. */
  readonly firmware: string;
  readonly server: BenchAddress;
  /** `dhcp`: learn the server from the options of an ACK. `given`: behave as if option 66 had held `server.address`. */
  readonly source: 'dhcp' | 'given';
  readonly faults: readonly Fault[];
  /** How many of the phone's seconds pass in one real second; 1 is real time. Network time limits are never shortened. */
  readonly pace: number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Port of the phone's own web server on 127.0.0.1 (direct actions); 0 = any free one. Default off. */
  readonly web?: number | 'off';
  readonly log?: (event: PhoneEvent) => void;
}

export interface VirtualPhone {
  state(): PhoneState;
  /** The newest 200 steps, oldest first. */
  readonly events: readonly PhoneEvent[];
  /** Resync now, with a one-time rule or with its own; ends when the resync has ended. */
  resync(rule?: string): Promise<PhoneState>;
  /** Ends every wait and transfer; resolves when no socket is left. */
  powerOff(): Promise<void>;
  /** The state at the end of its first resync, be it success or failure, or after a first round of DISCOVER without answer. */
  readonly finished: Promise<PhoneState>;
}

/** Plugs a factory-fresh phone in. */
export function powerUp(options: PhoneOptions): VirtualPhone {
  throw new Error(`a virtual phone ${options.mac} cannot start yet`);
}
