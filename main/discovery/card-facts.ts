import type { Subnet } from '../../common/values/ip.ts';

export type CardKind = 'cable' | 'wifi' | 'vpn' | 'virtual' | 'loopback' | 'other';

/** What the system tells about one network card, before any judgement. */
export interface CardFacts {
  readonly name: string;
  /** As the system writes it, empty without one (tunnels). */
  readonly mac: string;
  readonly addresses: readonly Subnet[];
  readonly kind: CardKind;
  readonly linkUp: boolean;
  /** Mbit/s, null when the system does not tell. */
  readonly speed: number | null;
  readonly defaultRoute: boolean;
}
