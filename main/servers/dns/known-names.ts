import { isWithin } from './name.ts';

/** Names that phones ask for by themselves, and the sentence that says what it means when this bench refuses them. */
const KNOWN: readonly (readonly [code: string, names: readonly string[]])[] = [
  // Zero-touch provisioning: the first since load 11.2(1), the second before it.
  ['dns.activation', ['activate.cisco.com', 'webapps.cisco.com']],
  ['dns.activation-code', ['activation.webex.com']],
  ['dns.certificate-renewal', ['sudirenewal.cisco.com']],
  ['dns.webex', ['webex.com', 'wbx2.com', 'ciscospark.com']],
  ['dns.time', ['ntp.org', 'time.windows.com', 'time.apple.com', 'time.google.com', 'time.cloudflare.com', 'time.nist.gov']],
];
/** `ntp.example.com`, `0.ntp.example.com`, `ntp1.example.com`, `sntp.example.com`. */
const TIME_LABEL = /(?:^|\.)s?ntp\d*\./;

/** Why a name outside the bench's own was refused, as a code of the catalogue. */
export function refusalCode(name: string): string {
  const known = KNOWN.find(([, names]) => names.some((each) => isWithin(name, each)));
  if (known) return known[0];
  return TIME_LABEL.test(`${name}.`) ? 'dns.time' : 'dns.outside';
}
