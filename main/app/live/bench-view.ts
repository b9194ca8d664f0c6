import { basename } from 'node:path';
import type { BenchView } from '../../../common/contract/views/bench.ts';
import type { PhoneView, Upgrade } from '../../../common/contract/views/phone.ts';
import type { ServersView } from '../../../common/contract/views/servers.ts';
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
}

/** A phone as tiles and rows show it now. `version` is the feed's business. */
export function viewPhone(device: Device, { options, startedAt, register, doneStage, upgrade }: ViewSources): PhoneView {
  const { mac, number, enrolled, model, serial, name, ip, firmware, stage, attention, heardAt } = device;
  const moving = register.moving(mac);
  return {
    mac, number, enrolled, model, serial, name, ip, firmware, stage, attention, heardAt, moving,
    stageAt: device.stages[stage]?.at ?? heardAt ?? startedAt,
    upgrade: upgrade(mac),
    face: face(device, doneStage(), moving, options.now()),
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
export function viewSummary({ options, startedAt, register, doneStage }: ViewSources): BenchSummary {
  const { folder, demo } = options;
  const now = options.now();
  const devices = register.all();
  const stage = doneStage();
  return {
    info: { name: demo ? 'Demo' : basename(folder), folder, demo, startedAt, doneStage: stage, now },
    counts: counts(devices, stage),
    finish: finish(devices, stage, now),
    worklist: worklist(devices),
  };
}
