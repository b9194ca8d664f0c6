import { failed } from '../../../common/values/failure.ts';
import { asError } from '../failure-error.ts';
import { answers } from './context.ts';

export function secretsArea() {
  const { keys, doctor, certificates } = answers;
  const later = (): never => { throw asError(failed('server.not-built', { server: 'keys' }).failure); };
  return {
    keys: keys.router({
      list: keys.list.handler(() => []), make: keys.make.handler(later), makeForPhones: keys.makeForPhones.handler(later),
      take: keys.take.handler(later), reveal: keys.reveal.handler(later), remove: keys.remove.handler(later),
    }),
    doctor: doctor.router({ examine: doctor.examine.handler(later) }),
    certificates: certificates.router({
      view: certificates.view.handler(later), renew: certificates.renew.handler(later), request: certificates.request.handler(later),
      importChain: certificates.importChain.handler(later), useOwn: certificates.useOwn.handler(later),
      clientCertificates: certificates.clientCertificates.handler(later), tlsFloor: certificates.tlsFloor.handler(later),
      authority: certificates.authority.handler(later),
    }),
  };
}
