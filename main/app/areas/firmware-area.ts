import { isAbsolute } from 'node:path';
import type { FirmwareView } from '../../../common/contract/views/firmware.ts';
import { failed } from '../../../common/values/failure.ts';
import { asError, unwrap } from '../failure-error.ts';
import type { Catalogue } from '../firmware/catalogue.ts';
import { planFor, type PlanNeeds } from '../firmware/plan-for.ts';
import { answers } from './context.ts';

export function firmwareArea(needs: PlanNeeds) {
  const { catalogue } = needs;
  const { firmware } = answers;
  return firmware.router({
    view: firmware.view.handler(() => viewOf(catalogue)),
    add: firmware.add.handler(({ input, signal }) => {
      const relative = input.paths.find((path) => !isAbsolute(path));
      if (relative !== undefined) throw asError(failed('firmware.not-found', { file: relative.slice(0, 80) }).failure);
      return catalogue.add(input.paths, input.replace, signal ?? NEVER);
    }),
    plan: firmware.plan.handler(async ({ input }) => unwrap(await planFor(input, needs))),
    verify: firmware.verify.handler(async ({ signal }) => (await catalogue.verify(signal ?? NEVER)).filter(({ state }) => state !== 'present')),
    remove: firmware.remove.handler(async ({ input }) => ({ removed: unwrap(await catalogue.remove(input.name)) })),
  });
}

const NEVER = new AbortController().signal;

function viewOf(catalogue: Catalogue): FirmwareView {
  const loads = catalogue.loads();
  const loose = catalogue.loose();
  const sizes = new Map([...loads.flatMap(({ files }) => files), ...loose].map(({ name, bytes }) => [name, bytes]));
  return { loads, loose, bytes: Array.from(sizes.values()).reduce((sum, bytes) => sum + bytes, 0), progress: catalogue.progress() };
}
