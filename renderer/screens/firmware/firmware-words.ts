import type { FirmwareHop, FirmwareLoad, FirmwarePath, FirmwarePlan, Predicted } from '../../../common/values/firmware.ts';
import type { PhoneView } from '../../../common/contract/views/phone.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { spokenName, type Model } from '../../../common/values/model.ts';
import type { WavePhone } from '../../../common/values/wave.ts';
import type { useText } from '../../text/i18n.ts';
import type { useFormat } from '../../text/use-format.ts';

export type FirmwareText = ReturnType<typeof useText<'firmware'>>;
type Format = ReturnType<typeof useFormat>;

/** `12-0-7MPP0201-66` as people say it: `12.0.7`. What has another shape stays whole. */
export function versionWords(version: string): string {
  const [, major, minor, micro] = /^(\d+)-(\d+)-(\d+)/.exec(version) ?? [];
  return major === undefined ? version : `${major}.${minor ?? '0'}.${micro ?? '0'}`;
}

/** `sip88xx.12-0-7MPP0201-66.loads` without its ending, which says nothing in a list of loads. */
export function loadWords(name: string): string {
  return name.replace(/\.loads$/i, '');
}

/** Version within the name of a `.loads`, as people say it. */
export function versionOf(load: string): string {
  const [, version] = /^[^.]+\.([0-9A-Za-z-]+)\.loads$/i.exec(load) ?? [];
  return version === undefined ? loadWords(load) : versionWords(version);
}

/** `8811 8841 8851` */
export function modelsWords(models: readonly Model[]): string {
  return models.map((model) => spokenName(model)).join(' ');
}

export interface Role {
  readonly kind: 'target' | 'hop';
  /** Phones that load it now. */
  readonly loading: number;
}

/** What each load is in the waves that have not ended. */
export function rolesOf(phones: readonly WavePhone[]): ReadonlyMap<string, Role> {
  const roles = new Map<string, Role>();
  for (const { hops, stage, state } of phones) {
    for (const [index, load] of hops.entries()) {
      const before = roles.get(load);
      const loads = (state === 'loading' || state === 'writing') && stage === index + 1 ? 1 : 0;
      roles.set(load, { kind: index === hops.length - 1 || before?.kind === 'target' ? 'target' : 'hop', loading: (before?.loading ?? 0) + loads });
    }
  }
  return roles;
}

/** The load that most phones here could be led to, the newest of those; null without a complete one. */
export function likelyTarget(loads: readonly FirmwareLoad[], phones: readonly PhoneView[]): string | null {
  const fitting = (load: FirmwareLoad) => phones.filter(({ model, enrolled }) => enrolled && model !== null && load.models.some((each) => spokenName(each) === spokenName(model))).length;
  const [first] = loads
    .filter(({ complete }) => complete)
    .map((load) => ({ load, count: fitting(load) }))
    .toSorted((a, b) => b.count - a.count || compare(b.load.version, a.load.version));
  return first?.load.name ?? null;
}

/** Order of versions for lists: numbers as numbers. The rules of phones are the host's business. */
export function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** Loads that may come before a target: of its family, complete or not, below it. */
export function hopsBefore(loads: readonly FirmwareLoad[], target: FirmwareLoad): readonly FirmwareLoad[] {
  return loads.filter(({ name, family, version }) => name !== target.name && family === target.family && compare(version, target.version) < 0);
}

/** A phone by its number or its MAC in any spelling; null when no enrolled one is meant. */
export function findPhone(text: string, phones: readonly PhoneView[]): Mac | null {
  const clean = text.trim().toLowerCase();
  const digits = clean.replaceAll(/[^0-9a-f]/g, '');
  const found = phones.find(({ number, mac, enrolled }) => enrolled && (/^\d{1,4}$/.test(clean) ? number === Number(clean) : digits.length === 12 && mac === digits));
  return found?.mac ?? null;
}

/** "about 6 min", whole minutes and 1 at least: more would look measured. Nothing while nothing is known. */
export function aboutWords({ predictedSeconds }: Predicted, t: FirmwareText, format: Pick<Format, 'duration'>): string {
  return predictedSeconds === undefined ? '' : t('plan.about', { time: format.duration(Math.max(1, Math.round(predictedSeconds / 60)) * 60_000) });
}

/** What that time rests on: phones that loaded here, or the link alone. */
export function foundationWords({ predictedSeconds, predictedFrom }: Predicted, t: FirmwareText): string {
  return predictedSeconds === undefined || predictedFrom === undefined ? '' : t(`plan.from.${predictedFrom}`);
}

/** True for a group that something would be done with. */
export function goes({ problem, hops }: FirmwarePath): boolean {
  return problem === null && hops.length > 0 && hops[0]?.problem === null;
}

/** Every load that a phone of this plan would take, in their order; a hop that only some go through counts too. */
export function hopsOf({ paths }: FirmwarePlan): readonly FirmwareHop[] {
  const hops = new Map(paths.filter(goes).flatMap((path) => path.hops.map((hop) => [hop.load, hop] as const)));
  return [...hops.values()].toSorted((a, b) => compare(a.version, b.version));
}
