/**
 * The few packets that the streaming reader sends and understands (RFC 1350 §5, RFC 2347).
 *
 *   RRQ  | 00 01 | name | 00 | "octet" | 00 | option | 00 | value | 00 | …
 *   DATA | 00 03 | block | 0–blksize bytes |      ACK  | 00 04 | block |
 *   ERROR| 00 05 | code  | text | 00 |            OACK | 00 06 | option | 00 | value | 00 | …
 */
export type ServerPacket =
  | { readonly kind: 'data'; readonly block: number; readonly payload: Uint8Array }
  | { readonly kind: 'oack'; readonly options: ReadonlyMap<string, number> }
  | { readonly kind: 'error'; readonly code: number; readonly message: string };

/** One request packet holds at most 512 bytes, options included; the name is ASCII. null for a name that no packet carries. */
export function readRequest(name: string, options: Readonly<Record<string, number>>): Buffer | null {
  if (!/^[\x21-\x7e]{1,400}$/.test(name)) return null;
  const fields = [name, 'octet', ...Object.entries(options).flatMap(([option, value]) => [option, String(value)])];
  return Buffer.concat([Buffer.of(0, 1), Buffer.from(`${fields.join('\0')}\0`, 'latin1')]);
}

export function acknowledgement(block: number): Buffer {
  return Buffer.of(0, 4, block >> 8, block & 0xff);
}

/** null for what is none of the three. `payload` is a view of the packet. */
export function readServerPacket(packet: Buffer): ServerPacket | null {
  if (packet.length < 4) return null;
  switch (packet.readUInt16BE(0)) {
    case 3:
      return { kind: 'data', block: packet.readUInt16BE(2), payload: packet.subarray(4) };
    case 5:
      return { kind: 'error', code: packet.readUInt16BE(2), message: packet.toString('latin1', 4).replaceAll('\0', '') };
    case 6:
      return { kind: 'oack', options: readOptions(packet.toString('latin1', 2, Math.min(packet.length, 512))) };
    default:
      return null;
  }
}

function readOptions(text: string): ReadonlyMap<string, number> {
  const fields = text.split('\0');
  const options = new Map<string, number>();
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const value = fields[index + 1] ?? '';
    if (/^\d{1,15}$/.test(value)) options.set((fields[index] ?? '').toLowerCase(), Number(value));
  }
  return options;
}
