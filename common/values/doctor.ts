/** What the key doctor found a file to be, outermost layer first. */
export type FileLayer =
  /** `salt` in hex; empty: no header, as openssl writes with `-K`. */
  | { readonly kind: 'salted'; readonly salt: string; readonly digest: 'md5' | 'sha256' | 'pbkdf2-sha256' | 'raw-key' | null }
  | { readonly kind: 'aes128gcm'; readonly recordSize: number; readonly keyId: string; readonly records: number }
  /** Base64 text of `openssl enc -a`: a phone does not take it. */
  | { readonly kind: 'base64'; readonly bytes: number }
  | { readonly kind: 'gzip'; readonly bytes: number }
  | { readonly kind: 'xml'; readonly root: string; readonly elements: number }
  | { readonly kind: 'unknown'; readonly bytes: number };

/** Never `opened` for garbage: the plaintext must be gzip or well-formed XML, or RFC 8188's tag must hold. */
export interface DoctorVerdict {
  readonly verdict: 'opened' | 'opened-otherwise' | 'wrong-key' | 'needs-key' | 'not-encrypted' | 'damaged' | 'unknown';
  readonly layers: readonly FileLayer[];
  /** What had to be changed in the key as typed: `newline-removed`, `quotes-straightened`, `upper-case` … Empty when it fits as typed. */
  readonly accidents: readonly string[];
  /** Sentence of the catalogue: `doctor.…`. */
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** The command that does the same with the openssl program, without the key; null where it cannot. */
  readonly openssl: string | null;
}
