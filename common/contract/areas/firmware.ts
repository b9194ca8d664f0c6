import { oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { AddReport, FirmwareFile } from '../../values/firmware.ts';
import type { FirmwareView } from '../views/firmware.ts';

const fileName = z.string().min(1).max(120);

export const firmware = {
  view: oc.output(type<FirmwareView>()),
  /** Takes in zips, folders and files of this computer by their absolute paths. Refusals stand in the report. */
  add: oc
    .input(z.object({ paths: z.array(z.string().min(1).max(4_096)).min(1).max(200), replace: z.boolean().default(false) }))
    .output(type<AddReport>()),
  /** Reads every byte again; answers with the files that are not as they were. */
  verify: oc.output(type<readonly FirmwareFile[]>()),
  /** A load with the images that no other list names, or a loose image. Refused while something asks for it. */
  remove: oc.input(z.object({ name: fileName })).output(type<{ removed: readonly string[] }>()),
};
