import { fetchFile } from './fetch.ts';
import type { Handset } from './handset.ts';

/**
 * Files of an enterprise load at start, by TFTP from the server of option 150 or 66: trust lists first, then its own configuration,
 * then the one for unknown phones. A Multiplatform profile is none of them, so this phone can never be provisioned as it is.
 */
export async function askAsEnterprise(handset: Handset): Promise<string> {
  const device = `SEP${handset.options.mac.toUpperCase()}`;
  const host = handset.serverText === null ? null : /^(?:tftp:\/\/)?([^/:;]+)(?::(\d+))?/.exec(handset.serverText);
  if (!host?.[1]) return 'No TFTP server in the DHCP options';
  for (const name of [`CTL${device}.tlv`, `ITL${device}.tlv`, `${device}.cnf.xml`, 'XMLDefault.cnf.xml']) {
    if (handset.power.aborted) break;
    await fetchFile(handset, { scheme: 'tftp', host: host[1], port: host[2] ? Number(host[2]) : null, path: name });
  }
  return `No configuration for ${device}: an enterprise load`;
}
