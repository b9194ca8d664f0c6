import { decode, encode } from 'dns-packet';
import { parseIpv4, type Ipv4 } from '../../common/values/ip.ts';
import type { Handset } from './handset.ts';
import { askUdp } from './probe/ask-udp.ts';

/**
 * Asks the name server that the phone was told for a host, and remembers the answer. A phone that was told none resolves
 * nothing: no look-up leaves this computer. What the name leads to is judged by `reach`.
 */
export async function resolveHost(handset: Handset, host: string): Promise<void> {
  const name = host.toLowerCase();
  if (handset.nameServer === null || parseIpv4(host) !== null || name === 'localhost') return;
  const id = Math.floor(handset.options.random() * 0x10000);
  const { address, port } = handset.nameServer;
  const bytes = encode({ type: 'query', id, questions: [{ type: 'A', name }] });
  const answer = await askUdp({ address, port, bytes, accepts: (packet) => read(packet, id) !== null }, handset.power);
  const found = answer.ok ? read(answer.bytes, id) : null;
  if (found) handset.names.set(name, found);
  else handset.names.delete(name);
}

/** Asks only for a name that no answer was kept of. */
export async function resolveFirst(handset: Handset, host: string): Promise<void> {
  if (!handset.names.has(host.toLowerCase())) await resolveHost(handset, host);
}

function read(bytes: Uint8Array, id: number): Ipv4 | '' | null {
  try {
    const packet = decode(Buffer.from(bytes));
    if (packet.id !== id || packet.type !== 'response') return null;
    const data = packet.answers.find(({ type }) => type === 'A')?.data;
    return (typeof data === 'string' ? parseIpv4(data) : null) ?? '';
  } catch {
    return null;
  }
}
