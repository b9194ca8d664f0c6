import type { Ipv4 } from '../../../common/values/ip.ts';
import { done, failed, type Result } from '../../../common/values/failure.ts';
import { writeAddress } from './options/address.ts';
import { optionSize, readOptions, writeOption } from './options/area.ts';
import { OPTION } from './options/numbers.ts';
import { readText, writeText } from './options/text.ts';

/**
 * A DHCP packet as it stands on the wire (RFC 2131 §2), options joined (RFC 3396) and overload resolved.
 * Nothing in it is trusted: lengths are checked, texts and addresses are still a stranger's.
 *
 *       0        1        2        3
 *     +--------+--------+--------+--------+
 *   0 |   op   | htype  |  hlen  |  hops  |
 *   4 |                xid                |
 *   8 |      secs       |B     flags      |
 *  12 | ciaddr                            |  the client's own address
 *  16 | yiaddr                            |  the address it gets
 *  20 | siaddr                            |  next server: TFTP
 *  24 | giaddr                            |  the relay
 *  28 | chaddr, 16 bytes                  |
 *  44 | sname, 64 bytes                   |  either a text, or more options (option 52)
 * 108 | file, 128 bytes                   |
 * 236 | 99 . 130 . 83 . 99                |  magic cookie
 * 240 | options …                         |
 *     +-----------------------------------+
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
  /** Option number to its whole value, in the order of the wire. Option 52 is never among them. */
  readonly options: ReadonlyMap<number, Uint8Array>;
}

export const NO_ADDRESS = '0.0.0.0' as Ipv4;

const SNAME = { at: 44, size: 64 };
const FILE = { at: 108, size: 128 };
const OPTIONS_AT = 240;
const COOKIE = 0x63825363;
/** The smallest BOOTP packet (RFC 1542 §2.1); some clients drop anything shorter. */
const SMALLEST = 300;
const IN_FILE = 1;
const IN_SNAME = 2;
const OVERLOAD_SIZE = 3;

/** Total: any bytes give a packet or `dhcp.bad-packet` with the reason as cause. Nothing of `datagram` is kept. */
export function decodePacket(datagram: Uint8Array): Result<DhcpPacket> {
  // Not a Buffer: its `slice` would share the memory.
  const bytes = new Uint8Array(datagram.buffer, datagram.byteOffset, datagram.length);
  if (bytes.length < OPTIONS_AT) return bad(`${bytes.length} bytes are too few`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const hlen = view.getUint8(2);
  if (view.getUint32(236) !== COOKIE) return bad('no magic cookie');
  if (hlen > 16) return bad(`hardware address of ${hlen} bytes`);
  const options = new Map<number, Uint8Array>();
  if (!readOptions(bytes.subarray(OPTIONS_AT), options)) return bad('an option runs over the end');
  const file = bytes.subarray(FILE.at, FILE.at + FILE.size);
  const sname = bytes.subarray(SNAME.at, SNAME.at + SNAME.size);
  const overload = options.get(OPTION.overload)?.[0] ?? 0;
  options.delete(OPTION.overload);
  // RFC 3396 §5: the areas are joined in the order options, file, sname.
  if ((overload & IN_FILE) !== 0 && !readOptions(file, options)) return bad('an option runs over the file field');
  if ((overload & IN_SNAME) !== 0 && !readOptions(sname, options)) return bad('an option runs over the sname field');
  options.delete(OPTION.overload);
  return done({
    op: view.getUint8(0),
    htype: view.getUint8(1),
    hops: view.getUint8(3),
    xid: view.getUint32(4),
    secs: view.getUint16(8),
    broadcast: (view.getUint16(10) & 0x8000) !== 0,
    ciaddr: dotted(bytes, 12),
    yiaddr: dotted(bytes, 16),
    siaddr: dotted(bytes, 20),
    giaddr: dotted(bytes, 24),
    chaddr: bytes.slice(28, 28 + hlen),
    sname: (overload & IN_SNAME) === 0 ? readText(sname) : '',
    file: (overload & IN_FILE) === 0 ? readText(file) : '',
    options,
  });
}

/**
 * Writes a packet of at least 300 and at most `limit` bytes. Options that do not fit go into the `file` and `sname` fields
 * where these are empty (option 52, RFC 2132 §9.3); what fits nowhere is left out, the last ones first, and named in `left`.
 * Option 82 always fits and always stands last (RFC 3046 §2.1).
 * @param limit Bytes of UDP payload, at least 548 (RFC 2131 §2).
 */
export function encodePacket(packet: DhcpPacket, limit = 548): { readonly bytes: Uint8Array; readonly left: readonly number[] } {
  const bytes = new Uint8Array(Math.max(limit, 548));
  const view = new DataView(bytes.buffer);
  view.setUint8(0, packet.op);
  view.setUint8(1, packet.htype);
  view.setUint8(2, packet.chaddr.length);
  view.setUint8(3, packet.hops);
  view.setUint32(4, packet.xid);
  view.setUint16(8, packet.secs);
  view.setUint16(10, packet.broadcast ? 0x8000 : 0);
  writeAddress(bytes, 12, packet.ciaddr);
  writeAddress(bytes, 16, packet.yiaddr);
  writeAddress(bytes, 20, packet.siaddr);
  writeAddress(bytes, 24, packet.giaddr);
  bytes.set(packet.chaddr.subarray(0, 16), 28);
  bytes.set(writeText(packet.sname).subarray(0, SNAME.size - 1), SNAME.at);
  bytes.set(writeText(packet.file).subarray(0, FILE.size - 1), FILE.at);
  view.setUint32(236, COOKIE);
  const { end, left } = placeOptions(bytes, packet);
  return { bytes: bytes.subarray(0, Math.max(end, SMALLEST)), left };
}

/**
 * Where the options area is too small, options move into the unused fields from the last one backwards until the rest fits;
 * then the last of the rest are left out.
 */
function placeOptions(bytes: Uint8Array, packet: DhcpPacket): { end: number; left: number[] } {
  const relay = packet.options.get(OPTION.relayAgent);
  let stay = [...packet.options].filter(([code]) => code !== OPTION.relayAgent);
  const room = bytes.length - OPTIONS_AT - 1 - (relay ? optionSize(relay) : 0);
  let overload = 0;
  const left: number[] = [];
  if (sizeOf(stay) > room) {
    const fields = [
      { bit: IN_FILE, at: FILE.at, end: FILE.at + FILE.size - 1, open: packet.file === '' },
      { bit: IN_SNAME, at: SNAME.at, end: SNAME.at + SNAME.size - 1, open: packet.sname === '' },
    ].filter(({ open }) => open);
    for (const [code, value] of stay.toReversed()) {
      if (sizeOf(stay) <= room - OVERLOAD_SIZE) break;
      const field = fields.find(({ at, end }) => at + optionSize(value) <= end);
      if (!field || code === OPTION.messageType) continue;
      field.at = writeOption(bytes, field.at, code, value);
      bytes[field.at] = OPTION.end;
      overload |= field.bit;
      stay = stay.filter(([other]) => other !== code);
    }
    while (sizeOf(stay) > room - (overload === 0 ? 0 : OVERLOAD_SIZE)) left.unshift(stay.pop()?.[0] ?? 0);
  }
  let at = OPTIONS_AT;
  for (const [code, value] of stay) at = writeOption(bytes, at, code, value);
  if (overload !== 0) at = writeOption(bytes, at, OPTION.overload, Uint8Array.of(overload));
  if (relay) at = writeOption(bytes, at, OPTION.relayAgent, relay);
  bytes[at] = OPTION.end;
  return { end: at + 1, left };
}

function sizeOf(options: readonly (readonly [number, Uint8Array])[]): number {
  return options.reduce((sum, [, value]) => sum + optionSize(value), 0);
}

function dotted(bytes: Uint8Array, at: number): Ipv4 {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}` as Ipv4;
}

function bad(cause: string): Result<never> {
  return failed('dhcp.bad-packet', {}, cause);
}
