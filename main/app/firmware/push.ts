import type { PushReport } from '../../../common/contract/views/wave.ts';
import { done, failed, type Result } from '../../../common/values/failure.ts';
import type { FirmwareLoad, FirmwarePlan } from '../../../common/values/firmware.ts';
import type { Wave, WavePhoneState } from '../../../common/values/wave.ts';
import { effective, readDocument } from '../../domain/profile/document/document.ts';
import type { NewMember, NewWave } from '../../domain/firmware/wave/events.ts';
import { RULE_VARIABLE } from '../../domain/profile/variables.ts';
import { planFor, writeParameters, type PlanFor, type PlanNeeds } from './plan-for.ts';

export interface PushNeeds extends PlanNeeds {
  /** Waves that have not ended. */
  running(): readonly Wave[];
  /** Number for the next wave. */
  nextWave(): number;
}

/** A phone that is held, failed or out may be pushed anew. */
const ON_ITS_WAY: ReadonlySet<WavePhoneState> = new Set(['queued', 'told', 'loading', 'writing']);

/** A push that can be begun, and what is told of it. */
export interface Push {
  readonly wave: NewWave | null;
  readonly report: PushReport;
}

/**
 * Makes a wave of a plan. Phones that are there, or cannot go, stay out and are told. A second push to the same target
 * joins the wave that runs; another target of the same family waits until that one has ended.
 */
export async function preparePush(ask: PlanFor, needs: PushNeeds): Promise<Result<Push>> {
  const { template, ...rest } = ask;
  const planned = await planFor(rest, needs);
  if (!planned.ok) return planned;
  const plan = planned.value;
  if (plan.rule === null) return { ok: false, failure: plan.problems[0] ?? { code: 'firmware.unknown', params: { name: ask.target } } };
  const running = needs.running().filter(({ state }) => state !== 'ended');
  const other = running.find(({ family, target }) => family === plan.family && target !== plan.target);
  if (other) return failed('wave.other-target', { family: plan.family, target: other.target });
  if (template !== undefined) {
    const written = await writePlace(template, needs);
    if (!written.ok) return written;
  }
  const taken = new Set(running.flatMap(({ phones }) => phones.filter(({ state }) => ON_ITS_WAY.has(state)).map(({ mac }) => mac)));
  const members = membersOf(plan, needs).filter(({ mac }) => !taken.has(mac));
  const id = running.find(({ target }) => target === plan.target)?.id ?? needs.nextWave();
  return done({
    wave: members.length === 0 ? null : { id, family: plan.family, target: plan.target, rule: plan.rule, members },
    report: {
      wave: members.length === 0 ? null : id,
      queued: members.map(({ mac }) => mac),
      there: plan.paths.filter(({ problem, hops }) => problem === null && hops.length === 0).flatMap(({ phones }) => phones),
      out: plan.paths.flatMap(({ phones, problem, hops }) => {
        if (problem) return phones.map((mac) => ({ mac, problem }));
        if (hops.length === 0) return [];
        return phones.filter((mac) => taken.has(mac)).map((mac) => ({ mac, problem: { code: 'wave.already', params: {} } }));
      }),
    },
  });
}

function membersOf(plan: FirmwarePlan, { catalogue }: PushNeeds): readonly NewMember[] {
  const loads = new Map<string, FirmwareLoad>(catalogue.loads().map((load) => [load.name, load]));
  return plan.paths
    .filter(({ problem, hops }) => problem === null && hops.length > 0)
    .flatMap(({ phones, from, hops }) =>
      phones.map((mac): NewMember => ({
        mac, from,
        hops: hops.map(({ load, version }) => ({ load, version, bytes: loads.get(load)?.bytes ?? 0 })),
      })),
    );
}

/** The factory's message, and the load that runs. */
const SAYS_VERSION = '$PN $MAC -- Successful resync $SCHEME://$SERVIP:$PORT$PATH -- $SWVER';

/** Sharing is off for the same reason as in a plan: the bench would see nothing of what a neighbour gives. */
async function writePlace(name: string, { templates }: PushNeeds): Promise<Result<unknown>> {
  const before = templates.show(name);
  if (!before) return failed('template.unknown', { name });
  const own = effective(readDocument(before.text)).get('Log_Success_Msg');
  const written = writeParameters(before.text, {
    Upgrade_Enable: 'Yes', Upgrade_Rule: `{{${RULE_VARIABLE}}}`, Peer_Firmware_Sharing: 'No',
    // Over TFTP nothing else ever shows which load a phone runs.
    ...(own ? {} : { Log_Success_Msg: SAYS_VERSION }),
  });
  if (!written.ok || written.value === before.text) return written;
  return templates.put({ name: before.view.name, text: written.value, base: before.view.version });
}
