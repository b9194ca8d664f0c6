import type { CertificateFacts, ClientCertificates, FailedHandshake, TlsFloor } from '../../values/certificate.ts';

export interface CertificatesView {
  /** The bench's own authority; made at the first start of HTTPS. */
  readonly authority: CertificateFacts | null;
  readonly server: CertificateFacts | null;
  /** Who signed the server's certificate: this bench, or a chain that the customer gave. */
  readonly origin: 'bench' | 'customer' | null;
  readonly clientCertificates: ClientCertificates;
  readonly tlsFloor: TlsFloor;
  /** Path under which phones fetch the authority for Custom_CA_Rule. */
  readonly authorityPath: string;
  /** Enrolled phones, and those of them that fetched the authority. */
  readonly phones: number;
  readonly phonesHolding: number;
  /** Newest first, at most 20. */
  readonly failed: readonly FailedHandshake[];
  /** The certificate does not carry the address or name that phones are told: `tls.names-old`; null when all is well. */
  readonly remark: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null;
}
