import { describe, expect, it } from 'vitest';
import { showsLoad } from '../../../../../main/domain/firmware/load.ts';

const LOAD = 'sip88xx.11-3-2MPP0001-609.loads';

describe('a load that the phone shows', () => {
  it.each(['sip88xx.11-3-2MPP0001-609', '11-3-2MPP0001-609', '11.3.2MPP0001-609', '11.3.2MPP0001', '11-3-2mpp0001', '11.3.2', '11-3-2'])('%s is it', (firmware) => {
    expect(showsLoad(firmware, LOAD)).toBe(true);
  });
  it.each(['11.0', '11.3', '11.3.21', '11.3.2MPP', '11-3-2MPP0002', 'sip88xx.12-0-7MPP0201-66', '', null])('%s is not', (firmware) => {
    expect(showsLoad(firmware, LOAD)).toBe(false);
  });
  it('families with an underscore are read too', () => {
    expect(showsLoad('11.1.1MSR', 'sip8845_65.11-1-1MSR-1dev.loads')).toBe(true);
  });
});
