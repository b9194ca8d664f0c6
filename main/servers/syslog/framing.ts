/**
 * RFC 6587, syslog over TCP. The two framings are told apart by the first bytes of a connection:
 *
 *   §3.4.1 octet counting     MSG-LEN SP SYSLOG-MSG MSG-LEN SP SYSLOG-MSG …      "87 <34>1 2003-…"
 *   §3.4.2 non-transparent    SYSLOG-MSG LF SYSLOG-MSG LF …                      "<34>Oct 11 …\n"   (NUL also ends)
 */

export interface Framed {
  readonly messages: readonly Uint8Array[];
  /** The count cannot be read or is too large: the place of the next message is lost, the connection must end. */
  readonly broken: boolean;
}

/** Largest counted message that is read; the codec cuts its text. */
export const LONGEST_FRAME = 65_536;
/** Largest line; the rest up to its end is dropped. */
export const LONGEST_LINE = 16_384;

const LF = 10;
const NUL = 0;
const SPACE = 32;

/** Collects the bytes of one connection; holds at most one unfinished message of `LONGEST_FRAME` bytes. */
export class Framing {
  private kind: 'unknown' | 'counted' | 'lines' = 'unknown';
  private held = new Uint8Array(0);
  private length = 0;
  private skipping = false;

  /** True while the beginning of a message waits for its end. */
  get partial(): boolean {
    return this.length > 0 || this.skipping;
  }

  push(chunk: Uint8Array): Framed {
    const bytes = this.joined(chunk);
    if (this.kind === 'unknown') this.kind = guess(bytes);
    if (this.kind === 'unknown') return this.keep(bytes, { messages: [], broken: false });
    return this.kind === 'counted' ? this.counted(bytes) : this.lines(bytes);
  }

  /** What was begun when the connection ended: half a message is worth more than none. */
  end(): readonly Uint8Array[] {
    const rest = this.held.subarray(0, this.length);
    this.length = 0;
    if (this.skipping || rest.length === 0) return [];
    const count = this.kind === 'counted' ? readCount(rest) : null;
    const body = count?.kind === 'count' ? rest.subarray(count.start) : rest;
    return body.length === 0 ? [] : [body];
  }

  private counted(bytes: Uint8Array): Framed {
    const messages: Uint8Array[] = [];
    let at = 0;
    while (at < bytes.length) {
      // Some senders add a line end after each counted message.
      if (bytes[at] === LF || bytes[at] === NUL) {
        at += 1;
        continue;
      }
      const count = readCount(bytes.subarray(at, at + 7));
      if (count.kind === 'wrong') return { messages, broken: true };
      if (count.kind === 'short' || at + count.start + count.length > bytes.length) break;
      messages.push(bytes.subarray(at + count.start, at + count.start + count.length));
      at += count.start + count.length;
    }
    return this.keep(bytes.subarray(at), { messages, broken: false });
  }

  private lines(bytes: Uint8Array): Framed {
    const messages: Uint8Array[] = [];
    let from = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      if (bytes[at] !== LF && bytes[at] !== NUL) continue;
      if (!this.skipping && at > from) messages.push(bytes.subarray(from, Math.min(at, from + LONGEST_LINE)));
      this.skipping = false;
      from = at + 1;
    }
    const rest = bytes.subarray(from);
    if (this.skipping) return this.keep(rest.subarray(rest.length), { messages, broken: false });
    if (rest.length <= LONGEST_LINE) return this.keep(rest, { messages, broken: false });
    messages.push(rest.subarray(0, LONGEST_LINE));
    this.skipping = true;
    return this.keep(rest.subarray(rest.length), { messages, broken: false });
  }

  /** The held beginning and the new bytes as one; without a beginning, the chunk itself. */
  private joined(chunk: Uint8Array): Uint8Array {
    if (this.length === 0) return chunk;
    const all = this.length + chunk.length;
    if (all > this.held.length) {
      const larger = new Uint8Array(Math.max(all, this.held.length * 2));
      larger.set(this.held.subarray(0, this.length));
      this.held = larger;
    }
    this.held.set(chunk, this.length);
    return this.held.subarray(0, all);
  }

  private keep(rest: Uint8Array, framed: Framed): Framed {
    if (rest.buffer === this.held.buffer && rest.byteOffset === 0) {
      this.length = rest.length;
      return framed;
    }
    // The messages point into the held buffer: a rest is kept in another one.
    if (rest.length > 0) {
      this.held = new Uint8Array(Math.max(rest.length, 512));
      this.held.set(rest);
    }
    this.length = rest.length;
    return framed;
  }
}

function guess(bytes: Uint8Array): 'unknown' | 'counted' | 'lines' {
  const count = readCount(bytes.subarray(0, 7));
  if (count.kind === 'wrong') return 'lines';
  if (count.kind === 'short') return 'unknown';
  const first = bytes[count.start];
  if (first === undefined) return 'unknown';
  return first === 60 ? 'counted' : 'lines';
}

type Count =
  | { readonly kind: 'count'; readonly length: number; readonly start: number }
  | { readonly kind: 'short' }
  | { readonly kind: 'wrong' };

/** MSG-LEN = NONZERO-DIGIT *DIGIT, then one space; at most five digits. */
function readCount(bytes: Uint8Array): Count {
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === SPACE && at > 0) return length <= LONGEST_FRAME ? { kind: 'count', length, start: at + 1 } : { kind: 'wrong' };
    if (byte < 48 || byte > 57 || (at === 0 && byte === 48) || at > 4) return { kind: 'wrong' };
    length = length * 10 + (byte - 48);
  }
  return { kind: 'short' };
}
