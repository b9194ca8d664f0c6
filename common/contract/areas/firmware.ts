import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { AddReport, FirmwareFile, FirmwarePlan } from '../../values/firmware.ts';
import type { FirmwareView } from '../views/firmware.ts';
import type { PushReport, WaveEvent, WavesView } from '../views/wave.ts';
import { macInput, scopeInput, templateName } from './inputs.ts';

const fileName = z.string().min(1).max(120);
/** One phone, or all of the waves that have not ended. */
const whom = z.object({ mac: macInput.nullable().default(null) });
/** Where to, through which loads, for whom. */
const way = z.object({
  target: fileName,
  through: z.array(fileName).max(20).default([]),
  scope: scopeInput.default('*'),
  allowDowngrade: z.boolean().default(false),
  template: templateName.optional(),
});
const changed = type<{ readonly changed: number }>();

export const firmware = {
  view: oc.output(type<FirmwareView>()),
  /** Takes in zips, folders and files of this computer by their absolute paths. Refusals stand in the report. */
  add: oc
    .input(z.object({ paths: z.array(z.string().min(1).max(4_096)).min(1).max(200), replace: z.boolean().default(false) }))
    .output(type<AddReport>()),
  /**
   * The way of phones to a load, and the Upgrade_Rule that leads them. `scope` `*`, a model or a MAC. Changes nothing unless
   * `template` is given: then the rule is written into it, and Peer_Firmware_Sharing is set to No.
   */
  plan: oc.input(way).output(type<FirmwarePlan>()),
  /** Reads every byte again; answers with the files that are not as they were. */
  verify: oc.output(type<readonly FirmwareFile[]>()),
  /** A load with the images that no other list names, or a loose image. Refused while something asks for it. */
  remove: oc.input(z.object({ name: fileName })).output(type<{ removed: readonly string[] }>()),
  /**
   * Leads the phones of a scope to a load, as many at once as this card carries. With `template` the template gets the place
   * `{{bench_upgrade_rule}}`: each phone is given its rule when its turn comes. Phones whose template has no such place are
   * told by their own web page (`/admin/upgrade`).
   */
  push: oc.input(way).output(type<PushReport>()),
  waves: oc.output(type<WavesView>()),
  watch: oc.output(eventIterator(type<WaveEvent>())),
  /** Nobody new is told; what loads goes on to its end, a phone that writes its flash must not lose power. */
  pause: oc.input(whom).output(changed),
  resume: oc.input(whom).output(changed),
  /** Takes phones out of their wave: their rule goes, and what they load now runs to its end. */
  cancel: oc.input(whom).output(changed),
  /** Lets a held phone try again, in a wave or not. */
  release: oc.input(z.object({ mac: macInput })).output(changed),
};
