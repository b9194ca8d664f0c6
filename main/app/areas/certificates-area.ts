import type { CertificatesView } from '../../../common/contract/views/certificates.ts';
import type { Result } from '../../../common/values/failure.ts';
import { unwrap } from '../failure-error.ts';
import type { Certificates } from '../state/certificates.ts';
import { answers } from './context.ts';

export interface CertificatesAreaNeeds {
  readonly certificates: Certificates;
}

export function certificatesArea({ certificates }: CertificatesAreaNeeds) {
  const { certificates: area } = answers;
  const after = (result: Result<void>): CertificatesView => {
    unwrap(result);
    return certificates.view();
  };
  return {
    certificates: area.router({
      view: area.view.handler(() => certificates.view()),
      renew: area.renew.handler(async ({ input }) => after(await certificates.renew(input.days, input.names))),
      request: area.request.handler(async ({ input }) => ({ pem: unwrap(await certificates.request(input.names)) })),
      importChain: area.importChain.handler(async ({ input }) => after(await certificates.importChain(input.chain, input.key))),
      useOwn: area.useOwn.handler(async () => after(await certificates.useOwn())),
      clientCertificates: area.clientCertificates.handler(async ({ input }) => after(await certificates.setClientCertificates(input.mode))),
      tlsFloor: area.tlsFloor.handler(async ({ input }) => after(await certificates.setFloor(input.floor))),
      authority: area.authority.handler(() => {
        const pem = certificates.authority();
        return pem === null ? null : { pem };
      }),
    }),
  };
}
