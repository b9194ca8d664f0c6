import type { Ipv4 } from '../../common/values/ip.ts';
import type { PhoneEvent } from './events.ts';
import type { Fault } from './faults.ts';
import type { PhoneIdentity } from './identity.ts';
import type { PhoneIdentityCertificate } from './trust.ts';

/** The bench that a virtual phone is plugged into. */
export interface BenchAddress {
  readonly address: Ipv4;
  /** Port of the bench's DHCP over unicast; null when the phone gets no address from it. */
  readonly dhcpPort: number | null;
  /** Used where a URL names no port. A real phone knows 69, 80 and 514 only. */
  readonly tftpPort: number;
  readonly httpPort: number;
  readonly syslogPort: number;
  /** 443 where it is left out. */
  readonly httpsPort?: number;
  /** Where the bench answers names, for a phone that is not told by DHCP; none where it is left out. */
  readonly dnsPort?: number;
}

export interface PhoneOptions extends PhoneIdentity {
  readonly server: BenchAddress;
  /** `dhcp`: learn the server from the options of an ACK. `given`: behave as if option 66 had held `server.address`. */
  readonly source: 'dhcp' | 'given';
  readonly faults: readonly Fault[];
  /** How many of the phone's seconds pass in one real second; 1 is real time. Network time limits are never shortened. */
  readonly pace: number;
  /** Whose seconds a lease counts: the phone's, where it is left out, or the bench's, which granted it in real ones and would be asked all the time. */
  readonly leases?: 'phone' | 'bench';
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Port of the phone's own web server on 127.0.0.1 (direct actions); 0 = any free one. Default off. */
  readonly web?: number | 'off';
  /** RFC 7440 window asked for with images by TFTP, 2–64 blocks; lock-step where it is left out. */
  readonly tftpWindow?: number;
  /** The phone's seconds that writing its flash takes; 60 to 120 by chance where it is left out. */
  readonly writeSeconds?: number;
  /** The phone's own clock, milliseconds since 1970; that of this computer where it is left out. */
  readonly clock?: () => number;
  /** Shown to a server that asks for a certificate. */
  readonly certificate?: PhoneIdentityCertificate;
  readonly log?: (event: PhoneEvent) => void;
}
