import type { DhcpSafety } from '../../../common/contract/views/servers.ts';
import type { Ipv4, Subnet } from '../../../common/values/ip.ts';
import type { RunningServer, ServerStatus } from '../../../common/values/server.ts';
import type { DhcpNeeds } from './needs.ts';

export interface DhcpConfig {
  /** The picked card; its address is the server identifier that clients are told. */
  readonly card: { readonly name: string; readonly subnet: Subnet };
  /** 67. Loopback: any, 0 for a free one. */
  readonly port: number;
  /** 68: where clients listen. */
  readonly clientPort: number;
  /** First and last address to give away, inside the card's subnet. */
  readonly pool: { readonly from: Ipv4; readonly to: Ipv4 };
  /** 600. */
  readonly leaseSeconds: number;
  /** `loopback`: unicast over 127.0.0.0/8 for the demo, replies go where the packet came from, no probe. */
  readonly transport: 'nic' | 'loopback';
  /** From the start of answering; null: never. */
  readonly stopAfterMs: number | null;
  /** An inherited UDP socket that is bound to port 67 and to the card (systemd `BindToDevice=`). */
  readonly inheritedFd?: number;
}

/** The live half of the safety panel; policy and told options are the application's. */
export type LiveSafety = Omit<DhcpSafety, 'policy' | 'told'>;

export interface DhcpServer extends RunningServer {
  safety(): LiveSafety;
  /** Probes again for other servers, silent meanwhile; starts answering when none answers. */
  check(): Promise<ServerStatus>;
  /** Moves the automatic stop: milliseconds since 1970, null for never. */
  stopAt(at: number | null): void;
}

/** `now` gives milliseconds since 1970 and may jump. */
export function createDhcpServer(config: DhcpConfig, needs: DhcpNeeds, now: () => number): DhcpServer {
  throw new Error(`not built yet: ${config.card.name} ${typeof needs} ${now()}`);
}
