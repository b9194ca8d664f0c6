import { failed } from '../../../common/values/failure.ts';
import { asError } from '../failure-error.ts';
import { answers } from './context.ts';

export function secretsArea() {
  const { certificates } = answers;
  const later = (): never => { throw asError(failed('server.not-built', { server: 'certificates' }).failure); };
  return {
    certificates: certificates.router({
      view: certificates.view.handler(later), renew: certificates.renew.handler(later), request: certificates.request.handler(later),
      importChain: certificates.importChain.handler(later), useOwn: certificates.useOwn.handler(later),
      clientCertificates: certificates.clientCertificates.handler(later), tlsFloor: certificates.tlsFloor.handler(later),
      authority: certificates.authority.handler(later),
    }),
  };
}
