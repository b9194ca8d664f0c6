/**
 * Request target (RFC 9112 §3.2) ⇒ path and query.
 *
 *   origin-form     /Cisco/CP-8841-3PCC/00562b043615.cfg?x=1      every phone
 *   absolute-form   http://10.20.0.1:80/8841-3PCC.xml             what is told to a proxy; the authority is dropped
 */

export interface Target {
  /** As it came, without the query. */
  readonly rawPath: string;
  /** Without the `?`, undecoded. */
  readonly query: string;
  readonly path: string;
}

export type TargetAnswer =
  | { readonly ok: true; readonly target: Target }
  | { readonly ok: false; readonly code: 'file.bad-name' | 'file.outside-root'; readonly tooLong: boolean };

/** Characters; Windows ends at 260, the longest path of a phone is 120. */
const LONGEST_PATH = 2_048;
const LONGEST_TARGET = 8_192;
const ABSOLUTE = /^https?:\/\/[^/?#]*/i;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
/** A name that would mean something else after one more decoding, which somebody down the line may do. */
const ENCODED = /%[0-9a-f]{2}/i;
const DRIVE = /^[a-z]:/i;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes the path exactly once. Refuses what can only be an attack or a mistake; the resolver judges the rest. */
export function readTarget(text: string): TargetAnswer {
  if (text.length > LONGEST_TARGET) return refuse('file.bad-name', true);
  const withoutFragment = before(text.replace(ABSOLUTE, ''), '#');
  const rawPath = before(withoutFragment, '?') || '/';
  const query = withoutFragment.slice(before(withoutFragment, '?').length + 1);
  if (rawPath.length > LONGEST_PATH) return refuse('file.bad-name', true);
  if (!rawPath.startsWith('/')) return refuse('file.bad-name');
  const path = decodeOnce(rawPath);
  if (path === null || CONTROL.test(path) || ENCODED.test(path)) return refuse('file.bad-name');
  const segments = path.split(/[/\\]/);
  if (segments.some((segment) => segment === '..' || DRIVE.test(segment))) return refuse('file.outside-root');
  if (path.includes('\\') || segments.includes('.')) return refuse('file.bad-name');
  return { ok: true, target: { rawPath, query, path } };
}

/** Path and query for eyes and evidence: at most 512 characters, values that look like secrets masked. */
export function shownPath(text: string): string {
  const path = text.replace(ABSOLUTE, '') || '/';
  const clean = path.replaceAll(/([?&;][^=&;]*(?:pass|pwd|secret|token|key|auth)[^=&;]*=)[^&;]*/gi, '$1***');
  return clean.length > 512 ? `${clean.slice(0, 511)}…` : clean;
}

function refuse(code: 'file.bad-name' | 'file.outside-root', tooLong = false): TargetAnswer {
  return { ok: false, code, tooLong };
}

function before(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? text : text.slice(0, at);
}

/** @returns null for a lone `%` and for bytes that are not UTF-8. */
function decodeOnce(raw: string): string | null {
  // Node gives the target as Latin-1: bytes above 7F that were sent without escaping are read as what they are.
  if (!raw.includes('%') && !/[\u0080-\u00ff]/.test(raw)) return raw;
  const bytes = new Uint8Array(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; at += 1) {
    let value = raw.charCodeAt(at);
    if (value === 0x25) {
      const hex = raw.slice(at + 1, at + 3);
      if (!/^[0-9a-f]{2}$/i.test(hex)) return null;
      value = Number.parseInt(hex, 16);
      at += 2;
    } else if (value > 255) return null;
    bytes[length] = value;
    length += 1;
  }
  try {
    return decoder.decode(bytes.subarray(0, length));
  } catch {
    return null;
  }
}
