import type { Mac } from '../../../common/values/mac.ts';
import type { Model } from '../../../common/values/model.ts';
import { readFileName } from './file-name.ts';

/** What a phone asks for when it names a file. `spelling` is the pattern it matched, for the evidence. */
export type Resolved =
  | { readonly kind: 'profile'; readonly mac: Mac | null; readonly model: Model | null; readonly spelling: string }
  /** A file that only enterprise loads ask for. */
  | { readonly kind: 'enterprise'; readonly file: string; readonly mac: Mac | null }
  /** The name under which a phone delivers a report; asked for with GET it is not found. */
  | { readonly kind: 'report'; readonly file: string; readonly mac: Mac | null; readonly model: Model | null }
  /** A path inside the served folder: `/` between its parts, no empty part, no leading slash. */
  | { readonly kind: 'static'; readonly relative: string }
  | { readonly kind: 'refused'; readonly code: 'file.bad-name' | 'file.outside-root' };

const LONGEST = 512;
const REPORT_FOLDER = /^(?:reports?|status|uploads?|prt)$/i;
/** Names that Windows opens as devices, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i;
const REFUSED_OUTSIDE = { kind: 'refused', code: 'file.outside-root' } as const;
const REFUSED_NAME = { kind: 'refused', code: 'file.bad-name' } as const;

/**
 * Reads a TFTP file name or the path of a URL, as the phone spelled it. Every known spelling of a profile's name matches
 * after any leading folders, in any case, with or without a leading slash; `/` alone asks for the phone's profile.
 * The name is untrusted: whatever could leave the served folder on any system is refused, in every encoding.
 */
export function resolveName(path: string): Resolved {
  if (path.length > LONGEST) return REFUSED_NAME;
  const decoded = decodeOnce(path.replace(/[?#].*$/s, ''));
  if (decoded === null || /[\p{Cc}\uFFFD]/u.test(decoded)) return REFUSED_NAME;
  if (isEncodedTraversal(decoded) || decoded.startsWith('\\\\')) return REFUSED_OUTSIDE;
  const parts = decoded.split(/[/\\]+/).filter((part) => part !== '' && part !== '.');
  if (parts.some(isUpward) || /^[a-z]:/i.test(parts[0] ?? '')) return REFUSED_OUTSIDE;
  const file = parts.at(-1);
  if (file === undefined) return { kind: 'profile', mac: null, model: null, spelling: '/' };
  return resolveParts(parts, file);
}

function resolveParts(parts: readonly string[], file: string): Resolved {
  const name = readFileName(parts.at(-2) ?? null, file);
  if (name?.kind === 'enterprise') return { kind: 'enterprise', file, mac: name.mac };
  if (parts.length > 1 && parts.slice(0, -1).some((part) => REPORT_FOLDER.test(part))) {
    return { kind: 'report', file, mac: name?.mac ?? null, model: name?.model ?? null };
  }
  if (name) return name;
  if (parts.some(isUnservable)) return REFUSED_NAME;
  return { kind: 'static', relative: parts.join('/') };
}

/** Undoes URL escapes once; null when they are no UTF-8. A TFTP name has none and stays as it is. */
function decodeOnce(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** A second layer of escapes that spells a dot, a slash, a backslash or a NUL is an attempt, never a file name. */
function isEncodedTraversal(text: string): boolean {
  return /%(?:25)*(?:2e|2f|5c|00)/i.test(text);
}

/** `..`, and what Windows takes for it after dropping trailing dots and blanks. */
function isUpward(part: string): boolean {
  return /^\.[. ]*$/.test(part);
}

/** Hidden files, Windows devices, alternate streams, and names that Windows would open under another spelling. */
function isUnservable(part: string): boolean {
  return part.startsWith('.') || part.includes(':') || /[. ]$/.test(part) || DEVICE.test(part);
}
