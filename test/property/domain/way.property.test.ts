import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../common/values/mac.ts';
import type { Observation, Outcome } from '../../../common/values/observation.ts';
import { SERVER_NAMES } from '../../../common/values/server.ts';
import { stageRank, STAGES } from '../../../common/values/stage.ts';
import { newDevice } from '../../../main/domain/device/enrol.ts';
import { observe } from '../../../main/domain/device/observe.ts';
import { face } from '../../../main/domain/device/view.ts';
import { readSigns } from '../../../main/domain/identify/signs.ts';

const MAC = '00562b043615' as Mac;
const outcomes = fc.oneof<fc.Arbitrary<Outcome>[]>(
  fc.constant({ kind: 'heard' }),
  fc.constantFrom('OFFER', 'ACK', 'NAK', '301').map((answer) => ({ kind: 'answered', answer })),
  fc.constant({ kind: 'started', total: 10 }),
  fc.record({ kind: fc.constant('delivered' as const), answer: fc.constantFrom('200', '206', 'DATA'), bytes: fc.nat(9), confirmed: fc.boolean() }),
  fc.record({ kind: fc.constant('broken' as const), code: fc.constantFrom('tftp.silent', 'http.gone', 'tftp.stopped'), bytes: fc.nat(3) }),
  fc.record({ kind: fc.constant('refused' as const), answer: fc.constant('404'), code: fc.constantFrom('file.not-found', 'profile.variable-missing') }),
);
const TEXTS = ['x', `CP-8841-3PCC 00:56:2b:04:36:15 -- Requesting resync tftp://h/x`, 'Resync failed: corrupt', 'Upgrade failed: x', 'Successful upgrade http://h/x.loads'];
const observations = fc.record({
  at: fc.nat(1_000_000),
  server: fc.constantFrom(...SERVER_NAMES),
  peer: fc.constant({ address: '10.20.0.7', port: 1 }),
  asked: fc.constantFrom('DISCOVER', 'REQUEST', 'RRQ', 'GET', 'HEAD', 'line', 'INFORM'),
  facts: fc.record({ path: fc.constantFrom('/8841-3PCC.xml', '/a.loads', '/b.sbn', 'SEP00562B043615.cnf.xml', '/'), text: fc.constantFrom(...TEXTS) }),
  outcome: outcomes,
  detail: fc.record({ phase: fc.constantFrom('selecting', 'init-reboot', 'renewing'), ip: fc.constant('10.20.0.7') }),
});
const steps = fc.array(fc.record({ observation: observations, profile: fc.option(fc.record({ sha256: fc.constant('a'), load: fc.constantFrom(null, 'a.loads') }), { nil: undefined }) }), { maxLength: 40 });

function walk(seen: readonly { readonly observation: Observation; readonly profile?: { readonly sha256: string; readonly load: string | null } | undefined }[]) {
  let device = newDevice(MAC, 0, 1, 'list');
  for (const { observation, profile } of seen) {
    device = observe(device, { observation, mac: MAC, signs: readSigns(observation.facts), ...(profile ? { profile } : {}) }, observation.at).device;
  }
  return device;
}

describe('a phone, whatever happens to it', () => {
  it('is never green without a line in which it says that it resynced', () => {
    fc.assert(
      fc.property(steps, (seen) => {
        const device = walk(seen);
        expect(face(device, 'resynced', null, 1_000_000)).not.toBe('done');
        expect(stageRank(device.stage)).toBeLessThan(stageRank('resynced'));
      }),
      { numRuns: 1_000 },
    );
  });

  it('stands at the furthest stage that has a mark, and every mark has a line', () => {
    const success = fc.constant({ observation: { at: 5, server: 'syslog', peer: { address: '10.20.0.7', port: 1 }, asked: 'line', facts: { text: 'Successful resync x' }, outcome: { kind: 'heard' } } } as const);
    fc.assert(
      fc.property(fc.array(fc.oneof(observations.map((observation) => ({ observation, profile: undefined })), success), { maxLength: 40 }), (seen) => {
        const device = walk(seen);
        const marked = STAGES.filter((stage) => device.stages[stage]);
        expect(device.stage).toBe(marked.at(-1));
        expect(marked.every((stage) => stage === 'expected' || (device.stages[stage]?.lines ?? 0) > 0)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
