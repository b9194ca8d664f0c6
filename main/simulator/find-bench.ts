import { isLoopback } from '../../common/values/ip.ts';
import { valueOf } from './configuration.ts';
import { obtainLease } from './dhcp-client.ts';
import { unplugged } from './handset.ts';
import type { Handset } from './handset.ts';
import { addressList, findServer } from './lease.ts';

/** DHCP option 6: name servers (RFC 2132 §3.8). */
const DNS_OPTION = 6;

/**
 * Learns the phone's address and its server.
 * @param onSilence called once, when the first rounds of DISCOVER brought no address
 * @returns false when the power went first
 */
export async function findBench(handset: Handset, onSilence: () => void): Promise<boolean> {
  const { server, source } = handset.options;
  if (source === 'given') {
    // Its own address is known only where it can be no other.
    handset.ip = isLoopback(server.address) ? server.address : null;
    handset.serverText = server.address;
    handset.nameServer = server.dnsPort === undefined ? null : { address: server.address, port: server.dnsPort };
    return true;
  }
  const lease = await obtainLease(handset, onSilence);
  if (lease === null) {
    await unplugged(handset);
    return false;
  }
  const found = findServer(valueOf(handset.configuration, 'DHCP_Option_To_Use'), lease.options);
  handset.ip = lease.ip;
  const [told] = addressList(lease.options.get(DNS_OPTION));
  handset.nameServer = told === undefined || told !== server.address ? null : { address: told, port: server.dnsPort ?? 53 };
  handset.serverText = found?.text ?? null;
  if (found) handset.note({ kind: 'server-found', from: `option ${found.option}`, value: found.text });
  return true;
}
