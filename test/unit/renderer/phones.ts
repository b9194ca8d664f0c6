import type { PhoneView } from '../../../common/contract/views/phone.ts';
import { parseMac, type Mac } from '../../../common/values/mac.ts';
import { findModel } from '../../../common/values/model.ts';

export function macOf(number: number): Mac {
  const mac = parseMac(`00562b${number.toString(16).padStart(6, '0')}`);
  if (!mac) throw new Error('not a MAC');
  return mac;
}

/** A phone that has its address and goes on, with what a test changes. */
export function phone(number: number, change: Partial<PhoneView> = {}): PhoneView {
  return {
    mac: macOf(number), number, enrolled: true, model: findModel('CP-8841-3PCC'), serial: null, name: null, ip: null, firmware: null,
    stage: 'addressed', stageAt: 1000, face: 'working', attention: null, moving: null, upgrade: null, heardAt: 1000, version: 1, ...change,
  };
}
