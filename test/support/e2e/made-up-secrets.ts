import { ORPCError, type implement } from '@orpc/server';
import type { contract } from '../../../common/contract/contract.ts';
import type { CertificatesView } from '../../../common/contract/views/certificates.ts';
import type { KeyView } from '../../../common/values/key.ts';

type Os = ReturnType<typeof implement<typeof contract>>;

/** Keys and certificates of the made-up host: enough for a screen to be drawn. */
export function madeUpSecrets(os: Os) {
  const key: KeyView = { id: 'k1', owner: { kind: 'customer', name: 'Saint-Roch' }, use: 'passphrase', createdAt: Date.now(), fingerprint: '41d7 b0c3 a9e8 f112', shownAt: null };
  const view: CertificatesView = {
    authority: null, server: null, origin: null, clientCertificates: 'off', tlsFloor: 'TLSv1.2', authorityPath: '/ca.pem',
    phones: 48, phonesHolding: 0, failed: [], remark: null,
  };
  const refuse = (): never => { throw new ORPCError('BAD_REQUEST', { message: 'made-up host', data: { code: 'made-up', params: {} } }); };
  return {
    keys: {
      list: os.keys.list.handler(() => [key]),
      make: os.keys.make.handler(() => key),
      makeForPhones: os.keys.makeForPhones.handler(({ input }) => ({ made: input.macs.length })),
      take: os.keys.take.handler(() => key),
      reveal: os.keys.reveal.handler(() => ({ text: 'bm90LWEta2V5', view: key })),
      remove: os.keys.remove.handler(() => ({ removed: true })),
    },
    doctor: { examine: os.doctor.examine.handler(refuse) },
    certificates: {
      view: os.certificates.view.handler(() => view),
      renew: os.certificates.renew.handler(() => view),
      request: os.certificates.request.handler(() => ({ pem: '-----BEGIN CERTIFICATE REQUEST-----\n' })),
      importChain: os.certificates.importChain.handler(() => view),
      useOwn: os.certificates.useOwn.handler(() => view),
      clientCertificates: os.certificates.clientCertificates.handler(() => view),
      tlsFloor: os.certificates.tlsFloor.handler(() => view),
      authority: os.certificates.authority.handler(() => null),
    },
  };
}
