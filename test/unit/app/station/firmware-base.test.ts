import { describe, expect, it } from 'vitest';
import type { CardView } from '../../../../common/contract/views/servers.ts';
import { cardInUse } from '../../../../main/app/station/card-in-use.ts';
import { fillBase, firmwareBase } from '../../../../main/app/station/firmware-base.ts';

describe('where phones load firmware', () => {
  it('is HTTP, and TFTP only where HTTP does not run', () => {
    expect(firmwareBase({ http: 'http://10.0.0.1', tftp: 'tftp://10.0.0.1' })).toBe('{{bench_http}}/firmware/$MA');
    expect(firmwareBase({ http: null, tftp: 'tftp://10.0.0.1' })).toBe('{{bench_tftp}}/firmware/$MA');
  });

  it('is filled with what listens, and a rule without a place asks nobody', () => {
    expect(fillBase('{{bench_http}}/firmware/$MA', () => ({ http: 'http://10.0.0.1:8080', tftp: null }))).toBe('http://10.0.0.1:8080/firmware/$MA');
    expect(fillBase('', () => { throw new Error('asked'); })).toBe('');
  });
});

describe('the card in use', () => {
  const card = (address: string, speed: number | null): CardView => ({ address, speed, linkUp: true }) as unknown as CardView;

  it('carries its speed less the framing, where the system tells it', () => {
    expect(cardInUse([card('10.0.0.1', 1000), card('10.0.0.2', null)], '10.0.0.1')).toEqual({ capacity: 118_000_000, up: true });
    expect(cardInUse([card('10.0.0.2', null)], '10.0.0.2')).toEqual({ capacity: null, up: true });
    expect(cardInUse([], '10.0.0.1')).toBeNull();
  });
});
