import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Mac } from '../../../../common/values/mac.ts';
import { createRegister } from '../../../../main/app/state/register.ts';
import { createRoll } from '../../../../main/app/state/roll.ts';
import { stranger } from '../../../../main/domain/device/enrol.ts';
import type { Store } from '../../../../main/store/store.ts';

const mac = '00562b043615' as Mac;

function open(enrol: () => Promise<void>) {
  const register = createRegister(0);
  const store = { phones: { enrol, remove: (macs: readonly Mac[]) => Promise.resolve(macs.length) } } as unknown as Store;
  return { register, roll: createRoll({ store, register, now: () => 1, trouble: () => undefined }) };
}

describe('the roll', () => {
  it('gives one number to a phone that two lists name at the same time', async () => {
    const { register, roll } = open(() => Promise.resolve());
    const added = await Promise.all([roll.enrol([mac]), roll.enrol([mac])]);
    expect(added).toEqual([1, 0]);
    expect(register.get(mac)?.number).toBe(1);
  });

  it('keeps what is seen of a phone while it is being written', async () => {
    let written: () => void = () => undefined;
    const { register, roll } = open(() => new Promise((done) => (written = done)));
    const enrolled = roll.enrol([mac]);
    const seen = register.get(mac);
    if (seen) register.put({ ...seen, heardAt: 77 });
    written();
    await enrolled;
    expect(register.get(mac)).toMatchObject({ enrolled: true, heardAt: 77 });
  });

  it('takes everything back when the disk refuses', async () => {
    const { register, roll } = open(() => Promise.reject(new Error('disk full')));
    register.put(stranger(mac, 1));
    await expect(roll.enrol([mac, '00562b043616' as Mac])).rejects.toThrow('disk full');
    expect(register.all()).toEqual([stranger(mac, 1)]);
  });

  it('never gives a number twice, also after a phone was removed', async () => {
    const { register, roll } = open(() => Promise.resolve());
    await roll.enrol([mac]);
    await roll.remove([mac]);
    await roll.enrol(['00562b043616' as Mac]);
    expect(register.get('00562b043616' as Mac)?.number).toBe(2);
  });

  it('writes phones that were adopted together in one go', async () => {
    const batches: number[] = [];
    const register = createRegister(0);
    const store = { phones: { enrol: (devices: readonly unknown[]) => Promise.resolve(void batches.push(devices.length)) } } as unknown as Store;
    const roll = createRoll({ store, register, now: () => 1, trouble: () => undefined });
    for (let index = 0; index < 50; index += 1) roll.adopt(`00562b0000${index.toString(16).padStart(2, '0')}` as Mac);
    await roll.flush();
    await roll.flush();
    expect(batches).toEqual([50]);
  });

  it('writes a phone that was adopted on a full disk once there is room, as it is by then', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let full = true;
    const written: unknown[] = [];
    const register = createRegister(0);
    const enrol = (devices: readonly unknown[]) => (full ? Promise.reject(new Error('disk full')) : Promise.resolve(void written.push(...devices)));
    const roll = createRoll({ store: { phones: { enrol } } as unknown as Store, register, now: () => 1, trouble: () => undefined });
    const device = roll.adopt(mac);
    await vi.advanceTimersByTimeAsync(100);
    register.put({ ...device, name: 'Hall' });
    full = false;
    await vi.advanceTimersByTimeAsync(2000);
    expect(written).toMatchObject([{ mac, name: 'Hall', enrolled: true }]);
  });

  it('stops on a full disk without trying for ever', async () => {
    const { roll } = open(() => Promise.reject(new Error('disk full')));
    roll.adopt(mac);
    await roll.flush();
  });
});
