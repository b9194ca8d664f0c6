import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { ConnectionOptions, PeerCertificate } from 'node:tls';

/** Certificate and private key as PEM: what a phone's factory put into it (MIC, SUDI). */
export interface PhoneIdentityCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

/** What one phone brings to a TLS handshake. */
export interface TlsSide {
  /** PEM of its custom authority (`Custom_CA_Rule`); null trusts nobody: no public authority signs for an isolated bench. */
  readonly authority: string | null;
  /** Milliseconds since 1970 by the phone's own clock. */
  readonly clock: () => number;
  /** Shown when the server asks. */
  readonly identity: PhoneIdentityCertificate | null;
}

/** Options of a TLS connection as a phone makes it: it speaks to nobody whom it cannot verify. */
export function phoneTls(host: string, side: TlsSide): ConnectionOptions {
  return {
    // An empty list means nobody; without one the runtime would take its own public authorities.
    ca: side.authority === null ? [] : [side.authority],
    // A host name goes into the hello, an address never does (RFC 6066 §3).
    servername: isIP(host) === 0 ? host : '',
    rejectUnauthorized: true,
    checkServerIdentity: (_name, certificate) => refusalOf(host, certificate, side.clock()),
    ...(side.identity === null ? {} : { cert: side.identity.certificate, key: side.identity.privateKey }),
  };
}

/**
 * What a phone checks beside the chain: the dates by its own clock, and the name of its rule. Cisco's guides ask for the
 * FQDN in the common name, with text after a slash tolerated; that alternative names count too is not confirmed.
 */
export function refusalOf(host: string, certificate: PeerCertificate, now: number): Error | undefined {
  if (now < Date.parse(certificate.valid_from)) return new Error('certificate is not yet valid');
  if (now > Date.parse(certificate.valid_to)) return new Error('certificate has expired');
  const common = [certificate.subject.CN].flat().map((name) => (name ?? '').replace(/\/.*$/, ''));
  const others = (certificate.subjectaltname ?? '').split(', ').map((entry) => entry.replace(/^(?:DNS|IP Address):/, ''));
  const asked = host.toLowerCase();
  if ([...common, ...others].some((name) => name.trim().toLowerCase() === asked)) return undefined;
  return new Error(`certificate does not match ${host}`);
}

/** The first certificate of a file for `Custom_CA_Rule`, or in words why the phone does not keep it. */
export function readAuthority(bytes: Uint8Array): { readonly ok: true; readonly pem: string; readonly name: string } | { readonly ok: false; readonly error: string } {
  try {
    const certificate = new X509Certificate(Buffer.from(bytes));
    if (!certificate.ca) return { ok: false, error: 'not an authority' };
    return { ok: true, pem: certificate.toString(), name: /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '' };
  } catch {
    return { ok: false, error: 'no certificate in PEM' };
  }
}
