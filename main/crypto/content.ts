import { readXml } from '../xml/read.ts';

/** What a decrypted or unpacked file holds. */
export type Content =
  | { readonly kind: 'xml'; readonly root: string; readonly elements: number }
  /** Begins as XML does and goes wrong at this place, 1-based. */
  | { readonly kind: 'malformed'; readonly line: number; readonly column: number }
  | { readonly kind: 'other' };

/**
 * Reads a file as XML to its end. UTF-8 first; a file of a Windows editor may be UTF-16 with its mark, or Latin-1. Chance bytes
 * do not pass: they would have to be a tree of elements that are all closed, without one control character.
 */
export function readContent(bytes: Uint8Array): Content {
  if (!beginsAsXml(bytes)) return { kind: 'other' };
  const { root, elements, fault } = readXml(decodeText(bytes));
  return fault === null ? { kind: 'xml', root: root ?? '', elements } : { kind: 'malformed', line: fault.line, column: fault.column };
}

/** True when the first sign after a byte order mark and blanks is `<`: how a phone's own sniffing may tell XML. */
export function beginsAsXml(bytes: Uint8Array): boolean {
  const start = decodeText(bytes.subarray(0, 512)).trimStart();
  return start.startsWith('<');
}

/** Text in the first encoding that fits; Latin-1 fits anything. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

const PROOF_BLOCK = 16;
const PROOF_BLOCKS = 4;
const PROOF_REACH = 65_536;

/**
 * True when a decrypted file holds at least four whole blocks of printable ASCII: a wrong key makes one of them in five
 * million tries, so this proves the key even where some bytes of the file were changed or its end is lost. Looks at 64 KB.
 */
export function holdsText(plain: Uint8Array): boolean {
  return countCleanBlocks(plain.subarray(0, PROOF_REACH)) >= PROOF_BLOCKS;
}

/** Whole blocks of printable ASCII. */
export function countCleanBlocks(plain: Uint8Array): number {
  let clean = 0;
  for (let at = 0; at + PROOF_BLOCK <= plain.length; at += PROOF_BLOCK) {
    if (plain.subarray(at, at + PROOF_BLOCK).every(isPrintable)) clean += 1;
  }
  return clean;
}

/** Printable ASCII, tabs and line ends. */
export function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
