import type { Mac } from '../../../../../../common/values/mac.ts';
import type { Movement, WaveEffect, WaveInput } from '../../../../../../main/domain/firmware/wave/events.ts';
import { judgeRequest, openWaves, ruleFor, stepWaves, WAVE_SETTINGS, type Waves } from '../../../../../../main/domain/firmware/wave/waves.ts';
import { HOP, macOf, memberOf, OLD, RULE, TARGET } from './wave-bench.ts';

/** What a phone of the hall does wrong. `broken` and `unplugged` once, the others always. */
export const FAULTS = ['dead', 'broken', 'unplugged', 'never-upgrades', 'reboots', 'refuses', 'lost', 'slow', 'peer', 'early'] as const;
type Fault = (typeof FAULTS)[number];

interface HallPhone {
  readonly index: number;
  readonly mac: Mac;
  readonly fault: Fault | null;
  version: string;
  /** Files that it still has to take, the first one under way. */
  files: { readonly name: string; readonly bytes: number }[];
  at: number;
  load: string;
  busy: boolean;
  tries: number;
  transfer: Movement | null;
}

const STEP_MS = 250;
const LIST_BYTES = 5000;
const IMAGES = { a: [['rootfs288xx.sbn', 36e6], ['kern288xx.sbn', 8e6]], b: [['rootfs388xx.sbn', 30e6], ['kern388xx.sbn', 9e6], ['sb388xx.sbn', 1e6]] } as const;

/** A load has the images of both platforms, of which a phone takes one's. */
const HOPS = [HOP, TARGET].map((hop) => ({ ...hop, bytes: [...IMAGES.a, ...IMAGES.b].reduce((sum, [, bytes]) => sum + bytes, LIST_BYTES) }));

/** A hall of phones on one card of a given capacity, with everything that goes wrong there. No clock but its own. */
export class Hall {
  now = 1_800_000_000_000;
  readonly waves: Waves = openWaves(WAVE_SETTINGS, null, this.now);
  readonly phones: HallPhone[];
  readonly capacity: number;
  mostLoading = 0;
  steps = 0;
  #wakeAt = Infinity;
  #exchanges = 0;
  #plans: { at: number; act: () => void }[] = [];
  #random: () => number;

  /** @param faultOf what goes wrong with the phone of this number */
  constructor(count: number, capacity: number, faultOf: (index: number) => Fault | null, seed: number) {
    this.capacity = capacity;
    this.#random = randomOf(seed);
    this.phones = Array.from({ length: count }, (_, index) => ({
      index, mac: macOf(index), fault: faultOf(index), version: OLD, files: [], at: 0, load: '', busy: false, tries: 0, transfer: null,
    }));
  }

  run(toldCapacity: number | null, longestMs: number): void {
    const end = this.now + longestMs;
    this.#step({ kind: 'card', capacity: toldCapacity, up: true });
    this.#step({ kind: 'push', wave: { id: 1, family: 'sip88xx', target: TARGET.load, rule: RULE, members: this.phones.map(({ index }) => memberOf(index, HOPS)) } });
    for (const phone of this.phones) if (phone.fault === 'early') this.#plan(20_000 * this.#random(), () => this.#boot(phone));
    while (this.now < end) {
      const moving = this.phones.filter(({ transfer }) => transfer !== null);
      this.mostLoading = Math.max(this.mostLoading, moving.length);
      const next = Math.min(this.#wakeAt, this.#plans[0]?.at ?? Infinity, moving.length > 0 ? this.now + STEP_MS : Infinity);
      if (next === Infinity) return;
      const passed = Math.max(0, next - this.now);
      this.now = Math.max(this.now, next);
      if (moving.length > 0) this.#move(moving, passed);
      while ((this.#plans[0]?.at ?? Infinity) <= this.now) this.#plans.shift()?.act();
      if (this.#wakeAt <= this.now) this.#step({ kind: 'tick' });
    }
  }

  #step(input: WaveInput): void {
    this.steps += 1;
    const { effects, wakeAt } = stepWaves(this.waves, input, this.now);
    this.#wakeAt = wakeAt;
    for (const effect of effects) this.#obey(effect);
  }

  #obey(effect: WaveEffect): void {
    const phone = this.phones.find(({ mac }) => mac === effect.mac);
    if (effect.kind !== 'order' || !phone) return;
    if (phone.fault === 'dead') this.#plan(10, () => this.#step({ kind: 'ordered', mac: phone.mac, problem: { code: 'resync.no-answer', params: {} } }));
    else if (phone.fault === 'peer') this.#plan(60_000, () => this.#show(phone, effect.load === HOP.load ? HOP.version : TARGET.version));
    else this.#plan(500 + 2000 * this.#random(), () => this.#resync(phone));
  }

  #boot(phone: HallPhone): void {
    phone.busy = false;
    phone.transfer = null;
    phone.files = [];
    this.#step({ kind: 'powered', mac: phone.mac });
    this.#plan(3000, () => this.#resync(phone));
  }

  /** It shows what it runs, takes its profile, and goes where the rule leads it. */
  #resync(phone: HallPhone): void {
    if (phone.busy) return;
    this.#show(phone, phone.version);
    this.#step({ kind: 'fetching', mac: phone.mac });
    const rule = ruleFor(this.waves, phone.mac) ?? '';
    const load = phone.version === OLD ? HOP.load : TARGET.load;
    const asks = rule !== '' && phone.version !== TARGET.version;
    this.#step({ kind: 'profile', mac: phone.mac, load: asks ? load : null });
    if (!asks) return;
    phone.load = load;
    phone.files = [{ name: load, bytes: LIST_BYTES }, ...IMAGES[phone.index % 3 === 0 ? 'a' : 'b'].map(([name, bytes]) => ({ name, bytes }))];
    phone.busy = true;
    this.#ask(phone);
  }

  #ask(phone: HallPhone): void {
    const [file] = phone.files;
    if (!file) return;
    if (judgeRequest(this.waves, phone.mac, file.name)) {
      phone.busy = false;
      this.#step({ kind: 'refused', mac: phone.mac, file: file.name });
      return;
    }
    this.#exchanges += 1;
    phone.at = 0;
    phone.transfer = { mac: phone.mac, exchange: String(this.#exchanges), file: file.name, bytes: 0, total: file.bytes };
    this.#step({ kind: 'asked', movement: phone.transfer });
  }

  /** Shares the card among all that load; a phone's own flash takes 3 MB/s. */
  #move(moving: readonly HallPhone[], passedMs: number): void {
    const share = this.capacity / moving.length;
    const movements: Movement[] = [];
    for (const phone of moving) {
      const { transfer } = phone;
      if (!transfer) continue;
      const rate = Math.min(share, phone.fault === 'slow' ? 60_000 : 3_000_000);
      phone.at = Math.min(transfer.total ?? 0, phone.at + (rate * passedMs) / 1000);
      phone.transfer = { ...transfer, bytes: Math.floor(phone.at) };
      movements.push(phone.transfer);
    }
    this.#step({ kind: 'moved', movements });
    for (const phone of moving) this.#after(phone);
  }

  #after(phone: HallPhone): void {
    const { transfer, fault } = phone;
    if (!transfer) return;
    const half = transfer.file !== phone.load && transfer.bytes > (transfer.total ?? 0) / 2;
    if (half && (fault === 'reboots' || ((fault === 'broken' || fault === 'unplugged') && phone.tries === 0))) {
      phone.tries += 1;
      phone.transfer = null;
      phone.busy = false;
      if (fault === 'reboots') this.#plan(20_000, () => this.#boot(phone));
      else this.#plan(5000, () => this.#step({ kind: 'broken', movement: transfer, code: 'tftp.silent' }));
      if (fault === 'unplugged') this.#plan(300_000, () => this.#boot(phone));
      return;
    }
    if (transfer.bytes < (transfer.total ?? 0)) return;
    phone.transfer = null;
    phone.files.shift();
    this.#step({ kind: 'given', movement: transfer });
    if (phone.files.length > 0) {
      this.#ask(phone);
      return;
    }
    if (fault === 'refuses') this.#plan(2000, () => this.#refuse(phone));
    else if (fault !== 'lost') this.#plan(60_000 + 30_000 * this.#random(), () => this.#restart(phone));
  }

  #refuse(phone: HallPhone): void {
    phone.busy = false;
    this.#step({ kind: 'said', mac: phone.mac, outcome: 'failed', error: 'image verify failed' });
  }

  #restart(phone: HallPhone): void {
    if (phone.fault !== 'never-upgrades') phone.version = phone.load === HOP.load ? HOP.version : TARGET.version;
    this.#boot(phone);
  }

  #show(phone: HallPhone, version: string): void {
    phone.version = version;
    this.#step({ kind: 'shown', mac: phone.mac, version });
  }

  #plan(afterMs: number, act: () => void): void {
    const at = this.now + afterMs;
    const place = this.#plans.findIndex((plan) => plan.at > at);
    if (place < 0) this.#plans.push({ at, act });
    else this.#plans.splice(place, 0, { at, act });
  }
}

/** The same numbers for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
