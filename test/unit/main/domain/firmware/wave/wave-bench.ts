import type { Mac } from '../../../../../../common/values/mac.ts';
import type { WavePhone } from '../../../../../../common/values/wave.ts';
import type { Movement, NewMember, WaveEffect, WaveInput } from '../../../../../../main/domain/firmware/wave/events.ts';
import {
  changedPhones, judgeRequest, openWaves, ruleFor, saveWaves, stepWaves, viewPhone, viewWaves, WAVE_SETTINGS, type Waves, type WaveSettings,
} from '../../../../../../main/domain/firmware/wave/waves.ts';

export const OLD = '11-0-1MPP-1';
export const HOP = { load: 'sip88xx.11-3-2MPP0001-609.loads', version: '11-3-2MPP0001-609', bytes: 4_000_000 };
export const TARGET = { load: 'sip88xx.12-0-7MPP0201-66.loads', version: '12-0-7MPP0201-66', bytes: 8_000_000 };
export const RULE = '( $SWVER lt sip88xx.12-0-7MPP0201-66 )? http://10.20.0.1/sip88xx.12-0-7MPP0201-66.loads';
export const IMAGES = ['rootfs288xx.sbn', 'kern288xx.sbn'];

export function macOf(index: number): Mac {
  return `00562b${index.toString(16).padStart(6, '0')}` as Mac;
}

export function memberOf(index: number, hops: NewMember['hops'] = [TARGET], from: string | null = OLD): NewMember {
  return { mac: macOf(index), from, hops };
}

/** Waves with a clock and the phones' usual steps. */
export class WaveBench {
  now = 1_800_000_000_000;
  waves: Waves;
  effects: WaveEffect[] = [];
  wakeAt = Infinity;
  readonly settings: WaveSettings;

  constructor(settings: Partial<WaveSettings> = {}) {
    this.settings = { ...WAVE_SETTINGS, least: 4, ...settings };
    this.waves = openWaves(this.settings, null, this.now);
  }

  step(input: WaveInput): readonly WaveEffect[] {
    const { effects, wakeAt } = stepWaves(this.waves, input, this.now);
    this.effects.push(...effects);
    this.wakeAt = wakeAt;
    return effects;
  }

  /** Lets time go by, waking at every limit on the way. */
  wait(ms: number): readonly WaveEffect[] {
    const end = this.now + ms;
    const effects: WaveEffect[] = [];
    while (this.wakeAt <= end) {
      this.now = Math.max(this.now + 1, this.wakeAt);
      effects.push(...this.step({ kind: 'tick' }));
    }
    this.now = Math.max(this.now, end);
    return [...effects, ...this.step({ kind: 'tick' })];
  }

  push(members: readonly NewMember[], id = 1, target = TARGET.load): readonly WaveEffect[] {
    return this.step({ kind: 'push', wave: { id, family: 'sip88xx', target, rule: RULE, members } });
  }

  ask(index: number, file: string, total = 1_000_000, exchange = `${index} ${file}`): void {
    this.step({ kind: 'asked', movement: this.movement(index, file, 0, total, exchange) });
  }

  move(index: number, file: string, bytes: number, total = 1_000_000, exchange = `${index} ${file}`): void {
    this.step({ kind: 'moved', movements: [this.movement(index, file, bytes, total, exchange)] });
  }

  give(index: number, file: string, total = 1_000_000, exchange = `${index} ${file}`): void {
    this.step({ kind: 'given', movement: this.movement(index, file, total, total, exchange) });
  }

  break(index: number, file: string, bytes: number, code = 'tftp.silent', exchange = `${index} ${file}`): void {
    this.step({ kind: 'broken', movement: this.movement(index, file, bytes, 1_000_000, exchange), code });
  }

  #round = 0;

  /** Takes the list and both images, each within a second. */
  load(index: number, load: string = TARGET.load): void {
    this.#round += 1;
    for (const file of [load, ...IMAGES]) {
      const exchange = `${index} ${file} ${this.#round}`;
      this.ask(index, file, 1_000_000, exchange);
      this.now += 500;
      this.move(index, file, 500_000, 1_000_000, exchange);
      this.now += 500;
      this.give(index, file, 1_000_000, exchange);
    }
  }

  shows(index: number, version: string): readonly WaveEffect[] {
    return this.step({ kind: 'shown', mac: macOf(index), version });
  }

  phone(index: number): WavePhone {
    const found = viewPhone(this.waves, macOf(index));
    if (!found) throw new Error(`phone ${index} is in no wave`);
    return found.phone;
  }

  states(): string {
    return viewWaves(this.waves, this.now).waves.flatMap(({ phones }) => phones).toSorted((a, b) => a.mac.localeCompare(b.mac)).map(({ state }) => state).join(' ');
  }

  rule(index: number): string | null {
    return ruleFor(this.waves, macOf(index));
  }

  judge(index: number, file: string): string | null {
    return judgeRequest(this.waves, macOf(index), file)?.code ?? null;
  }

  changed(): readonly string[] {
    return changedPhones(this.waves).map(({ wave, mac }) => `${wave} ${mac}`);
  }

  restart(): void {
    this.waves = openWaves(this.settings, JSON.parse(JSON.stringify(saveWaves(this.waves))), this.now);
    this.step({ kind: 'tick' });
  }

  movement(index: number, file: string, bytes: number, total: number, exchange: string): Movement {
    return { mac: macOf(index), exchange, file, bytes, total };
  }
}

export function orders(effects: readonly WaveEffect[]): readonly Mac[] {
  return effects.flatMap((effect) => (effect.kind === 'order' ? [effect.mac] : []));
}
