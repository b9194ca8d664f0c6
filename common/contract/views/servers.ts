import type { Failure } from '../../values/failure.ts';
import type { ServerStatus } from '../../values/server.ts';

/** A network card of this computer, with the verdict on using it for phones. */
export interface CardView {
  readonly name: string;
  readonly mac: string;
  /** The IPv4 address that phones would be told, null without one. */
  readonly address: string | null;
  readonly prefix: number | null;
  readonly kind: 'cable' | 'wifi' | 'vpn' | 'virtual' | 'loopback' | 'other';
  readonly linkUp: boolean;
  /** Mbit/s, null when the system does not tell. */
  readonly speed: number | null;
  /** Carries this computer's default route: rather an office network than a bench. */
  readonly defaultRoute: boolean;
  readonly verdict: 'recommended' | 'usable' | 'office' | 'unusable';
  /** Code of the sentence beside the verdict: `card.vpn`, `card.no-address`, `card.default-route` … */
  readonly reason: string;
  readonly picked: boolean;
}

export type DhcpPolicy = 'phones' | 'enrolled' | 'all';

/** The DHCP server's safety panel. */
export interface DhcpSafety {
  readonly probe: 'idle' | 'listening' | 'quiet' | 'conflict' | 'deaf';
  readonly probeEndsAt: number | null;
  /** Addresses of other DHCP servers that answered. */
  readonly others: readonly string[];
  readonly policy: DhcpPolicy;
  readonly stopsAt: number | null;
  readonly pool: { readonly from: string; readonly to: string; readonly size: number; readonly used: number } | null;
  readonly answered: number;
  /** Strangers that were ignored: hardware address and what they said they are. */
  readonly ignored: readonly { readonly mac: string; readonly vendorClass: string }[];
  /** What phones are told, by option number or `siaddr`. */
  readonly told: readonly { readonly option: string; readonly value: string }[];
}

/** Another bench seen by mDNS on the picked card. */
export interface OtherBench {
  readonly name: string;
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

export interface ServersView {
  readonly cards: readonly CardView[];
  readonly picked: string | null;
  readonly servers: readonly ServerStatus[];
  readonly dhcp: DhcpSafety;
  readonly announced: boolean;
  readonly otherBenches: readonly OtherBench[];
  /** Troubles of the whole bench: receive buffer too small, clock before 2020, disk nearly full. */
  readonly remarks: readonly Failure[];
}
