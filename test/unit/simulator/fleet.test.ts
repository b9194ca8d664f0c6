import { describe, expect, it } from 'vitest';
import { parseMac } from '../../../common/values/mac.ts';
import { findModel } from '../../../common/values/model.ts';
import { isUsualSerial } from '../../../common/values/serial.ts';
import { fleetIdentity } from '../../../main/simulator/identity.ts';
import { seededRandom } from '../../../main/simulator/random.ts';

describe('the phones of a fleet', () => {
  const fleet = Array.from({ length: 5000 }, (_, index) => fleetIdentity(index, 3));

  it('have MACs, models and serials of the shapes that real phones have', () => {
    for (const phone of fleet) {
      expect(parseMac(phone.mac)).toBe(phone.mac);
      expect(findModel(phone.model)).toBe(phone.model);
      expect(isUsualSerial(phone.serial)).toBe(true);
      expect(phone.firmware).toMatch(/^sip[0-9x_]+\.\d+-\d+-\d+/);
    }
  });

  it('never share a MAC', () => {
    expect(new Set(fleet.map((phone) => phone.mac)).size).toBe(fleet.length);
  });

  it('are the same ones for the same seed and others for another', () => {
    expect(Array.from({ length: 20 }, (_, index) => fleetIdentity(index, 3))).toEqual(fleet.slice(0, 20));
    expect(fleetIdentity(0, 4).mac).not.toBe(fleet[0]?.mac);
  });

  it('are of several models', () => {
    expect(new Set(fleet.slice(0, 40).map((phone) => phone.model)).size).toBeGreaterThan(5);
  });
});

describe('seeded chance', () => {
  it('stays in 0 ≤ x < 1 and is spread evenly', () => {
    const random = seededRandom(1);
    const drawn = Array.from({ length: 10_000 }, random);
    expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(drawn.filter((value) => value < 0.5).length).toBeGreaterThan(4800);
    expect(drawn.filter((value) => value < 0.5).length).toBeLessThan(5200);
  });
});
