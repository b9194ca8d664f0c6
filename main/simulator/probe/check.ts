import type { Failure } from '../../../common/values/failure.ts';
import type { Ipv4 } from '../../../common/values/ip.ts';
import type { PhoneIdentity } from '../identity.ts';

/** A sentence of the catalogue with what fills its places. */
export type Finding = Pick<Failure, 'code' | 'params'>;

/** One thing that was tried against a bench. */
export interface Check {
  readonly server: 'dhcp' | 'tftp' | 'http' | 'syslog' | 'dns' | 'sntp';
  readonly transport: 'udp' | 'tcp';
  /** `10.20.0.1:69`. */
  readonly target: string;
  /** `unsure`: nothing speaks against it, and nothing can prove it. */
  readonly verdict: 'right' | 'wrong' | 'unsure';
  readonly finding: Finding;
  readonly advice: Finding;
  readonly tookMs: number;
}

export interface ProbeOptions {
  readonly address: Ipv4;
  /** null leaves that server out. */
  readonly ports: { readonly dhcp: number | null; readonly tftp: number | null; readonly http: number | null; readonly syslog: number | null; readonly dns: number | null; readonly sntp: number | null };
  /** The phone that is played: the bench records what is asked as asked by this one. */
  readonly phone: PhoneIdentity;
  /** True when the person named the phone: then its profile must be served; else its MAC is told to DHCP alone, and any answer is good. */
  readonly named: boolean;
  /** Unlikely to be met twice: it marks the syslog line, so that a person can find it on the bench. */
  readonly marker: string;
  readonly signal: AbortSignal;
}

export const NOTHING_TO_DO: Finding = { code: 'probe.do-nothing', params: {} };

/** The name to ask for: with a MAC where the phone was named, else the one of its model. */
export function nameToAsk(options: ProbeOptions): string {
  const { model, mac } = options.phone;
  return options.named ? `/Cisco/${model}/${mac}.cfg` : `/${model.replace(/^(?:CP|DP)-/, '')}.xml`;
}

/** No answer, in the plainest words that the system's own allow. */
export function noAnswer(target: string, cause: string): Finding {
  return cause.includes('ECONNREFUSED') ? { code: 'probe.closed', params: { target } } : { code: 'probe.silent', params: { target, cause } };
}
