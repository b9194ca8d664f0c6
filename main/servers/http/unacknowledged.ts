import { open, type FileHandle } from 'node:fs/promises';
import type { Peer } from '../../../common/values/observation.ts';

/** Both ends of an IPv4 connection, as numbers: the table of the system is looked through without making texts of it. */
export interface Ends {
  /** The remote address and port, 48 bits. */
  readonly remote: number;
  readonly localAddress: number;
  readonly localPort: number;
}

/** Bytes that the other end has still to acknowledge. */
export interface Unacknowledged {
  /** @returns null for a connection that is not in the table */
  of(ends: Ends): number | null;
}

interface Row extends Ends {
  readonly queue: number;
}

const TABLE = '/proc/net/tcp';
/** The kernel gives a page at a time; a longer row than this there is not. */
const CHUNK = 16_384;

/** null for ends that are not IPv4, which the table does not have. */
export function endsOf(local: Peer, remote: Peer): Ends | null {
  const here = addressNumber(local.address);
  const there = addressNumber(remote.address);
  return here === null || there === null ? null : { remote: remoteNumber(there, remote.port), localAddress: here, localPort: local.port };
}

/** True where the system tells what a connection still has to acknowledge; elsewhere only its orderly end is proof. */
export function tellsUnacknowledged(peer: Peer): boolean {
  return process.platform === 'linux' && peer.address.includes('.');
}

/**
 * Bytes of each connection that the other end has not acknowledged: `tx_queue` of /proc/net/tcp. It is the only way for
 * Node to learn that a phone really has the last byte of a profile.
 * @returns null on other systems; connections over IPv6 are not in the table.
 */
export async function readUnacknowledged(wanted: Iterable<Ends>): Promise<Unacknowledged | null> {
  if (process.platform !== 'linux') return null;
  let file: FileHandle | null = null;
  try {
    file = await open(TABLE);
    const table = new Table(wanted);
    const buffer = Buffer.allocUnsafeSlow(CHUNK);
    for (let kept = 0; ;) {
      const { bytesRead } = await file.read(buffer, kept, CHUNK - kept);
      if (bytesRead === 0) return table;
      kept = table.take(buffer.subarray(0, kept + bytesRead));
    }
  } catch {
    return null;
  } finally {
    await file?.close();
  }
}

/**
 * Machines hold tens of thousands of connections, most of them other people's and long over: nothing is kept of a row whose
 * remote end nobody asked for.
 */
export class Table implements Unacknowledged {
  private readonly rows = new Map<number, Row[]>();

  constructor(wanted: Iterable<Ends>) {
    for (const { remote } of wanted) this.rows.set(remote, []);
  }

  of({ remote, localAddress, localPort }: Ends): number | null {
    return this.rows.get(remote)?.find((row) => row.localAddress === localAddress && row.localPort === localPort)?.queue ?? null;
  }

  /** Takes the whole lines. @returns how many bytes of the last one are kept, at the beginning of the buffer */
  take(bytes: Buffer): number {
    let at = 0;
    for (let end = bytes.indexOf(LF, at); end >= 0; end = bytes.indexOf(LF, at)) {
      this.takeLine(bytes, at, end);
      at = end + 1;
    }
    // A line that fills the buffer is none of this table.
    if (at === 0 && bytes.length === CHUNK) return 0;
    bytes.copyWithin(0, at);
    return bytes.length - at;
  }

  /**
   * ```
   *    0: 0100007F:1F90 0100007F:C350 01 00000000:00000000 …
   *     ^ 2        11   16       25   30 33
   * ```
   * Local end, remote end, state, tx_queue:rx_queue, all hexadecimal; the columns count from the first colon.
   */
  private takeLine(bytes: Buffer, from: number, end: number): void {
    const colon = bytes.indexOf(COLON, from);
    if (colon < 0 || colon + 41 > end || bytes[colon + 10] !== COLON || bytes[colon + 24] !== COLON || bytes[colon + 41] !== COLON) return;
    const remote = remoteNumber(hex(bytes, colon + 16, 8), hex(bytes, colon + 25, 4));
    const rows = this.rows.get(remote);
    if (rows === undefined) return;
    rows.push({ remote, localAddress: hex(bytes, colon + 2, 8), localPort: hex(bytes, colon + 11, 4), queue: hex(bytes, colon + 33, 8) });
  }
}

const LF = 0x0a;
const COLON = 0x3a;

function hex(bytes: Buffer, at: number, digits: number): number {
  let value = 0;
  for (let index = at; index < at + digits; index += 1) {
    const code = bytes[index] ?? 0;
    const digit = code >= 0x30 && code <= 0x39 ? code - 0x30 : code >= 0x41 && code <= 0x46 ? code - 0x37 : Number.NaN;
    value = value * 16 + digit;
  }
  return value;
}

function remoteNumber(address: number, port: number): number {
  return address * 0x1_0000 + port;
}

/** As the table writes it: in host byte order, which is little-endian on everything that Dialbench runs on. */
function addressNumber(address: string): number | null {
  const fields = address.replace(/^::ffff:/, '').split('.').map(Number);
  if (fields.length !== 4 || fields.some((field) => !(field >= 0 && field <= 255))) return null;
  return fields.reduceRight((sum, field) => sum * 256 + field, 0);
}
