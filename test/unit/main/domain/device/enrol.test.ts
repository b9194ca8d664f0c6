import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../../common/values/mac.ts';
import type { Model } from '../../../../../common/values/model.ts';
import { enrol, newDevice, newPlan, stranger, type ListRow } from '../../../../../main/domain/device/enrol.ts';
import { readModel } from '../../../../../main/domain/device/model-name.ts';
import { MAC, story } from './phones.ts';

const ROW: ListRow = { mac: MAC, model: 'CP-8841-3PCC' as Model, serial: null, name: 'Reception', variables: { ext1: '0012', plus: '+33' } };

describe('enrolment', () => {
  it('a stranger that is enrolled keeps what the wire showed of it and gets the next number', () => {
    const seen = { ...story(stranger(MAC, 1)).boot().device };
    const device = enrol(seen, ROW, 20_000, 7);
    expect(device).toMatchObject({ enrolled: true, number: 7, stage: 'addressed', ip: '10.20.0.7', name: 'Reception', variables: ROW.variables });
  });

  it('a number never changes', () => {
    expect(enrol(newDevice(MAC, 1, 3), ROW, 2, 9).number).toBe(3);
  });

  it('a changed plan begins a new round, the same plan does not', () => {
    const resynced = enrol(story().boot().profile().line('Successful resync tftp://10.20.0.1/x').device, ROW, 20_000, 1);
    const again = story(resynced).boot().profile().line('Successful resync tftp://10.20.0.1/x').device;
    expect(enrol(again, ROW, 30_000, 1).stage).toBe('resynced');
    const changed = enrol(again, { ...ROW, variables: { ext1: '0013' } }, 30_000, 1);
    expect(changed).toMatchObject({ stage: 'expected', servedSha256: null, attention: null, variables: { ext1: '0013', plus: '+33' } });
  });

  it('an empty cell takes a variable away, a column that is not there leaves it', () => {
    const device = enrol(enrol(newDevice(MAC, 1, 1), ROW, 2, 1), { ...ROW, name: null, variables: { ext1: '' } }, 3, 1);
    expect(device.variables).toEqual({ plus: '+33' });
    expect(device.name).toBe('Reception');
  });

  it('says where each fact came from', () => {
    expect(enrol(newDevice(MAC, 1, null), ROW, 2, 1, 'list').origins).toEqual({ mac: ['list'], model: ['list'], name: ['list'] });
    expect(enrol(newDevice(MAC, 1, null), { ...ROW, model: null, name: null }, 2, 1, 'typed').origins).toEqual({ mac: ['typed'] });
  });

  it('a new plan keeps identity and address', () => {
    const device = newPlan(story().boot().profile().device, 50_000);
    expect(device).toMatchObject({ stage: 'expected', ip: '10.20.0.7', model: 'CP-8841-3PCC', stages: { expected: { at: 50_000 } } });
  });

  it('a stranger has no number', () => {
    expect(stranger('00562b000009' as Mac, 1)).toMatchObject({ number: null, enrolled: false, stage: 'expected' });
  });
});

describe('model names', () => {
  it.each([
    ['CP-8841-3PCC-K9=', 'CP-8841-3PCC'], ['CP-8841-3PCC-K9++=', 'CP-8841-3PCC'], ['CP-8811-3PC-RC-K9=', 'CP-8811-3PCC'], ['CP-6861-3PW-K9', 'CP-6861-3PCC'],
    ['8841-3PCC', 'CP-8841-3PCC'], ['8841', 'CP-8841-3PCC'], ['Cisco 7832', 'CP-7832-3PCC'], ['Cisco IP Phone 8865', 'CP-8865-3PCC'],
    ['9861', 'CP-9861'], ['CP-9861', 'CP-9861'], ['DP-9861', 'CP-9861'], ['CP-8841', 'CP-8841'], ['ATA192-3PW-K9', 'ATA192-MPP'], ['cp-8845-3pcc', 'CP-8845-3PCC'],
  ])('%s is %s', (text, model) => {
    expect(readModel(text)).toBe(model);
  });
  it.each(['', '2024', 'laptop', '8841 and more', 'CP-8841-3PCC.xml', '88410'])('%j is no model', (text) => {
    expect(readModel(text)).toBeNull();
  });
});
