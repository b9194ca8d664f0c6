import type { DhcpPolicy } from '../../common/contract/views/servers.ts';
import type { Ipv4 } from '../../common/values/ip.ts';
import type { Mac } from '../../common/values/mac.ts';
import type { BoxSource } from '../crypto/workspace-key.ts';
import type { ServerName } from '../../common/values/server.ts';

/** Entry points of the threads that the bench starts: bundles when installed, sources in tests. */
export interface WorkerFiles {
  readonly tftp: URL;
  readonly store: URL;
  readonly syslog: URL;
  readonly syslogReceiver: URL;
}

/** How a bench is opened. Comes from the command line or from Electron's host; nothing here is read later. */
export interface BenchOptions {
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  readonly workers: WorkerFiles;
  /** Folder of the files that ship with the app: the starter template. */
  readonly resources: string;
  readonly now: () => number;
  /** What seals the secrets of the workspace at rest. */
  readonly secrets: BoxSource;
  /** False opens the record alone, for commands on a workspace that nobody serves. */
  readonly serve: boolean;
  /** Everything on loopback with free ports, DHCP by unicast, nothing else touched. */
  readonly demo: boolean;
  /** Card that the servers derive their address from, null until one is picked. */
  readonly card: string | null;
  /** Address to serve on: that of the card when both are given; null is the card's, or loopback without one. */
  readonly address: Ipv4 | null;
  readonly ports: Readonly<Record<ServerName, number | 'off'>>;
  readonly dhcp: {
    /** Starts after its probe when true; a card must be picked. */
    readonly start: boolean;
    readonly pool: { readonly from: Ipv4; readonly to: Ipv4 } | null;
    readonly policy: DhcpPolicy;
    /** Minutes until it stops by itself, null for never. */
    readonly stopAfter: number | null;
  };
  readonly tftpSinglePort: boolean;
  /** Where a demo phone's own web server is; a real phone's is at its address, port 80. */
  readonly phoneWeb?: (mac: Mac) => { readonly address: Ipv4; readonly port: number } | null;
  /** null: as the workspace's settings say. */
  readonly adopt: 'all' | 'enrolled' | null;
}

/** Servers of later versions: always off, and asking for them is an error. */
export const NOT_BUILT: readonly ServerName[] = ['cwmp'];
