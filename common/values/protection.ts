/** How a template leaves the bench. Order is fixed by the phones: XML, then gzip, then encryption. */
export const CONTAINERS = ['none', 'gzip', 'aes', 'gzip-aes', 'aes128gcm'] as const;
export type Container = (typeof CONTAINERS)[number];

/** Derivation of the `openssl enc` container. Which one a phone's version expects no public source confirms. */
export const KEY_DIGESTS = ['md5', 'sha256'] as const;
export type KeyDigest = (typeof KEY_DIGESTS)[number];

/**
 * How the text of IKM_HTTP_Encrypt_Content is read as key bytes: not confirmed by any public source. Who does not know the
 * form tries them in this order.
 */
export const IKM_FORMS = ['base64url', 'base64', 'hex', 'text'] as const;
export type IkmForm = (typeof IKM_FORMS)[number];

export interface Protection {
  readonly container: Container;
  readonly digest: KeyDigest;
  readonly ikmForm: IkmForm;
  /** `phone`: each phone has its own key. Otherwise the name of a shared key, of a batch or a customer. null: no key. */
  readonly key: 'phone' | { readonly shared: string } | null;
}

export const UNPROTECTED: Protection = { container: 'none', digest: 'md5', ikmForm: 'base64url', key: null };
