import type { Ipv4 } from '../../../common/values/ip.ts';

/**
 * A DHCP packet as it stands on the wire (RFC 2131 §2), options joined (RFC 3396) and overload resolved.
 * Nothing in it is trusted: lengths are checked, texts and addresses are still bytes of a stranger.
 */
export interface DhcpPacket {
  /** 1 = from a client, 2 = from a server. */
  readonly op: number;
  readonly htype: number;
  readonly hops: number;
  readonly xid: number;
  readonly secs: number;
  /** The broadcast bit of the flags. */
  readonly broadcast: boolean;
  readonly ciaddr: Ipv4;
  readonly yiaddr: Ipv4;
  readonly siaddr: Ipv4;
  readonly giaddr: Ipv4;
  /** `hlen` bytes, 0–16. */
  readonly chaddr: Uint8Array;
  readonly sname: string;
  readonly file: string;
  /** Option number to its whole value. */
  readonly options: ReadonlyMap<number, Uint8Array>;
}
