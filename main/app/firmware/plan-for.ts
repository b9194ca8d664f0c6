import { done, failed, type Result } from '../../../common/values/failure.ts';
import type { FirmwarePlan } from '../../../common/values/firmware.ts';
import { planUpgrade } from '../../domain/firmware/plan.ts';
import { fits } from '../../domain/firmware/names.ts';
import { effective, readDocument } from '../../domain/profile/document/document.ts';
import { editParameter } from '../../domain/profile/document/edit.ts';
import { readScope } from '../../domain/profile/scope.ts';
import type { Register } from '../state/register.ts';
import type { Templates } from '../state/templates.ts';
import type { Catalogue } from './catalogue.ts';

export interface PlanNeeds {
  readonly catalogue: Catalogue;
  readonly register: Register;
  readonly templates: Templates;
  /** Template place of the file server that phones fetch firmware from. */
  base(): string;
}

export interface PlanFor {
  readonly target: string;
  readonly through: readonly string[];
  readonly scope: string;
  readonly allowDowngrade: boolean;
  readonly template?: string | undefined;
}

/** Plans for the enrolled phones of a scope; with a template, writes the rule into it. Every refusal has its code. */
export async function planFor(ask: PlanFor, needs: PlanNeeds): Promise<Result<FirmwarePlan>> {
  const scope = readScope(ask.scope);
  if (!scope.ok) return scope;
  const loads = new Map(needs.catalogue.loads().map((load) => [load.name, load]));
  const unknown = [ask.target, ...ask.through].find((name) => !loads.has(name));
  const target = loads.get(ask.target);
  if (unknown !== undefined || !target) return failed('firmware.unknown', { name: unknown ?? ask.target });
  const before = ask.template === undefined ? null : needs.templates.show(ask.template);
  if (ask.template !== undefined && !before) return failed('template.unknown', { name: ask.template });
  const devices = needs.register.all().filter(({ enrolled, mac, model }) =>
    enrolled && (scope.value === '*' ? model === null || fits(model, target.family) !== false : scope.value === mac || scope.value === model));
  const plan = planUpgrade({
    phones: devices,
    target,
    through: ask.through.map((name) => loads.get(name)).filter((load) => load !== undefined),
    base: needs.base(),
    limit: before ? (effective(readDocument(before.text)).get('Downgrade_Rev_Limit')?.value ?? '') : '',
    allowDowngrade: ask.allowDowngrade,
  });
  if (!before) return done(plan);
  if (plan.rule === null) return { ok: false, failure: plan.problems[0] ?? { code: 'firmware.unknown', params: { name: ask.target } } };
  const written = writeRule(before.text, plan.rule);
  if (!written.ok) return written;
  const stored = await needs.templates.put({ name: before.view.name, text: written.value, base: before.view.version });
  return stored.ok ? done(plan) : stored;
}

/**
 * With peer sharing a phone may take its load from a neighbour, and this bench would see nothing of it: a batch that is
 * watched has it off. The rule itself names this bench, so that it is served at the speed that was planned.
 */
function writeRule(text: string, rule: string): Result<string> {
  return writeParameters(text, { Upgrade_Enable: 'Yes', Upgrade_Rule: rule, Peer_Firmware_Sharing: 'No' });
}

/** A profile's text with these parameters set, everything else as it was. */
export function writeParameters(text: string, values: Readonly<Record<string, string>>): Result<string> {
  let now: Result<string> = done(text);
  for (const [name, value] of Object.entries(values)) {
    if (!now.ok) return now;
    now = editParameter(now.value, { name, value, intent: 'value' });
  }
  return now;
}
