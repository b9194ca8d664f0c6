import { oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { AddReport, FirmwareFile, FirmwarePlan } from '../../values/firmware.ts';
import type { FirmwareView } from '../views/firmware.ts';
import { scopeInput, templateName } from './inputs.ts';

const fileName = z.string().min(1).max(120);

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
  plan: oc
    .input(z.object({
      target: fileName,
      through: z.array(fileName).max(20).default([]),
      scope: scopeInput.default('*'),
      allowDowngrade: z.boolean().default(false),
      template: templateName.optional(),
    }))
    .output(type<FirmwarePlan>()),
  /** Reads every byte again; answers with the files that are not as they were. */
  verify: oc.output(type<readonly FirmwareFile[]>()),
  /** A load with the images that no other list names, or a loose image. Refused while something asks for it. */
  remove: oc.input(z.object({ name: fileName })).output(type<{ removed: readonly string[] }>()),
};
