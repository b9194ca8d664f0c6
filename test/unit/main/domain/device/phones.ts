import type { Mac } from '../../../../../common/values/mac.ts';
import type { ObservedFacts, Observation, Outcome } from '../../../../../common/values/observation.ts';
import type { ServerName } from '../../../../../common/values/server.ts';
import type { Device } from '../../../../../main/domain/device/device.ts';
import { newDevice } from '../../../../../main/domain/device/enrol.ts';
import { observe, type DeviceEvent } from '../../../../../main/domain/device/observe.ts';
import type { SeenRow } from '../../../../../main/domain/device/meaning.ts';
import { readSigns } from '../../../../../main/domain/identify/signs.ts';

export const MAC = '00562b043615' as Mac;
export const SHA = 'a'.repeat(64);

export function expectedPhone(): Device {
  return newDevice(MAC, 1_000, 1, 'list');
}

interface Seen {
  readonly asked?: string;
  readonly outcome: Outcome;
  readonly facts?: ObservedFacts;
  readonly detail?: Observation['detail'];
  readonly address?: string;
  readonly profile?: SeenRow['profile'];
  readonly failure?: SeenRow['failure'];
  readonly report?: SeenRow['report'];
}

/** A phone's story told step by step; every step is one observation, a second after the one before unless told. */
export function story(start: Device = expectedPhone()) {
  let device = start;
  let clock = 10_000;
  const events: DeviceEvent[] = [];
  const see = (server: ServerName, { asked = 'GET', outcome, facts = {}, detail, address = '10.20.0.7', profile, failure, report }: Seen) => {
    clock += 1_000;
    const observation: Observation = {
      at: clock, server, peer: { address, port: 40_000 }, asked, facts, outcome, ...(detail ? { detail } : {}),
    };
    const row = { observation, mac: MAC, signs: readSigns(facts), ...(profile ? { profile } : {}), ...(failure ? { failure } : {}), ...(report ? { report } : {}) };
    const next = observe(device, row, clock);
    device = next.device;
    events.push(...next.events);
    return steps;
  };
  const steps = {
    get device() { return device; },
    get events() { return events; },
    get now() { return clock; },
    wait: (ms: number) => { clock += ms; return steps; },
    see,
    discover: () => see('dhcp', { asked: 'DISCOVER', outcome: { kind: 'answered', answer: 'OFFER' }, address: '0.0.0.0', facts: { chaddr: MAC, vendorClass: 'Cisco Systems, Inc. IP Phone CP-8841-3PCC\0' } }),
    ack: (phase = 'selecting') => see('dhcp', { asked: 'REQUEST', outcome: { kind: 'answered', answer: 'ACK' }, address: '0.0.0.0', facts: { chaddr: MAC }, detail: { ip: '10.20.0.7', phase } }),
    profile: (load: string | null = null, confirmed = true) => see('tftp', {
      asked: 'RRQ', facts: { path: '/8841-3PCC.xml' }, profile: { sha256: SHA, load },
      outcome: { kind: 'delivered', answer: 'DATA', bytes: 2_000, sha256: SHA, confirmed },
    }),
    file: (path: string, outcome: Outcome = { kind: 'delivered', answer: '200', bytes: 9, confirmed: true }) => see('http', { facts: { path }, outcome }),
    line: (text: string) => see('syslog', { asked: 'line', facts: { text: `CP-8841-3PCC 00:56:2b:04:36:15 -- ${text}` }, outcome: { kind: 'heard' } }),
    report: (differences: number) => see('http', {
      asked: 'POST', facts: { path: `/reports/${MAC}.xml` }, report: { differences },
      outcome: { kind: 'received', answer: '200', bytes: 90_000, sha256: SHA, stored: 'report.xml' },
    }),
    boot: () => steps.discover().ack(),
  };
  return steps;
}
