import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../common/values/mac.ts';
import type { Movement, NewMember, WaveEffect, WaveInput } from '../../../main/domain/firmware/wave/events.ts';
import { openWaves, saveWaves, stepWaves, viewPhone, viewWaves, WAVE_SETTINGS, type Waves } from '../../../main/domain/firmware/wave/waves.ts';

const PHONES = 6;
const MACS = Array.from({ length: PHONES }, (_, index) => `00562b00000${index}` as Mac);
const HOP = { load: 'sip88xx.11-3-2MPP0001-609.loads', version: '11-3-2MPP0001-609', bytes: 3000 };
const TARGET = { load: 'sip88xx.12-0-7MPP0201-66.loads', version: '12-0-7MPP0201-66', bytes: 5000 };
const FILES = [HOP.load, TARGET.load, 'a.sbn', 'b.sbn', 'c.sbn'];
const VERSIONS = ['11-0-1MPP-1', HOP.version, TARGET.version, '11.3.2MPP0001', '12-9-9MPP-1', '0104-MPP-9875dev', ''];
const SETTINGS = { ...WAVE_SETTINGS, least: 3 };
const START = 1_800_000_000_000;

interface Timed {
  readonly after: number;
  readonly input: WaveInput;
}

const mac = fc.constantFrom(...MACS);
const problem = fc.constantFrom(null, { code: 'firmware.load-changed', params: {} });
const movement: fc.Arbitrary<Movement> = fc
  .record({ mac, exchange: fc.nat(2), file: fc.constantFrom(...FILES), bytes: fc.nat(1200), total: fc.constantFrom(1000, 1000, 1000, null, 0) })
  .map(({ exchange, ...rest }) => ({ ...rest, exchange: `${rest.mac} ${rest.file} ${exchange}` }));
const member: fc.Arbitrary<NewMember> = fc.record({
  mac,
  from: fc.constantFrom(null, '11-0-1MPP-1', HOP.version, TARGET.version),
  hops: fc.constantFrom([HOP, TARGET], [TARGET]),
});

const input: fc.Arbitrary<WaveInput> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('push' as const), wave: fc.record({
    id: fc.integer({ min: 1, max: 1_000_000 }), family: fc.constantFrom('sip88xx', 'sip78xx'), target: fc.constantFrom(TARGET.load, HOP.load),
    rule: fc.constantFrom('rule one', 'rule two'), members: fc.uniqueArray(member, { selector: (each) => each.mac, minLength: 1, maxLength: PHONES }),
  }) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom('asked' as const, 'given' as const), movement }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('moved' as const), movements: fc.array(movement, { maxLength: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('broken' as const), movement, code: fc.constantFrom('tftp.silent', 'http.gone', 'tftp.stopped') }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('shown' as const), mac, version: fc.constantFrom(...VERSIONS) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('powered' as const, 'fetching' as const, 'release' as const), mac }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('gone' as const), mac }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('refused' as const), mac, file: fc.constantFrom(...FILES) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('profile' as const), mac, load: fc.constantFrom(null, TARGET.load) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('said' as const), mac, outcome: fc.constantFrom('upgraded' as const, 'failed' as const), error: fc.constantFrom(null, 'verify failed') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ordered' as const), mac, problem }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('load' as const), load: fc.constantFrom(HOP.load, TARGET.load), problem }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('card' as const), capacity: fc.constantFrom(null, 500_000, 118_000_000), up: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const, 'cancel' as const), mac: fc.option(mac) }) },
  { weight: 1, arbitrary: fc.constantFrom<WaveInput>({ kind: 'woke' }, { kind: 'tick' }) },
);
/** What phones mostly do: take a list and its images, restart, and show something. */
const round: fc.Arbitrary<readonly Timed[]> = fc
  .record({ mac, load: fc.constantFrom(HOP.load, TARGET.load), images: fc.subarray(['a.sbn', 'b.sbn']), broken: fc.boolean(), powered: fc.boolean(), version: fc.constantFrom(...VERSIONS, '11-0-1MPP-1') })
  .map(({ mac: one, load, images, broken, powered, version }) => {
    const files = [load, ...images];
    const taken = files.flatMap((file, index): Timed[] => {
      const part = { mac: one, exchange: `${one} ${file} round`, file, total: 1000 };
      const fails = broken && index === files.length - 1;
      return [
        { after: 10, input: { kind: 'asked', movement: { ...part, bytes: 0 } } },
        { after: 500, input: fails ? { kind: 'broken', movement: { ...part, bytes: 300 }, code: 'tftp.silent' } : { kind: 'given', movement: { ...part, bytes: 1000 } } },
      ];
    });
    const restart: Timed[] = powered ? [{ after: 30_000, input: { kind: 'powered', mac: one } }] : [];
    return [...taken, ...restart, { after: 30_000, input: { kind: 'shown', mac: one, version } }];
  });

const single: fc.Arbitrary<readonly Timed[]> = fc.record({ after: fc.oneof({ weight: 5, arbitrary: fc.nat(3000) }, { weight: 1, arbitrary: fc.integer({ min: -5000, max: 200_000 }) }), input }).map((step) => [step]);
const story: fc.Arbitrary<readonly Timed[]> = fc
  .array(fc.oneof({ weight: 3, arbitrary: single }, { weight: 2, arbitrary: round }), { maxLength: 60, size: 'max' })
  .map((acts) => acts.flat().map((step, index) => ({ ...step, input: freshExchange(step.input, index) })));

/** Servers never give a number twice; the pairs of a round keep theirs, so that ends find their beginnings. */
function freshExchange(given: WaveInput, index: number): WaveInput {
  if (!('movement' in given) || !given.movement.exchange.endsWith('round')) return given;
  const number = given.kind === 'asked' ? index : index - 1;
  return { ...given, movement: { ...given.movement, exchange: `${given.movement.exchange} ${number}` } };
}

/** Plays a story, and shows what is there after each step. */
function play(steps: readonly Timed[], see: (waves: Waves, effects: readonly WaveEffect[], now: number, wakeAt: number, input: WaveInput) => void = () => undefined): { waves: Waves; now: number } {
  const waves = openWaves(SETTINGS, null, START);
  let now = START;
  let ids = 0;
  for (const { after, input: given } of steps) {
    now += after;
    ids += 1;
    const one: WaveInput = given.kind === 'push' ? { kind: 'push', wave: { ...given.wave, id: ids } } : given;
    const { effects, wakeAt } = stepWaves(waves, one, now);
    see(waves, effects, now, wakeAt, one);
  }
  return { waves, now };
}

describe('waves, whatever comes in whatever order', () => {
  it('never admit more phones than there are places', () => {
    fc.assert(fc.property(story, (steps) => {
      play(steps, (waves, effects, now) => {
        if (!effects.some(({ kind }) => kind === 'order')) return;
        const { room, waves: shown } = viewWaves(waves, now);
        const busy = shown.flatMap(({ phones }) => phones).filter(({ state }) => state === 'told' || state === 'loading');
        expect(busy.length).toBeLessThanOrEqual(room.places);
        if (room.capacity !== null) expect(room.places).toBeLessThanOrEqual(Math.max(1, room.capacity / SETTINGS.floorRate));
      });
    }));
  });

  it('have each phone in one state only, and order none that is done', () => {
    fc.assert(fc.property(story, (steps) => {
      const done = new Set<Mac>();
      play(steps, (waves, effects, now, _wakeAt, one) => {
        if (one.kind === 'push') for (const { mac: pushed } of one.wave.members) done.delete(pushed);
        if (one.kind === 'gone') done.delete(one.mac);
        for (const effect of effects) if (effect.kind === 'order') expect(done.has(effect.mac)).toBe(false);
        const rows = viewWaves(waves, now).waves.flatMap(({ phones }) => phones);
        expect(new Set(rows.map((row) => row.mac)).size).toBe(rows.length);
        for (const row of rows) if (row.state === 'done') done.add(row.mac);
        for (const row of rows) if (row.state !== 'done') expect(done.has(row.mac)).toBe(false);
      });
    }));
  });

  it('show percents from 0 to 100 that never fall within a stage', () => {
    fc.assert(fc.property(story, (steps) => {
      const before = new Map<string, number>();
      play(steps, (waves, _effects, now, _wakeAt, one) => {
        if (one.kind === 'push') before.clear();
        for (const { id, phones } of viewWaves(waves, now).waves) {
          for (const { mac: shown, stage, percent } of phones) {
            const key = `${id} ${shown}`;
            for (const other of [...before.keys()]) if (other.startsWith(`${key} `) && other !== `${key} ${stage}`) before.delete(other);
            expect(percent ?? 0).toBeGreaterThanOrEqual(before.get(`${key} ${stage}`) ?? 0);
            expect(percent ?? 0).toBeLessThanOrEqual(100);
            before.set(`${key} ${stage}`, percent ?? 0);
          }
        }
      });
    }));
  });

  it('wake later than now, and come to an end once nothing happens any more', () => {
    fc.assert(fc.property(story, (steps) => {
      const { waves, now } = play(steps, (_waves, _effects, at, wakeAt) => expect(wakeAt).toBeGreaterThan(at));
      const endings: WaveInput[] = [
        { kind: 'card', capacity: null, up: true }, { kind: 'resume', mac: null },
        { kind: 'load', load: HOP.load, problem: null }, { kind: 'load', load: TARGET.load, problem: null }, { kind: 'tick' },
      ];
      let wakeAt = now;
      for (const one of endings) wakeAt = stepWaves(waves, one, now).wakeAt;
      for (let wakings = 0; wakeAt < Infinity; wakings += 1) {
        expect(wakings).toBeLessThan(40 * PHONES);
        wakeAt = stepWaves(waves, { kind: 'tick' }, wakeAt).wakeAt;
      }
      for (const one of MACS) {
        const phone = viewPhone(waves, one)?.phone;
        if (phone) expect(['done', 'held', 'failed', 'cancelled']).toContain(phone.state);
        if (phone?.state === 'failed' || phone?.state === 'held') expect(phone.problem).not.toBeNull();
      }
    }));
  });

  it('give the same effects for the same inputs', () => {
    fc.assert(fc.property(story, (steps) => {
      const seen: string[][] = [[], []];
      for (const log of seen) play(steps, (_waves, effects, _now, wakeAt) => log.push(JSON.stringify([effects, wakeAt])));
      expect(seen[0]).toEqual(seen[1]);
    }));
  });

  it('are the same after they were saved and opened, but for what moves', () => {
    fc.assert(fc.property(story, (steps) => {
      const { waves, now } = play(steps);
      const opened = openWaves(SETTINGS, JSON.parse(JSON.stringify(saveWaves(waves))), waves.now);
      expect(still(opened, now)).toEqual(still(waves, now));
      expect(saveWaves(opened).members).toEqual(saveWaves(waves).members);
    }));
  });
});

/** The view without what moves on the wire, of which nothing outlives the host. */
function still(waves: Waves, now: number): unknown {
  const view = viewWaves(waves, now);
  return { last: view.last, places: view.room.places, waves: view.waves.map((wave) => ({ ...wave, phones: wave.phones.map((row) => ({ ...row, rate: 0, file: null })) })) };
}
