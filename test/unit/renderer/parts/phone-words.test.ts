import { describe, expect, it } from 'vitest';
import type { Upgrade } from '../../../../common/contract/views/phone.ts';
import { minutesLeft, movingPercent } from '../../../../renderer/parts/phone-words.ts';
import { phone } from '../phones.ts';

const upgrade = (more: Partial<Upgrade>): Upgrade => ({ state: 'loading', paused: false, stage: 1, percent: 62, rate: 1, endsAt: 200_000, file: null, stages: 2, to: '12-0-7', ...more });
const moving = { what: 'firmware', file: 'kern.sbn', bytes: 1, percent: 9 } as const;

describe('a phone in a wave', () => {
  it('tells how far its whole load is, not the file of the moment', () => {
    expect(movingPercent(phone(1, { moving, upgrade: upgrade({}) }))).toBe(62);
    expect(movingPercent(phone(1, { moving, upgrade: upgrade({ percent: null }) }))).toBe(9);
    expect(movingPercent(phone(1, { moving, upgrade: null }))).toBe(9);
  });

  it('tells minutes only while it loads or writes, and never none at all', () => {
    expect(minutesLeft(phone(1, { upgrade: upgrade({}) }), 20_000)).toBe(3);
    expect(minutesLeft(phone(1, { upgrade: upgrade({ state: 'writing' }) }), 199_000)).toBe(1);
    expect(minutesLeft(phone(1, { upgrade: upgrade({ state: 'queued' }) }), 0)).toBeNull();
    expect(minutesLeft(phone(1, { upgrade: upgrade({ endsAt: null }) }), 0)).toBeNull();
  });
});
