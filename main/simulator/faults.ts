/** What a virtual phone does wrong on purpose, so that the bench can be seen to cope. */
export const FAULTS = [
  /** Never sends a syslog line, as phones whose Syslog_Server is empty. */
  'no-syslog',
  /** Takes the last block by TFTP and never acknowledges it. */
  'vanish-before-last-ack',
  /** Loses power in the middle of its first profile, then starts again. */
  'reboot-mid-transfer',
  /** Sends DISCOVER and is deaf to every answer, as on a port in the wrong VLAN. */
  'never-dhcp',
  /** Runs an enterprise load: asks for SEP<MAC>.cnf.xml and can read no profile. */
  'enterprise-load',
  /** Acknowledges and reads at a crawl. */
  'slow',
] as const;

export type Fault = (typeof FAULTS)[number];

export function isFault(text: string): text is Fault {
  return (FAULTS as readonly string[]).includes(text);
}
