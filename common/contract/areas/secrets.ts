import { oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { DoctorVerdict } from '../../values/doctor.ts';
import type { KeyView } from '../../values/key.ts';
import type { CertificatesView } from '../views/certificates.ts';
import { fileBase64, ikmForm, keyOwner, keyUse, macInput } from './inputs.ts';

const view = type<CertificatesView>();

export const keys = {
  list: oc.output(type<readonly KeyView[]>()),
  /**
   * Makes a key: 32 random bytes, base64url; for `ikm` 16, in the form that the template reads (`ikmForm` of its protection).
   * An owner that has one keeps it unless `replace`.
   */
  make: oc
    .input(z.object({ owner: keyOwner, use: keyUse, form: ikmForm, replace: z.boolean().default(false) }))
    .output(type<KeyView>()),
  /** One key for each of these phones that has none. */
  makeForPhones: oc.input(z.object({ macs: z.array(macInput).min(1).max(5000), use: keyUse, form: ikmForm })).output(type<{ made: number }>()),
  /** Takes a key that the customer already uses. */
  take: oc.input(z.object({ owner: keyOwner, use: keyUse, text: z.string().min(1).max(512) })).output(type<KeyView>()),
  /** The key itself, once: a second time is refused with `key.shown` unless `again`. */
  reveal: oc.input(z.object({ id: z.string().max(64), again: z.boolean().default(false) })).output(type<{ text: string; view: KeyView }>()),
  remove: oc.input(z.object({ id: z.string().max(64) })).output(type<{ removed: boolean }>()),
};

export const doctor = {
  /**
   * Examines a file. A key comes typed, or from the ring by its id. `text` is the plaintext, null unless opened and text;
   * passwords inside are covered unless `reveal`.
   */
  examine: oc
    .input(z.object({ file: fileBase64, key: z.string().max(512).optional(), keyId: z.string().max(64).optional(), reveal: z.boolean().default(false) }))
    .output(type<{ verdict: DoctorVerdict; text: string | null }>()),
};

export const certificates = {
  view: oc.output(view),
  /** A new server certificate from the bench's own authority, which is made when it lacks. `days` 1 to 825; starts 30 days back. */
  renew: oc
    .input(z.object({ days: z.number().int().min(1).max(825).default(397), names: z.array(z.string().min(1).max(253)).max(20).default([]) }))
    .output(view),
  /** A request for the customer's authority (PKCS#10, PEM); its private key stays on the bench. */
  request: oc.input(z.object({ names: z.array(z.string().min(1).max(253)).max(20).default([]) })).output(type<{ pem: string }>()),
  /** The customer's chain: server certificate first. The key may be left out when it answers the bench's own request. */
  importChain: oc.input(z.object({ chain: z.string().max(200_000), key: z.string().max(50_000).nullable() })).output(view),
  /** Back to the bench's own certificate. */
  useOwn: oc.output(view),
  clientCertificates: oc.input(z.object({ mode: z.enum(['off', 'asked', 'required']) })).output(view),
  tlsFloor: oc.input(z.object({ floor: z.enum(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']) })).output(view),
  /** The authority's certificate (PEM): what Custom_CA_Rule points to. */
  authority: oc.output(type<{ pem: string } | null>()),
};
