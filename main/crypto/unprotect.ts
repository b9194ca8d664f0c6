import { done, failed, type Result } from '../../common/values/failure.ts';
import type { KeyDigest } from '../../common/values/protection.ts';
import { decodeAes128gcm } from './aes128gcm.ts';
import { beginsAsXml, holdsText, readContent } from './content.ts';
import { gunzip, isGzip } from './gzip.ts';
import { isSalted, opensslDecrypt } from './openssl-container.ts';

/** What may open a file that a phone sent. */
export interface KnownKeys {
  /** Texts for the openssl container; both digests are tried with each. */
  readonly passphrases: readonly string[];
  /** Bytes for RFC 8188, see `readIkm`. */
  readonly ikms: readonly Uint8Array[];
  /** True when the request said `Content-Encoding: aes128gcm`: the coding itself cannot be recognised. */
  readonly aes128gcm: boolean;
}

export interface Unprotected {
  readonly xml: Uint8Array;
  readonly encrypted: 'aes' | 'aes128gcm' | null;
  /** How the key of an `aes` file was made, else null. */
  readonly digest: KeyDigest | null;
  readonly gzip: boolean;
  /** Which key opened it: a place in `passphrases` or `ikms`; null when it was not encrypted. */
  readonly key: number | null;
}

type Inner = Pick<Unprotected, 'xml' | 'gzip'>;

/**
 * Opens what a phone sent: by its header RFC 8188, then by its first bytes the openssl container, gzip, XML. The inside of a
 * container must prove the key. XML is recognised, not checked: the caller's parser says more about it.
 * @param cap most bytes of XML; more is refused, however small the file (gzip bombs)
 * @returns `crypto.key-missing`, `crypto.wrong-key`, `crypto.cut-block`, `crypto.ece-…`, `crypto.gzip-damaged`,
 * `crypto.unpacks-too-large` (limit) or `crypto.unknown-content`
 */
export function unprotect(file: Uint8Array, keys: KnownKeys, cap: number): Result<Unprotected> {
  if (keys.aes128gcm) return openCoded(file, keys.ikms, cap);
  if (isSalted(file)) return openContainer(file, keys.passphrases, cap);
  const inner = unpack(file, cap);
  return inner.ok ? done({ ...inner.value, encrypted: null, digest: null, key: null }) : inner;
}

function openCoded(file: Uint8Array, ikms: readonly Uint8Array[], cap: number): Result<Unprotected> {
  let failure: Result<Unprotected> = failed('crypto.key-missing');
  for (const [key, ikm] of ikms.entries()) {
    const plain = decodeAes128gcm(file, ikm);
    if (plain.ok) {
      const inner = unpack(plain.value, cap);
      return inner.ok ? done({ ...inner.value, encrypted: 'aes128gcm', digest: null, key }) : inner;
    }
    // A later record fails only where the first one held: the right key, and a damaged file.
    if (failure.ok || plain.failure.code !== 'crypto.ece-first') failure = plain;
    else if (failure.failure.code === 'crypto.key-missing') failure = plain;
  }
  return failure;
}

function openContainer(file: Uint8Array, passphrases: readonly string[], cap: number): Result<Unprotected> {
  if (passphrases.length === 0) return failed('crypto.key-missing');
  for (const [key, passphrase] of passphrases.entries()) {
    for (const digest of ['md5', 'sha256'] as const) {
      const plain = opensslDecrypt(file, passphrase, digest);
      if (!plain.ok) {
        if (plain.failure.code === 'crypto.wrong-key') continue;
        return plain;
      }
      const inner = unpack(plain.value, cap);
      if (inner.ok ? provesKey(inner.value) : inner.failure.code === 'crypto.unpacks-too-large') {
        return inner.ok ? done({ ...inner.value, encrypted: 'aes', digest, key }) : inner;
      }
    }
  }
  return failed('crypto.wrong-key');
}

/** Gzip that came out whole, with its checksum, is proof; text has to be XML to its end, or long and clean. */
function provesKey({ xml, gzip }: Inner): boolean {
  return gzip || holdsText(xml) || readContent(xml).kind === 'xml';
}

function unpack(plain: Uint8Array, cap: number): Result<Inner> {
  if (isGzip(plain)) {
    const inside = gunzip(plain, cap);
    if (!inside.ok) return inside;
    return beginsAsXml(inside.value) ? done({ xml: inside.value, gzip: true }) : failed('crypto.unknown-content');
  }
  if (plain.length > cap) return failed('crypto.unpacks-too-large', { limit: cap });
  return beginsAsXml(plain) ? done({ xml: plain, gzip: false }) : failed('crypto.unknown-content');
}
