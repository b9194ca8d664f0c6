import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../common/values/mac.ts';
import { createFillable } from '../../../../main/app/serve/fillable.ts';
import { newDevice } from '../../../../main/domain/device/enrol.ts';

const phones = Array.from({ length: 500 }, (_, index) => newDevice(`00562b${index.toString(16).padStart(6, '0')}` as Mac, 0, index + 1));

describe('the places that phones can fill', () => {
  it('are the names with a value, and the place whose emptiness says something', () => {
    const fillable = createFillable(() => ({ Name: 'Reception', ' extension ': '3007', floor: ' ', bench_upgrade_rule: '' }));
    expect(Array.from(fillable.names(newDevice(phones[0]?.mac ?? ('' as Mac), 0, 1))).sort()).toEqual(['bench_upgrade_rule', 'extension', 'name']);
  });

  it('are read once for each phone, however often a text is looked at', () => {
    let reads = 0;
    const fillable = createFillable(() => ({ name: 'a', reads: String(reads += 1) }));
    for (let look = 0; look < 20; look += 1) phones.forEach(fillable.names);
    expect(reads).toBe(phones.length);
  });

  it('are one set for all phones of one list', () => {
    const fillable = createFillable(({ number }) => (number === 7 ? { mac: 'x' } : { name: String(number), mac: 'x' }));
    expect(new Set(phones.map(fillable.names)).size).toBe(2);
  });

  it('are read again for a phone of whom something new is known, and for all after a reset', () => {
    const [phone] = phones;
    if (!phone) throw new Error('no phone');
    let served = 'bench_http';
    const fillable = createFillable((device) => ({ [served]: 'x', ...(device.ip === null ? {} : { ip: device.ip }) }));
    expect(fillable.names(phone).has('ip')).toBe(false);
    expect(fillable.names({ ...phone, ip: '10.0.0.9' as never }).has('ip')).toBe(true);
    served = 'bench_https';
    expect(fillable.names(phone).has('bench_https')).toBe(false);
    fillable.reset();
    expect(fillable.names(phone).has('bench_https')).toBe(true);
  });
});
