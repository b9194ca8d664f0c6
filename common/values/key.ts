import type { Mac } from './mac.ts';

/** Whose key it is. */
export type KeyOwner =
  | { readonly kind: 'phone'; readonly mac: Mac }
  | { readonly kind: 'batch'; readonly name: string }
  | { readonly kind: 'customer'; readonly name: string };

/** The same text only for the same owner: batches and customers have names of their own kinds. */
export function ownerKey(owner: KeyOwner): string {
  return owner.kind === 'phone' ? `phone:${owner.mac}` : `${owner.kind}:${owner.name}`;
}

/** `passphrase` for AES-256-CBC (`--key`), `ikm` for RFC 8188 (IKM_HTTP_Encrypt_Content). */
export type KeyUse = 'passphrase' | 'ikm';

/** A key as it may be shown: never the key itself. */
export interface KeyView {
  readonly id: string;
  readonly owner: KeyOwner;
  readonly use: KeyUse;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** First 16 hex digits, in groups of four, of SHA-256 over the key's UTF-8 bytes. */
  readonly fingerprint: string;
  /** When its text was shown, null while it never was. */
  readonly shownAt: number | null;
}
