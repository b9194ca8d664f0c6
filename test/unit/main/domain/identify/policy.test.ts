import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../../common/values/mac.ts';
import { isPhone, type AnswerPolicy } from '../../../../../main/domain/identify/policy.ts';

const PHONE = 'Cisco Systems, Inc. IP Phone CP-8841-3PCC\0';
const ADAPTER = 'CISCO ATA191-MPP';
const ENTERPRISE = 'Cisco Systems, Inc. IP Phone CP-8841';
const ROUTER = 'dslforum.org';
const LAPTOP = 'MSFT 5.0';

function ask(vendorClass: string, enrolled: boolean | null, policy: AnswerPolicy) {
  return isPhone({ chaddr: '00562b043615' as Mac, vendorClass }, enrolled === null ? null : { enrolled }, policy);
}

describe('who gets an address', () => {
  it.each([PHONE, ADAPTER])('%j is answered under phones', (text) => {
    expect(ask(text, null, 'phones')).toEqual({ answer: true });
  });
  it.each([ENTERPRISE, ROUTER, LAPTOP, '', 'Cisco Systems, Inc. IP Phone CP-9861'])('%j is a stranger under phones', (text) => {
    expect(ask(text, null, 'phones')).toEqual({ answer: false, code: 'dhcp.stranger' });
    expect(ask(text, false, 'phones')).toEqual({ answer: false, code: 'dhcp.stranger' });
  });
  it.each([PHONE, ENTERPRISE, ROUTER, LAPTOP])('an enrolled MAC is answered whatever it says it is: %j', (text) => {
    expect(ask(text, true, 'phones')).toEqual({ answer: true });
    expect(ask(text, true, 'enrolled')).toEqual({ answer: true });
  });
  it('under enrolled a phone that is not in the list is told apart from a stranger', () => {
    expect(ask(PHONE, null, 'enrolled')).toEqual({ answer: false, code: 'dhcp.not-enrolled' });
    expect(ask(LAPTOP, null, 'enrolled')).toEqual({ answer: false, code: 'dhcp.stranger' });
  });
  it('under all everybody is answered', () => {
    expect(ask(LAPTOP, null, 'all')).toEqual({ answer: true });
  });
});
