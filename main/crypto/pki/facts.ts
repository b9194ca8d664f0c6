import type { X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '../../../common/values/certificate.ts';

/** A certificate as it is shown to people. */
export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  return {
    subject: distinguishedName(certificate.subject),
    issuer: distinguishedName(certificate.issuer),
    names: namesOf(certificate),
    from: certificate.validFromDate.getTime(),
    to: certificate.validToDate.getTime(),
    fingerprint: certificate.fingerprint256,
    serial: certificate.serialNumber,
  };
}

/** Alternative names, host names first as they stand; the common name where there are none. */
export function namesOf(certificate: X509Certificate): readonly string[] {
  const names = (certificate.subjectAltName ?? '').split(', ').flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? []);
  return names.length > 0 ? names : [commonNameOf(certificate)].filter((name) => name !== '');
}

/** Text after a slash is tolerated by phones and is no part of the name. */
function commonNameOf({ subject }: X509Certificate): string {
  const line = subject.split('\n').findLast((field) => field.startsWith('CN='));
  return (line ?? '').slice(3).replace(/\/.*$/, '').trim();
}

/** `OU=CP-8841-3PCC, L=FCH2443D9R4, ST=00562b043615`: one line of what the runtime gives on several. */
export function distinguishedName(subject: string): string {
  return subject.split('\n').join(', ').replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?').slice(0, 512);
}
