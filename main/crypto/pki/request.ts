import forge from 'node-forge';
import { signer, type KeyPairPem } from './key-pair.ts';
import type { CertificateNames } from './names.ts';
import { alternativeNames, commonName } from './server-certificate.ts';

/** A request for a foreign authority (PKCS#10, RFC 2986), PEM, signed with the key that stays on the bench. */
export function makeRequest(keys: KeyPairPem, names: CertificateNames): string {
  const request = forge.pki.createCertificationRequest();
  request.publicKey = forge.pki.publicKeyFromPem(keys.publicKey);
  request.setSubject([{ name: 'commonName', value: commonName(names) }]);
  request.setAttributes([
    {
      name: 'extensionRequest',
      extensions: [
        { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: alternativeNames(names) },
      ],
    },
  ]);
  request.sign(signer(keys.privateKey), forge.md.sha256.create());
  return forge.pki.certificationRequestToPem(request).replaceAll('\r\n', '\n');
}
