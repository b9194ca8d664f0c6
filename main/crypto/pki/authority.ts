import forge from 'node-forge';
import { signer, type KeyPairPem } from './key-pair.ts';

/** A certificate with the private key that belongs to it, both PEM. */
export interface Identity {
  /** The own certificate first, then those that signed it. */
  readonly chain: string;
  readonly privateKey: string;
}

export interface MakeAuthority {
  readonly keys: KeyPairPem;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** 16 random bytes. */
  readonly serial: Uint8Array;
}

const DAY = 86_400_000;
/**
 * Certificates begin before they are made: a phone, or the laptop that makes them, whose clock is days behind would
 * otherwise refuse one as not yet valid. A phone without any clock is in another year and needs the bench's SNTP server.
 */
export const BACKDATED_DAYS = 30;
const AUTHORITY_YEARS = 10;

/**
 * The bench's own authority, for `Custom_CA_Rule`: it may sign certificates and no authorities (path length 0). Its common
 * name ends in four digits of its serial number, because the phone shows that name (Info, Status, Custom CA Status) and
 * two benches must be told apart there.
 */
export function makeAuthority({ keys, now, serial }: MakeAuthority): Identity {
  const certificate = forge.pki.createCertificate();
  const number = serialNumber(serial);
  const name = subjectOf(`Dialbench CA ${number.slice(-4).toUpperCase()}`);
  certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKey);
  certificate.serialNumber = number;
  certificate.validity.notBefore = new Date(now - BACKDATED_DAYS * DAY);
  certificate.validity.notAfter = new Date(now + AUTHORITY_YEARS * 365 * DAY);
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
    { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(signer(keys.privateKey), forge.md.sha256.create());
  return { chain: pemOf(certificate), privateKey: keys.privateKey };
}

/** Positive and never zero (RFC 5280 §4.1.2.2), as hex. */
export function serialNumber(random: Uint8Array): string {
  const bytes = Buffer.from(random);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

function subjectOf(commonName: string): forge.pki.CertificateField[] {
  return [{ name: 'organizationName', value: 'Dialbench' }, { name: 'commonName', value: commonName }];
}

export function pemOf(certificate: forge.pki.Certificate): string {
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}
