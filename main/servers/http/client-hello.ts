import type { TlsFloor } from '../../../common/values/certificate.ts';

/** What the first message of a TLS client says before anything is agreed. */
export interface ClientHello {
  /** Host name that it expects (server_name, RFC 6066 §3); a client that was given an address sends none. */
  readonly name: string | null;
  /** The newest version that it offers; null when it is older than any that has a name here (SSL 3.0). */
  readonly newest: TlsFloor | null;
}

/** `incomplete`: so far it may be a ClientHello. */
export type Beginning =
  | { readonly kind: 'hello'; readonly hello: ClientHello }
  | { readonly kind: 'incomplete' }
  /** A request line: plain HTTP on the port for HTTPS. */
  | { readonly kind: 'http' }
  | { readonly kind: 'other' };

/** A record carries at most 16 KB (RFC 8446 §5.1); a hello that is cut over several records is left to the TLS library. */
const RECORD_HEADER = 5;
const LARGEST_RECORD = 16_384;
const METHOD = /^[A-Z]{3,10}(?: |$)/;
const VERSIONS: Readonly<Record<number, TlsFloor>> = { 0x0301: 'TLSv1', 0x0302: 'TLSv1.1', 0x0303: 'TLSv1.2', 0x0304: 'TLSv1.3' };

/**
 * ```
 * record      type 22 (1) | version (2) | length (2)
 * handshake   type 1 (1) | length (3)
 * ClientHello version (2) | random (32) | session id <1> | cipher suites <2> | compressions <1> | extensions <2>
 * extension   type (2) | length (2) | body         0 = server_name, 43 = supported_versions (RFC 8446 §4.2.1)
 * ```
 * Never throws; a hello that is malformed inside is `hello` without a name, so that the TLS library answers it.
 */
export function readBeginning(bytes: Uint8Array): Beginning {
  if (bytes.length === 0) return { kind: 'incomplete' };
  if (bytes[0] !== 0x16) return readOther(bytes);
  if (bytes.length < RECORD_HEADER) return { kind: 'incomplete' };
  const length = word(bytes, 3);
  if (bytes[1] !== 3 || length > LARGEST_RECORD || length < 4) return { kind: 'other' };
  if (bytes.length < RECORD_HEADER + length) return { kind: 'incomplete' };
  const record = bytes.subarray(RECORD_HEADER, RECORD_HEADER + length);
  return record[0] === 1 ? { kind: 'hello', hello: readHello(record.subarray(4)) } : { kind: 'other' };
}

function readOther(bytes: Uint8Array): Beginning {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (METHOD.test(start)) return { kind: 'http' };
  return /^[A-Z]{1,10}$/.test(start) ? { kind: 'incomplete' } : { kind: 'other' };
}

function readHello(body: Uint8Array): ClientHello {
  let at = 2 + 32;
  at += 1 + (body[at] ?? 0);
  at += 2 + word(body, at);
  at += 1 + (body[at] ?? 0);
  const end = Math.min(body.length, at + 2 + word(body, at));
  at += 2;
  let name: string | null = null;
  let newest = VERSIONS[word(body, 0)] ?? null;
  while (at + 4 <= end) {
    const [type, length] = [word(body, at), word(body, at + 2)];
    const extension = body.subarray(at + 4, Math.min(end, at + 4 + length));
    if (type === 0) name = readName(extension) ?? name;
    if (type === 43) newest = readVersions(extension) ?? newest;
    at += 4 + length;
  }
  return { name, newest };
}

/** list length (2) | name type 0 (1) | length (2) | ASCII. What is no host name is not shown to people. */
function readName(extension: Uint8Array): string | null {
  if (extension[2] !== 0) return null;
  const text = String.fromCharCode(...extension.subarray(5, 5 + Math.min(word(extension, 3), 255)));
  return /^[\w.-]{1,253}$/.test(text) ? text.toLowerCase() : null;
}

/** length (1) | versions (2 each), GREASE among them (RFC 8701). */
function readVersions(extension: Uint8Array): TlsFloor | null {
  let newest = 0;
  for (let at = 1; at + 1 < extension.length; at += 2) {
    const version = word(extension, at);
    if (VERSIONS[version] !== undefined && version > newest) newest = version;
  }
  return VERSIONS[newest] ?? null;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
