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
  /** Fetches and writes a load whole, then starts with the old one, as a boot loader does that rejects the new partition: the loop. */
  'never-upgrades',
  /** Loses power in the middle of an image, once, as when a technician moves the phone to another port of the switch. */
  'reboot-mid-upgrade',
  /** Loses power in the middle of every upgrade, as on a port whose PoE budget is too small for the load of a download. */
  'loses-power-each-upgrade',
  /** Its flash refuses an image that came whole, as with a bad signature or a worn flash; it says so by syslog. */
  'wrong-hash',
  /** Falls silent in the middle of an image and gives up later, as behind a switch port that went down. */
  'stops-acking',
] as const;

export type Fault = (typeof FAULTS)[number];

export function isFault(text: string): text is Fault {
  return (FAULTS as readonly string[]).includes(text);
}
