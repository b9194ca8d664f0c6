import type { BenchEvent, BenchInfo, Counts, Finish, WorkItem } from '../../common/contract/views/bench.ts';
import type { PhonePatch, PhoneView } from '../../common/contract/views/phone.ts';
import type { ServersView } from '../../common/contract/views/servers.ts';
import type { Mac } from '../../common/values/mac.ts';
import { oncePerFrame, type FrameClock } from './frames.ts';
import { Signal } from './signal.ts';
import { Watchers } from './watchers.ts';

/**
 * Phones on the screen that change in one frame: React draws them after our budget, in one piece, and a whole wall of tiles
 * at once was measured as a task of 150 ms.
 */
const MOST_SEEN = 8;
/** What we do ourselves in one frame of 16 ms, before React draws. */
const BUDGET_MS = 8;

/**
 * What the host said last, outside React. Deltas are folded per phone while they wait, so that a backlog can never be
 * longer than the list of phones, and are applied in animation frames of at most 8 ms each.
 */
export class BenchStore {
  readonly info = new Signal<BenchInfo | null>(null);
  readonly counts = new Signal<Counts | null>(null);
  readonly finish = new Signal<Finish | null>(null);
  readonly worklist = new Signal<readonly WorkItem[]>([]);
  readonly servers = new Signal<ServersView | null>(null);
  /** Enrolled phones in order of their number, then strangers in order of arrival. A new array only when one comes or goes. */
  readonly macs = new Signal<readonly Mac[]>([]);
  /** Grows when a field that filters and orders look at has changed on any phone. */
  readonly shapes = new Signal(0);

  readonly #clock: FrameClock;
  readonly #schedule: () => void;
  readonly #phones = new Map<Mac, PhoneView>();
  readonly #shown = new Map<Mac, PhoneView>();
  readonly #watchers = new Watchers<Mac>();
  readonly #progress = new Watchers<Mac, [PhoneView]>();
  #waiting = new Map<Mac, PhonePatch>();
  #offset = 0;

  constructor(clock: FrameClock) {
    this.#clock = clock;
    this.#schedule = oncePerFrame(clock, () => this.#frame());
  }

  apply(event: BenchEvent): void {
    if (event.kind === 'snapshot') {
      this.#replace(event.view.phones);
      this.info.set(event.view.info);
      this.#offset = event.view.info.now - this.#clock.now();
      this.counts.set(event.view.counts);
      this.finish.set(event.view.finish);
      this.worklist.set(event.view.worklist);
      this.servers.set(event.view.servers);
      return;
    }
    this.#offset = event.now - this.#clock.now();
    if (event.removed.length > 0) this.#remove(event.removed);
    for (const patch of event.phones) this.#fold(patch);
    if (event.info) this.info.set(event.info);
    if (event.counts) this.counts.set(event.counts);
    if (event.finish !== undefined) this.finish.set(event.finish);
    if (event.worklist) this.worklist.set(event.worklist);
    if (event.servers) this.servers.set(event.servers);
    if (this.#waiting.size > 0) this.#schedule();
  }

  /** The newest state of a phone, its progress included. */
  phone(mac: Mac): PhoneView | undefined {
    return this.#phones.get(mac);
  }

  /** The state as of the last change that was more than progress: another object only then. */
  shape(mac: Mac): PhoneView | undefined {
    return this.#shown.get(mac);
  }

  all(): readonly PhoneView[] {
    return this.macs.get().flatMap((mac) => this.#phones.get(mac) ?? []);
  }

  /** Wall clock of the host, milliseconds since 1970. */
  hostNow(): number {
    return this.#clock.now() + this.#offset;
  }

  watch(mac: Mac, listener: () => void): () => void {
    return this.#watchers.add(mac, listener);
  }

  /** Called for bytes and signs of life only: they are written to CSS, not rendered. */
  watchProgress(mac: Mac, listener: (phone: PhoneView) => void): () => void {
    return this.#progress.add(mac, listener);
  }

  #fold(patch: PhonePatch): void {
    const waiting = this.#waiting.get(patch.mac);
    if (waiting && waiting.version >= patch.version) return;
    this.#waiting.set(patch.mac, waiting ? { ...waiting, ...patch } : patch);
  }

  #frame(): void {
    const until = this.#clock.now() + BUDGET_MS;
    let came = false;
    let shaped = false;
    let seen = 0;
    for (const [mac, patch] of this.#waiting) {
      this.#waiting.delete(mac);
      const before = this.#phones.get(mac);
      if (before && patch.version <= before.version) continue;
      const after = before ? { ...before, ...patch } : whole(patch);
      if (!after) continue;
      this.#phones.set(mac, after);
      came ||= !before || before.number !== after.number;
      if (before && onlyProgress(before, after)) {
        this.#progress.tell(mac, after);
      } else {
        shaped = true;
        this.#shown.set(mac, after);
        if (this.#watchers.has(mac)) seen += 1;
        this.#watchers.tell(mac);
      }
      if (this.#clock.now() >= until || seen >= MOST_SEEN) break;
    }
    if (came) this.#order();
    if (shaped) this.shapes.set(this.shapes.get() + 1);
    if (this.#waiting.size > 0) this.#schedule();
  }

  #replace(phones: readonly PhoneView[]): void {
    this.#waiting = new Map();
    this.#phones.clear();
    for (const phone of phones) {
      this.#phones.set(phone.mac, phone);
      this.#shown.set(phone.mac, phone);
    }
    for (const mac of this.#shown.keys()) if (!this.#phones.has(mac)) this.#shown.delete(mac);
    this.#order();
    this.shapes.set(this.shapes.get() + 1);
    this.#watchers.tellAll();
  }

  #remove(macs: readonly Mac[]): void {
    for (const mac of macs) {
      this.#waiting.delete(mac);
      this.#phones.delete(mac);
      this.#shown.delete(mac);
      this.#watchers.tell(mac);
    }
    this.#order();
    this.shapes.set(this.shapes.get() + 1);
  }

  #order(): void {
    const ordered = [...this.#phones.values()].toSorted((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || 0);
    this.macs.set(ordered.map((phone) => phone.mac));
  }
}

/** A patch for a phone that was not known: it is taken when it is complete. */
function whole(patch: PhonePatch): PhoneView | null {
  const { stage, face, enrolled, stageAt } = patch;
  if (stage === undefined || face === undefined || enrolled === undefined || stageAt === undefined) return null;
  return {
    number: null, model: null, serial: null, name: null, ip: null, firmware: null, attention: null, moving: null, upgrade: null, heardAt: null,
    ...patch, stage, face, enrolled, stageAt,
  };
}

function onlyProgress(before: PhoneView, after: PhoneView): boolean {
  return (
    before.stage === after.stage && before.face === after.face && before.attention === after.attention &&
    before.number === after.number && before.enrolled === after.enrolled && before.model === after.model &&
    before.serial === after.serial && before.name === after.name && before.ip === after.ip &&
    before.firmware === after.firmware && before.stageAt === after.stageAt &&
    before.moving?.what === after.moving?.what && before.moving?.file === after.moving?.file &&
    before.upgrade?.state === after.upgrade?.state && before.upgrade?.paused === after.upgrade?.paused &&
    before.upgrade?.stage === after.upgrade?.stage && before.upgrade?.to === after.upgrade?.to
  );
}
