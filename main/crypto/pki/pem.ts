import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { done, failed, type Result } from '../../../common/values/failure.ts';

/** A longer chain is a whole trust store, pasted by mistake. */
const MOST_CERTIFICATES = 10;
/** Headers of RFC 1421 inside a block (`Proc-Type: 4,ENCRYPTED`) hold single dashes. */
const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----(?:(?!-----)[\s\S]){1,20000}-----END \1-----/g;
/** PKCS 8 says it in its label, the traditional form in a header. */
const LOCKED = /^(?:-----BEGIN ENCRYPTED |Proc-Type: *4, *ENCRYPTED)/m;

/** Blocks of one kind in a text, whatever stands around them: mail, `openssl s_client` output, bag attributes. */
export function pemBlocks(text: string, kind: RegExp): readonly string[] {
  return [...text.replaceAll('\r\n', '\n').matchAll(BLOCK)].filter(([, label]) => kind.test(label ?? '')).map(([block]) => block);
}

/** Reads every certificate of a text, in its order. Fails with `pki.no-certificate`, `pki.unreadable` or `pki.too-many`. */
export function readCertificates(text: string): Result<readonly X509Certificate[]> {
  const blocks = pemBlocks(text, /^(?:X509 |TRUSTED )?CERTIFICATE$/);
  if (blocks.length === 0) return failed('pki.no-certificate');
  if (blocks.length > MOST_CERTIFICATES) return failed('pki.too-many', { count: blocks.length, most: MOST_CERTIFICATES });
  const certificates: X509Certificate[] = [];
  for (const [index, block] of blocks.entries()) {
    try {
      certificates.push(new X509Certificate(block.replaceAll(/(?:X509|TRUSTED) CERTIFICATE/g, 'CERTIFICATE')));
    } catch (error) {
      return failed('pki.unreadable', { number: index + 1 }, String(error));
    }
  }
  return done(certificates);
}

/** The private key in a text, null when there is none. Fails with `pki.key-encrypted` or `pki.key-unreadable`. */
export function readPrivateKey(text: string): Result<KeyObject | null> {
  const [block] = pemBlocks(text, /PRIVATE KEY$/);
  if (block === undefined) return done(null);
  if (LOCKED.test(block)) return failed('pki.key-encrypted');
  try {
    return done(createPrivateKey(block));
  } catch {
    // The runtime's own words may quote the key: they go nowhere.
    return failed('pki.key-unreadable');
  }
}
