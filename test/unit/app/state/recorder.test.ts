import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Mac } from '../../../../common/values/mac.ts';
import type { Observation } from '../../../../common/values/observation.ts';
import { createExchanges } from '../../../../main/app/state/exchanges.ts';
import { createRecorder } from '../../../../main/app/state/recorder.ts';
import { createRegister } from '../../../../main/app/state/register.ts';
import { newDevice } from '../../../../main/domain/device/enrol.ts';
import type { Device } from '../../../../main/domain/device/device.ts';
import type { NewEvidence } from '../../../../main/domain/evidence/row.ts';
import type { Store } from '../../../../main/store/store.ts';

const mac = '00562b043615' as Mac;
const NOW = 1_700_000_000_000;

function discover(vendorClass: string, from: Mac = mac): Observation {
  return {
    at: NOW, server: 'dhcp', peer: { address: '0.0.0.0', port: 68 }, asked: 'DISCOVER',
    facts: { chaddr: from, vendorClass }, outcome: { kind: 'answered', answer: 'OFFER' },
  };
}

function delivered(exchange: string): Observation {
  return {
    at: NOW, server: 'tftp', peer: { address: '10.0.0.9', port: 2000 }, asked: 'RRQ', exchange,
    facts: { path: `/${mac}.cfg` },
    outcome: { kind: 'delivered', answer: 'done', bytes: 100, confirmed: true },
  };
}

describe('the recorder', () => {
  let batches: NewEvidence[][];
  let kept: Device[][];
  let failing: boolean;
  let served: unknown[];
  let lost: number;
  const register = () => createRegister(0);

  function open(devices = register(), adoptsAll = false) {
    const exchanges = createExchanges();
    const troubles: unknown[] = [];
    const store = {
      evidence: {
        append: (rows: readonly NewEvidence[], changed: readonly Device[]) => {
          if (failing) return Promise.reject(new Error('disk full'));
          batches.push([...rows]);
          kept.push([...changed]);
          return Promise.resolve([]);
        },
      },
      served: { put: (row: unknown) => Promise.resolve(void served.push(row)) },
    } as unknown as Store;
    const recorder = createRecorder({
      store, register: devices, exchanges,
      directory: { byAddress: devices.byAddress, bySerial: devices.bySerial, neighbour: () => null },
      adoptsAll: () => adoptsAll,
      adopt: (one) => {
        const device = newDevice(one, NOW, devices.nextNumber());
        devices.put(device);
        return device;
      },
      seen: () => undefined,
      recorded: () => undefined,
      trouble: (cause) => void troubles.push(cause),
      lost: () => (lost += 1),
      now: () => NOW,
    });
    return { recorder, devices, exchanges, troubles };
  }

  beforeEach(() => {
    vi.useFakeTimers();
    batches = [];
    kept = [];
    served = [];
    lost = 0;
    failing = false;
  });
  afterEach(() => vi.useRealTimers());

  it('gathers what is seen within 20 ms into one batch with the phones it changed', async () => {
    const { recorder } = open();
    recorder.observe(discover('Cisco Systems, Inc. IP Phone CP-8841-3PCC'));
    recorder.observe(discover('Cisco Systems, Inc. IP Phone CP-8841-3PCC'));
    await vi.advanceTimersByTimeAsync(25);
    expect(batches.map((batch) => batch.length)).toEqual([2]);
    expect(kept[0]?.map((device) => device.mac)).toEqual([mac]);
  });

  it('shows an unknown phone as a stranger and takes it in only when told to', () => {
    const shown = open();
    shown.recorder.observe(discover('Cisco Systems, Inc. IP Phone CP-8841-3PCC'));
    expect(shown.devices.get(mac)).toMatchObject({ enrolled: false, number: null });
    const taken = open(register(), true);
    taken.recorder.observe(discover('Cisco Systems, Inc. IP Phone CP-8841-3PCC'));
    expect(taken.devices.get(mac)).toMatchObject({ enrolled: true, number: 1 });
  });

  it('makes no phone of an office PC, but keeps the evidence', async () => {
    const { recorder, devices } = open();
    recorder.observe(discover('MSFT 5.0'));
    await vi.advanceTimersByTimeAsync(25);
    expect(devices.all()).toEqual([]);
    expect(batches[0]?.[0]?.mac).toBe(mac);
  });

  it('counts a profile only when the bench itself had filled it for this phone', () => {
    const { recorder, devices, exchanges } = open();
    devices.put(newDevice(mac, NOW, 1));
    recorder.observe(delivered('tftp-1'));
    expect(devices.get(mac)?.stage).toBe('expected');
    exchanges.open('tftp-2', { mac, what: 'profile', path: '/x', failure: null, profile: { template: 'all', sha256: 'ab', load: null, masked: '<masked/>' } });
    recorder.observe(delivered('tftp-2'));
    expect(devices.get(mac)).toMatchObject({ stage: 'profile', servedSha256: 'ab' });
    expect(served).toEqual([{ mac, template: 'all', sha256: 'ab', masked: '<masked/>', at: NOW }]);
    exchanges.open('tftp-3', { mac, what: 'profile', path: '/x', failure: null, profile: { template: 'all', sha256: 'ab', load: null, masked: '<masked/>' } });
    recorder.observe(delivered('tftp-3'));
    expect(served).toHaveLength(1);
  });

  it('loses nothing while the disk is full: it keeps the batch and tries again', async () => {
    const { recorder, troubles } = open();
    failing = true;
    recorder.observe(discover('CP-8841-3PCC'));
    await vi.advanceTimersByTimeAsync(25);
    expect(troubles).toHaveLength(1);
    recorder.observe(discover('CP-8841-3PCC'));
    failing = false;
    await vi.advanceTimersByTimeAsync(1100);
    expect(batches.flat()).toHaveLength(2);
  });

  it('shows at most a thousand strangers, however many made-up MACs speak', async () => {
    const { recorder, devices } = open();
    for (let index = 0; index < 1500; index += 1) {
      recorder.observe(discover('Cisco Systems, Inc. IP Phone CP-8841-3PCC', `00562b${index.toString(16).padStart(6, '0')}` as Mac));
    }
    expect(devices.strangers()).toBe(1000);
    await vi.advanceTimersByTimeAsync(25);
    expect(batches.flat()).toHaveLength(1500);
  });

  it('writes phones that a person changed without waiting for the wire', async () => {
    const { recorder } = open();
    recorder.put([newDevice(mac, NOW, 1)]);
    await vi.advanceTimersByTimeAsync(25);
    expect(kept.flat().map((device) => device.mac)).toEqual([mac]);
  });

  it('tells a phone’s trouble without the password in its line', () => {
    const { recorder, devices } = open();
    recorder.observe({
      at: NOW, server: 'syslog', peer: { address: '10.0.0.9', port: 514 }, asked: 'line', outcome: { kind: 'heard' },
      facts: { text: 'CP-8841-3PCC 00:56:2b:04:36:15 -- Resync failed: http://bob:hunter2@10.0.0.1/x.xml?xpassword=hunter2' },
    });
    expect(devices.get(mac)?.attention?.code).toBe('phone.resync-failed');
    expect(JSON.stringify(devices.get(mac))).not.toContain('hunter2');
  });

  it('lets the bench stop although the disk takes nothing', async () => {
    const { recorder, troubles } = open();
    recorder.observe(discover('Cisco Systems, Inc. IP Phone CP-8841-3PCC'));
    failing = true;
    const flushed = recorder.flush();
    await vi.advanceTimersByTimeAsync(5000);
    await flushed;
    expect(troubles).toHaveLength(3);
  });

  it('holds a bounded number of rows while the disk takes nothing, counts the others, and writes again when there is room', async () => {
    failing = true;
    const { recorder, devices } = open();
    devices.put(newDevice(mac, NOW, 1));
    for (let index = 0; index < 100_500; index += 1) recorder.observe(delivered(`tftp-${index}`));
    expect(lost).toBe(500);
    failing = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(batches.flat()).toHaveLength(100_000);
  });
});
