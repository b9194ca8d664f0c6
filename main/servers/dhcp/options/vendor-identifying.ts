import type { DhcpReplyOptions, SubOption } from '../needs.ts';
import { writeSubOptions } from './sub-options.ts';

/*
 * RFC 3925: options 124 and 125 hold, for each enterprise,
 *
 *     +---------------------+-----+------------------------------+
 *     | enterprise, 4 bytes | len | 124: classes · 125: options  |
 *     +---------------------+-----+------------------------------+
 *
 * Enterprise 3561 is the Broadband Forum, whose sub-options TR-069 devices send and expect.
 */

/** Enterprise numbers named in option 124 or 125, at most 16; a cut list gives those that stand whole. */
export function readEnterprises(value: Uint8Array | undefined): number[] {
  const found: number[] = [];
  let at = 0;
  while (value && at + 5 <= value.length && found.length < 16) {
    const length = value[at + 4] ?? 0;
    if (at + 5 + length > value.length) break;
    found.push(new DataView(value.buffer, value.byteOffset + at, 4).getUint32(0));
    at += 5 + length;
  }
  return found;
}

/** An enterprise whose options take more than 255 bytes is written in several instances (RFC 3925 §4). */
export function writeVendorIdentifying(vendors: NonNullable<DhcpReplyOptions['vendorIdentifying']>): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const vendor of vendors) {
    for (const data of instances(vendor.options)) {
      const part = new Uint8Array(5 + data.length);
      new DataView(part.buffer).setUint32(0, vendor.enterprise);
      part[4] = data.length;
      part.set(data, 5);
      parts.push(part);
    }
  }
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function instances(options: readonly SubOption[]): Uint8Array[] {
  const done: Uint8Array[] = [];
  let open: SubOption[] = [];
  for (const option of options) {
    if (option.bytes.length > 253) continue;
    if (writeSubOptions([...open, option]).length > 255) {
      done.push(writeSubOptions(open));
      open = [];
    }
    open.push(option);
  }
  if (open.length > 0) done.push(writeSubOptions(open));
  return done;
}
