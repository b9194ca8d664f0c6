/** The part of npm `dns-packet` 5.6.1 that the probe uses; the package brings no types. */
declare module 'dns-packet' {
  export interface Question {
    readonly type: string;
    readonly name: string;
  }

  export interface Answer {
    readonly type: string;
    readonly name: string;
    readonly ttl?: number;
    /** An address for A, `{ port, target }` for SRV. */
    readonly data?: unknown;
  }

  export interface Packet {
    readonly type: 'query' | 'response';
    readonly id: number;
    readonly rcode: string;
    readonly flag_tc: boolean;
    readonly flag_aa: boolean;
    readonly questions: readonly Question[];
    readonly answers: readonly Answer[];
    readonly authorities: readonly Answer[];
    readonly additionals: readonly Answer[];
  }

  export interface Query {
    readonly type: 'query';
    readonly id: number;
    readonly flags?: number;
    readonly questions: readonly Question[];
  }

  export function encode(query: Query): Uint8Array;
  /** The same behind its length, for TCP. */
  export function streamEncode(query: Query): Uint8Array;
  /** @throws on most bytes that are no DNS */
  export function decode(bytes: Uint8Array): Packet;
}
