import type { Handset } from './handset.ts';
import type { PhoneLease } from './lease.ts';

/** Without a DHCP client the phone stays without address and says so. */
export async function obtainLease(handset: Handset, onSilence: () => void): Promise<PhoneLease | null> {
  handset.note({ kind: 'dhcp', message: 'silence' });
  onSilence();
  return null;
}
