import forge from 'node-forge';
import { BACKDATED_DAYS, pemOf, serialNumber, type Identity } from './authority.ts';
import { signer, type KeyPairPem } from './key-pair.ts';
import type { CertificateNames } from './names.ts';

export interface MakeServerCertificate {
  readonly authority: Identity;
  readonly keys: KeyPairPem;
  readonly names: CertificateNames;
  /** From now, 1 to 825; it begins 30 days earlier. */
  readonly days: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** 16 random bytes. */
  readonly serial: Uint8Array;
}

const DAY = 86_400_000;

/**
 * A certificate for HTTPS from the bench's own authority: SHA-256 with RSA, for servers only. The common name is the first
 * host name, because phones compare it with the name in their rule; every name stands among the alternative names too.
 */
export function makeServerCertificate({ authority, keys, names, days, now, serial }: MakeServerCertificate): Identity {
  const issuer = forge.pki.certificateFromPem(authority.chain);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKey);
  certificate.serialNumber = serialNumber(serial);
  certificate.validity.notBefore = new Date(now - BACKDATED_DAYS * DAY);
  // Never longer than what signs it: a phone would refuse the rest of its time.
  certificate.validity.notAfter = new Date(Math.min(now + days * DAY, issuer.validity.notAfter.getTime()));
  certificate.setSubject([{ name: 'commonName', value: commonName(names) }]);
  certificate.setIssuer(issuer.subject.attributes);
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: alternativeNames(names) },
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: issuer.generateSubjectKeyIdentifier().getBytes() },
  ]);
  certificate.sign(signer(authority.privateKey), forge.md.sha256.create());
  return { chain: pemOf(certificate) + authority.chain, privateKey: keys.privateKey };
}

export function commonName({ hosts, addresses }: CertificateNames): string {
  return hosts[0] ?? addresses[0] ?? 'dialbench';
}

/** GeneralName (RFC 5280 §4.2.1.6): 2 is dNSName, 7 is iPAddress. */
export function alternativeNames({ hosts, addresses }: CertificateNames): object[] {
  return [...hosts.map((value) => ({ type: 2, value })), ...addresses.map((ip) => ({ type: 7, ip }))];
}
