import { isAtLeast, STAGES, type Stage } from '../../../common/values/stage.ts';
import type { Counts, WorkItem } from '../../../common/values/summary.ts';
import type { Device } from './device.ts';

/** The sign of a tile; see the contract's `Face`. */
export type Face = 'expected' | 'working' | 'writing' | 'attention' | 'done' | 'held' | 'silent' | 'stranger';

/** The part of a transfer that decides a face. */
export interface MovingWhat {
  readonly what: 'profile' | 'firmware' | 'file';
}

/** A phone that writes its flash says nothing for about four minutes; longer silence is worth a look. */
export const SILENT_AFTER_MS = 5 * 60_000;

/**
 * Which of the eight signs a phone shows. Trouble comes first, then the warning to keep its power; green only when the
 * stage that counts as done has been reached, never for bytes that were merely sent.
 */
export function face(device: Device, doneStage: Stage, moving: MovingWhat | null, now: number): Face {
  if (!device.enrolled) return 'stranger';
  if (moving?.what === 'firmware') return 'writing';
  if (device.attention) return 'attention';
  if (isAtLeast(device.stage, doneStage)) return 'done';
  if (moving) return 'working';
  if (device.heardAt === null) return 'expected';
  return now - device.heardAt >= SILENT_AFTER_MS ? 'silent' : 'working';
}

/** Phones by stage. Strangers count only as strangers; a phone in trouble counts at its stage too, but never as done. */
export function counts(devices: Iterable<Device>, doneStage: Stage): Counts {
  const sums: Record<keyof Counts, number> = {
    ...(Object.fromEntries(STAGES.map((stage) => [stage, 0])) as Record<Stage, number>),
    all: 0, attention: 0, done: 0, strangers: 0,
  };
  for (const device of devices) {
    if (!device.enrolled) {
      sums.strangers += 1;
      continue;
    }
    sums.all += 1;
    sums[device.stage] += 1;
    if (device.attention) sums.attention += 1;
    else if (isAtLeast(device.stage, doneStage)) sums.done += 1;
  }
  return sums;
}

/**
 * What needs a hand, most pressing first: phones in trouble (the same cause on many is one item), strangers that showed
 * themselves, enrolled phones that were never heard.
 */
export function worklist(devices: Iterable<Device>): readonly WorkItem[] {
  const groups = new Map<string, { item: Omit<WorkItem, 'phones' | 'numbers' | 'since'>; members: { device: Device; since: number }[] }>();
  for (const device of devices) {
    const found = itemOf(device);
    if (!found) continue;
    const group = groups.get(found.item.id) ?? { item: found.item, members: [] };
    group.members.push({ device, since: found.since });
    groups.set(found.item.id, group);
  }
  return Array.from(groups.values(), ({ item, members }): WorkItem => {
    const sorted = members.toSorted((a, b) => (a.device.number ?? Infinity) - (b.device.number ?? Infinity) || a.since - b.since);
    return {
      ...item,
      phones: sorted.map(({ device }) => device.mac),
      numbers: sorted.flatMap(({ device }) => (device.number === null ? [] : [device.number])),
      since: Math.min(...members.map(({ since }) => since)),
    };
  }).toSorted((a, b) => PRESSING[a.kind] - PRESSING[b.kind] || b.phones.length - a.phones.length || a.since - b.since);
}

const PRESSING: Readonly<Record<WorkItem['kind'], number>> = { server: 0, attention: 1, stranger: 2, 'plug-in': 3 };

function itemOf(device: Device): { readonly item: Omit<WorkItem, 'phones' | 'numbers' | 'since'>; readonly since: number } | null {
  const arrived = device.stages.expected?.at ?? device.heardAt ?? 0;
  if (!device.enrolled) {
    return { item: { id: 'stranger', kind: 'stranger', code: 'work.stranger', params: {} }, since: device.heardAt ?? arrived };
  }
  if (device.attention) {
    const { code, params, since } = device.attention;
    return { item: { id: `attention ${code} ${JSON.stringify(params)}`, kind: 'attention', code, params }, since };
  }
  if (device.heardAt !== null) return null;
  return { item: { id: 'plug-in', kind: 'plug-in', code: 'work.plug-in', params: {} }, since: arrived };
}
