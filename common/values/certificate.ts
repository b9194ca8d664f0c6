/** A certificate of the bench as it is shown. Times in milliseconds since 1970. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  readonly from: number;
  readonly to: number;
  /** SHA-256 of the DER, upper-case hex pairs with colons. */
  readonly fingerprint: string;
  readonly serial: string;
}

export type ClientCertificates = 'off' | 'asked' | 'required';
export type TlsFloor = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** A TLS handshake that failed, in words: `tls.…`. */
export interface FailedHandshake {
  readonly at: number;
  readonly peer: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}
