const LF = 10;
const CR = 13;

/** Host text to netascii (RFC 764 by way of RFC 1350): LF becomes CR LF, CR becomes CR NUL. */
export function toNetascii(bytes: Uint8Array): Uint8Array {
  let extra = 0;
  for (const byte of bytes) if (byte === LF || byte === CR) extra += 1;
  if (extra === 0) return bytes;
  const wire = new Uint8Array(bytes.length + extra);
  let at = 0;
  for (const byte of bytes) {
    if (byte === LF) wire[at++] = CR;
    wire[at++] = byte;
    if (byte === CR) wire[at++] = 0;
  }
  return wire;
}

export interface NetasciiReader {
  /** Netascii in, host text out; a pair split between two blocks is held back until its second half comes. */
  push(bytes: Uint8Array): Uint8Array;
  /** What is left at the end: a last lone CR. */
  end(): Uint8Array;
}

/** CR LF becomes LF, CR NUL becomes CR; a CR before anything else stays, as does all the rest. */
export function netasciiReader(): NetasciiReader {
  let held = false;
  return {
    push(bytes) {
      const text = new Uint8Array(bytes.length + 1);
      let at = 0;
      for (const byte of bytes) {
        if (held) {
          held = false;
          if (byte === LF || byte === 0) {
            text[at++] = byte === LF ? LF : CR;
            continue;
          }
          text[at++] = CR;
        }
        if (byte === CR) held = true;
        else text[at++] = byte;
      }
      return text.subarray(0, at);
    },
    end: () => (held ? Uint8Array.of(CR) : new Uint8Array(0)),
  };
}
