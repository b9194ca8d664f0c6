import { describe, expect, it } from 'vitest';
import { openBlockLimits } from '../../../../../main/servers/tftp/block-limit.ts';

describe('how large a block may be', () => {
  it('is one frame of the card for phones, 20 bytes less over IPv6', () => {
    expect(openBlockLimits('10.20.0.1', 1_468, () => 0).of('10.20.0.77')).toBe(1_468);
    expect(openBlockLimits('fd00::1', 1_468, () => 0).of('fd00::77')).toBe(1_448);
    expect(openBlockLimits('10.20.0.1', 8_968, () => 0).of('10.20.0.77')).toBe(8_968);
  });

  it.each(['127.0.0.1', '127.9.9.9', '10.20.0.1'])('is what the RFC allows for %s, which is this computer', (peer) => {
    expect(openBlockLimits('10.20.0.1', 1_468, () => 0).of(peer)).toBe(65_464);
  });

  it('never leaves the RFC, whatever the card says', () => {
    expect(openBlockLimits('10.20.0.1', 100_000, () => 0).of('10.20.0.77')).toBe(65_464);
    expect(openBlockLimits('10.20.0.1', -5, () => 0).of('10.20.0.77')).toBe(8);
  });

  it('is 512 bytes for ten minutes where large blocks were lost', () => {
    let now = 0;
    const limits = openBlockLimits('10.20.0.1', 1_468, () => now);
    limits.lost('10.20.0.77');
    expect([limits.of('10.20.0.77'), limits.of('10.20.0.78')]).toEqual([512, 1_468]);
    now = 600_001;
    expect(limits.of('10.20.0.77')).toBe(1_468);
  });

  it('remembers the last 256 such addresses', () => {
    const limits = openBlockLimits('10.20.0.1', 1_468, () => 0);
    for (let n = 0; n < 300; n += 1) limits.lost(`10.1.${String(Math.floor(n / 256))}.${String(n % 256)}`);
    expect([limits.of('10.1.0.0'), limits.of('10.1.0.43'), limits.of('10.1.0.44'), limits.of('10.1.1.43')]).toEqual([1_468, 1_468, 512, 512]);
  });
});
