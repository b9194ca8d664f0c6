import type { Attention } from '../../../common/values/attention.ts';
import { isLoopback, parseIpv4, type Ipv4 } from '../../../common/values/ip.ts';
import { isMultiplatform } from '../../../common/values/model.ts';
import { isAtLeast, STAGES, stageRank, type Stage } from '../../../common/values/stage.ts';
import { showsLoad } from '../firmware/load.ts';
import type { Device } from './device.ts';
import { addOrigins } from './enrol.ts';
import { readMeaning, type Meaning, type SeenRow } from './meaning.ts';

/** What changed in a phone's record, for the timeline and for whoever must be told. */
export type DeviceEvent =
  /** A power-up: everything before it speaks for the round before. */
  | { readonly kind: 'round'; readonly at: number }
  | { readonly kind: 'stage'; readonly stage: Stage; readonly at: number }
  | { readonly kind: 'attention'; readonly attention: Attention }
  | { readonly kind: 'cleared'; readonly code: string; readonly at: number };

export interface Observed {
  readonly device: Device;
  readonly events: readonly DeviceEvent[];
}

/** DISCOVERs this close together belong to one boot: a phone asks again after it has learned its voice VLAN. */
const SAME_BOOT_MS = 20_000;

/**
 * The fold of a phone's way: one more observation of it gives its new record. A stage is reached by what the wire proves
 * and by nothing else; a stage without evidence is skipped. Trouble stands beside the stage and never moves it.
 * @param now milliseconds since 1970; an observation from a clock that ran ahead is taken for now
 */
export function observe(before: Device, row: SeenRow, now: number): Observed {
  const at = Math.min(row.observation.at, now);
  const known = takeIdentity(before, row, at);
  const meaning = readMeaning(row);
  const rebooted = before.stage === 'firmware' && known.firmware !== before.firmware && before.firmware !== null;
  const after = apply(rebooted ? reach(known, 'rebooted', at) : known, meaning, at);
  return { device: after, events: eventsBetween(before, after, at) };
}

function apply(device: Device, meaning: Meaning, at: number): Device {
  switch (meaning.kind) {
    case 'powered-up':
      return powerUp(device, at);
    case 'addressed':
      return { ...reach(meaning.boot ? powerUp(device, at) : device, 'addressed', at), askingSince: null, ip: meaning.ip ?? device.ip };
    case 'profile':
      return reach(
        {
          ...clear(device, (code) => code !== 'phone.resync-failed' && code !== 'phone.upgrade-failed'),
          servedSha256: meaning.sha256,
          wantedLoad: showsLoad(device.firmware, meaning.load) ? null : meaning.load,
        },
        'profile',
        at,
      );
    case 'firmware':
      return backTo(clear(device, (code) => code === 'phone.transfer-broken'), 'firmware', at);
    case 'file':
      return clear(device, (code, { params }) => code === 'phone.transfer-broken' && params['file'] === meaning.file);
    case 'resynced':
      return reach(clear(device, (code) => code !== 'phone.upgrade-failed' || device.wantedLoad === null), 'resynced', at);
    case 'upgraded':
      return { ...backTo(clear(device, (code) => code === 'phone.upgrade-failed'), 'firmware', at), wantedLoad: null };
    case 'reported':
      return takeReport(device, meaning.differences, at);
    case 'trouble':
      return complain(device, { code: meaning.code, params: meaning.params, since: at });
    case 'sign-of-life':
      return device;
  }
}

/**
 * Proved is what the phone says it holds, when that is what it was served. A report before the phone took this plan's
 * profile speaks of an older one, and a load that it does not run yet leaves the proof open.
 */
function takeReport(device: Device, differences: number, at: number): Device {
  if (!device.stages.profile) return device;
  const reported = reach(clear(device, (code) => code === 'phone.report-differs'), 'reported', at);
  if (differences > 0) return complain(reported, { code: 'phone.report-differs', params: { count: differences }, since: at });
  return reported.wantedLoad === null ? reach(reported, 'proved', at) : reported;
}

/** After a profile or firmware a power-up is the reboot of this round; otherwise it begins a new one. */
function powerUp(device: Device, at: number): Device {
  if (device.askingSince !== null) return device;
  const asking = { ...device, askingSince: at };
  if (device.stage === 'profile' || device.stage === 'firmware') return reach(asking, 'rebooted', at);
  if (device.stage === 'expected') return asking;
  if (device.stage === 'rebooted' && at - (device.stages.rebooted?.at ?? 0) < SAME_BOOT_MS) return asking;
  return { ...asking, stage: 'expected', stages: { expected: { at, lines: 1 } }, attention: null };
}

/** Counts the line for its stage, and moves the phone on if that is further than it was. */
function reach(device: Device, stage: Stage, at: number): Device {
  const mark = device.stages[stage];
  const stages = { ...device.stages, [stage]: { at: mark?.at ?? at, lines: (mark?.lines ?? 0) + 1 } };
  return { ...device, stages, stage: isAtLeast(device.stage, stage) ? device.stage : stage };
}

/** New firmware makes what came after it void: the phone has to boot and resync once more. */
function backTo(device: Device, stage: Stage, at: number): Device {
  if (!isAtLeast(device.stage, stage)) return reach(device, stage, at);
  const kept = STAGES.filter((each) => stageRank(each) <= stageRank(stage));
  const stages = Object.fromEntries(kept.flatMap((each) => (device.stages[each] ? [[each, device.stages[each]]] : [])));
  return reach({ ...device, stages, stage }, stage, at);
}

function clear(device: Device, matches: (code: string, attention: Attention) => boolean): Device {
  return device.attention && matches(device.attention.code, device.attention) ? { ...device, attention: null } : device;
}

/** The same trouble again keeps its first time. */
function complain(device: Device, attention: Attention): Device {
  const same = device.attention?.code === attention.code && JSON.stringify(device.attention.params) === JSON.stringify(attention.params);
  return same ? device : { ...device, attention };
}

function takeIdentity(device: Device, { observation, signs }: SeenRow, at: number): Device {
  const { facts, server, peer } = observation;
  // An enterprise spelling (`CP-8841`) never replaces a Multiplatform one: it is the same product, less well told.
  const model = signs.model && (device.model === null || isMultiplatform(signs.model)) ? signs.model : device.model;
  const ip = server === 'dhcp' ? device.ip : (addressOf(peer.address) ?? device.ip);
  const told = signs.macs.find(({ mac }) => mac === device.mac);
  let origins = told ? addOrigins(device.origins, told.from, { mac: device.mac }) : device.origins;
  if (signs.from.model && signs.model === model) origins = addOrigins(origins, signs.from.model, { model });
  if (signs.from.serial) origins = addOrigins(origins, signs.from.serial, { serial: signs.serial });
  if (signs.from.firmware) origins = addOrigins(origins, signs.from.firmware, { firmware: signs.firmware });
  const firmware = signs.firmware ?? device.firmware;
  return {
    ...device,
    model,
    serial: signs.serial ?? device.serial,
    firmware,
    wantedLoad: showsLoad(firmware, device.wantedLoad) ? null : device.wantedLoad,
    vendorClass: facts.vendorClass?.replaceAll('\0', '') ?? device.vendorClass,
    ip,
    heardAt: Math.max(device.heardAt ?? 0, at),
    origins,
  };
}

function addressOf(address: string): Ipv4 | null {
  const plain = address.replace(/^::ffff:/i, '');
  return isLoopback(plain) || plain === '0.0.0.0' ? null : parseIpv4(plain);
}

function eventsBetween(before: Device, after: Device, at: number): readonly DeviceEvent[] {
  const events: DeviceEvent[] = [];
  const newRound = before.stages.expected?.at !== after.stages.expected?.at;
  if (newRound) events.push({ kind: 'round', at });
  if (before.attention && before.attention !== after.attention) events.push({ kind: 'cleared', code: before.attention.code, at });
  if (after.stage !== before.stage && !newRound) events.push({ kind: 'stage', stage: after.stage, at });
  if (after.attention && before.attention !== after.attention) events.push({ kind: 'attention', attention: after.attention });
  return events;
}
