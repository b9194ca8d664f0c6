import { done, failed, type Result } from '../../../../common/values/failure.ts';

/** Largest profile that is read, unpacked: what the contract takes. Real exports are below 200 KB. */
export const MAX_PROFILE_BYTES = 8_000_000;

const NUL = 0;
const LF = 10;

/**
 * Bytes of a file as the text of a profile: UTF-8 and nothing else, since phones read nothing else. A byte order mark
 * stays, so that what is served is what came.
 * @returns `profile.too-large` (bytes, limit), `profile.utf16`, `profile.nul` (offset) or `profile.not-utf8` (offset, line)
 */
export function decodeProfile(bytes: Uint8Array): Result<string> {
  if (bytes.length > MAX_PROFILE_BYTES) return failed('profile.too-large', { bytes: bytes.length, limit: MAX_PROFILE_BYTES });
  if (isUtf16(bytes)) return failed('profile.utf16');
  const nul = bytes.indexOf(NUL);
  if (nul >= 0) return failed('profile.nul', { offset: nul });
  try {
    return done(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    const offset = firstFault(bytes);
    return failed('profile.not-utf8', { offset, line: bytes.subarray(0, offset).reduce((lines, byte) => lines + (byte === LF ? 1 : 0), 1) });
  }
}

/** A mark, or every second byte empty at the beginning of what should be `<f` or `<?`. */
function isUtf16([first, second, third, fourth]: Uint8Array): boolean {
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return (first === 0x3c && second === NUL && fourth === NUL) || (first === NUL && second === 0x3c && third === NUL);
}

/** Offset of the first byte at which UTF-8 ends (RFC 3629 §4); called for bytes that a decoder has refused. */
function firstFault(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return bytes.length;
}

/** 0 where no sequence begins. The second byte decides on overlong forms, half surrogates and what lies beyond U+10FFFF. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const within = (index: number, low = 0x80, high = 0xbf): boolean => {
    const byte = bytes[at + index];
    return byte !== undefined && byte >= low && byte <= high;
  };
  if (first >= 0xc2 && first <= 0xdf) return within(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) return within(1, first === 0xe0 ? 0xa0 : 0x80, first === 0xed ? 0x9f : 0xbf) && within(2) ? 3 : 0;
  if (first >= 0xf0 && first <= 0xf4) return within(1, first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf) && within(2) && within(3) ? 4 : 0;
  return 0;
}
