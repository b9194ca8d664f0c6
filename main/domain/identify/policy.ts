import type { Mac } from '../../../common/values/mac.ts';
import type { Device } from '../device/device.ts';

export type AnswerPolicy = 'phones' | 'enrolled' | 'all';

export type PolicyAnswer = { readonly answer: true } | { readonly answer: false; readonly code: 'dhcp.stranger' | 'dhcp.not-enrolled' };

/**
 * Who may have an address from this bench. An enrolled MAC always; under `phones` also who says that it is a Multiplatform
 * load. An enterprise class, or `dslforum.org` (any home router sends that), is answered only when enrolled: a DHCP
 * answer to a stranger's office PC or router is what this bench must never give.
 */
export function isPhone(
  client: { readonly chaddr: Mac; readonly vendorClass: string },
  device: Pick<Device, 'enrolled'> | null,
  policy: AnswerPolicy,
): PolicyAnswer {
  if (policy === 'all' || device?.enrolled === true) return { answer: true };
  const says = /-(?:3PCC|MPP)/i.test(client.vendorClass);
  if (says && policy === 'phones') return { answer: true };
  return { answer: false, code: says ? 'dhcp.not-enrolled' : 'dhcp.stranger' };
}
