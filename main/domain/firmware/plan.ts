import type { FirmwareHop, FirmwareLoad, FirmwarePath, FirmwarePlan, FirmwareProblem } from '../../../common/values/firmware.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Model } from '../../../common/values/model.ts';
import { compareVersions, isVersion } from '../rule/version.ts';
import { dashedVersion } from './load.ts';
import { fits, readLoadName } from './names.ts';

/** A phone as far as firmware goes. */
export interface PlannedPhone {
  readonly mac: Mac;
  readonly model: Model | null;
  readonly firmware: string | null;
}

export interface PlanAsk {
  readonly phones: readonly PlannedPhone[];
  readonly target: FirmwareLoad;
  /** Loads that a phone below them takes first, any order. */
  readonly through: readonly FirmwareLoad[];
  /** Where phones fetch from, without a trailing slash: `http://10.20.0.1`, or the place of a template. */
  readonly base: string;
  /** `Downgrade_Rev_Limit` of the phones' profile, empty for none. */
  readonly limit: string;
  readonly allowDowngrade: boolean;
}

/**
 * Plans an upgrade. A phone goes through every hop that is above it, then to the target, and rests there: each alternative
 * of the rule asks for a version below its own load, so a phone that shows the target asks for nothing, and cannot loop.
 * Where a phone may also go down, the last alternative asks for any other version.
 */
export function planUpgrade(ask: PlanAsk): FirmwarePlan {
  const { target, base } = ask;
  const hops = ask.through.filter(({ name }) => name !== target.name).toSorted((a, b) => (compareVersions(a.version, b.version) === 'lower' ? -1 : 1));
  const problems = planProblems(ask, hops);
  const rule = problems.length > 0 ? null : ruleOf([...hops, target], base, ask.allowDowngrade);
  const groups = Map.groupBy(ask.phones, ({ model, firmware }) => `${model ?? ''} ${firmware ?? ''}`);
  return { family: target.family, target: target.name, rule, problems, paths: Array.from(groups.values(), (phones) => pathOf(phones, hops, ask)) };
}

function planProblems({ target, limit }: PlanAsk, hops: readonly FirmwareLoad[]): readonly FirmwareProblem[] {
  const problems: FirmwareProblem[] = [];
  for (const load of [...hops, target]) {
    const { name, family, version } = load;
    if (!readLoadName(name) || !isComparable(version)) problems.push({ code: 'firmware.not-comparable', params: { name } });
    else if (family !== target.family) problems.push({ code: 'firmware.hop-family', params: { name, family: target.family } });
    else if (load !== target && compareVersions(version, target.version) !== 'lower') problems.push({ code: 'firmware.hop-above', params: { name, target: target.version } });
    const incomplete = problemOf(load);
    if (incomplete) problems.push(incomplete);
  }
  if (limit !== '' && compareVersions(target.version, limit) === 'lower') problems.push({ code: 'firmware.below-limit', params: { target: target.version, limit } });
  return problems;
}

/** True when its deciding fields can be read: `0104-MPP-9875dev` has none. */
function isComparable(version: string): boolean {
  return isVersion(version) && compareVersions(version, '0-0-0') !== 'not-comparable';
}

/** Why a load can be given to nobody now, null when it is whole. */
export function problemOf({ name, missing, complete }: Pick<FirmwareLoad, 'name' | 'missing' | 'complete'>): FirmwareProblem | null {
  if (missing.length > 0) return { code: 'firmware.sibling-missing', params: { name, missing: missing.join(', ') } };
  return complete ? null : { code: 'firmware.load-changed', params: { name } };
}

/** Every alternative has its condition, so that a phone at the target falls through all of them and asks for nothing. */
function ruleOf(loads: readonly FirmwareLoad[], base: string, allowDowngrade: boolean): string {
  return loads
    .map(({ name, family, version }, index) => {
      const isLast = index === loads.length - 1;
      return `( $SWVER ${isLast && allowDowngrade ? 'ne' : 'lt'} ${family}.${version} )? ${base}/${name}`;
    })
    .join(' | ');
}

function pathOf(phones: readonly PlannedPhone[], hops: readonly FirmwareLoad[], ask: PlanAsk): FirmwarePath {
  const [first] = phones;
  const shown = first?.firmware ?? null;
  // Where a User-Agent leaves letters and build away the phone counts as below: its own rule decides with the whole version.
  const from = shown && dashedVersion(shown);
  const problem = groupProblem(first?.model ?? null, from, ask);
  const above = hops.filter(({ version }) => from === null || compareVersions(from, version) === 'lower');
  const there = from !== null && compareVersions(from, ask.target.version) === 'equal';
  const loads = problem || there ? [] : [...above, ask.target];
  return {
    family: ask.target.family,
    models: first?.model ? [first.model] : [],
    phones: phones.map(({ mac }) => mac),
    from: shown,
    hops: loads.map((load): FirmwareHop => ({
      load: load.name, version: load.version, bytes: load.bytes, role: load === ask.target ? 'target' : 'hop', problem: problemOf(load),
    })),
    problem,
  };
}

function groupProblem(model: Model | null, from: string | null, { target, allowDowngrade }: PlanAsk): FirmwareProblem | null {
  if (model === null) return { code: 'firmware.model-unknown', params: {} };
  if (fits(model, target.family) === false) return { code: 'firmware.wrong-family', params: { model, family: target.family } };
  if (from === null) return null;
  const order = compareVersions(from, target.version);
  if (order === 'not-comparable') return { code: 'firmware.version-unreadable', params: { version: from } };
  return order === 'higher' && !allowDowngrade ? { code: 'firmware.downgrade', params: { version: from, target: target.version } } : null;
}
