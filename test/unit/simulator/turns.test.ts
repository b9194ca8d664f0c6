import { describe, expect, it } from 'vitest';
import { factoryConfiguration, withProfile } from '../../../main/simulator/configuration.ts';
import { firstTurn, nextTurn } from '../../../main/simulator/turns.ts';

const noon = new Date(2026, 10, 22, 12, 0, 0);
const middle = (): number => 0.5;
const configured = (parameters: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  withProfile(factoryConfiguration(), new Map(Object.entries(parameters)));

describe('when a phone resyncs by itself', () => {
  it('from the factory: up to 40 s after power-up, then every hour and up to 40 s more', () => {
    expect(firstTurn(factoryConfiguration(), false, middle)).toEqual({ seconds: 20, reason: 'power-up' });
    expect(nextTurn(factoryConfiguration(), { reaction: 'A', resyncs: 1, failures: 0 }, noon, middle)).toEqual({ seconds: 3620, reason: 'periodic' });
  });

  it('not at power-up while Resync_On_Reset is No', () => {
    expect(firstTurn(configured({ Resync_On_Reset: 'No' }), false, middle).seconds).toBeNull();
    expect(nextTurn(factoryConfiguration(), { reaction: null, resyncs: 0, failures: 0 }, noon, middle).seconds).toBeNull();
  });

  it.each(['B', 'C'] as const)('after reaction %s one step of Resync_Error_Retry_Delay further for each failure in a row', (reaction) => {
    const configuration = configured({ Resync_Error_Retry_Delay: '60,120,240' });
    const waits = [1, 2, 3, 4].map((failures) => nextTurn(configuration, { reaction, resyncs: 0, failures }, noon, middle));
    expect(waits.map((turn) => turn.seconds)).toEqual([60, 120, 240, 240]);
    expect(waits.every((turn) => turn.reason === 'retry')).toBe(true);
  });

  it('never again after a failure where that delay is 0, and never periodically where Resync_Periodic is 0', () => {
    expect(nextTurn(configured({ Resync_Error_Retry_Delay: '0' }), { reaction: 'B', resyncs: 0, failures: 1 }, noon, middle).seconds).toBeNull();
    expect(nextTurn(configured({ Resync_Periodic: '0' }), { reaction: 'A', resyncs: 1, failures: 0 }, noon, middle).seconds).toBeNull();
  });

  it('at Resync_At__HHmm_ where that is set, whatever Resync_Periodic says', () => {
    const configuration = configured({ Resync_At__HHmm_: '1300', Resync_At_Random_Delay: '600', Resync_Periodic: '60' });
    expect(nextTurn(configuration, { reaction: 'A', resyncs: 1, failures: 0 }, noon, middle).seconds).toBe(3900);
  });
});
