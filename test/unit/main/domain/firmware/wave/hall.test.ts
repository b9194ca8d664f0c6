import { describe, expect, it } from 'vitest';
import { viewPhone, viewWaves, WAVE_SETTINGS } from '../../../../../../main/domain/firmware/wave/waves.ts';
import { FAULTS, Hall } from './hall.ts';

/** Every fifth phone has a fault, each kind as often as the others. */
const faultOf = (index: number) => (index % 5 === 4 ? (FAULTS[((index - 4) / 5) % FAULTS.length] ?? null) : null);
/** Those that no order mends. */
const HOPELESS: Readonly<Record<string, string>> = {
  'dead': 'failed resync.no-answer', 'never-upgrades': 'held wave.loop-same-version', 'reboots': 'held wave.loop-incomplete',
  'refuses': 'held wave.loop-refused', 'lost': 'failed wave.not-back',
};

describe('a hall of phones with two hops and a fault in every fifth', () => {
  it.each([[500, 'known', 118_000_000], [100, 'unknown', 118_000_000], [100, 'unknown', 8_000_000]])('ends with every phone at its target or explained: %i phones, capacity %s, %i bytes a second', { timeout: 120_000 }, (count, known, capacity) => {
    const hall = new Hall(count, capacity, faultOf, 4);
    hall.run(known === 'known' ? capacity : null, 12 * 3_600_000);
    for (const { mac, fault, index } of hall.phones) {
      const phone = viewPhone(hall.waves, mac)?.phone;
      const state = `${phone?.state} ${phone?.problem?.code ?? ''}`.trim();
      expect(`${index} ${fault}: ${state}`).toBe(`${index} ${fault}: ${HOPELESS[fault ?? ''] ?? 'done'}`);
    }
    const { waves, last, room } = viewWaves(hall.waves, hall.now);
    expect(waves).toMatchObject([{ state: 'ended' }]);
    expect(last?.said).not.toBeNull();
    expect(hall.steps).toBeLessThan(60_000);
    // A card whose size is told is never asked for more; another is found by doubling, which may pass it once.
    expect(hall.mostLoading).toBeLessThanOrEqual((capacity / WAVE_SETTINGS.floorRate) * (known === 'known' ? 1 : 2));
    expect(room.loading).toBe(0);
  });
});
