import { isAbsolute } from 'node:path';
import type { FirmwareView } from '../../../common/contract/views/firmware.ts';
import { failed } from '../../../common/values/failure.ts';
import { asError, unwrap } from '../failure-error.ts';
import type { Catalogue } from '../firmware/catalogue.ts';
import { planFor, type PlanFor, type PlanNeeds } from '../firmware/plan-for.ts';
import type { PushReport, WaveEvent, WavesView } from '../../../common/contract/views/wave.ts';
import type { Result } from '../../../common/values/failure.ts';
import type { FirmwarePlan } from '../../../common/values/firmware.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { answers } from './context.ts';

/** Waves as the contract asks for them. */
export interface WaveDesk {
  push(ask: PlanFor): Promise<Result<PushReport>>;
  /** How long a plan will take, as far as anything is known. */
  predicted(plan: FirmwarePlan): FirmwarePlan;
  view(): WavesView;
  watch(signal: AbortSignal | undefined): AsyncGenerator<WaveEvent, void, undefined>;
  /** @returns how many phones it changed; `null` means all of the waves that have not ended. */
  change(kind: 'pause' | 'resume' | 'cancel', mac: Mac | null): number;
  release(mac: Mac): number;
}

export function firmwareArea(needs: PlanNeeds & { readonly waves: WaveDesk }) {
  const { catalogue, waves } = needs;
  const { firmware } = answers;
  return firmware.router({
    view: firmware.view.handler(() => viewOf(catalogue)),
    add: firmware.add.handler(({ input, signal }) => {
      const relative = input.paths.find((path) => !isAbsolute(path));
      if (relative !== undefined) throw asError(failed('firmware.not-found', { file: relative.slice(0, 80) }).failure);
      return catalogue.add(input.paths, input.replace, signal ?? NEVER);
    }),
    plan: firmware.plan.handler(async ({ input }) => waves.predicted(unwrap(await planFor(input, needs)))),
    verify: firmware.verify.handler(async ({ signal }) => (await catalogue.verify(signal ?? NEVER)).filter(({ state }) => state !== 'present')),
    remove: firmware.remove.handler(async ({ input }) => ({ removed: unwrap(await catalogue.remove(input.name)) })),
    push: firmware.push.handler(async ({ input }) => unwrap(await waves.push(input))),
    waves: firmware.waves.handler(() => waves.view()),
    watch: firmware.watch.handler(({ signal }) => waves.watch(signal)),
    pause: firmware.pause.handler(({ input }) => ({ changed: waves.change('pause', input.mac) })),
    resume: firmware.resume.handler(({ input }) => ({ changed: waves.change('resume', input.mac) })),
    cancel: firmware.cancel.handler(({ input }) => ({ changed: waves.change('cancel', input.mac) })),
    release: firmware.release.handler(({ input }) => ({ changed: waves.release(input.mac) })),
  });
}

const NEVER = new AbortController().signal;

function viewOf(catalogue: Catalogue): FirmwareView {
  const loads = catalogue.loads();
  const loose = catalogue.loose();
  const sizes = new Map([...loads.flatMap(({ files }) => files), ...loose].map(({ name, bytes }) => [name, bytes]));
  return { loads, loose, bytes: Array.from(sizes.values()).reduce((sum, bytes) => sum + bytes, 0), progress: catalogue.progress() };
}
