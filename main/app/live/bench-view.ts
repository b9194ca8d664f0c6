import { basename } from 'node:path';
import type { BenchView } from '../../../common/contract/views/bench.ts';
import type { Face, Moving, PhoneView, Upgrade } from '../../../common/contract/views/phone.ts';
import type { ServersView } from '../../../common/contract/views/servers.ts';
import type { Attention } from '../../../common/values/attention.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Stage } from '../../../common/values/stage.ts';
import type { Device } from '../../domain/device/device.ts';
import { finish } from '../../domain/device/finish.ts';
import { counts, face, worklist } from '../../domain/device/view.ts';
import type { BenchSummary } from './bench-feed.ts';
import type { BenchOptions } from '../options.ts';
import type { Register } from '../state/register.ts';

export interface ViewSources {
  readonly options: BenchOptions;
  readonly startedAt: number;
  readonly register: Register;
  doneStage(): Stage;
  servers(): ServersView;
  upgrade(mac: Mac): Upgrade | null;
  /** Trouble that a wave has with this phone. */
  attention(mac: Mac): Attention | null;
}

/** A phone as tiles and rows show it now. `version` is the feed's business. */
export function viewPhone(device: Device, { options, startedAt, register, doneStage, ...waves }: ViewSources): PhoneView {
  const upgrade = waves.upgrade(device.mac);
  const troubled = withTrouble(device, waves.attention);
  const { mac, number, enrolled, model, serial, name, ip, firmware, stage, attention, heardAt } = troubled;
  const moving = register.moving(mac);
  return {
    mac, number, enrolled, model, serial, name, ip, firmware, stage, attention, heardAt, moving,
    stageAt: device.stages[stage]?.at ?? heardAt ?? startedAt,
    upgrade,
    face: faceOf(troubled, upgrade, moving, doneStage(), options.now()),
    version: 0,
  };
}

/** Everything that a UI shows of the bench. */
export function viewBench(sources: ViewSources): BenchView {
  return {
    ...viewSummary(sources),
    phones: sources.register.all().map((device) => viewPhone(device, sources)),
    servers: sources.servers(),
  };
}

/** What is told of all phones together. */
export function viewSummary({ options, startedAt, register, doneStage, attention }: ViewSources): BenchSummary {
  const { folder, demo } = options;
  const now = options.now();
  const devices = register.all().map((device) => withTrouble(device, attention));
  const stage = doneStage();
  return {
    info: { name: demo ? 'Demo' : basename(folder), folder, demo, startedAt, doneStage: stage, now },
    counts: counts(devices, stage),
    finish: finish(devices, stage, now),
    worklist: worklist(devices),
  };
}

/** Flash that is being written needs power as much as bytes that move; who is held back by a person waits for that person. */
function faceOf(device: Device, upgrade: Upgrade | null, moving: Moving | null, doneStage: Stage, now: number): Face {
  if (upgrade?.state === 'writing') return face(device, doneStage, { what: 'firmware' }, now);
  const shown = face(device, doneStage, moving, now);
  return upgrade?.paused === true && shown === 'working' ? 'held' : shown;
}

/** A held phone needs a hand whatever else it does well meanwhile. */
function withTrouble(device: Device, trouble: ViewSources['attention']): Device {
  const attention = trouble(device.mac);
  return attention ? { ...device, attention } : device;
}
