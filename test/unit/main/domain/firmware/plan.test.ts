import { describe, expect, it } from 'vitest';
import type { FirmwareLoad } from '../../../../../common/values/firmware.ts';
import type { Mac } from '../../../../../common/values/mac.ts';
import type { Model } from '../../../../../common/values/model.ts';
import { planUpgrade, type PlanAsk } from '../../../../../main/domain/firmware/plan.ts';
import { traceRule } from '../../../../../main/domain/rule/trace.ts';

const load = (name: string, more: Partial<FirmwareLoad> = {}): FirmwareLoad => {
  const [family = '', version = ''] = name.replace('.loads', '').split('.');
  return { name, family, version, models: [], siblings: ['k.sbn'], missing: [], files: [], bytes: 9, complete: true, usedBy: [], ...more };
};
const TARGET = load('sip88xx.12-0-7MPP0201-66.loads');
const MIDDLE = load('sip88xx.11-3-1MSR3-1.loads');
const FIRST = load('sip88xx.11-0-1MPP-5.loads');
const phone = (firmware: string | null, model: string | null = 'CP-8841-3PCC', mac = '00562b043615') => ({ mac: mac as Mac, model: model as Model | null, firmware });

function plan(part: Partial<PlanAsk>) {
  return planUpgrade({ phones: [], target: TARGET, through: [MIDDLE, FIRST], base: 'http://10.20.0.1', limit: '', allowDowngrade: false, ...part });
}

/** Follows the rule as a phone does: it takes what is asked for, shows that version, and reads the rule again. */
function follow(rule: string | null, from: string): readonly string[] {
  const taken: string[] = [];
  let version = from;
  for (let round = 0; round < 10; round += 1) {
    const { requests } = traceRule('upgrade', rule ?? '', { macros: { SWVER: version }, secrets: {}, server: null, ikm: false, timing: {}, failures: 0, now: 0 });
    const [request] = requests;
    if (!request) return taken;
    const name = request.path.slice(1);
    taken.push(name);
    version = name.replace('.loads', '');
  }
  throw new Error(`loops: ${taken.join()}`);
}

describe('an upgrade plan', () => {
  it.each([
    ['sip88xx.10-4-1MPP-2', [FIRST.name, MIDDLE.name, TARGET.name]],
    ['sip88xx.11-0-1MPP-5', [MIDDLE.name, TARGET.name]],
    ['sip88xx.11-3-1MSR3-1', [TARGET.name]],
    ['sip88xx.12-0-7MPP0201-66', []],
    ['sip88xx.12-0-8MPP0001-1', []],
  ])('leads a phone with %s through what lies above it, and lets it rest', (from, way) => {
    const made = plan({ phones: [phone(from)] });
    expect(follow(made.rule, from)).toEqual(way);
    if (way.length > 0) expect(made.paths[0]?.hops.map(({ load: name }) => name)).toEqual(way);
  });

  it('leads down only where that is allowed, and rests there too', () => {
    const down = plan({ through: [], allowDowngrade: true });
    expect(follow(down.rule, 'sip88xx.12-1-1MPP0001-9')).toEqual([TARGET.name]);
    expect(plan({ phones: [phone('sip88xx.12-1-1MPP0001-9')] }).paths[0]).toMatchObject({ hops: [], problem: { code: 'firmware.downgrade' } });
  });

  it('is a rule that the parser takes without a word', () => {
    const { rule } = plan({});
    expect(traceRule('upgrade', rule ?? '', { macros: { SWVER: 'sip88xx.11-0-1MPP-5' }, secrets: {}, server: null, ikm: false, timing: {}, failures: 0, now: 0 }).problems).toEqual([]);
  });

  it('says of each group why it stays', () => {
    const { paths } = plan({ phones: [phone('sip8845_65.11-0-1MPP-5', 'CP-8845-3PCC'), phone(null, null), phone('sip88xx.0104-MPP-9875dev'), phone(null)] });
    expect(paths.map(({ problem }) => problem?.code ?? null)).toEqual(['firmware.wrong-family', 'firmware.model-unknown', 'firmware.version-unreadable', null]);
    expect(paths[3]?.hops).toHaveLength(3);
  });

  it('groups phones that go the same way', () => {
    const { paths } = plan({ phones: [phone('sip88xx.11-0-1MPP-5'), phone('sip88xx.11-0-1MPP-5', 'CP-8841-3PCC', '00562b043616')] });
    expect(paths).toMatchObject([{ phones: ['00562b043615', '00562b043616'] }]);
  });

  it.each([
    ['a hop of another family', { through: [load('sip78xx.11-0-1MPP-5.loads')] }, 'firmware.hop-family'],
    ['a hop that is not below', { through: [load('sip88xx.12-0-8MPP-1.loads')] }, 'firmware.hop-above'],
    ['a missing image', { target: load('sip88xx.12-0-7MPP0201-66.loads', { missing: ['kern.sbn'], complete: false }) }, 'firmware.sibling-missing'],
    ['a file that changed', { through: [{ ...MIDDLE, complete: false }] }, 'firmware.load-changed'],
    ['a version that nobody can compare', { target: load('sip88xx.0104-MPP-9875dev.loads') }, 'firmware.not-comparable'],
    ['Downgrade_Rev_Limit', { limit: '12-1-1MPP' }, 'firmware.below-limit'],
  ])('has no rule for %s', (_, part, code) => {
    const made = plan(part);
    expect(made.rule).toBeNull();
    expect(made.problems.map((problem) => problem.code)).toContain(code);
  });
});
