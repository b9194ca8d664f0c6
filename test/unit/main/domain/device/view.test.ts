import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../../common/values/mac.ts';
import type { Device } from '../../../../../main/domain/device/device.ts';
import { newDevice } from '../../../../../main/domain/device/enrol.ts';
import { finish } from '../../../../../main/domain/device/finish.ts';
import { counts, face, SILENT_AFTER_MS, worklist } from '../../../../../main/domain/device/view.ts';

const NOW = 1_000_000;

function phone(number: number | null, change: Partial<Device> = {}): Device {
  const mac = `00562b${String(number ?? 999).padStart(6, '0')}` as Mac;
  return { ...newDevice(mac, 1, number), ...change };
}
const trouble = (code: string, since: number, params: Record<string, string> = {}) => ({ attention: { code, params, since }, heardAt: NOW });

describe('the face of a phone', () => {
  const heard = { heardAt: NOW - 1_000 };
  it.each([
    ['expected', phone(1), null],
    ['working', phone(1, { ...heard }), null],
    ['working', phone(1, { ...heard, stage: 'profile' }), 'profile'],
    ['writing', phone(1, { ...heard, stage: 'firmware' }), 'firmware'],
    ['writing', phone(1, { ...heard, stage: 'resynced' }), 'firmware'],
    ['done', phone(1, { ...heard, stage: 'resynced' }), null],
    ['done', phone(1, { heardAt: 0, stage: 'proved' }), null],
    ['attention', phone(1, { ...trouble('phone.resync-failed', 5), stage: 'resynced' }), null],
    ['silent', phone(1, { heardAt: NOW - SILENT_AFTER_MS, stage: 'addressed' }), null],
    ['stranger', phone(null, { ...heard, stage: 'resynced' }), null],
  ] as const)('%s', (expected, device, moving) => {
    expect(face(device, 'resynced', moving && { what: moving }, NOW)).toBe(expected);
  });

  it('a phone that got its bytes is not green until the stage that counts is reached', () => {
    expect(face(phone(1, { heardAt: NOW, stage: 'profile' }), 'resynced', null, NOW)).toBe('working');
    expect(face(phone(1, { heardAt: NOW, stage: 'resynced' }), 'proved', null, NOW)).toBe('working');
  });
});

describe('counts', () => {
  it('strangers count as strangers only, trouble counts at its stage and never as done', () => {
    const sums = counts([
      phone(1), phone(2, { stage: 'resynced' }), phone(3, { stage: 'resynced', ...trouble('phone.resync-failed', 1) }), phone(null, { stage: 'addressed' }),
    ], 'resynced');
    expect(sums).toMatchObject({ all: 3, expected: 1, resynced: 2, addressed: 0, attention: 1, done: 1, strangers: 1 });
  });
});

describe('what needs a hand', () => {
  it('the same cause on many phones is one item with their numbers in order', () => {
    const missing = (since: number) => trouble('profile.variable-missing', since, { variable: 'ext1' });
    const items = worklist([phone(12, missing(70)), phone(3, missing(50)), phone(5, trouble('phone.resync-failed', 10, { error: 'x' })), phone(7), phone(8), phone(null, { heardAt: 90 })]);
    expect(items.map(({ kind, code, numbers }) => [kind, code, numbers])).toEqual([
      ['attention', 'profile.variable-missing', [3, 12]],
      ['attention', 'phone.resync-failed', [5]],
      ['stranger', 'work.stranger', []],
      ['plug-in', 'work.plug-in', [7, 8]],
    ]);
    expect(items[0]).toMatchObject({ since: 50, params: { variable: 'ext1' } });
    expect(new Set(items.map(({ id }) => id)).size).toBe(4);
  });

  it('nothing needs a hand when every phone is on its way', () => {
    expect(worklist([phone(1, { heardAt: NOW, stage: 'profile' })])).toEqual([]);
  });
});

describe('the expected end', () => {
  const mark = (at: number) => ({ at, lines: 1 });
  const done = (number: number, took: number) => phone(number, { heardAt: NOW, stage: 'resynced', stages: { expected: mark(1), addressed: mark(500_000), resynced: mark(500_000 + took) } });
  const under = (number: number, since: number) => phone(number, { heardAt: NOW, stage: 'addressed', stages: { expected: mark(1), addressed: mark(since) } });

  it('comes from how long the finished phones took', () => {
    const end = finish([done(1, 60_000), done(2, 64_000), done(3, 62_000), under(4, NOW - 10_000)], 'resynced', NOW);
    expect(end).toEqual({ at: NOW - 10_000 + 62_000, errorMs: 2_000 });
  });
  it('a phone that is late already gets another spread, never an end in the past', () => {
    expect(finish([done(1, 60_000), done(2, 60_000), under(3, NOW - 300_000)], 'resynced', NOW)).toEqual({ at: NOW + 1_000, errorMs: 1_000 });
  });
  it('is not told by one finished phone, nor when nobody is under way', () => {
    expect(finish([done(1, 60_000), under(2, NOW)], 'resynced', NOW)).toBeNull();
    expect(finish([done(1, 60_000), done(2, 60_000), phone(3)], 'resynced', NOW)).toBeNull();
  });
  it('phones in trouble and unplugged ones do not count', () => {
    expect(finish([done(1, 60_000), done(2, 60_000), phone(4, { ...under(4, NOW), ...trouble('phone.resync-failed', 1) })], 'resynced', NOW)).toBeNull();
  });
});
