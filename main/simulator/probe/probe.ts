import type { Check, ProbeOptions } from './check.ts';
import { checkDhcp } from './offer.ts';
import { checkDnsTcp, checkDnsUdp } from './names.ts';
import { checkSntp } from './time.ts';
import { checkHttp, checkTftp } from './files.ts';
import { checkSyslogTcp, checkSyslogUdp } from './lines.ts';

/** Plays every client against a bench, all at once; ends within some 8 s. Changes nothing there but its record. */
export function probeBench(options: ProbeOptions): Promise<readonly Check[]> {
  const { dhcp, tftp, http, syslog, dns, sntp } = options.ports;
  const checks: Promise<Check>[] = [];
  if (dhcp !== null) checks.push(checkDhcp(options, dhcp));
  if (tftp !== null) checks.push(checkTftp(options, tftp));
  if (http !== null) checks.push(checkHttp(options, http));
  if (syslog !== null) checks.push(checkSyslogUdp(options, syslog), checkSyslogTcp(options, syslog));
  if (dns !== null) checks.push(checkDnsUdp(options, dns), checkDnsTcp(options, dns));
  if (sntp !== null) checks.push(checkSntp(options, sntp));
  return Promise.all(checks);
}
