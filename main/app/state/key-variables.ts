import type { Device } from '../../domain/device/device.ts';
import { templatesFor } from '../../domain/profile/scope.ts';
import type { TemplateRow } from '../../store/store.ts';
import type { Ring } from './ring.ts';

/**
 * What a first-touch profile hands to a phone: `key`, the passphrase of the phone's encrypted template (for GPP_SA), and
 * `ikm`, that of its RFC 8188 template (for IKM_HTTP_Encrypt_Content). Without such a template it is the phone's own key,
 * where it has one.
 */
export function keyVariables(device: Device, rows: readonly TemplateRow[], ring: Ring): Readonly<Record<string, string>> {
  const wanted = templatesFor(rows, device).map(({ protection }) => protection).filter(({ key }) => key !== null);
  const aes = wanted.find(({ container }) => container === 'aes' || container === 'gzip-aes');
  const gcm = wanted.find(({ container }) => container === 'aes128gcm');
  const key = ring.keyFor(aes ?? { ...OWN, container: 'aes' }, device.mac);
  const ikm = ring.keyFor(gcm ?? { ...OWN, container: 'aes128gcm' }, device.mac);
  return { ...(key === null ? {} : { key }), ...(ikm === null ? {} : { ikm }) };
}

const OWN = { digest: 'md5', ikmForm: 'base64url', key: 'phone' } as const;
