import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../common/values/mac.ts';
import type { Serial } from '../../../../common/values/serial.ts';
import { createRegister } from '../../../../main/app/state/register.ts';
import { newDevice } from '../../../../main/domain/device/enrol.ts';

const phone = (mac: string, serial: string | null) => ({ ...newDevice(mac as Mac, 0, 1), serial: serial as Serial | null });

describe('the serial numbers of the register', () => {
  it('are forgotten when their phone tells another one', () => {
    const register = createRegister(0);
    register.put(phone('00562b000001', 'FCH1'));
    register.put(phone('00562b000001', 'FCH2'));
    expect(register.bySerial('FCH1' as Serial)).toBeNull();
    expect(register.bySerial('FCH2' as Serial)).toBe('00562b000001');
  });

  it('stay with the phone that named them last when the other one goes', () => {
    const register = createRegister(0);
    register.put(phone('00562b000001', 'FCH1'));
    register.put(phone('00562b000002', 'FCH1'));
    register.remove('00562b000001' as Mac);
    expect(register.bySerial('FCH1' as Serial)).toBe('00562b000002');
  });
});
