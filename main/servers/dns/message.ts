import type { Ipv4 } from '../../../common/values/ip.ts';

/** Record types that this server knows by name (RFC 1035 §3.2.2, 2782, 3596, 6891, 8482 and the registry). */
export const TYPE = {
  A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, HINFO: 13, MX: 15, TXT: 16, AAAA: 28, SRV: 33, NAPTR: 35, OPT: 41, SVCB: 64, HTTPS: 65,
  IXFR: 251, AXFR: 252, ANY: 255,
} as const;

export const CLASS_IN = 1;
export const OPCODE_QUERY = 0;

export const RCODE = { NOERROR: 0, FORMERR: 1, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5, BADVERS: 16 } as const;

export interface Question {
  /** Lower case, no closing dot (see name.ts). */
  readonly name: string;
  readonly type: number;
  readonly class: number;
}

/** What EDNS tells of the asker (RFC 6891 §6.1.3). */
export interface Edns {
  /** Bytes of UDP payload that it takes; less than 512 means 512. */
  readonly size: number;
  readonly version: number;
  readonly dnssecOk: boolean;
}

export interface DnsQuery {
  readonly id: number;
  readonly opcode: number;
  readonly recursionDesired: boolean;
  readonly question: Question;
  /** Name, type and class as they came: an answer repeats them byte for byte, letter case included. */
  readonly questionBytes: Uint8Array;
  readonly edns: Edns | null;
}

/** What a datagram or a frame turned out to be. */
export type ReadQuery =
  | { readonly kind: 'query'; readonly query: DnsQuery }
  /** Its header can be read and the rest not, or not by us: answered with the bare header. */
  | { readonly kind: 'broken'; readonly id: number; readonly opcode: number; readonly recursionDesired: boolean; readonly rcode: number }
  /** Too short to answer, or itself an answer, which is never answered. */
  | { readonly kind: 'nothing'; readonly why: 'short' | 'response' };

export type RecordData =
  | { readonly type: 'A'; readonly address: Ipv4 }
  | { readonly type: 'NS' | 'PTR'; readonly name: string }
  | { readonly type: 'SRV'; readonly priority: number; readonly weight: number; readonly port: number; readonly target: string }
  | { readonly type: 'HINFO'; readonly cpu: string; readonly os: string }
  | {
      readonly type: 'SOA';
      readonly primary: string;
      readonly mailbox: string;
      readonly serial: number;
      readonly refresh: number;
      readonly retry: number;
      readonly expire: number;
      /** Seconds for which "there is none" may be kept (RFC 2308 §4). */
      readonly minimum: number;
    };

export interface DnsRecord {
  readonly name: string;
  /** Seconds. */
  readonly ttl: number;
  readonly data: RecordData;
}

export interface DnsAnswer {
  /** Up to 12 bits: the upper eight travel in the OPT record. */
  readonly rcode: number;
  readonly authoritative: boolean;
  readonly answers: readonly DnsRecord[];
  readonly authority: readonly DnsRecord[];
  readonly additional: readonly DnsRecord[];
}

/** An answer of a code alone. */
export function bareAnswer(rcode: number): DnsAnswer {
  return { rcode, authoritative: false, answers: [], authority: [], additional: [] };
}

/** `A`, `SRV`, or `TYPE1234` as RFC 3597 §5 writes what has no name here. */
export function typeName(type: number): string {
  return Object.entries(TYPE).find(([, value]) => value === type)?.[0] ?? `TYPE${type}`;
}
