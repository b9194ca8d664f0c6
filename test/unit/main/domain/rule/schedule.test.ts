import { describe, expect, it } from 'vitest';
import type { NextTry, RuleFacts } from '../../../../../common/values/rule.ts';
import { nextTries } from '../../../../../main/domain/rule/schedule.ts';
import type { Outcome } from '../../../../../main/domain/rule/schedule.ts';
import { factsWith } from '../../../../support/rule-facts.ts';

function next(outcome: Outcome, timing: Readonly<Record<string, string>>, more: Partial<RuleFacts> = {}): NextTry | undefined {
  return nextTries(factsWith({ ...more, timing: { Time_Zone: 'GMT+00:00', ...timing } }), outcome)[0];
}

describe('the next try of a phone out of its box', () => {
  it('comes by Resync_Periodic and two units of 20 s after success, by Resync_Error_Retry_Delay after any failure', () => {
    expect(nextTries(factsWith())).toEqual([
      { outcome: 'success', from: 3600, to: 3640, then: [], because: 'Resync_Periodic', note: null },
      ...(['missing', 'corrupt', 'unreachable'] as const).map((outcome) => (
        { outcome, from: 3600, to: 3600, then: [], because: 'Resync_Error_Retry_Delay', note: null }
      )),
    ]);
  });
});

describe('after success', () => {
  it.each([
    [{ Resync_Periodic: '86400', Resync_Random_Delay: '0' }, 86_400, 86_400],
    [{ Resync_Periodic: '3600+600', Resync_Random_Delay: '1' }, 3600, 4220],
    [{ Resync_Periodic: ' 60, 120 ', Resync_Random_Delay: '0' }, 60, 60],
    [{ Resync_Periodic: '60', Resync_Random_Delay: 'many' }, 60, 60],
  ])('%j: from %i to %i s', (timing, from, to) => expect(next('success', timing)).toMatchObject({ from, to, because: 'Resync_Periodic' }));

  it('a list tells what comes after', () => expect(next('success', { Resync_Periodic: '60,120,240' })?.then).toEqual([120, 240]));

  it('0 is off, other text cannot be read', () => {
    expect(next('success', { Resync_Periodic: '0' })).toMatchObject({ from: null, note: 'rule.next.never' });
    expect(next('success', { Resync_Periodic: 'hourly' })).toMatchObject({ from: null, note: 'rule.next.unreadable' });
  });

  it('Resync_At counts instead, with at least 600 s of chance', () => {
    expect(next('success', { Resync_At__HHmm_: '1230' })).toMatchObject({ from: 1800, to: 2400, because: 'Resync_At__HHmm_', note: 'rule.next.at-time' });
    expect(next('success', { Resync_At__HHmm_: '1230', Resync_At_Random_Delay: '5' })).toMatchObject({ from: 1800, to: 2400 });
    expect(next('success', { Resync_At__HHmm_: '1230', Resync_At_Random_Delay: '1000' })).toMatchObject({ to: 2800 });
    expect(next('success', { Resync_At__HHmm_: '1200' })).toMatchObject({ from: 86_400 });
    expect(next('success', { Resync_At__HHmm_: '2400' })).toMatchObject({ from: 43_200 });
    expect(next('success', { Resync_At__HHmm_: '0500', Time_Zone: 'GMT-08:00' })).toMatchObject({ from: 3600 });
  });

  it.each(['2401', '730', '1260', 'noon'])('a Resync_At of %j is ignored, and said so', (at) => {
    expect(next('success', { Resync_At__HHmm_: at })).toMatchObject({ from: 3600, because: 'Resync_Periodic', note: 'rule.next.at-ignored' });
  });
});

describe('after a failure', () => {
  const list = { Resync_Error_Retry_Delay: '60,120,240,480+30' };

  it.each([[0, 60, [120, 240, 480]], [1, 120, [240, 480]], [3, 480, []], [50, 480, []]])('with %i failures before it: %i s', (failures, from, then) => {
    expect(next('corrupt', list, { failures })).toMatchObject({ from, to: from < 480 ? from : from + 30, then });
  });

  // Cisco's provisioning guides, "Configurable Schedules".
  it.each([[0, 1800, 2100], [1, 3600, 4200], [2, 7200, 8100], [9, 7200, 8100]])('each element has its own chance: with %i failures %i to %i s', (failures, from, to) => {
    expect(next('corrupt', { Resync_Error_Retry_Delay: '1800+300,3600+600, 7200 + 900' }, { failures })).toMatchObject({ from, to });
  });

  it.each(['60,', ',60', '60,,120', '60+', '+60', '60+1+2', '1234567890', ''])('%j is no list', (text) => {
    expect(next('corrupt', { Resync_Error_Retry_Delay: text })).toMatchObject({ from: null, note: 'rule.next.unreadable' });
  });

  it('0 never tries again', () => expect(next('unreachable', { Resync_Error_Retry_Delay: '0' })).toMatchObject({ from: null, note: 'rule.next.never' }));

  it('a missing file counts as success where Resync_Fails_On_FNF is No', () => {
    const timing = { ...list, Resync_Fails_On_FNF: 'no' };
    expect(next('missing', timing)).toMatchObject({ from: 3600, because: 'Resync_Periodic', note: 'rule.next.counts-as-success' });
    expect(next('corrupt', timing)).toMatchObject({ from: 60 });
  });
});

it('an upgrade waits for its own delay, a report is sent once, a trigger has no next try', () => {
  const facts = factsWith({ timing: { Upgrade_Error_Retry_Delay: '600' } });
  expect(nextTries(facts, 'unreachable', 'upgrade')).toMatchObject([{ from: 600, because: 'Upgrade_Error_Retry_Delay' }]);
  expect(nextTries(facts, 'success', 'upgrade')).toMatchObject([{ from: null, note: 'rule.next.until-changed' }]);
  expect(nextTries(facts, 'success', 'report')).toMatchObject([{ from: null, note: 'rule.next.report-once' }]);
  expect(nextTries(facts, undefined, 'trigger')).toEqual([]);
});
