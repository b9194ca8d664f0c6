/**
 * NTP packets (RFC 5905 §7.3, RFC 4330 §4), the 48 bytes that client and server mode need:
 *
 *       0                   1                   2                   3
 *       0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *      +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *    0 |LI | VN  |Mode |    Stratum    |     Poll      |   Precision   |
 *    4 |                          Root delay                           |
 *    8 |                       Root dispersion                         |
 *   12 |                      Reference identifier                     |
 *   16 |                   Reference timestamp (64)                    |
 *   24 |                   Originate timestamp (64)                    |
 *   32 |                    Receive timestamp (64)                     |
 *   40 |                    Transmit timestamp (64)                    |
 *   48 | extension fields and a signature may follow                   |
 *
 * A timestamp is seconds since 1900 and a fraction of 2^32. The seconds wrap every 136 years: era 1 begins on 7 February
 * 2036 at 06:28:16 UTC. Nobody sends the era, so writing is arithmetic modulo 2^32; times of the client are echoed and never read.
 */
const PACKET_SIZE = 48;

/** Seconds from 1900 to 1970. */
const TO_1970 = 2_208_988_800;
const ERA_SECONDS = 2 ** 32;
const FRACTION = 2 ** 32;
/** A client with keys and extension fields stays far below; longer is nobody's question. */
const LONGEST = 512;

export const MODE = { unspecified: 0, active: 1, passive: 2, client: 3, server: 4, broadcast: 5, control: 6, private: 7 } as const;

export interface NtpRequest {
  /** 1–4. */
  readonly version: number;
  /** Log2 of seconds, as the client wrote it. */
  readonly poll: number;
  /** Its transmit timestamp, byte for byte: it knows its answer by it, whatever it wrote there. */
  readonly transmit: Uint8Array;
}

export type ReadRequest =
  | { readonly kind: 'request'; readonly request: NtpRequest }
  | { readonly kind: 'nothing'; readonly why: 'length' | 'version' | 'control' | 'mode' };

export interface NtpReply {
  readonly version: number;
  /** 0: no trouble with the leap second known. 3: do not use this time. */
  readonly leap: 0 | 3;
  readonly stratum: number;
  readonly poll: number;
  /** Log2 of seconds. */
  readonly precision: number;
  /** Seconds, 0 up to 65,535. */
  readonly rootDelay: number;
  readonly rootDispersion: number;
  /** Four bytes: an address, or four letters. */
  readonly reference: readonly [number, number, number, number];
  /** Milliseconds since 1970. */
  readonly referenceAt: number;
  readonly originate: Uint8Array;
  readonly receivedAt: number;
  readonly sentAt: number;
}

/** Reads a client's question. Total on any bytes. */
export function decodeRequest(bytes: Uint8Array): ReadRequest {
  const first = bytes[0] ?? 0;
  const mode = first & 7;
  const version = (first >> 3) & 7;
  // Modes 6 and 7 read out a server's memory, at hundredfold length: the classic amplifier (CVE-2013-5211). Never answered.
  if (mode === MODE.control || mode === MODE.private) return { kind: 'nothing', why: 'control' };
  if (bytes.length < PACKET_SIZE || bytes.length > LONGEST || bytes.length % 4 !== 0) return { kind: 'nothing', why: 'length' };
  if (version < 1 || version > 4) return { kind: 'nothing', why: 'version' };
  // Version 1 had no modes (RFC 1059): its clients send 0.
  if (mode !== MODE.client && !(version === 1 && mode === MODE.unspecified)) return { kind: 'nothing', why: 'mode' };
  return { kind: 'request', request: { version, poll: bytes[2] ?? 0, transmit: Uint8Array.from(bytes.subarray(40, 48)) } };
}

export function encodeReply(reply: NtpReply): Uint8Array {
  const bytes = new Uint8Array(PACKET_SIZE);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, (reply.leap << 6) | (reply.version << 3) | MODE.server);
  view.setUint8(1, reply.stratum);
  view.setUint8(2, reply.poll);
  view.setInt8(3, reply.precision);
  view.setUint32(4, Math.round(reply.rootDelay * 0x1_0000));
  view.setUint32(8, Math.round(reply.rootDispersion * 0x1_0000));
  bytes.set(reply.reference, 12);
  writeTimestamp(view, 16, reply.referenceAt);
  bytes.set(reply.originate.subarray(0, 8), 24);
  writeTimestamp(view, 32, reply.receivedAt);
  writeTimestamp(view, 40, reply.sentAt);
  return bytes;
}

/** Writes milliseconds since 1970 as an NTP timestamp of whatever era they fall into. */
export function writeTimestamp(view: DataView, at: number, ms: number): void {
  const seconds = Math.floor(ms / 1000);
  const era = (((seconds + TO_1970) % ERA_SECONDS) + ERA_SECONDS) % ERA_SECONDS;
  view.setUint32(at, era);
  view.setUint32(at + 4, Math.floor(((ms - seconds * 1000) / 1000) * FRACTION));
}
