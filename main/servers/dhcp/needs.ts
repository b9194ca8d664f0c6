import type { Ipv4 } from '../../../common/values/ip.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Observation } from '../../../common/values/observation.ts';

/** What the DHCP server asks of the application. */
export interface DhcpNeeds {
  /** Whether this client is answered, and what it is told. Called for every packet of a client: must be quick and pure. */
  decide(client: DhcpClient): DhcpDecision;
  /** Asked once at each start: leases survive restarts. */
  leases(): Promise<readonly Lease[]>;
  /** Resolves once the lease is durable; the ACK is sent only then. A rejected promise means: no ACK. */
  commit(lease: Lease): Promise<void>;
  observe(observation: Observation): void;
  /** Status or safety panel changed. */
  changed(): void;
}

/** What a client says of itself. Texts are printable, at most 255 characters, and a stranger's words. */
export interface DhcpClient {
  readonly chaddr: Mac;
  /** Option 61 in hex, empty when the client sent none. */
  readonly clientId: string;
  /** Option 60. */
  readonly vendorClass: string;
  /** Option 12. */
  readonly hostName: string;
  /** Option 77, user class. */
  readonly userClass: string;
  /** Option 124: enterprise numbers of vendor classes (RFC 3925); 3561 is the Broadband Forum. */
  readonly enterprises: readonly number[];
  /** Option 55 in the client's order; null when it sent none. */
  readonly asksFor: readonly number[] | null;
  /** Address of the relay that passed the packet on (giaddr), null on the same wire. */
  readonly relay: Ipv4 | null;
}

export type DhcpDecision =
  | { readonly answer: true; readonly options: DhcpReplyOptions }
  /** Silence; `code` says why, for people. */
  | { readonly answer: false; readonly code: string };

/** What a client is told beside its address, lease time, mask, broadcast address and server identifier, which the server derives. */
export interface DhcpReplyOptions {
  /** Option 3. */
  readonly routers?: readonly Ipv4[];
  /** Option 6. */
  readonly dns?: readonly Ipv4[];
  /** Option 12. */
  readonly hostName?: string;
  /** Option 15. */
  readonly domain?: string;
  /** Option 42. */
  readonly ntp?: readonly Ipv4[];
  /** Option 66: a bare address or name for TFTP on port 69, else a URL. Option 150, siaddr and sname follow it where they can. */
  readonly tftpName?: string;
  /** Option 150. Follows a bare address in option 66 when left out. */
  readonly tftpServers?: readonly Ipv4[];
  /** Option 67, and the `file` field. */
  readonly bootFile?: string;
  /** siaddr. Follows options 66 and 150 when left out. */
  readonly nextServer?: Ipv4;
  /** The `sname` field, at most 63 bytes. Follows option 66 when left out. */
  readonly serverName?: string;
  /** Option 159. */
  readonly provisioningServer?: string;
  /** Option 160. */
  readonly provisioningUrl?: string;
  /** Option 43, encapsulated sub-options (RFC 2132 §8.4). */
  readonly vendorSpecific?: readonly SubOption[];
  /** Option 125 (RFC 3925). */
  readonly vendorIdentifying?: readonly { readonly enterprise: number; readonly options: readonly SubOption[] }[];
  /** Any further option by number, as bytes. `always`: also to a client whose option 55 does not ask for it. */
  readonly free?: readonly { readonly code: number; readonly bytes: Uint8Array; readonly always?: boolean }[];
  /** Instead of the configured lease time, in seconds. */
  readonly leaseSeconds?: number;
  /** The one address for this client; may lie outside the pool but inside the subnet. */
  readonly fixedAddress?: Ipv4;
}

export interface SubOption {
  /** 1–254. */
  readonly code: number;
  /** At most 255 bytes. */
  readonly bytes: Uint8Array;
}

/** One address and who holds it; `mac` null sets it aside because a client declined it. */
export interface Lease {
  readonly ip: Ipv4;
  readonly mac: Mac | null;
  /** Option 61 in hex, empty when the client sent none. */
  readonly clientId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly state: 'bound' | 'released' | 'declined';
}
