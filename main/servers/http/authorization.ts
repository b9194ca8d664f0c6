/**
 * The `Authorization` header ⇒ credentials.
 *
 *   Basic  (RFC 7617)   Basic base64(user ":" password)
 *   Digest (RFC 7616)   Digest username="…", realm="…", uri="…", nonce="…", nc=00000001, cnonce="…", qop=auth, response="…"
 */

export type Credentials =
  | { readonly scheme: 'Basic'; readonly user: string; readonly password: string }
  | { readonly scheme: 'Digest'; readonly fields: ReadonlyMap<string, string>; readonly user: string | null }
  | { readonly scheme: 'other' };

const LONGEST = 4_096;
const FIELD = /\s*([A-Za-z*]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))\s*(?:,|$)/y;

/** @returns null without a header; `other` for a scheme or a shape that cannot be read. */
export function readAuthorization(header: string | undefined): Credentials | null {
  if (header === undefined) return null;
  const [, scheme = '', rest = ''] = /^(\S+)\s*([^]*)$/.exec(header.slice(0, LONGEST).trim()) ?? [];
  if (/^basic$/i.test(scheme)) return readBasic(rest);
  if (/^digest$/i.test(scheme)) return readDigest(rest);
  return { scheme: 'other' };
}

function readBasic(text: string): Credentials {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return { scheme: 'other' };
  const plain = Buffer.from(text, 'base64').toString('utf8');
  const colon = plain.indexOf(':');
  if (colon < 0) return { scheme: 'other' };
  return { scheme: 'Basic', user: plain.slice(0, colon), password: plain.slice(colon + 1) };
}

function readDigest(text: string): Credentials {
  const fields = new Map<string, string>();
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const found = FIELD.exec(text);
    const name = found?.[1]?.toLowerCase();
    if (!found || name === undefined || fields.has(name)) return { scheme: 'other' };
    fields.set(name, found[2]?.replaceAll(/\\(.)/g, '$1') ?? found[3] ?? '');
  }
  return { scheme: 'Digest', fields, user: fields.get('username') ?? readExtended(fields.get('username*')) };
}

/** RFC 8187: `UTF-8''J%C3%A4s%C3%B8n`. */
function readExtended(text: string | undefined): string | null {
  const encoded = /^utf-8'[^']*'(.*)$/i.exec(text ?? '')?.[1];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}
